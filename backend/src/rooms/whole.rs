//! A room as a whole: copied, handed over to another owner, deleted; and the rooms of one user.

use domain::{
    EntryPermission, Newest, Problem, RoomId, RoomName, UserId,
    room::{RoomDraft, RoomLimits, RoomSummary, UserRoom},
};
use serde_json::json;

use super::{RoomRefusal, Rooms, settings_of};
use crate::{
    Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    ids,
    store::{self, Tx, audit as log, members, rooms, rooms::StoredRoom, user_rooms, users},
    users::possible_owner,
};

/// Why a room wasn't handed over.
#[derive(Debug, thiserror::Error)]
pub enum OwnerRefusal {
    /// There is no such room.
    #[error("there is no such room")]
    NotFound,
    /// Nobody was named who can own it.
    #[error("nobody can take the room")]
    Owner(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a room wasn't deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteRefusal {
    /// There is no such room, and never was.
    #[error("there is no such room")]
    NotFound,
    /// The room has another name than the one that was typed.
    #[error("the room has another name")]
    OtherName(RoomName),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Rooms {
    /// A page of the rooms of a user, newest first: the latest, or those before the room of that
    /// number. `None` where there is no such user.
    pub async fn of_user(
        &self,
        _: &Admin,
        user_id: &UserId,
        older_than: Option<i64>,
    ) -> Result<Option<Newest<UserRoom>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(user) = users::find(&mut db, user_id).await? else { return Ok(None) };
        user_rooms::page(&mut db, user.number, older_than).await.map(Some)
    }

    /// Makes a room of that name with the owner, type, members, permissions, capacity and time limit
    /// of another. It is open, whatever the other is, and has no window: that is for one occasion.
    pub async fn duplicate(
        &self,
        admin: &Admin,
        id: &RoomId,
        name: &RoomName,
    ) -> Result<RoomSummary, RoomRefusal> {
        let copy = ids::room_id()?;
        let (mut tx, room) = self.begin(admin, id).await?;
        let draft = RoomDraft {
            name: name.clone(),
            room_type: room.summary.room_type,
            limits: RoomLimits { opens: None, closes: None, ..room.limits },
            members: Vec::new(),
        };
        let now = self.clock.now();
        let number = rooms::insert(&mut tx, &copy, &draft, room.owner, now).await?;
        members::copy(&mut tx, room.number, number, now).await?;
        let detail = json!({ "from": id, "after": settings_of(&draft) });
        let subject = Subject::room(&copy);
        audit::note(&mut tx, now, admin.author(), Action::RoomDuplicate, subject, detail).await?;
        let copy = rooms::find(&mut tx, &copy).await?.ok_or(RoomRefusal::NotFound)?;
        store::commit(tx).await?;
        Ok(copy.summary)
    }

    /// Hands a room over to another active user; the former owner becomes a member, as Host. One who
    /// owns it already stays its owner.
    pub async fn hand_over(
        &self,
        admin: &Admin,
        id: &RoomId,
        owner: &UserId,
    ) -> Result<RoomSummary, OwnerRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let room = rooms::find(&mut tx, id).await?.ok_or(OwnerRefusal::NotFound)?;
        let owner = possible_owner(&mut tx, owner).await?.map_err(OwnerRefusal::Owner)?;
        if owner.number == room.owner {
            return Ok(room.summary);
        }
        self.replace_owner(&mut tx, &room, owner.number).await?;
        let (before, after) = (&room.summary.owner.user_id, &owner.summary.user_id);
        let detail = json!({ "before": before, "after": after });
        let (now, subject) = (self.clock.now(), Subject::member(id, after));
        audit::note(&mut tx, now, admin.author(), Action::RoomOwner, subject, detail).await?;
        let room = rooms::find(&mut tx, id).await?.ok_or(OwnerRefusal::NotFound)?;
        store::commit(tx).await?;
        Ok(room.summary)
    }

    /// Makes somebody the owner instead of a member, and the owner a member.
    async fn replace_owner(
        &self,
        tx: &mut Tx,
        room: &StoredRoom,
        owner: i64,
    ) -> Result<(), Internal> {
        let now = self.clock.now();
        members::remove(tx, room.number, &[owner]).await?;
        rooms::set_owner(tx, room.number, owner, now).await?;
        members::add(tx, room.number, &[(room.owner, EntryPermission::Host)], now).await?;
        Ok(())
    }

    /// Deletes a room with its members, if it has that name. One that was deleted already stays so.
    pub async fn delete(
        &self,
        admin: &Admin,
        id: &RoomId,
        is_name: impl Fn(&RoomName) -> bool,
    ) -> Result<(), DeleteRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let Some(room) = rooms::find(&mut tx, id).await? else {
            let gone = log::happened(&mut tx, id, Action::RoomDelete.name()).await?;
            return if gone { Ok(()) } else { Err(DeleteRefusal::NotFound) };
        };
        let RoomSummary { name, room_type, owner, members, .. } = &room.summary;
        if !is_name(name) {
            return Err(DeleteRefusal::OtherName(name.clone()));
        }
        let before =
            json!({ "name": name, "type": room_type, "owner": owner.user_id, "members": members });
        rooms::delete(&mut tx, &room).await?;
        let (now, subject, detail) =
            (self.clock.now(), Subject::room(id), json!({ "before": before }));
        audit::note(&mut tx, now, admin.author(), Action::RoomDelete, subject, detail).await?;
        Ok(store::commit(tx).await?)
    }
}
