//! Rooms: places to meet, and who is specified for them.

mod access;
mod few;
mod limits;
mod many;
mod members;
mod whole;

use std::sync::Arc;

use domain::{
    Cursor, Edition, Page, Problem, RoomId, RoomName, RoomState, RoomStatus, RoomType, RoomsAsked,
    SearchTerm, Timestamp,
    room::{ListedRoom, RoomDetails, RoomDraft, RoomLimits, RoomSummary},
};
use serde_json::{Value, json};

pub use self::{
    access::{AccessRefusal, RoomOwner, RoomReader},
    limits::{Allowance, PassedLimit},
    whole::{DeleteRefusal, OwnerRefusal},
};
use self::{
    few::Few,
    limits::{few_enough, small_enough},
    members::candidates,
};
use crate::{
    Found, Internal,
    accounts::{Proof, Refusals, Staff},
    audit::{self, Action, Subject},
    classroom::{Hub, InProgress},
    clock::Clock,
    edition::edition,
    ids,
    settings::SchoolSettings,
    shown::{Shown, ShownRefusal},
    store::{
        self, Db, Store,
        counters::{self, Counter},
        rooms,
        rooms::StoredRoom,
    },
};

/// The use cases about rooms and their members.
#[derive(Debug)]
pub struct Rooms {
    store: Store,
    clock: Arc<dyn Clock>,
    settings: Arc<SchoolSettings>,
    refusals: Arc<Refusals>,
    shown: Arc<Shown>,
    hub: Arc<Hub>,
}

