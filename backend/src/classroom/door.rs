//! The door of a room: what it shows whoever comes, and the entries it makes.
//!
//! Whoever comes by a link or by a session of the console is answered by the rule of entry. Pressing Enter
//! makes an entry, which names their browser from then on; all else asks for that.

mod keeping;
mod known;
mod leaving;
mod pace;

use std::sync::Arc;

use domain::{
    EntryPermission::Host,
    Nickname, RoomId, RoomName, UserSummary,
    classroom::Identity,
    entry::{Admission, Ground, Intent, Refusal},
    entry_link::EntryToken,
};
use serde_json::json;

use self::{known::Known, pace::Pace};
use crate::{
    Internal, Secret,
    accounts::{Context, Refusals, Refused, Session},
    audit::{self, Action, Author},
    clock::Clock,
    entry::{self, EntryId, Inside},
    ids,
    links::Links,
    store::{self, Store, Tx, entries},
};

/// An entry that isn't used for so long is forgotten.
const UNUSED_SECONDS: i64 = 24 * 60 * 60;

/// The use cases about the doors of rooms.
#[derive(Debug)]
pub struct Door {
    store: Store,
    clock: Arc<dyn Clock>,
    links: Arc<Links>,
    refusals: Arc<Refusals>,
    pace: Pace,
}

/// Somebody who comes to a door.
#[derive(Clone, Copy, Debug)]
pub enum Comer<'a> {
    /// By a link: as its user, or as somebody unknown.
    ByLink {
        /// What stands in the link.
        token: &'a EntryToken,
        /// Where the request comes from.
        context: &'a Context,
    },
    /// Signed in to the console.
    SignedIn {
        /// By what.
        session: &'a Session,
        /// Where to.
        room: &'a RoomId,
        /// As what they ask to enter.
        intent: Intent,
    },
}

/// What the door shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doorstep {
    /// The room.
    pub room: RoomId,
    /// What people call it.
    pub name: RoomName,
    /// As whom they would enter; nobody whom Rollcall knows where it is none.
    pub you: Option<UserSummary>,
    /// Whether they may, and as what.
    pub answer: Result<Admission, Refusal>,
}

/// Somebody pressed Enter: there is an entry, and the classroom takes it from there.
#[derive(Debug, PartialEq, Eq)]
pub struct Entered {
    /// Where to.
    pub room: RoomId,
    /// What names the browser from now on; nothing where it keeps the name that it has, since somebody
    /// known has only come once more.
    pub cookie: Option<Secret>,
    /// Why they have to wait, if they have to.
    pub waits: Option<Refusal>,
}

/// Why there is no entry.
#[derive(Debug, thiserror::Error)]
pub enum EnterRefusal {
    /// There is no such link or room, or none that they may know of; it isn't said which.
    #[error("there is no such door")]
    NotFound,
    /// Whoever is unknown must say a name.
    #[error("they said no name")]
    NoName,
    /// They do so more often than all people behind one address would.
    #[error("they come too fast")]
    TooFast,
    /// The rule refuses them, and waiting won't help.
    #[error("the rule of entry refuses them")]
    Refused(Refusal),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Proof that a browser has an entry to a room. Whether that still lets anybody in, the rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    entry: EntryId,
    room: RoomId,
    who: Identity,
}

impl Entrant {
    /// The entry.
    #[must_use]
    pub const fn entry(&self) -> EntryId {
        self.entry
    }

    /// Where to.
    #[must_use]
    pub const fn room(&self) -> &RoomId {
        &self.room
    }

    /// Who they are.
    #[must_use]
    pub const fn who(&self) -> &Identity {
        &self.who
    }
}

impl<'a> Comer<'a> {
    /// Where they come from.
    const fn context(self) -> &'a Context {
        match self {
            Self::ByLink { context, .. } => context,
            Self::SignedIn { session, .. } => session.context(),
        }
    }

    /// Who acts, for the audit log: by a link nobody is signed in.
    fn author(self) -> Author<'a> {
        match self {
            Self::ByLink { context, .. } => Author { actor: None, context: Some(context) },
            Self::SignedIn { session, .. } => {
                Author { actor: Some(&session.user().user_id), context: Some(session.context()) }
            }
        }
    }

    /// Begins a transaction that writes, if they are still signed in where they were.
    async fn begin(self, store: &Store) -> Result<Tx, Internal> {
        match self {
            Self::ByLink { .. } => store.begin().await,
            Self::SignedIn { session, .. } => session.staff().begin(store).await,
        }
    }
}

