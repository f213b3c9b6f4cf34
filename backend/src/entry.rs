//! Entry: whether somebody may enter a room now, as what is known of them says. The rule itself is
//! [`domain::entry::may_enter`].

use std::sync::Arc;

use domain::{
    Nickname, Timestamp, UserId,
    classroom::{Identity, Office, Profile, RoomSettings, Standing},
    entry::{self, Admission, Facts, LinkState, Refusal, RoomFacts, Visitor},
    image::ImageName,
};

use crate::{
    Internal,
    accounts::{self, Proof},
    classroom::Hub,
    clock::Clock,
    rooms::RoomReader,
    shown::{Shown, ShownRefusal},
    store::{
        Store, entries,
        entry::{self as facts, StoredEntry, StoredVisitor, StoredWay},
        entry_links,
    },
};

/// The use of an entry is noted at most every hour, since noting writes to the disk.
const NOTED_SECONDS: i64 = 60 * 60;

/// The use cases about entry.
#[derive(Debug)]
pub struct Entry {
    store: Store,
    clock: Arc<dyn Clock>,
    shown: Arc<Shown>,
    hub: Arc<Hub>,
}

/// An entry: who may connect to a room from which browser. Its number is never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub i64);

/// What the meeting that goes on in a room, if one does, says of the room and of one person.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inside {
    /// Whether a Host has locked the room.
    pub locked: bool,
    /// How many are in.
    pub inside: u32,
    /// Whether they are among these.
    pub seated: bool,
    /// What a Host made of them.
    pub granted: Option<Standing>,
}

/// What is known of an entry at one moment.
#[derive(Clone, Debug)]
pub struct HeldEntry {
    /// Which.
    pub id: EntryId,
    /// Who they are.
    pub who: Identity,
    /// Their nickname, or the name that they typed.
    pub nickname: Nickname,
    /// Their profile image.
    pub image: Option<ImageName>,
    /// What protects them from Hosts.
    pub office: Office,
    /// What a meeting in the room goes by.
    pub room: RoomSettings,
    /// When it was last used, as far as was noted.
    pub(crate) used: Timestamp,
    /// What the rule looks at; nothing where the session of the console has ended by which they entered:
    /// nobody is known then.
    asked: Option<Asked>,
}

/// What the rule looks at, but for what only a meeting knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) visitor: Visitor,
    pub(crate) link: Option<LinkState>,
    pub(crate) room: RoomFacts,
    pub(crate) banned: bool,
    pub(crate) admitted: bool,
    pub(crate) now: Timestamp,
}

impl Entry {
    pub(crate) const fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        shown: Arc<Shown>,
        hub: Arc<Hub>,
    ) -> Self {
        Self { store, clock, shown, hub }
    }

    /// What the rule answers a user who would enter a room now, by what is known of both and what the meeting
    /// says that goes on there; `None` where there is no such user, or the room is gone.
    pub async fn can_enter(
        &self,
        reader: &RoomReader,
        user: &UserId,
    ) -> Result<Option<Result<Admission, Refusal>>, ShownRefusal> {
        self.shown.count(reader.staff(), [user]).await?;
        let id = &reader.room().id;
        let facts = facts::facts(&mut *self.store.read().await?, id, Some(user)).await?;
        let Some((room, Some(visitor))) = facts else { return Ok(None) };
        let who = Identity::User(visitor.user.summary.user_id.clone());
        let asked = Asked {
            visitor: Visitor::User(visitor.known),
            link: None,
            room: room.facts,
            banned: visitor.banned,
            admitted: false,
            now: self.clock.now(),
        };
        Ok(Some(asked.answer(self.hub.ask(id, Some(&who)))))
    }

    /// What is known of these entries by now, in one statement; of those that have ended, nothing.
    pub async fn held(&self, entries: &[EntryId]) -> Result<Vec<HeldEntry>, Internal> {
        held(&self.store, entries, self.clock.now()).await
    }
}

