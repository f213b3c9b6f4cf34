//! What is to be tidied up now and then.

use std::{error::Error, sync::Arc, time::Duration};

use backend::Backend;
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_hours(1);

/// Removes profile images that nobody has, and forgets forms that nobody will send again, at once and
/// every hour, for as long as it is polled.
///
/// Sessions that have ended need no tidying: each sign-in removes them.
pub async fn keep_house(backend: Arc<Backend>) {
    let mut hours = interval(EVERY);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        if let Err(error) = backend.accounts.forget_sent().await {
            tracing::error!(source = error.source(), "could not forget forms that were sent");
        }
        match backend.images.sweep().await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed profile images that nobody has"),
            Err(error) => {
                tracing::error!(source = error.source(), "could not remove profile images");
            }
        }
    }
}
