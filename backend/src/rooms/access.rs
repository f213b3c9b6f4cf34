//! What somebody may do with one room: see it, or change it. Whatever is done to a room asks for one of
//! these two proofs, which only the look at the room makes.

use domain::{EntryPermission, RoomId, room::RoomSummary};

use super::{RoomRefusal, Rooms};
use crate::{
    Internal, InternalKind,
    accounts::{Asked, Proof, Staff},
    audit::Author,
    store::{Db, Store, Tx, members, rooms, rooms::StoredRoom},
};

/// Somebody may see a room: an Admin, its owner, or a Teacher who is Host in it.
#[derive(Clone, Debug)]
pub struct RoomReader {
    staff: Staff,
    room: StoredRoom,
}

/// Somebody may change a room: an Admin, or its owner.
#[derive(Clone, Debug)]
pub struct RoomOwner(RoomReader);

/// Why somebody may not do something with a room.
#[derive(Debug, thiserror::Error)]
pub enum AccessRefusal {
    /// There is no such room, or none that they may see; it isn't said which.
    #[error("there is no such room")]
    NotFound,
    /// They may see the room, but not change it.
    #[error("only the owner or an Admin may do this")]
    Forbidden,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Rooms {
    /// The proof that somebody may see a room. That somebody asked for one that is not for them is
    /// noted.
    pub async fn reader(
        &self,
        proof: &impl Proof,
        id: &RoomId,
    ) -> Result<RoomReader, AccessRefusal> {
        let staff = proof.staff();
        let mut db = self.store.read().await?;
        let room = rooms::find(&mut db, id).await?.ok_or(AccessRefusal::NotFound)?;
        let may_see = may_change(staff, &room) || is_host(&mut db, staff, &room).await?;
        if may_see {
            return Ok(RoomReader { staff: staff.clone(), room });
        }
        drop(db);
        self.note_refused(staff, id).await?;
        Err(AccessRefusal::NotFound)
    }

    /// The proof that somebody may change a room. That somebody tried who may not is noted.
    pub async fn owner(&self, proof: &impl Proof, id: &RoomId) -> Result<RoomOwner, AccessRefusal> {
        let reader = self.reader(proof, id).await?;
        if reader.is_owner() {
            return Ok(RoomOwner(reader));
        }
        self.note_refused(proof.staff(), id).await?;
        Err(AccessRefusal::Forbidden)
    }

    async fn note_refused(&self, staff: &Staff, id: &RoomId) -> Result<(), Internal> {
        let asked = Asked {
            method: String::new(),
            path: "/rooms/{room}".to_owned(),
            user: None,
            room: Some(id.clone()),
        };
        self.refusals.note(&self.store, self.clock.now(), staff, &asked).await
    }
}

/// Admins change any room, Teachers those that they own.
fn may_change(staff: &Staff, room: &StoredRoom) -> bool {
    staff.is_admin() || staff.number() == Some(room.owner)
}

async fn is_host(db: &mut Db, staff: &Staff, room: &StoredRoom) -> Result<bool, Internal> {
    let Some(number) = staff.number() else { return Ok(false) };
    let permission = members::permission(db, room.number, number).await?;
    Ok(permission == Some(EntryPermission::Host))
}

impl RoomReader {
    /// The room as it was when it was looked at.
    #[must_use]
    pub const fn room(&self) -> &RoomSummary {
        &self.room.summary
    }

    /// Whether they may change it too.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        may_change(&self.staff, &self.room)
    }

    pub(crate) const fn stored(&self) -> &StoredRoom {
        &self.room
    }
}

impl RoomOwner {
    /// What they may see.
    #[must_use]
    pub const fn reader(&self) -> &RoomReader {
        &self.0
    }

    /// The room's id.
    #[must_use]
    pub const fn id(&self) -> &RoomId {
        &self.0.room.summary.id
    }

    /// Who acts, for the audit log.
    pub(crate) fn author(&self) -> Author<'_> {
        self.0.staff.author()
    }

    /// Begins to change the room as it is by now, if whoever acts still may: their role may be gone since,
    /// and so may the room, or have another owner.
    pub(crate) async fn begin(&self, store: &Store) -> Result<(Tx, StoredRoom), RoomRefusal> {
        let staff = &self.0.staff;
        let mut tx = staff.begin(store).await?;
        let room = rooms::find(&mut tx, self.id()).await?.ok_or(RoomRefusal::NotFound)?;
        if may_change(staff, &room) {
            return Ok((tx, room));
        }
        Err(Internal::new(InternalKind::Revoked, "the room has another owner by now").into())
    }
}

impl Proof for RoomReader {
    fn staff(&self) -> &Staff {
        &self.staff
    }

    fn staff_mut(&mut self) -> &mut Staff {
        &mut self.staff
    }
}

impl Proof for RoomOwner {
    fn staff(&self) -> &Staff {
        &self.0.staff
    }

    fn staff_mut(&mut self) -> &mut Staff {
        &mut self.0.staff
    }
}
