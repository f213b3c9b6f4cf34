//! The rooms that are live, and of whom they have yet to ask anew whether they may be in.
//!
//! Whatever changes the answer of the rule of entry is told to them once it is committed, and before
//! whoever did it is answered: what a room takes before it does anything holds for what it does.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use domain::{RoomId, UserId};
use tokio::sync::Notify;

use crate::entry::EntryId;

/// Of more than so many at once, everybody is asked about: that is one statement as well.
const MOST: usize = 64;

/// For whom the answer of the rule of entry may have changed, in one room or in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryChange {
    /// Where; everywhere where none is named.
    pub(crate) room: Option<RoomId>,
    /// For whom; for everybody where nobody is named.
    pub(crate) who: Option<Concerned>,
}

/// Whom a room asks about anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concerned {
    /// A user, by whatever entries.
    User(UserId),
    /// Whoever has that entry.
    Entry(EntryId),
    /// Whoever had that entry, in place of which another was made in the same browser.
    Replaced(EntryId),
}

/// What a room has yet to ask anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pending {
    /// Nothing.
    #[default]
    Nothing,
    /// About these.
    Of(BTreeSet<Concerned>),
    /// About the room itself and everybody in it.
    Everybody,
}

impl Pending {
    /// Adds what else there is to ask.
    pub fn merge(&mut self, other: Self) {
        match other {
            Self::Nothing => {}
            Self::Of(all) => all.iter().for_each(|it| self.add(Some(it))),
            Self::Everybody => self.add(None),
        }
    }

    fn add(&mut self, who: Option<&Concerned>) {
        match (&mut *self, who) {
            (Self::Everybody, _) => {}
            (Self::Nothing, Some(who)) => *self = Self::Of(BTreeSet::from([who.clone()])),
            (Self::Of(all), Some(who)) if all.len() < MOST || all.contains(who) => {
                all.insert(who.clone());
            }
            (Self::Of(_), Some(_)) | (_, None) => *self = Self::Everybody,
        }
    }
}

/// The rooms that are live. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Entries(Arc<Mutex<Registry>>);

#[derive(Debug, Default)]
struct Registry {
    version: u64,
    rooms: Vec<Weak<Registered>>,
}

/// A room that is live, for as long as this is kept.
#[derive(Debug)]
pub struct LiveRoom(Arc<Registered>);

#[derive(Debug)]
struct Registered {
    room: RoomId,
    pending: Mutex<Pending>,
    told: Notify,
}

impl Entries {
    /// Has a room told from now on.
    #[must_use]
    pub fn register(&self, room: RoomId) -> LiveRoom {
        let pending = Mutex::default();
        let registered = Arc::new(Registered { room, pending, told: Notify::new() });
        let mut registry = self.registry();
        registry.rooms.retain(|it| it.strong_count() > 0);
        registry.rooms.push(Arc::downgrade(&registered));
        LiveRoom(registered)
    }

    /// How often anything was told so far. Whoever reads the facts of an entry, and then lets somebody
    /// in by them, lets nobody in by what is old if this is the same before and after.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.registry().version
    }

    /// Tells that these have been committed.
    pub(crate) fn tell(&self, changes: &[EntryChange]) {
        if changes.is_empty() {
            return;
        }
        let mut registry = self.registry();
        registry.version += 1;
        registry.rooms.retain(|it| {
            it.upgrade().is_some_and(|room| {
                room.note(changes);
                true
            })
        });
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LiveRoom {
    /// What is yet to be asked anew; whoever takes it asks.
    #[must_use]
    pub fn take_pending(&self) -> Pending {
        std::mem::take(&mut *self.0.pending())
    }

    /// Waits until there is something to take.
    pub async fn changed(&self) {
        while *self.0.pending() == Pending::Nothing {
            self.0.told.notified().await;
        }
    }
}

impl Registered {
    fn note(&self, changes: &[EntryChange]) {
        let here = |it: &&EntryChange| it.room.as_ref().is_none_or(|room| *room == self.room);
        let mut pending = self.pending();
        for change in changes.iter().filter(here) {
            pending.add(change.who.as_ref());
        }
        if *pending != Pending::Nothing {
            self.told.notify_one();
        }
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn room(bits: u64) -> RoomId {
        RoomId::from_bits(bits)
    }

    fn user(number: usize) -> Concerned {
        Concerned::User(UserId::parse(&format!("S-{number}")).unwrap())
    }

    fn change(room: Option<RoomId>, who: Option<Concerned>) -> [EntryChange; 1] {
        [EntryChange { room, who }]
    }

    fn of(all: impl IntoIterator<Item = Concerned>) -> Pending {
        Pending::Of(all.into_iter().collect())
    }

    #[test]
    fn rooms_are_told_what_concerns_them_and_nothing_else() {
        let entries = Entries::default();
        let (one, other) = (entries.register(room(1)), entries.register(room(2)));
        entries.tell(&change(Some(room(1)), Some(user(1))));
        entries.tell(&change(Some(room(1)), Some(Concerned::Entry(EntryId(7)))));
        entries.tell(&change(None, Some(user(2))));
        entries.tell(&change(Some(room(3)), None));
        let three = [user(1), user(2), Concerned::Entry(EntryId(7))];
        assert_eq!(one.take_pending(), of(three));
        assert_eq!(other.take_pending(), of([user(2)]));
        entries.tell(&change(Some(room(1)), None));
        entries.tell(&change(Some(room(1)), Some(user(1))));
        assert_eq!(
            (one.take_pending(), other.take_pending()),
            (Pending::Everybody, Pending::Nothing)
        );
        entries.tell(&change(None, None));
        assert_eq!(
            (one.take_pending(), other.take_pending()),
            (Pending::Everybody, Pending::Everybody)
        );
        assert_eq!(entries.version(), 7);
        entries.tell(&[]);
        assert_eq!(entries.version(), 7);
    }

    #[test]
    fn more_than_can_be_listed_is_everybody() {
        let entries = Entries::default();
        let one = entries.register(room(1));
        let told = |range: std::ops::Range<usize>| {
            let changes: Vec<_> = range.flat_map(|it| change(None, Some(user(it)))).collect();
            entries.tell(&changes);
            one.take_pending()
        };
        assert_eq!(told(0..MOST), of((0..MOST).map(user)));
        assert_eq!(told(0..MOST + 1), Pending::Everybody);
    }

    #[test]
    fn a_room_that_was_given_up_is_told_nothing() {
        let entries = Entries::default();
        drop(entries.register(room(1)));
        entries.tell(&change(None, None));
        assert!(entries.registry().rooms.is_empty());
        drop(entries.register(room(1)));
        let _other = entries.register(room(2));
        assert_eq!(entries.registry().rooms.len(), 1);
    }

    #[test]
    fn a_room_waits_for_what_it_has_not_taken() {
        let entries = Entries::default();
        let one = entries.register(room(1));
        let mut waiting = Box::pin(one.changed());
        assert!(waiting.as_mut().now_or_never().is_none());
        entries.tell(&change(Some(room(2)), None));
        assert!(waiting.as_mut().now_or_never().is_none());
        entries.tell(&change(Some(room(1)), None));
        assert!(waiting.as_mut().now_or_never().is_some());
        assert!(one.changed().now_or_never().is_some(), "it is still there");
        let _ = one.take_pending();
        assert!(one.changed().now_or_never().is_none());
    }
}
