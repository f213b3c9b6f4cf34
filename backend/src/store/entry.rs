//! What the rule of entry needs to know of a room and a user, in one statement.

use domain::{
    RoomId, UserId,
    entry::{Intent, KnownUser, RoomFacts},
    room::Capacity,
};

use super::{Db, rooms, row::Row};
use crate::Internal;

pub(super) const FACTS: &str = "SELECT r.type, r.state, r.owner, \
    r.capacity, r.time_limit, r.opens, r.closes, u.id AS number, u.status, u.role, \
    u.permission, m.permission AS membership \
    FROM rooms r JOIN users u ON u.user_id_key = $2 \
    LEFT JOIN members m ON m.room_id = r.id AND m.user_id = u.id \
    WHERE r.public_id = $1";

/// The facts of a room and a user; `None` where one of them doesn't exist.
pub async fn facts(
    db: &mut Db,
    room: &RoomId,
    user: &UserId,
) -> Result<Option<(RoomFacts, KnownUser)>, Internal> {
    let row = sqlx::query(FACTS).bind(room.as_str()).bind(user.key()).fetch_optional(db).await?;
    let Some(row) = row else { return Ok(None) };
    let (room, user) = (Row::of("rooms", &row), Row::of("users", &row));
    let limits = rooms::limits(room)?;
    let facts = RoomFacts {
        room_type: room.code("type")?,
        state: room.code("state")?,
        opens: limits.opens,
        closes: limits.closes,
        locked: false,
        capacity: limits.capacity.map(Capacity::get),
        inside: 0,
    };
    let known = KnownUser {
        status: user.code("status")?,
        role: user.code("role")?,
        default_permission: user.code("permission")?,
        membership: room.as_of("members").code_optional("membership")?,
        owner: room.get::<i64>("owner")? == user.get::<i64>("number")?,
        intent: Intent::Own,
    };
    Ok(Some((facts, known)))
}
