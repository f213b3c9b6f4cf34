//! The stream that tells an open page what has changed: server-sent events.
//!
//! Each says how often things of each kind have changed (`domain::live::News`); the page asks again for
//! what it shows. So a page that lost its connection knows by the first event whether it missed
//! anything. Whoever may not look any longer is told why, and then nothing more.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::server::Caller;
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use backend::{Internal, accounts::Context, live::Following};
use domain::{
    ConsoleRole, UserId,
    live::{Changes, Farewell, News},
};
use futures_util::stream;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};

use crate::{
    cookies,
    counted::{Counted, One},
    errors::Failure,
    site,
    state::Server,
};

/// What happens within that time is told at once.
const TICK: Duration = Duration::from_millis(200);
/// How often a quiet stream is made sure of: that somebody still listens, and is still signed in.
const PULSE: Duration = Duration::from_secs(15);
/// How many streams one person may have open: one for each page that is seen.
const PER_PERSON: usize = 40;
/// How many there may be in all, so that connections are left for everything else.
const AT_ONCE: usize = 2_000;

/// Tells proxies that would gather what comes until it is much, as nginx does, to pass it on at once.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The streams that are open.
#[derive(Clone, Debug)]
pub struct Streams {
    slots: Arc<Semaphore>,
    people: Counted<String>,
}

/// One of them, as long as it is open.
#[derive(Debug)]
struct Slot {
    _person: One<String>,
    _permit: OwnedSemaphorePermit,
}

impl Default for Streams {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)), people: Counted::new(PER_PERSON) }
    }
}

impl Streams {
    /// Room for one more.
    fn open(&self, person: &UserId) -> Option<Slot> {
        let permit = Arc::clone(&self.slots).try_acquire_owned().ok()?;
        Some(Slot { _person: self.people.open(person.key())?, _permit: permit })
    }
}

/// Tells a page what has changed, now and from now on.
pub async fn follow(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Failure> {
    let session = caller.session.ok_or(Failure::SignedOut)?;
    let secret = cookies::session_secret(&headers, server.public_url()).unwrap_or_default();
    let slot = server.streams().open(&session.user().user_id).ok_or(Failure::TooMany)?;
    let follower = Follower {
        following: server.backend().live.follow(session.role() == ConsoleRole::Admin),
        server,
        secret: secret.to_owned(),
        context: caller.context,
        user_id: session.user().user_id.clone(),
        role: session.role(),
        ended: false,
        told: None,
        _slot: slot,
    };
    let events = stream::unfold(follower, |mut follower| async {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE));
    Ok(([(header::CACHE_CONTROL, "no-store"), (UNBUFFERED, "no")], stream))
}

/// Somebody who listens.
struct Follower {
    server: Server,
    secret: String,
    context: Context,
    following: Following,
    user_id: UserId,
    role: ConsoleRole,
    /// Whether they were told the last.
    ended: bool,
    told: Option<Changes>,
    _slot: Slot,
}

impl Follower {
    /// The next event; none after the farewell to whoever is signed out or has another role, or when the
    /// server stops.
    async fn next(&mut self) -> Option<Event> {
        if self.ended {
            return None;
        }
        if self.told.is_none() {
            // Their session may have ended before anything was followed.
            return if self.may_listen().await { self.tell() } else { self.farewell().await };
        }
        loop {
            let heard = match timeout(PULSE, self.following.next()).await {
                Ok(heard) => Some(heard?),
                Err(_) => None,
            };
            if !self.may_listen().await {
                return self.farewell().await;
            }
            if heard.is_some_and(|it| self.told != Some(it)) {
                sleep(TICK).await;
                return self.tell();
            }
        }
    }

    fn tell(&mut self) -> Option<Event> {
        let sees_log = self.role == ConsoleRole::Admin;
        let changes = self.server.backend().live.now(sees_log);
        self.told = Some(changes);
        Event::default().json_data(News { version: site::version().to_owned(), changes }).ok()
    }

    /// What can't be found out just now is asked again at the next pulse.
    async fn may_listen(&self) -> bool {
        self.is_signed_in().await.unwrap_or(true)
    }

    async fn farewell(&mut self) -> Option<Event> {
        self.ended = true;
        let accounts = &self.server.backend().accounts;
        let why = accounts.farewell(&self.user_id, self.role).await.unwrap_or(Farewell::SignedOut);
        Event::default().event(Farewell::EVENT).json_data(why).ok()
    }

    async fn is_signed_in(&self) -> Result<bool, Internal> {
        let accounts = &self.server.backend().accounts;
        let session = accounts.look(&self.secret, self.context.clone()).await?;
        Ok(session.is_some_and(|it| it.role() == self.role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_all_streams() {
        let streams = Streams::default();
        let person = |id: &str| UserId::parse(id).unwrap();
        let mine: Vec<_> = (0..PER_PERSON).map(|_| streams.open(&person("A-1")).unwrap()).collect();
        assert!(streams.open(&person("A-1")).is_none());
        assert!(streams.open(&person("A-2")).is_some());
        drop(mine);
        assert!(streams.open(&person("A-1")).is_some());
    }

    #[test]
    fn streams_leave_connections_for_everything_else() {
        let streams = Streams::default();
        let all: Vec<_> = (0..AT_ONCE)
            .map(|it| streams.open(&UserId::parse(&format!("A-{it}")).unwrap()))
            .collect();
        assert!(all.iter().all(Option::is_some));
        assert!(streams.open(&UserId::parse("B").unwrap()).is_none());
        drop(all);
        assert!(streams.open(&UserId::parse("B").unwrap()).is_some());
    }
}
