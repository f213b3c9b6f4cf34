//! Bans: who may not enter a room whatever else lets them, and lifting that.
//!
//! Whoever is Host in a meeting bans, and lifts bans too (see `classroom::errands`); who may change the room
//! lifts them in the console.

use std::sync::Arc;

use domain::{
    Timestamp, UserId,
    classroom::{Ban, BanId},
};
use serde_json::json;

use crate::{
    Internal,
    audit::{self, Action, Author, Subject},
    clock::Clock,
    rooms::{RoomOwner, RoomReader, RoomRefusal},
    store::{self, Store, Tx, bans, users::StoredUser},
};

/// The use cases about bans.
#[derive(Debug)]
pub struct Bans {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Bans {
    pub(crate) const fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Who is banned from a room, the latest first.
    pub async fn list(&self, reader: &RoomReader) -> Result<Vec<Ban>, Internal> {
        let number = reader.stored().number;
        bans::list(&mut *self.store.read().await?, number).await
    }

    /// Lifts a ban, if it isn't lifted already. Of somebody whom Rollcall doesn't know this only clears
    /// the list: what keeps them out is in nobody's name.
    pub async fn lift(&self, owner: &RoomOwner, ban: BanId) -> Result<(), RoomRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        let subject = Subject::room(owner.id());
        lift(&mut tx, (room.number, subject), ban, owner.author(), self.clock.now()).await?;
        Ok(store::commit(tx).await?)
    }

    /// Lifts the ban of a user, if there is one.
    pub async fn lift_of(&self, owner: &RoomOwner, user: &UserId) -> Result<(), RoomRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        let Some(ban) = bans::of_user(&mut tx, room.number, user).await? else { return Ok(()) };
        let subject = Subject::room(owner.id());
        lift(&mut tx, (room.number, subject), ban, owner.author(), self.clock.now()).await?;
        Ok(store::commit(tx).await?)
    }
}

/// Lifts a ban from the room of that number, and answers whether there was one.
pub(crate) async fn lift(
    tx: &mut Tx,
    (room, subject): (i64, Subject<'_>),
    ban: BanId,
    author: Author<'_>,
    now: Timestamp,
) -> Result<bool, Internal> {
    let Some(ban) = bans::find(tx, room, ban).await? else { return Ok(false) };
    bans::lift(tx, ban.id).await?;
    let user = ban.user_id.as_deref().and_then(|it| UserId::parse(it).ok());
    let detail = match &user {
        Some(_) => json!({}),
        None => json!({ "guest": ban.nickname }),
    };
    let subject = subject.with(user.as_ref());
    audit::note(tx, now, author, Action::RoomBanLift, subject, detail).await?;
    Ok(true)
}

/// Lifts all bans of a user who becomes an Admin: nobody bans these.
pub(crate) async fn lift_all(
    tx: &mut Tx,
    user: &StoredUser,
    author: Author<'_>,
    now: Timestamp,
) -> Result<(), Internal> {
    for room in bans::lift_all(tx, user.number).await? {
        let subject = Subject::member(&room, &user.summary.user_id);
        audit::note(tx, now, author, Action::RoomBanLift, subject, json!({})).await?;
    }
    Ok(())
}
