//! The audit log. Rows are added, read as the history of one user or room, and deleted only when the
//! school keeps them no longer.

use domain::{RoomId, RoomName, Timestamp, UserId};

use super::{
    Db, Tx, dialect,
    row::{Row, Rows},
};
use crate::Internal;

/// How many events a page of a history holds.
pub const PAGE: u32 = 20;

/// The columns of a [`NotedEvent`].
macro_rules! columns {
    () => {
        "a.id AS number, a.at, a.actor, a.action, a.user_id, a.room_id, a.detail, \
         r.name AS room_name"
    };
}

macro_rules! select_events {
    () => {
        concat!("SELECT ", columns!(), " FROM audit a LEFT JOIN rooms r ON r.public_id = a.room_id")
    };
}

pub(super) const OF_USER: &str = concat!(
    select_events!(),
    " WHERE a.user_id = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3 + 0"
);
pub(super) const OF_ROOM: &str = concat!(
    select_events!(),
    " WHERE a.room_id = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3 + 0"
);
pub(super) const NOTE_EACH: &str = concat!(
    "INSERT INTO audit (at, actor, action, user_id, room_id, detail, request_id, address) \
     SELECT $1, $2, $3, u.user_id, $4, $5, $6, $7 FROM users u WHERE u.id IN ",
    dialect::list!("$8")
);

/// How many rows are deleted at once.
pub const AT_ONCE: u32 = 500;
pub(super) const FORGET: &str = "DELETE FROM audit WHERE id IN \
    (SELECT id FROM audit WHERE at < $1 ORDER BY at LIMIT $2 + 0)";

/// One row of the audit log, as it was noted.
#[derive(Debug)]
pub struct NotedEvent {
    /// The row's number.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Option<UserId>,
    /// What was done.
    pub action: String,
    /// To which user.
    pub user: Option<UserId>,
    /// In which room, and the name it has now.
    pub room: Option<(RoomId, Option<RoomName>)>,
    /// What was before and after, as JSON.
    pub detail: String,
}

/// One row of the audit log.
#[derive(Debug)]
pub struct AuditRow<'a> {
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody where it was done from the command line or by somebody not signed in.
    pub actor: Option<&'a UserId>,
    /// What was done.
    pub action: &'a str,
    /// To which user.
    pub user: Option<&'a UserId>,
    /// In which room.
    pub room: Option<&'a RoomId>,
    /// What was before and after, as JSON.
    pub detail: String,
    /// The request's id.
    pub request_id: Option<&'a str>,
    /// Where the request came from.
    pub address: Option<&'a str>,
}

/// Adds a row.
pub async fn insert(tx: &mut Tx, row: AuditRow<'_>) -> Result<(), Internal> {
    sqlx::query(
        "INSERT INTO audit (at, actor, action, user_id, room_id, detail, request_id, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.at.micros())
    .bind(row.actor.map(UserId::as_str))
    .bind(row.action)
    .bind(row.user.map(UserId::as_str))
    .bind(row.room.map(RoomId::as_str))
    .bind(row.detail)
    .bind(row.request_id)
    .bind(row.address)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds such a row for each room that the user of that number owns.
pub async fn insert_for_rooms_of(
    tx: &mut Tx,
    owner: i64,
    row: AuditRow<'_>,
) -> Result<(), Internal> {
    sqlx::query(
        "INSERT INTO audit (at, actor, action, user_id, room_id, detail, request_id, address) \
         SELECT $1, $2, $3, $4, public_id, $5, $6, $7 FROM rooms WHERE owner = $8",
    )
    .bind(row.at.micros())
    .bind(row.actor.map(UserId::as_str))
    .bind(row.action)
    .bind(row.user.map(UserId::as_str))
    .bind(row.detail)
    .bind(row.request_id)
    .bind(row.address)
    .bind(owner)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds such a row for each of the users of those numbers.
pub async fn insert_for_each(
    tx: &mut Tx,
    users: &[i64],
    row: AuditRow<'_>,
) -> Result<(), Internal> {
    sqlx::query(NOTE_EACH)
        .bind(row.at.micros())
        .bind(row.actor.map(UserId::as_str))
        .bind(row.action)
        .bind(row.room.map(RoomId::as_str))
        .bind(row.detail)
        .bind(row.request_id)
        .bind(row.address)
        .bind(serde_json::Value::from(users).to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What was done to a user before the row of that number, newest first, and one row more than a page
/// holds.
pub async fn of_user(db: &mut Db, user: &UserId, before: i64) -> Result<Vec<NotedEvent>, Internal> {
    events(db, OF_USER, user.as_str(), before).await
}

/// What was done in a room before the row of that number, newest first, and one row more than a page
/// holds.
pub async fn of_room(db: &mut Db, room: &RoomId, before: i64) -> Result<Vec<NotedEvent>, Internal> {
    events(db, OF_ROOM, room.as_str(), before).await
}

/// Deletes the oldest of what was noted before that moment, and answers how many rows that was.
pub async fn forget(db: &mut Db, before: Timestamp) -> Result<u64, Internal> {
    let gone =
        sqlx::query(FORGET).bind(before.micros()).bind(i64::from(AT_ONCE)).execute(db).await?;
    Ok(gone.rows_affected())
}

async fn events(
    db: &mut Db,
    statement: &'static str,
    of: &str,
    before: i64,
) -> Result<Vec<NotedEvent>, Internal> {
    let rows = Rows::read(db, &[columns!()], statement, |it| {
        it.bind(of).bind(before).bind(i64::from(PAGE) + 1)
    })
    .await?;
    rows.of("audit").map(decode).collect()
}

fn decode(row: Row<'_>) -> Result<NotedEvent, Internal> {
    let room = row.parse_optional("room_id", RoomId::parse)?;
    let room_name = row.parse_optional("room_name", |it| RoomName::parse(it).ok())?;
    Ok(NotedEvent {
        number: row.get("number")?,
        at: Timestamp::from_micros(row.get("at")?),
        actor: row.parse_optional("actor", |it| UserId::parse(it).ok())?,
        action: row.get("action")?,
        user: row.parse_optional("user_id", |it| UserId::parse(it).ok())?,
        room: room.map(|id| (id, room_name)),
        detail: row.get("detail")?,
    })
}
