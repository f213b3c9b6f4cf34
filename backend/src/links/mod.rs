//! Entry links: shown to whoever owns the room, renewed, revoked, given an expiry; and what a link is
//! that somebody opens.

mod class_list;
mod key;

use std::sync::Arc;

use domain::{
    RoomId, RoomType, Timestamp, UserId, UserStatus,
    entry::LinkState,
    entry_link::{EntryLink, EntryToken, LinkAct, LinkHolder},
};
use serde_json::{Value, json};

pub use self::class_list::{ClassList, Export, Format};
pub(crate) use self::key::LinkKey;
use crate::{
    Internal,
    accounts::Proof,
    audit::{self, Action, Subject},
    clock::Clock,
    ids,
    rooms::{RoomOwner, RoomRefusal},
    shown::{Shown, ShownRefusal},
    store::{
        self, Db, Store, Tx,
        entry_links::{self, StoredLink},
        members,
        rooms::StoredRoom,
        users::{self, StoredUser},
    },
};

/// So many earlier generations of a link are told from what never was one.
const KNOWN_GENERATIONS: u32 = 1_000;

/// The use cases about entry links.
#[derive(Debug)]
pub struct Links {
    store: Store,
    clock: Arc<dyn Clock>,
    key: LinkKey,
    shown: Arc<Shown>,
}

/// Why a link is not shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum LinksRefusal {
    /// There is no such room, or nobody whose link into it there could be.
    #[error("there is no such link")]
    NotFound,
    /// A Teacher is told of no more users just now.
    #[error(transparent)]
    Shown(#[from] ShownRefusal),
}

impl From<Internal> for LinksRefusal {
    fn from(error: Internal) -> Self {
        Self::Shown(error.into())
    }
}

impl From<RoomRefusal> for LinksRefusal {
    fn from(refusal: RoomRefusal) -> Self {
        match refusal {
            RoomRefusal::NotFound => Self::NotFound,
            RoomRefusal::Internal(error) => error.into(),
        }
    }
}

/// Whose link is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// That of one user: a member, the owner, or in an open or public room anybody who is active.
    User(UserId),
    /// The one that all may share, of an open or public room.
    Everybody,
}

/// A link with what stands in it.
#[derive(Clone, Debug)]
pub struct ShownLink {
    /// The link.
    pub link: EntryLink,
    /// What stands in it.
    pub token: EntryToken,
}

/// What a link is that somebody opened. Opening it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Where it leads.
    pub room: RoomId,
    /// As whom; nobody where it is the shared one.
    pub user: Option<UserId>,
    /// Whether it still does.
    pub state: LinkState,
}

/// Whom a link is for, as the store knows them.
type Holder = Option<StoredUser>;