impl Door {
    pub(crate) fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        links: Arc<Links>,
        refusals: Arc<Refusals>,
    ) -> Self {
        Self { store, clock, links, refusals, pace: Pace::default() }
    }

    /// What the door shows somebody; `None` where there is none that they may know of. Changes nothing.
    /// `inside` says what the meeting in a room says of it and of them.
    pub async fn look(
        &self,
        comer: Comer<'_>,
        inside: impl Fn(&RoomId, Option<&Identity>) -> Inside,
    ) -> Result<Option<Doorstep>, Internal> {
        let known = Known::of(&mut *self.store.read().await?, &self.links, comer).await?;
        let Some(known) = known else { return Ok(None) };
        let inside = inside(&known.room.id, known.identity().as_ref());
        let answer = known.asked(false, self.clock.now()).answer(inside);
        let you = known.visitor.map(|it| it.user.summary);
        Ok(Some(Doorstep { room: known.room.id, name: known.room.settings.name, you, answer }))
    }

    /// Makes the entry of a browser to a room, in place of the one it has where that is somebody else's.
    /// `browser` is what names the browser, `name` what somebody unknown typed.
    pub async fn enter(
        &self,
        comer: Comer<'_>,
        browser: Option<&str>,
        name: Option<&Nickname>,
        inside: impl Fn(&RoomId, Option<&Identity>) -> Inside,
    ) -> Result<Entered, EnterRefusal> {
        let now = self.clock.now();
        if !self.pace.lets_enter(comer.context(), now) {
            return Err(EnterRefusal::TooFast);
        }
        let mut tx = comer.begin(&self.store).await?;
        let known = Known::of(&mut tx, &self.links, comer).await?;
        let known = known.ok_or_else(|| self.no_door(comer))?;
        let browser = browser.map(ids::hash);
        let before = match &browser {
            Some(browser) => entries::find(&mut tx, browser, &known.room.id).await?,
            None => None,
        };
        let arrival = known.arrival(before, name)?;
        let inside = inside(&known.room.id, Some(&arrival.who));
        let answer = known.asked(arrival.admitted(), now).answer(inside);
        if let Err(why) = answer
            && !why.waits()
        {
            drop(tx);
            self.note_refused(comer, &known, why).await?;
            return Err(EnterRefusal::Refused(why));
        }
        if arrival.is_new_stranger()
            && !self.pace.lets_stranger(comer.context(), &known.room.id, now)
        {
            return Err(EnterRefusal::TooFast);
        }
        let cookie = keeping::keep(&mut tx, &known, &arrival, browser.as_deref(), now).await?;
        if matches!(answer, Ok(it) if it.permission == Host && it.ground == Ground::Admin) {
            let (author, subject) = (comer.author(), known.subject());
            audit::note(&mut tx, now, author, Action::EntryHost, subject, json!({})).await?;
        }
        store::commit(tx).await?;
        Ok(Entered { room: known.room.id, cookie, waits: answer.err() })
    }

    async fn note_refused(
        &self,
        comer: Comer<'_>,
        known: &Known<'_>,
        why: Refusal,
    ) -> Result<(), Internal> {
        let person = match comer {
            Comer::ByLink { context, .. } => Refused::Address(context),
            Comer::SignedIn { session, .. } => Refused::SignedIn(session),
        };
        let now = self.clock.now();
        // Whether somebody would observe shows nowhere but in the log.
        let observes = known.would_observe();
        let action = if observes { Action::ObserveRefused } else { Action::EntryRefused };
        self.refusals.note_entry(&self.store, now, person, (action, known.subject()), why).await
    }

    /// The entry to a room of the browser that is named so.
    pub async fn entrant(&self, browser: &str, room: &RoomId) -> Result<Option<Entrant>, Internal> {
        let hash = ids::hash(browser);
        let found = entries::find(&mut *self.store.read().await?, &hash, room).await?;
        let Some(found) = found else { return Ok(None) };
        let entry = EntryId(found.number);
        let now = self.clock.now();
        entry::note_use(&self.store, entry::due([(entry, found.used)], now), now).await;
        Ok(Some(Entrant { entry, room: room.clone(), who: found.who }))
    }

    /// The rooms into which the entries lead of the browser that is named so. `inside` says what the meeting
    /// in a room says of it and of them.
    pub async fn rooms_of(
        &self,
        browser: &str,
        inside: impl Fn(&RoomId, Option<&Identity>) -> Inside,
    ) -> Result<Vec<RoomId>, Internal> {
        let hash = ids::hash(browser);
        let entries = entries::of_browser(&mut *self.store.read().await?, &hash).await?;
        let ids: Vec<_> = entries.iter().map(|it| EntryId(it.0)).collect();
        let held = entry::held(&self.store, &ids, self.clock.now()).await?;
        let leads = |entry: i64, room: &RoomId| {
            let held = held.iter().find(|it| it.id.0 == entry)?;
            held.may_enter(inside(room, Some(&held.who)))?.ok()
        };
        let led = entries.into_iter().filter(|(entry, room)| leads(*entry, room).is_some());
        Ok(led.map(|it| it.1).collect())
    }

    /// Forgets the entries that weren't used for a day, and answers how many these were.
    pub async fn forget(&self) -> Result<u64, Internal> {
        let before = self.clock.now().plus_seconds(-UNUSED_SECONDS);
        entries::forget(&mut *self.store.write().await?, before).await
    }
}