/// What is known of these entries at that moment; of those that have ended, nothing.
pub(crate) async fn held(
    store: &Store,
    entries: &[EntryId],
    now: Timestamp,
) -> Result<Vec<HeldEntry>, Internal> {
    let numbers: Vec<i64> = entries.iter().map(|it| it.0).collect();
    let stored = facts::facts_of_entries(&mut *store.read().await?, &numbers).await?;
    Ok(stored.into_iter().map(|it| HeldEntry::of(it, now)).collect())
}

/// Those of these entries whose use is to be noted now; with each stands when that was done last.
pub(crate) fn due(
    entries: impl IntoIterator<Item = (EntryId, Timestamp)>,
    now: Timestamp,
) -> Vec<i64> {
    let due = |(id, used): (EntryId, Timestamp)| {
        (used.plus_seconds(NOTED_SECONDS) <= now).then_some(id.0)
    };
    entries.into_iter().filter_map(due).collect()
}

/// Notes that the entries of these numbers are used. Whoever uses them gets their answer even where it fails.
pub(crate) async fn note_use(store: &Store, due: Vec<i64>, now: Timestamp) {
    if due.is_empty() {
        return;
    }
    let noted = async { entries::touch(&mut *store.write().await?, &due, now).await };
    if let Err(error) = noted.await {
        let cause = std::error::Error::source(&error);
        tracing::warn!(cause, "the use of entries could not be noted");
    }
}

impl HeldEntry {
    fn of(entry: StoredEntry, now: Timestamp) -> Self {
        let asked = (!is_over(entry.way, now)).then(|| Asked {
            visitor: entry.visitor.as_ref().map_or(Visitor::Unknown, |it| Visitor::User(it.known)),
            link: link(entry.way, now),
            room: entry.room.facts,
            banned: entry.visitor.as_ref().is_some_and(|it| it.banned),
            admitted: entry.admitted,
            now,
        });
        Self {
            id: EntryId(entry.number),
            who: entry.who,
            nickname: entry.nickname,
            office: entry.visitor.as_ref().map_or(Office::None, StoredVisitor::office),
            image: entry.visitor.and_then(|it| it.user.summary.image),
            room: entry.room.settings,
            used: entry.used,
            asked,
        }
    }

    /// The rule's answer; `None` where the entry is over.
    #[must_use]
    pub fn may_enter(&self, inside: Inside) -> Option<Result<Admission, Refusal>> {
        self.asked.map(|it| it.answer(inside))
    }

    /// What a meeting goes by, where they take part as that.
    #[must_use]
    pub fn profile(&self, admitted: Standing) -> Profile {
        let (nickname, image) = (self.nickname.clone(), self.image.clone());
        Profile { nickname, image, office: self.office, admitted }
    }
}

impl Asked {
    /// The rule's answer.
    pub(crate) fn answer(self, inside: Inside) -> Result<Admission, Refusal> {
        let Self { visitor, link, room, banned, admitted, now } = self;
        let Inside { locked, inside, seated, granted } = inside;
        let room = RoomFacts { locked, inside, ..room };
        entry::may_enter(&Facts { visitor, link, room, banned, seated, granted, admitted, now })
    }
}

/// Whether somebody entered by a session that is over.
fn is_over(way: StoredWay, now: Timestamp) -> bool {
    match way {
        StoredWay::Link { .. } => false,
        StoredWay::Session { created, last_seen } => !accounts::lasts((created, last_seen), now),
    }
}

/// How the link stands by which somebody entered, if they did by one.
fn link(way: StoredWay, now: Timestamp) -> Option<LinkState> {
    match way {
        StoredWay::Link { renewed: true, .. } => Some(LinkState::Revoked),
        StoredWay::Link { renewed: false, expires, revoked } => {
            Some(entry_links::standing((revoked, expires), now).into())
        }
        StoredWay::Session { .. } => None,
    }
}
