//! A room as a whole: copied, handed over to another owner, deleted; and the rooms of one user.

use domain::{
    EntryPermission, Newest, Problem, RoomName, UserId,
    room::{RoomDraft, RoomLimits, RoomSummary, UserRoom},
};
use serde_json::json;

use super::{MembersRefusal, RoomOwner, RoomRefusal, Rooms, limits::few_enough, settings_of};
use crate::{
    Internal,
    accounts::{Admin, Proof},
    audit::{self, Action, Subject},
    ids,
    shown::ShownRefusal,
    store::{self, Tx, members, rooms, rooms::StoredRoom, user_rooms, users},
    users::possible_owner,
};

/// Why a room wasn't handed over.
#[derive(Debug, thiserror::Error)]
pub enum OwnerRefusal {
    /// As for everything that is done to a room.
    #[error(transparent)]
    Room(#[from] RoomRefusal),
    /// Nobody was named who can own it; [`Problem::ShownEnough`] where it isn't told yet.
    #[error("nobody can take the room")]
    Owner(Problem),
}

impl From<Internal> for OwnerRefusal {
    fn from(error: Internal) -> Self {
        Self::Room(error.into())
    }
}

impl From<ShownRefusal> for OwnerRefusal {
    fn from(refusal: ShownRefusal) -> Self {
        match refusal {
            ShownRefusal::Wait { seconds } => Self::Owner(Problem::ShownEnough { seconds }),
            ShownRefusal::Internal(error) => error.into(),
        }
    }
}

/// Why a room wasn't deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteRefusal {
    /// As for everything that is done to a room.
    #[error(transparent)]
    Room(#[from] RoomRefusal),
    /// The room has another name than the one that was typed.
    #[error("the room has another name")]
    OtherName(RoomName),
}

impl From<Internal> for DeleteRefusal {
    fn from(error: Internal) -> Self {
        Self::Room(error.into())
    }
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
        let mut rooms = user_rooms::page(&mut db, user.number, older_than).await?;
        let meetings = self.hub.in_progress();
        for it in &mut rooms.rows {
            it.inside = meetings.inside(&it.room.id);
        }
        Ok(Some(rooms))
    }

    /// Makes a room of that name with the owner, type, members, permissions, capacity and time limit
    /// of another. It is open, whatever the other is, and has no window: that is for one occasion. A
    /// Teacher's has the capacity that they may give it.
    pub async fn duplicate(
        &self,
        owner: &RoomOwner,
        name: &RoomName,
    ) -> Result<RoomSummary, MembersRefusal> {
        let copy = ids::room_id()?;
        let (mut tx, room) = owner.begin(&self.store).await?;
        let limits = self.limits_of(owner.staff());
        self.leaves_room_for(&mut tx, limits, room.owner).await?.map_err(MembersRefusal::Limit)?;
        let members = usize::try_from(room.summary.members).unwrap_or(usize::MAX);
        few_enough(limits, members).map_err(MembersRefusal::Limit)?;
        let capacity = room.limits.capacity.into_iter().chain(limits.capacity);
        let capacity = capacity.min_by_key(|it| it.get());
        let draft = RoomDraft {
            name: name.clone(),
            room_type: room.summary.room_type,
            limits: RoomLimits { capacity, opens: None, closes: None, ..room.limits },
            members: Vec::new(),
        };
        let now = self.clock.now();
        let number = rooms::insert(&mut tx, &copy, &draft, room.owner, now).await?;
        members::copy(&mut tx, room.number, number, now).await?;
        let detail = json!({ "from": owner.id(), "after": settings_of(&draft) });
        let subject = Subject::room(&copy);
        audit::note(&mut tx, now, owner.author(), Action::RoomDuplicate, subject, detail).await?;
        let copy = rooms::find(&mut tx, &copy).await?.ok_or(MembersRefusal::NotFound)?;
        store::commit(tx).await?;
        Ok(copy.summary)
    }

    /// Hands a room over to another active user; the former owner becomes a member, as Host. One who
    /// owns it already stays its owner.
    pub async fn hand_over(
        &self,
        owner: &RoomOwner,
        heir: &UserId,
    ) -> Result<RoomSummary, OwnerRefusal> {
        self.shown.count(owner.staff(), [heir]).await?;
        let (mut tx, room) = owner.begin(&self.store).await?;
        let heir = possible_owner(&mut tx, heir).await?.map_err(OwnerRefusal::Owner)?;
        if heir.number == room.owner {
            return Ok(room.summary);
        }
        let may = self.may_hand_over(&mut tx, owner.staff(), &heir).await?;
        may.map_err(OwnerRefusal::Owner)?;
        self.replace_owner(&mut tx, &room, heir.number).await?;
        let (before, after) = (&room.summary.owner.user_id, &heir.summary.user_id);
        let detail = json!({ "before": before, "after": after });
        let (now, subject) = (self.clock.now(), Subject::member(owner.id(), after));
        audit::note(&mut tx, now, owner.author(), Action::RoomOwner, subject, detail).await?;
        let room = rooms::find(&mut tx, owner.id()).await?.ok_or(RoomRefusal::NotFound)?;
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

    /// Deletes a room with its members, if it has that name. One that was deleted since stays so.
    pub async fn delete(
        &self,
        owner: &RoomOwner,
        is_name: impl Fn(&RoomName) -> bool,
    ) -> Result<(), DeleteRefusal> {
        let (mut tx, room) = match owner.begin(&self.store).await {
            Err(RoomRefusal::NotFound) => return Ok(()),
            begun => begun?,
        };
        let RoomSummary { name, room_type, owner: former, members, .. } = &room.summary;
        if !is_name(name) {
            return Err(DeleteRefusal::OtherName(name.clone()));
        }
        let before =
            json!({ "name": name, "type": room_type, "owner": former.user_id, "members": members });
        rooms::delete(&mut tx, &room).await?;
        let (now, subject, detail) =
            (self.clock.now(), Subject::room(owner.id()), json!({ "before": before }));
        audit::note(&mut tx, now, owner.author(), Action::RoomDelete, subject, detail).await?;
        Ok(store::commit(tx).await?)
    }
}
