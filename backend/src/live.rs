//! Live: tells whoever follows that something has changed, once it has.
//!
//! Every act that leaves a row in the audit log is told of when its transaction has been committed
//! (see `audit`). Followers hear the latest state, however many acts led to it, so
//! slow ones fall behind nothing and late ones miss nothing.

mod entries;

use domain::{
    Timestamp,
    live::{Changes, Kind},
};
use tokio::sync::watch;

pub(crate) use self::entries::EntryChange;
pub use self::entries::{Concerned, Entries, LiveRoom, Pending};

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
pub struct Live {
    state: watch::Sender<State>,
    entries: Entries,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    changes: Changes,
    /// How often somebody was signed out.
    sessions: u64,
    ended: bool,
}

impl State {
    /// As whoever may see the log or not is told it.
    const fn seen(self, log: bool) -> Self {
        if log { self } else { Self { changes: self.changes.without_log(), ..self } }
    }
}

impl Live {
    /// Begins at that moment, by which its numbers are told from those of an earlier start.
    pub(crate) fn new(at: Timestamp) -> Self {
        let beginning = u64::try_from(at.micros() / 1_000).unwrap_or_default();
        let state = State { changes: Changes::since(beginning), sessions: 0, ended: false };
        Self { state: watch::Sender::new(state), entries: Entries::default() }
    }

    /// What has changed so far; of what only the log shows, nothing but to whoever may see that.
    #[must_use]
    pub fn now(&self, log: bool) -> Changes {
        self.state.borrow().seen(log).changes
    }

    /// Follows what changes from now on; what only the log shows, where that may be seen.
    #[must_use]
    pub fn follow(&self, log: bool) -> Following {
        let receiver = self.state.subscribe();
        let told = receiver.borrow().seen(log);
        Following { receiver, log, told }
    }

    /// Ends it for all who follow, as the server does when it stops.
    pub fn end(&self) {
        self.state.send_modify(|it| it.ended = true);
    }

    /// The rooms that are live, which ask the rule of entry anew.
    #[must_use]
    pub const fn entries(&self) -> &Entries {
        &self.entries
    }

    /// Tells that anything may have been done.
    pub(crate) fn tell_everything(&self) {
        self.tell(&Kind::ALL.map(Concern::Shown), &[EntryChange { room: None, who: None }]);
    }

    /// Tells that an act is done which concerned that, and after which the rule of entry may answer
    /// otherwise for these.
    pub(crate) fn tell(&self, concerns: &[Concern], entries: &[EntryChange]) {
        self.entries.tell(entries);
        if concerns.is_empty() {
            return;
        }
        self.state.send_modify(|state| {
            for concern in concerns {
                match concern {
                    Concern::Shown(kind) => state.changes.count(*kind),
                    Concern::Sessions => state.sessions += 1,
                }
            }
        });
    }
}

/// Follows what changes.
#[derive(Debug)]
pub struct Following {
    receiver: watch::Receiver<State>,
    /// Whether the log may be seen.
    log: bool,
    told: State,
}

impl Following {
    /// Waits until something has changed that wasn't told yet; that may concern nothing but who is
    /// signed in, and then what is told is as before. `None` when the server stops.
    pub async fn next(&mut self) -> Option<Changes> {
        while !self.told.ended {
            self.receiver.changed().await.ok()?;
            let state = self.receiver.borrow_and_update().seen(self.log);
            // Whoever may not see the log isn't woken for what stands there alone.
            if state != std::mem::replace(&mut self.told, state) {
                return (!state.ended).then_some(state.changes);
            }
        }
        None
    }
}
