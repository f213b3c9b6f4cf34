//! What is to be tidied up now and then.

use std::{error::Error, sync::Arc, time::Duration};

use backend::{Backend, Internal};
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_hours(1);
/// How soon open pages hear of what another process did, an ended session among it.
const LOOK: Duration = Duration::from_secs(1);
/// After how many looks at the time it is noted that meetings go on.
const NOTE_EVERY: u32 = 15;

/// Removes profile images that nobody has, what the history keeps no longer, meetings that are as old,
/// entries to rooms that are not used, and forms that nobody will send again, at once and every hour, for as
/// long as it is polled.
///
/// Sessions that have ended need no tidying: each sign-in removes them.
pub async fn keep_house(backend: Arc<Backend>) {
    let mut hours = interval(EVERY);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        tell("profile images that nobody has", backend.images.sweep().await);
        tell("entries of the history that are kept no longer", backend.history.forget().await);
        tell("meetings that are kept no longer", backend.meetings.forget().await);
        tell("entries to rooms that are not used", backend.door.forget().await);
        tell("forms that nobody will send again", backend.accounts.forget_sent().await);
    }
}

/// Has open pages told of what the command line does beside this server, for as long as it is polled.
pub async fn watch_others(backend: Arc<Backend>) {
    let mut elsewhere = backend.elsewhere();
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        if let Err(error) = elsewhere.look().await {
            // Requests say as much, and louder.
            tracing::debug!(source = error.source(), "could not look for changes by others");
        }
    }
}

/// Has live rooms look at the time every second, and notes now and then that their meetings go on, for as long
/// as it is polled.
pub async fn keep_time(backend: Arc<Backend>) {
    let mut seconds = interval(LOOK);
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut since_noted = 0;
    loop {
        seconds.tick().await;
        backend.classroom.tick();
        since_noted += 1;
        if since_noted >= NOTE_EVERY {
            since_noted = 0;
            if let Err(error) = backend.classroom.note_seen().await {
                tracing::error!(source = error.source(), "could not note that meetings go on");
            }
        }
    }
}

/// Says in the log what was removed, if anything was, or why it couldn't be.
fn tell(what: &str, removed: Result<u64, Internal>) {
    match removed {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "removed {what}"),
        Err(error) => tracing::error!(source = error.source(), "could not remove {what}"),
    }
}
