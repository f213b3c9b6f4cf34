//! Live: tells whoever follows that something has changed, once it has.
//!
//! Every act that leaves a row in the audit log is told of when its transaction has been committed
//! (see `audit`). Followers hear the latest state, however many acts led to it, so
//! slow ones fall behind nothing and late ones miss nothing.

use domain::{
    Timestamp,
    live::{Changes, Kind},
};
use tokio::sync::watch;

/// What an act concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Concern {
    /// Something that pages show.
    Shown(Kind),
    /// Who is signed in.
    Sessions,
}

/// What has changed since the start. Cheap to clone; all clones tell the same.
#[derive(Clone, Debug)]
pub struct Live(watch::Sender<State>);

#[derive(Clone, Copy, Debug)]
struct State {
    changes: Changes,
    ended: bool,
}

impl Live {
    /// Begins at that moment, by which its numbers are told from those of an earlier start.
    pub(crate) fn new(at: Timestamp) -> Self {
        let beginning = u64::try_from(at.micros() / 1_000).unwrap_or_default();
        Self(watch::Sender::new(State { changes: Changes::since(beginning), ended: false }))
    }

    /// What has changed so far.
    #[must_use]
    pub fn now(&self) -> Changes {
        self.0.borrow().changes
    }

    /// Follows what changes from now on.
    #[must_use]
    pub fn follow(&self) -> Following {
        Following(self.0.subscribe())
    }

    /// Ends it for all who follow, as the server does when it stops.
    pub fn end(&self) {
        self.0.send_modify(|it| it.ended = true);
    }

    /// Tells that anything may have been done.
    pub(crate) fn tell_everything(&self) {
        self.tell(&Kind::ALL.map(Concern::Shown));
    }

    /// Tells that an act is done which concerned that.
    pub(crate) fn tell(&self, concerns: &[Concern]) {
        if concerns.is_empty() {
            return;
        }
        self.0.send_modify(|state| {
            for concern in concerns {
                if let Concern::Shown(kind) = concern {
                    state.changes.count(*kind);
                }
            }
        });
    }
}

/// Follows what changes.
#[derive(Debug)]
pub struct Following(watch::Receiver<State>);

impl Following {
    /// Waits until something has changed that wasn't told yet; that may concern nothing but who is
    /// signed in, and then what is told is as before. `None` when the server stops.
    pub async fn next(&mut self) -> Option<Changes> {
        self.0.changed().await.ok()?;
        let state = *self.0.borrow_and_update();
        (!state.ended).then_some(state.changes)
    }
}
