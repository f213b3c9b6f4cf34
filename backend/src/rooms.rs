//! Rooms: places to meet, and who is specified for them.

use std::{collections::HashMap, sync::Arc};

use domain::{
    Cursor, EntryPermission, Page, Problem, RoomId, RoomState, SearchTerm, UserId, UserStatus,
    room::{Member, RoomDraft, RoomSummary, Specified},
};
use serde_json::{Value, json};

use crate::{
    Found, Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    clock::Clock,
    ids,
    store::{
        self, Store, Tx,
        counters::{self, Counter},
        members, rooms,
        rooms::StoredRoom,
        users,
        users::StoredUser,
    },
};

/// The use cases about rooms and their members.
#[derive(Debug)]
pub struct Rooms {
    store: Store,
    clock: Arc<dyn Clock>,
}

/// Why nothing was done to a room.
#[derive(Debug, thiserror::Error)]
pub enum RoomRefusal {
    /// There is no such room, or the room has no such member.
    #[error("there is no such room or member")]
    NotFound,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a room wasn't made, or users weren't specified for it.
#[derive(Debug, thiserror::Error)]
pub enum MembersRefusal {
    /// There is no such room; or whoever makes it is no user, so that it would belong to nobody.
    #[error("there is no such room or owner")]
    NotFound,
    /// [`Problem::UnknownUsers`] or [`Problem::DeactivatedUsers`] among the specified.
    #[error("some of the users can't be specified")]
    Members(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Somebody to become a member: who, and as what.
type Candidate = (StoredUser, EntryPermission);

impl Rooms {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Makes a room that belongs to the Admin, with its members; they all exist and are active, or
    /// nothing is made. The owner isn't made a member.
    pub async fn create(
        &self,
        admin: &Admin,
        draft: &RoomDraft,
    ) -> Result<RoomSummary, MembersRefusal> {
        let owner = admin.number().ok_or(MembersRefusal::NotFound)?;
        let id = ids::room_id()?;
        let mut tx = self.store.begin().await?;
        let candidates = candidates(&mut tx, owner, &draft.members).await?;
        let now = self.clock.now();
        let number = rooms::insert(&mut tx, &id, draft, owner, now).await?;
        let added = self.specify(&mut tx, number, &candidates).await?;
        let detail = json!({ "after": settings(draft), "members": added });
        let subject = Subject::room(&id);
        audit::note(&mut tx, now, admin.author(), Action::RoomCreate, subject, detail).await?;
        let room = rooms::find(&mut tx, &id).await?.ok_or(MembersRefusal::NotFound)?;
        store::commit(tx).await?;
        Ok(room.summary)
    }

    /// Gives a room another name and type. Its members stay, whatever the type and the draft's.
    pub async fn edit(
        &self,
        admin: &Admin,
        id: &RoomId,
        draft: &RoomDraft,
    ) -> Result<RoomSummary, RoomRefusal> {
        let (mut tx, room) = self.begin(id).await?;
        let now = self.clock.now();
        rooms::update(&mut tx, &room, &draft.name, draft.room_type, now).await?;
        let before = json!({ "name": room.summary.name, "type": room.summary.room_type });
        let detail = json!({ "before": before, "after": settings(draft) });
        let subject = Subject::room(id);
        audit::note(&mut tx, now, admin.author(), Action::RoomEdit, subject, detail).await?;
        store::commit(tx).await?;
        Ok(RoomSummary { name: draft.name.clone(), room_type: draft.room_type, ..room.summary })
    }

    /// Ends a room: nobody enters any more. One that has ended already stays so.
    pub async fn end(&self, admin: &Admin, id: &RoomId) -> Result<RoomSummary, RoomRefusal> {
        self.set_state(admin, id, RoomState::Ended).await
    }

    /// Reopens a room that was ended.
    pub async fn reopen(&self, admin: &Admin, id: &RoomId) -> Result<RoomSummary, RoomRefusal> {
        self.set_state(admin, id, RoomState::Open).await
    }

    async fn set_state(
        &self,
        admin: &Admin,
        id: &RoomId,
        state: RoomState,
    ) -> Result<RoomSummary, RoomRefusal> {
        let (mut tx, room) = self.begin(id).await?;
        if room.summary.state == state {
            return Ok(room.summary);
        }
        let action = match state {
            RoomState::Open => Action::RoomReopen,
            RoomState::Ended => Action::RoomEnd,
        };
        let now = self.clock.now();
        rooms::set_state(&mut tx, room.number, state, now).await?;
        audit::note(&mut tx, now, admin.author(), action, Subject::room(id), json!({})).await?;
        store::commit(tx).await?;
        Ok(RoomSummary { state, ..room.summary })
    }

    /// A page of all rooms, by name.
    pub async fn list(
        &self,
        _: &Admin,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RoomSummary>, Internal> {
        rooms::page(&mut *self.store.read().await?, cursor).await
    }

    /// The rooms that a term finds.
    pub async fn search(
        &self,
        _: &Admin,
        term: &SearchTerm,
        limit: u32,
    ) -> Result<Found<RoomSummary>, Internal> {
        rooms::search(&mut *self.store.read().await?, term, limit).await
    }

    /// How many rooms there are.
    pub async fn total(&self, _: &Admin) -> Result<u64, Internal> {
        counters::read(&mut *self.store.read().await?, Counter::Rooms).await
    }

    /// The room of that id.
    pub async fn get(&self, _: &Admin, id: &RoomId) -> Result<Option<RoomSummary>, Internal> {
        let room = rooms::find(&mut *self.store.read().await?, id).await?;
        Ok(room.map(|it| it.summary))
    }

    /// A page of a room's members, by nickname; `None` where there is no such room.
    pub async fn members(
        &self,
        _: &Admin,
        id: &RoomId,
        cursor: Option<&Cursor>,
    ) -> Result<Option<Page<Member>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(room) = rooms::find(&mut db, id).await? else { return Ok(None) };
        members::page(&mut db, room.number, cursor).await.map(Some)
    }

    /// The members whom a term finds, by nickname; none where there is no such room.
    pub async fn find_members(
        &self,
        _: &Admin,
        id: &RoomId,
        term: &SearchTerm,
        limit: u32,
    ) -> Result<Found<Member>, Internal> {
        let mut db = self.store.read().await?;
        match rooms::find(&mut db, id).await? {
            Some(room) => members::search(&mut db, room.number, term, limit).await,
            None => Ok(Found { rows: Vec::new(), more: false }),
        }
    }

    /// Which of these users are members; none where there is no such room.
    pub async fn member_ids(
        &self,
        _: &Admin,
        id: &RoomId,
        users: &[UserId],
    ) -> Result<Vec<UserId>, Internal> {
        let mut db = self.store.read().await?;
        match rooms::find(&mut db, id).await? {
            Some(room) => members::among(&mut db, room.number, users).await,
            None => Ok(Vec::new()),
        }
    }

    /// Specifies users for a room, all or none, and answers how many are new. Those who are members
    /// already stay as they are; the owner isn't made one.
    pub async fn add_members(
        &self,
        admin: &Admin,
        id: &RoomId,
        specified: &[Specified],
    ) -> Result<u32, MembersRefusal> {
        let mut tx = self.store.begin().await?;
        let room = rooms::find(&mut tx, id).await?.ok_or(MembersRefusal::NotFound)?;
        let candidates = candidates(&mut tx, room.owner, specified).await?;
        let added = self.specify(&mut tx, room.number, &candidates).await?;
        let count = u32::try_from(added.len()).unwrap_or(u32::MAX);
        if count > 0 {
            let detail = json!({ "members": added });
            let (now, subject) = (self.clock.now(), Subject::room(id));
            audit::note(&mut tx, now, admin.author(), Action::MembersAdd, subject, detail).await?;
            store::commit(tx).await?;
        }
        Ok(count)
    }

    /// Makes candidates members, and answers who of them is new, as the audit log keeps it.
    async fn specify(
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
        admin: &Admin,
        id: &RoomId,
        user_id: &UserId,
        permission: EntryPermission,
    ) -> Result<Member, RoomRefusal> {
        let (mut tx, room) = self.begin(id).await?;
        let (user, member) = member(&mut tx, &room, user_id).await?;
        members::set_permission(&mut tx, room.number, user, permission).await?;
        let detail = json!({ "before": member.permission, "after": permission });
        let (now, subject) = (self.clock.now(), Subject::member(id, &member.user.user_id));
        audit::note(&mut tx, now, admin.author(), Action::MembersPermission, subject, detail)
            .await?;
        store::commit(tx).await?;
        Ok(Member { permission, ..member })
    }

    /// Takes a member out of a room, and answers as what they could enter; `None` where they were no
    /// member.
    pub async fn remove_member(
        &self,
        admin: &Admin,
        id: &RoomId,
        user_id: &UserId,
    ) -> Result<Option<EntryPermission>, RoomRefusal> {
        let (mut tx, room) = self.begin(id).await?;
        let Some((user, member)) = members::find(&mut tx, room.number, user_id).await? else {
            return Ok(None);
        };
        members::remove(&mut tx, room.number, user).await?;
        let detail = json!({ "before": member.permission });
        let (now, subject) = (self.clock.now(), Subject::member(id, &member.user.user_id));
        audit::note(&mut tx, now, admin.author(), Action::MembersRemove, subject, detail).await?;
        store::commit(tx).await?;
        Ok(Some(member.permission))
    }

    /// Begins to change a room that exists.
    async fn begin(&self, id: &RoomId) -> Result<(Tx, StoredRoom), RoomRefusal> {
        let mut tx = self.store.begin().await?;
        let room = rooms::find(&mut tx, id).await?.ok_or(RoomRefusal::NotFound)?;
        Ok((tx, room))
    }
}

/// The specified users other than the owner, with the permission that each is to have; refused when
/// one of them doesn't exist or is deactivated.
async fn candidates(
    tx: &mut Tx,
    owner: i64,
    specified: &[Specified],
) -> Result<Vec<Candidate>, MembersRefusal> {
    if specified.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = specified.iter().map(|it| it.user_id.key()).collect();
    let known: HashMap<String, StoredUser> = users::by_keys(tx, &keys).await?.into_iter().collect();
    let (mut candidates, mut unknown) = (Vec::with_capacity(specified.len()), Vec::new());
    for (it, key) in specified.iter().zip(&keys) {
        match known.get(key) {
            Some(user) => {
                let permission = it.permission.unwrap_or(user.summary.permission);
                candidates.push((user.clone(), permission));
            }
            None => unknown.push(it.user_id.to_string()),
        }
    }
    refuse_unless_empty(unknown, Problem::UnknownUsers)?;
    candidates.retain(|(user, _)| user.number != owner);
    let deactivated = candidates.iter().map(|(user, _)| &user.summary);
    let deactivated = deactivated.filter(|it| it.status == UserStatus::Deactivated);
    let deactivated = deactivated.map(|it| it.user_id.clone()).collect();
    refuse_unless_empty(deactivated, Problem::DeactivatedUsers)?;
    Ok(candidates)
}

fn refuse_unless_empty<T>(
    wrong: Vec<T>,
    problem: impl FnOnce(Vec<T>) -> Problem,
) -> Result<(), MembersRefusal> {
    if wrong.is_empty() { Ok(()) } else { Err(MembersRefusal::Members(problem(wrong))) }
}

async fn member(
    tx: &mut Tx,
    room: &StoredRoom,
    user_id: &UserId,
) -> Result<(i64, Member), RoomRefusal> {
    members::find(tx, room.number, user_id).await?.ok_or(RoomRefusal::NotFound)
}

/// What the audit log keeps of a room's settings.
fn settings(draft: &RoomDraft) -> Value {
    json!({ "name": draft.name, "type": draft.room_type })
}
