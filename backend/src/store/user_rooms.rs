//! The rooms of one user: those they own, and those for which they are specified.

use std::collections::HashMap;

use domain::{AtLeast, EntryPermission, Newest, Timestamp, room::UserRoom};

use super::{Db, Tx, dialect, rooms, row::Rows};
use crate::Internal;

/// How many rooms a page holds.
pub const PAGE: u32 = 20;

/// Of how many rooms the list of a Teacher is made: more than anybody looks after.
const MOST: i64 = 2_000;

/// The rooms of the user $1 below the number $2, newest first. Who owns a room is not among its
/// members, so none comes twice.
pub(super) const NUMBERS: &str = "SELECT id AS number, NULL AS permission FROM rooms \
    WHERE owner = $1 AND id < $2 \
    UNION ALL SELECT room_id AS number, permission FROM members \
    WHERE user_id = $1 AND room_id < $2 ORDER BY number DESC LIMIT $3 + 0";
pub(super) const OWNED_OR_HOSTED: &str = "SELECT id AS number FROM rooms WHERE owner = $1 \
    UNION ALL SELECT room_id AS number FROM members WHERE user_id = $1 AND permission = 0 \
    ORDER BY number DESC LIMIT $2 + 0";
pub(super) const OWNED: &str =
    concat!("SELECT 1 FROM rooms WHERE owner IN ", dialect::list!("$1"), " LIMIT $2 + 0");
pub(super) const MEMBERSHIPS: &str =
    concat!("SELECT 1 FROM members WHERE user_id IN ", dialect::list!("$1"), " LIMIT $2 + 0");
pub(super) const LEAVE: &str = "DELETE FROM members WHERE user_id = $2 \
    AND room_id IN (SELECT id FROM rooms WHERE owner = $1)";
pub(super) const SHRINK: &str = "UPDATE rooms SET members = members - 1 WHERE owner = $1 \
    AND id IN (SELECT room_id FROM members WHERE user_id = $2)";

/// A page of a user's rooms, newest first: the latest, or those before the room of that number.
pub async fn page(
    db: &mut Db,
    user: i64,
    older_than: Option<i64>,
) -> Result<Newest<UserRoom>, Internal> {
    let rows = Rows::read(db, &["number, permission"], NUMBERS, |it| {
        it.bind(user).bind(older_than.unwrap_or(i64::MAX)).bind(i64::from(PAGE) + 1)
    })
    .await?;
    let mut listed = Vec::new();
    for row in rows.of("members") {
        let permission = row.code_optional::<EntryPermission>("permission")?;
        listed.push((row.get::<i64>("number")?, permission));
    }
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = listed.len() > page;
    listed.truncate(page);
    let older_than = listed.last().filter(|_| more).map(|it| it.0);
    let numbers: Vec<i64> = listed.iter().map(|it| it.0).collect();
    let rooms = rooms::by_numbers(db, &numbers).await?;
    let mut rooms: HashMap<i64, _> = rooms.into_iter().map(|it| (it.number, it.summary)).collect();
    let rows = listed.into_iter().filter_map(|(number, permission)| {
        rooms.remove(&number).map(|room| UserRoom {
            room,
            // An owner is always Host.
            permission: permission.unwrap_or(EntryPermission::Host),
            owner: permission.is_none(),
            inside: None,
        })
    });
    Ok(Newest { rows: rows.collect(), older_than })
}

/// The numbers of the newest rooms that a user owns, or in which they are Host.
pub async fn owned_or_hosted(db: &mut Db, user: i64) -> Result<Vec<i64>, Internal> {
    let rows = Rows::read(db, &["number"], OWNED_OR_HOSTED, |it| it.bind(user).bind(MOST)).await?;
    rows.of("rooms").map(|it| it.get("number")).collect()
}

/// How many rooms these users own.
pub async fn owned(db: &mut Db, users: &[i64]) -> Result<AtLeast, Internal> {
    counted(db, OWNED, users).await
}

/// For how many rooms these users are specified, each counted on their own.
pub async fn memberships(db: &mut Db, users: &[i64]) -> Result<AtLeast, Internal> {
    counted(db, MEMBERSHIPS, users).await
}

/// How many rows a statement finds for the list of users $1; $2 is how many it looks for.
pub(super) async fn counted(
    db: &mut Db,
    statement: &'static str,
    users: &[i64],
) -> Result<AtLeast, Internal> {
    let json = serde_json::Value::from(users).to_string();
    let one_more = i64::from(AtLeast::MAX) + 1;
    let rows = Rows::read(db, &["1"], statement, |it| it.bind(json).bind(one_more)).await?;
    Ok(AtLeast::of(u32::try_from(rows.of("rooms").len()).unwrap_or(u32::MAX)))
}

/// Gives all rooms of a user to another, who is a member of none of them any more.
pub async fn hand_over(tx: &mut Tx, from: i64, to: i64, now: Timestamp) -> Result<(), Internal> {
    for statement in [SHRINK, LEAVE] {
        sqlx::query(statement).bind(from).bind(to).execute(&mut **tx).await?;
    }
    sqlx::query("UPDATE rooms SET owner = $2, changed_at = $3 WHERE owner = $1")
        .bind(from)
        .bind(to)
        .bind(now.micros())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
