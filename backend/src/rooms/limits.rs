//! What limits Teachers in their own rooms: how many they own, how many users they specify for one, and how
//! many may be in one at once. Admins are limited by nothing.

use domain::{
    ConsoleRole, Problem, UserSummary,
    room::{Capacity, RoomField, RoomLimits},
    settings::{MostMembers, MostRooms, TeacherLimits},
};

use super::Rooms;
use crate::{
    Internal,
    accounts::{Proof, Staff},
    audit::{self, Action},
    store::{Db, user_rooms, users::StoredUser},
};

/// For so long a room that was handed over counts.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A limit of a Teacher that would be passed, and the field of the form that says so.
pub type PassedLimit = (RoomField, Problem);

/// What somebody may still do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// What limits them.
    pub limits: TeacherLimits,
    /// How many rooms they own, where that is limited.
    pub owned: u32,
}

impl Rooms {
    /// What somebody may still do.
    pub async fn allowance(&self, proof: &impl Proof) -> Result<Allowance, Internal> {
        let staff = proof.staff();
        let limits = self.limits_of(staff);
        let owned = match (staff.number(), limits.rooms) {
            (Some(number), Some(_)) => {
                user_rooms::owned(&mut *self.store.read().await?, &[number]).await?.count
            }
            _ => 0,
        };
        Ok(Allowance { limits, owned })
    }

    /// What limits somebody.
    pub(super) fn limits_of(&self, staff: &Staff) -> TeacherLimits {
        if staff.is_admin() { TeacherLimits::default() } else { self.settings.now().teachers }
    }

    /// Finds that somebody may own one room more, in the transaction that gives it to them.
    pub(super) async fn leaves_room_for(
        &self,
        db: &mut Db,
        limits: TeacherLimits,
        owner: i64,
    ) -> Result<Result<(), PassedLimit>, Internal> {
        let Some(max) = limits.rooms.map(MostRooms::get) else { return Ok(Ok(())) };
        let rooms = user_rooms::owned(db, &[owner]).await?.count;
        let passed = (RoomField::Owner, Problem::RoomLimit { max });
        Ok(if rooms < max { Ok(()) } else { Err(passed) })
    }

    /// Finds that somebody may hand a room over to that heir. A Teacher's must have a role, so that they can
    /// look after it, and own no more rooms than a Teacher may. Nor does a Teacher make rooms without end by
    /// handing each over: within a day they hand over as many as they may own.
    pub(super) async fn may_hand_over(
        &self,
        db: &mut Db,
        staff: &Staff,
        heir: &StoredUser,
    ) -> Result<Result<(), Problem>, Internal> {
        let UserSummary { user_id, role, .. } = &heir.summary;
        if *role == ConsoleRole::None && !staff.is_admin() {
            return Ok(Err(Problem::NotStaff { user_id: user_id.clone() }));
        }
        let limits = self.limits_of(staff);
        let (Some(max), Some(giver)) = (limits.rooms.map(MostRooms::get), staff.user_id()) else {
            return Ok(Ok(()));
        };
        let since = self.clock.now().plus_seconds(-DAY_SECONDS);
        if audit::count_done(db, giver, Action::RoomOwner, since).await? >= max {
            return Ok(Err(Problem::HandOverLimit { max }));
        }
        let is_limited = *role == ConsoleRole::Teacher;
        if is_limited && user_rooms::owned(db, &[heir.number]).await?.count >= max {
            return Ok(Err(Problem::HeirLimit { user_id: user_id.clone(), max }));
        }
        Ok(Ok(()))
    }
}

/// Finds that a room with so many members is within the limits.
pub(super) fn few_enough(limits: TeacherLimits, members: usize) -> Result<(), PassedLimit> {
    match limits.members.map(MostMembers::get) {
        Some(max) if members > usize::try_from(max).unwrap_or(usize::MAX) => {
            Err((RoomField::Members, Problem::MemberLimit { max }))
        }
        _ => Ok(()),
    }
}

/// Finds that no more may be in a room than the limits say: it must say how many.
pub(super) fn small_enough(limits: TeacherLimits, room: &RoomLimits) -> Result<(), PassedLimit> {
    match limits.capacity.map(Capacity::get) {
        Some(max) if room.capacity.is_none_or(|it| it.get() > max) => {
            Err((RoomField::Capacity, Problem::Range { min: Capacity::MIN, max }))
        }
        _ => Ok(()),
    }
}
