//! The users specified for a room.

use domain::{
    Cursor, EntryPermission, Page, SearchTerm, UserId,
    room::{Member, Specified},
};
use serde_json::{Value, json};

use super::{MembersRefusal, RoomOwner, RoomReader, RoomRefusal, Rooms, limits::few_enough};
use crate::{
    Found, Internal,
    accounts::Proof,
    audit::{self, Action, Subject},
    specified,
    store::{self, Tx, members, rooms::StoredRoom, users::StoredUser},
};

/// Somebody to become a member: who, and as what.
pub(super) type Candidate = (StoredUser, EntryPermission);

impl Rooms {
    /// A page of a room's members, by nickname.
    pub async fn members(
        &self,
        reader: &RoomReader,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Member>, Internal> {
        members::page(&mut *self.store.read().await?, reader.stored().number, cursor).await
    }

    /// The members whom a term finds, by nickname.
    pub async fn find_members(
        &self,
        reader: &RoomReader,
        term: &SearchTerm,
        limit: u32,
    ) -> Result<Found<Member>, Internal> {
        members::search(&mut *self.store.read().await?, reader.stored(), term, limit).await
    }

    /// Which of these users are members of a room.
    pub async fn members_among(
        &self,
        reader: &RoomReader,
        users: &[UserId],
    ) -> Result<Vec<UserId>, Internal> {
        members::among(&mut *self.store.read().await?, reader.stored().number, users).await
    }

    /// Specifies users for a room, all or none, and answers how many are new. Those who are members
    /// already stay as they are; the owner isn't made one.
    pub async fn add_members(
        &self,
        owner: &RoomOwner,
        specified: &[Specified],
    ) -> Result<u32, MembersRefusal> {
        self.shown.count(owner.staff(), specified.iter().map(|it| &it.user_id)).await?;
        let (mut tx, room) = owner.begin(&self.store).await?;
        let candidates = candidates(&mut tx, room.owner, specified).await?;
        let added = self.specify(&mut tx, room.number, &candidates).await?;
        let members = usize::try_from(room.summary.members).unwrap_or(usize::MAX) + added.len();
        few_enough(self.limits_of(owner.staff()), members).map_err(MembersRefusal::Limit)?;
        let count = u32::try_from(added.len()).unwrap_or(u32::MAX);
        if count > 0 {
            let detail = json!({ "members": added });
            // Where it is one alone, their history tells it too.
            let subject = match &candidates[..] {
                [(user, _)] => Subject::member(owner.id(), &user.summary.user_id),
                _ => Subject::room(owner.id()),
            };
            let now = self.clock.now();
            audit::note(&mut tx, now, owner.author(), Action::MembersAdd, subject, detail).await?;
            store::commit(tx).await?;
        }
        Ok(count)
    }

    /// Makes candidates members, and answers who of them is new, as the audit log keeps it.
    pub(super) async fn specify(
        &self,
        tx: &mut Tx,
        room: i64,
        candidates: &[Candidate],
    ) -> Result<Vec<Value>, Internal> {
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<_> =
            candidates.iter().map(|(user, as_what)| (user.number, *as_what)).collect();
        let added = members::add(tx, room, &rows, self.clock.now()).await?;
        let new = candidates.iter().filter(|(user, _)| added.contains(&user.number));
        Ok(new.map(|(user, as_what)| json!([user.summary.user_id, as_what])).collect())
    }

    /// Gives a member another permission in a room.
    pub async fn set_permission(
        &self,
        owner: &RoomOwner,
        user_id: &UserId,
        permission: EntryPermission,
    ) -> Result<Member, RoomRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        let (user, member) = member(&mut tx, &room, user_id).await?;
        members::set_permission(&mut tx, room.number, &[user], permission).await?;
        let detail = json!({ "before": member.permission, "after": permission });
        let (now, subject) = (self.clock.now(), Subject::member(owner.id(), &member.user.user_id));
        audit::note(&mut tx, now, owner.author(), Action::MembersPermission, subject, detail)
            .await?;
        store::commit(tx).await?;
        Ok(Member { permission, ..member })
    }

    /// Takes a member out of a room, and answers as what they could enter; `None` where they were no
    /// member.
    pub async fn remove_member(
        &self,
        owner: &RoomOwner,
        user_id: &UserId,
    ) -> Result<Option<EntryPermission>, RoomRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        let Some((user, member)) = members::find(&mut tx, room.number, user_id).await? else {
            return Ok(None);
        };
        members::remove(&mut tx, room.number, &[user]).await?;
        let detail = json!({ "before": member.permission });
        let (now, subject) = (self.clock.now(), Subject::member(owner.id(), &member.user.user_id));
        audit::note(&mut tx, now, owner.author(), Action::MembersRemove, subject, detail).await?;
        store::commit(tx).await?;
        Ok(Some(member.permission))
    }
}

/// The specified users other than the owner, with the permission that each is to have; refused when
/// one of them doesn't exist or is deactivated.
pub(super) async fn candidates(
    tx: &mut Tx,
    owner: i64,
    specified: &[Specified],
) -> Result<Vec<Candidate>, MembersRefusal> {
    let ids: Vec<&UserId> = specified.iter().map(|it| &it.user_id).collect();
    let users = specified::known(tx, &ids).await?.map_err(MembersRefusal::Members)?;
    let permissions = specified.iter().map(|it| it.permission);
    let candidates: Vec<Candidate> = users
        .into_iter()
        .zip(permissions)
        .filter(|(user, _)| user.number != owner)
        .map(|(user, permission)| {
            let permission = permission.unwrap_or(user.summary.permission);
            (user, permission)
        })
        .collect();
    specified::all_active(candidates.iter().map(|it| &it.0)).map_err(MembersRefusal::Members)?;
    Ok(candidates)
}

async fn member(
    tx: &mut Tx,
    room: &StoredRoom,
    user_id: &UserId,
) -> Result<(i64, Member), RoomRefusal> {
    members::find(tx, room.number, user_id).await?.ok_or(RoomRefusal::NotFound)
}