impl Links {
    pub(crate) const fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        key: LinkKey,
        shown: Arc<Shown>,
    ) -> Self {
        Self { store, clock, key, shown }
    }

    /// Shows a link to whoever owns its room, and makes it where it was never shown. That somebody saw
    /// another's is noted: by it they could enter as them.
    pub async fn show(&self, owner: &RoomOwner, whose: &Whose) -> Result<ShownLink, LinksRefusal> {
        self.count(owner, whose).await?;
        let (mut tx, room) = owner.begin(&self.store).await?;
        let holder = holder(&mut tx, &room, whose).await?;
        let link = self.of(&mut tx, &room, &holder).await?;
        if let Some(user) = &holder {
            let subject = Subject::member(owner.id(), &user.summary.user_id);
            let (now, author) = (self.clock.now(), owner.author());
            audit::note(&mut tx, now, author, Action::LinkSeen, subject, json!({})).await?;
        }
        store::commit(tx).await?;
        let token = self.key.token(&link.id, link.generation);
        Ok(ShownLink { link: self.described(&link, holder), token })
    }

    /// How a link stands; `None` where it was never made.
    pub async fn standing(
        &self,
        owner: &RoomOwner,
        whose: &Whose,
    ) -> Result<Option<EntryLink>, LinksRefusal> {
        self.count(owner, whose).await?;
        let mut db = self.store.read().await?;
        let room = owner.reader().stored();
        let holder = holder(&mut db, room, whose).await?;
        let user = holder.as_ref().map(|it| it.number);
        let link = entry_links::find(&mut db, room.number, user).await?;
        Ok(link.map(|it| self.described(&it, holder)))
    }

    /// Does that to a link, from that moment on, and answers how it stands then.
    pub async fn change(
        &self,
        owner: &RoomOwner,
        whose: &Whose,
        act: LinkAct,
    ) -> Result<EntryLink, LinksRefusal> {
        self.count(owner, whose).await?;
        let (mut tx, room) = owner.begin(&self.store).await?;
        let holder = holder(&mut tx, &room, whose).await?;
        let before = self.of(&mut tx, &room, &holder).await?;
        let now = self.clock.now();
        let after = before.after(act, now);
        if after != before {
            entry_links::update(&mut tx, &after).await?;
            let user = holder.as_ref().map(|it| &it.summary.user_id);
            let subject = Subject::about(user, Some(owner.id()));
            let (action, detail) = noted(act, &before, &after);
            audit::note(&mut tx, now, owner.author(), action, subject, detail).await?;
        }
        store::commit(tx).await?;
        Ok(self.described(&after, holder))
    }

    /// Whoever asks for somebody's link learns whether there is such a user.
    async fn count(&self, owner: &RoomOwner, whose: &Whose) -> Result<(), ShownRefusal> {
        match whose {
            Whose::User(user_id) => self.shown.count(owner.staff(), [user_id]).await,
            Whose::Everybody => Ok(()),
        }
    }

    /// What a link is; `None` where it never was one of this school.
    pub async fn opened(&self, token: &EntryToken) -> Result<Option<Opened>, Internal> {
        let found = self.look(&mut *self.store.read().await?, token).await?;
        Ok(found.map(|it| it.1))
    }

    /// The link that a token is of, and what it is by now.
    pub(crate) async fn look(
        &self,
        db: &mut Db,
        token: &EntryToken,
    ) -> Result<Option<(StoredLink, Opened)>, Internal> {
        let found = entry_links::by_id(db, token.id()).await?;
        let Some((link, room, user)) = found else { return Ok(None) };
        let state = self.state(token, &link);
        Ok(state.map(|state| (link, Opened { room, user, state })))
    }

    fn state(&self, token: &EntryToken, link: &StoredLink) -> Option<LinkState> {
        if self.key.proves(token, link.generation) {
            return Some(link.standing(self.clock.now()).into());
        }
        let mut earlier = (1..link.generation).rev().take(KNOWN_GENERATIONS as usize);
        earlier.any(|it| self.key.proves(token, it)).then_some(LinkState::Revoked)
    }

    /// The link of somebody into a room, made where there was none.
    async fn of(
        &self,
        tx: &mut Tx,
        room: &StoredRoom,
        holder: &Holder,
    ) -> Result<StoredLink, Internal> {
        let user = holder.as_ref().map(|it| it.number);
        if let Some(link) = entry_links::find(tx, room.number, user).await? {
            return Ok(link);
        }
        let (id, now) = (ids::link_id()?, self.clock.now());
        entry_links::insert(tx, &id, (room.number, user), now).await
    }

    fn described(&self, link: &StoredLink, holder: Holder) -> EntryLink {
        let standing = link.standing(self.clock.now());
        let holder = holder.map_or(LinkHolder::Shared, |it| LinkHolder::Personal(it.summary));
        EntryLink { holder, standing, expires: link.expires }
    }
}

/// Notes by which key links are made from now on, and warns where those before were made by another.
pub(crate) async fn note_key(store: &Store, key: &LinkKey) -> Result<(), Internal> {
    let fingerprint = key.fingerprint();
    match entry_links::key(&mut *store.read().await?).await? {
        Some(before) if before == fingerprint => return Ok(()),
        Some(_) => tracing::warn!(
            "the key file is another one than before: every entry link that was handed out is dead"
        ),
        None => {}
    }
    let mut tx = store.begin().await?;
    entry_links::set_key(&mut tx, &fingerprint).await?;
    store::commit(tx).await
}

/// Whom a link is for, if there can be such a link.
async fn holder(db: &mut Db, room: &StoredRoom, whose: &Whose) -> Result<Holder, LinksRefusal> {
    let is_private = room.summary.room_type == RoomType::Private;
    let user_id = match whose {
        Whose::User(user_id) => user_id,
        Whose::Everybody if is_private => return Err(LinksRefusal::NotFound),
        Whose::Everybody => return Ok(None),
    };
    let user = users::find(db, user_id).await?.ok_or(LinksRefusal::NotFound)?;
    let anybody = !is_private && user.summary.status == UserStatus::Active;
    let belongs = user.number == room.owner
        || members::permission(db, room.number, user.number).await?.is_some();
    if belongs || anybody { Ok(Some(user)) } else { Err(LinksRefusal::NotFound) }
}

/// As what an act stands in the log, with what was before and after.
fn noted(act: LinkAct, before: &StoredLink, after: &StoredLink) -> (Action, Value) {
    let moment = |it: &StoredLink| it.expires.map(Timestamp::to_rfc3339);
    match act {
        LinkAct::Renew => (Action::LinkRenew, json!({})),
        LinkAct::Revoke => (Action::LinkRevoke, json!({})),
        LinkAct::Allow => (Action::LinkAllow, json!({})),
        LinkAct::Expire(_) => {
            (Action::LinkExpiry, json!({ "before": moment(before), "after": moment(after) }))
        }
    }
}