/// Why nothing was done to a room.
#[derive(Debug, thiserror::Error)]
pub enum RoomRefusal {
    /// The room is gone, or has no such member.
    #[error("there is no such room or member")]
    NotFound,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a room wasn't edited.
#[derive(Debug, thiserror::Error)]
pub enum EditRefusal {
    /// Somebody else has changed the room since.
    #[error("the room is not any more what was edited")]
    Outdated,
    /// It would pass a limit of Teachers.
    #[error("a limit would be passed")]
    Limit(PassedLimit),
    /// As for everything that is done to a room.
    #[error(transparent)]
    Room(#[from] RoomRefusal),
}

impl From<Internal> for EditRefusal {
    fn from(error: Internal) -> Self {
        Self::Room(error.into())
    }
}

/// Why a room wasn't made, or users weren't specified for it.
#[derive(Debug, thiserror::Error)]
pub enum MembersRefusal {
    /// There is no such room; or whoever makes it is no user, so that it would belong to nobody.
    #[error("there is no such room or owner")]
    NotFound,
    /// [`Problem::UnknownUsers`] or [`Problem::DeactivatedUsers`] among the specified; [`Problem::ShownEnough`]
    /// where it isn't told yet.
    #[error("some of the users can't be specified")]
    Members(Problem),
    /// It would pass a limit of Teachers.
    #[error("a limit would be passed")]
    Limit(PassedLimit),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl From<RoomRefusal> for MembersRefusal {
    fn from(refusal: RoomRefusal) -> Self {
        match refusal {
            RoomRefusal::NotFound => Self::NotFound,
            RoomRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<ShownRefusal> for MembersRefusal {
    fn from(refusal: ShownRefusal) -> Self {
        match refusal {
            ShownRefusal::Wait { seconds } => Self::Members(Problem::ShownEnough { seconds }),
            ShownRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl Rooms {
    pub(crate) const fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        settings: Arc<SchoolSettings>,
        refusals: Arc<Refusals>,
        shown: Arc<Shown>,
        hub: Arc<Hub>,
    ) -> Self {
        Self { store, clock, settings, refusals, shown, hub }
    }

    /// Makes a room that belongs to whoever makes it, with its members; they all exist and are active, or
    /// nothing is made. The owner isn't made a member. Answers with the room's id.
    pub async fn create(
        &self,
        proof: &impl Proof,
        draft: &RoomDraft,
    ) -> Result<RoomId, MembersRefusal> {
        let staff = proof.staff();
        let owner = staff.number().ok_or(MembersRefusal::NotFound)?;
        self.shown.count(staff, draft.members.iter().map(|it| &it.user_id)).await?;
        let id = ids::room_id()?;
        let mut tx = staff.begin(&self.store).await?;
        let limits = self.limits_of(staff);
        self.leaves_room_for(&mut tx, limits, owner).await?.map_err(MembersRefusal::Limit)?;
        small_enough(limits, &draft.limits).map_err(MembersRefusal::Limit)?;
        let candidates = candidates(&mut tx, owner, &draft.members).await?;
        few_enough(limits, candidates.len()).map_err(MembersRefusal::Limit)?;
        let now = self.clock.now();
        let number = rooms::insert(&mut tx, &id, draft, owner, now).await?;
        let added = self.specify(&mut tx, number, &candidates).await?;
        let detail = json!({ "after": settings_of(draft), "members": added });
        let subject = Subject::room(&id);
        audit::note(&mut tx, now, staff.author(), Action::RoomCreate, subject, detail).await?;
        store::commit(tx).await?;
        Ok(id)
    }

    /// Gives a room another name, type and limits, if it is still of that edition, where one is given. Its
    /// members stay, whatever the type and the draft's.
    pub async fn edit(
        &self,
        owner: &RoomOwner,
        draft: &RoomDraft,
        seen: Option<&Edition>,
    ) -> Result<RoomSummary, EditRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        let now = self.clock.now();
        if let Some(seen) = seen
            && !seen.is_still(&edition_of(&room, now)?)
        {
            return Err(EditRefusal::Outdated);
        }
        let limits = self.limits_of(owner.staff());
        small_enough(limits, &draft.limits).map_err(EditRefusal::Limit)?;
        rooms::update(&mut tx, &room, draft, now).await?;
        let RoomSummary { name, room_type, .. } = &room.summary;
        let before = settings(name, *room_type, &room.limits);
        let detail = json!({ "before": before, "after": settings_of(draft) });
        let subject = Subject::room(owner.id());
        audit::note(&mut tx, now, owner.author(), Action::RoomEdit, subject, detail).await?;
        store::commit(tx).await?;
        Ok(RoomSummary { name: draft.name.clone(), room_type: draft.room_type, ..room.summary })
    }

    /// Ends a room: nobody enters any more. One that has ended already stays so.
    pub async fn end(&self, owner: &RoomOwner) -> Result<RoomSummary, RoomRefusal> {
        self.set_state(owner, RoomState::Ended).await
    }

    /// Reopens a room that was ended.
    pub async fn reopen(&self, owner: &RoomOwner) -> Result<RoomSummary, RoomRefusal> {
        self.set_state(owner, RoomState::Open).await
    }

    async fn set_state(
        &self,
        owner: &RoomOwner,
        state: RoomState,
    ) -> Result<RoomSummary, RoomRefusal> {
        let (mut tx, room) = owner.begin(&self.store).await?;
        if room.summary.state == state {
            return Ok(room.summary);
        }
        let action = match state {
            RoomState::Open => Action::RoomReopen,
            RoomState::Ended => Action::RoomEnd,
        };
        let now = self.clock.now();
        rooms::set_state(&mut tx, room.number, state, now).await?;
        let subject = Subject::room(owner.id());
        audit::note(&mut tx, now, owner.author(), action, subject, json!({})).await?;
        store::commit(tx).await?;
        Ok(RoomSummary { state, ..room.summary })
    }

    /// A page of the rooms asked for, of those that whoever asks may see.
    pub async fn list(
        &self,
        proof: &impl Proof,
        asked: &RoomsAsked,
        cursor: Option<&Cursor>,
    ) -> Result<Page<RoomSummary>, Internal> {
        let mut db = self.store.read().await?;
        let meetings = self.hub.in_progress();
        if let Some(few) = Self::few(&mut db, proof.staff(), asked, &meetings).await? {
            return Ok(few.asked(*asked, &meetings).page(cursor));
        }
        let mut page = rooms::page(&mut db, asked, cursor).await?;
        // The database doesn't know in which rooms a meeting goes on.
        page.rows.retain(|it| meetings.is_asked_for(asked, it));
        while page.rows.is_empty()
            && let Some(next) = page.next.take()
        {
            let beyond = rooms::page(&mut db, asked, Some(&next)).await?;
            page = Page { previous: page.previous, ..beyond };
            page.rows.retain(|it| meetings.is_asked_for(asked, it));
        }
        Ok(page)
    }

    /// The rooms asked for that a term finds, of those that whoever asks may see.
    pub async fn search(
        &self,
        proof: &impl Proof,
        term: &SearchTerm,
        asked: &RoomsAsked,
        limit: u32,
    ) -> Result<Found<RoomSummary>, Internal> {
        let mut db = self.store.read().await?;
        let meetings = self.hub.in_progress();
        if let Some(few) = Self::few(&mut db, proof.staff(), asked, &meetings).await? {
            return Ok(few.asked(*asked, &meetings).found(term, limit));
        }
        let is_asked_for = |it: &RoomSummary| meetings.is_asked_for(asked, it);
        rooms::search(&mut db, term, asked.is_filtered(), limit, is_asked_for).await
    }

    /// Those among which the rooms asked for are, where these are few.
    async fn few(
        db: &mut Db,
        staff: &Staff,
        asked: &RoomsAsked,
        meetings: &InProgress,
    ) -> Result<Option<Few>, Internal> {
        let few = Few::of(db, staff).await?;
        if few.is_none() && asked.status == Some(RoomStatus::InProgress) {
            return Few::in_progress(db, meetings).await.map(Some);
        }
        Ok(few)
    }

    /// These rooms, with how many are in.
    #[must_use]
    pub fn listed(&self, _: &impl Proof, rooms: Vec<RoomSummary>) -> Vec<ListedRoom> {
        let meetings = self.hub.in_progress();
        let listed = |room: RoomSummary| ListedRoom { inside: meetings.inside(&room.id), room };
        rooms.into_iter().map(listed).collect()
    }

    /// How many rooms there are that whoever asks may see.
    pub async fn total(&self, proof: &impl Proof) -> Result<u64, Internal> {
        let mut db = self.store.read().await?;
        if let Some(few) = Few::of(&mut db, proof.staff()).await? {
            return Ok(few.total());
        }
        let [rooms] = counters::read(&mut db, [Counter::Rooms]).await?;
        Ok(rooms)
    }

    /// A room with everything that can be set of it.
    pub async fn details(&self, reader: &RoomReader) -> Result<RoomDetails, Internal> {
        let room = reader.stored();
        let mut db = self.store.read().await?;
        let other_host = store::members::has_host(&mut db, room.number).await?;
        let edition = edition_of(room, self.clock.now())?;
        let (summary, limits) = (room.summary.clone(), room.limits);
        Ok(RoomDetails { summary, limits, other_host, edition })
    }
}

/// The edition of a room, read at that moment.
fn edition_of(room: &StoredRoom, now: Timestamp) -> Result<Edition, Internal> {
    let RoomSummary { name, room_type, .. } = &room.summary;
    edition(now, &(name, room_type, &room.limits))
}

/// What the audit log keeps of a room's settings.
fn settings(name: &RoomName, room_type: RoomType, limits: &RoomLimits) -> Value {
    let RoomLimits { capacity, time_limit, opens, closes } = limits;
    json!({
        "name": name,
        "type": room_type,
        "capacity": capacity,
        "time_limit": time_limit,
        "opens": opens,
        "closes": closes,
    })
}

fn settings_of(draft: &RoomDraft) -> Value {
    settings(&draft.name, draft.room_type, &draft.limits)
}
