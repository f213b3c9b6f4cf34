//! The audit log, as it is written. Rows are added, and deleted only when the school keeps them no longer.

use domain::{RoomId, RoomName, Timestamp, UserId, audit::AuditKind};
use serde_json::json;

use super::{Db, Tx, codes::Code, dialect, row::Row};
use crate::{
    Internal,
    store::{self, Store},
};

pub(super) const NOTE_EACH: &str = concat!(
    "INSERT INTO audit (at, actor, action, kind, user_id, room_id, detail, request_id, address) \
     SELECT $1, $2, $3, $4, u.user_id, $5, $6, $7, $8 FROM users u WHERE u.id IN ",
    dialect::list!("$9")
);

pub(super) const COUNT_DONE: &str =
    "SELECT COUNT(*) AS done FROM audit WHERE doer = $1 AND kind = $2 AND at > $3 AND action = $4";

const INSERT: &str = "INSERT INTO audit \
    (at, actor, action, kind, user_id, room_id, detail, request_id, address) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const INSERT_OBSERVATION: &str = "INSERT INTO audit \
    (id, at, actor, action, kind, user_id, room_id, detail, request_id, address) \
    VALUES ((SELECT COALESCE(MIN(id), 0) FROM audit WHERE id <= 0) - 1, \
    $1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// How many rows are deleted at once.
pub const AT_ONCE: u32 = 500;
pub(super) const FORGET: &str = "DELETE FROM audit WHERE id IN \
    (SELECT id FROM audit WHERE at < $1 ORDER BY at LIMIT $2 + 0)";

/// The columns of a [`NotedEvent`] beside its number; the tables must be called `a` and `r`.
macro_rules! event_columns {
    () => {
        "a.at, a.actor, a.action, a.user_id, a.room_id, a.detail, a.request_id, a.address, \
         r.name AS room_name"
    };
}
pub(super) use event_columns;

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
    /// The request's id.
    pub request_id: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
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
    /// What that is about.
    pub kind: AuditKind,
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

/// Adds a row. Those of who observed are numbered downwards, from below the first: the numbers of all
/// others, of which some stand in what Teachers are shown, are the same whether anybody observed or not.
pub async fn insert(tx: &mut Tx, row: AuditRow<'_>) -> Result<(), Internal> {
    let statement = if row.kind == AuditKind::Observations { INSERT_OBSERVATION } else { INSERT };
    sqlx::query(statement)
        .bind(row.at.micros())
        .bind(row.actor.map(UserId::as_str))
        .bind(row.action)
        .bind(row.kind.code())
        .bind(row.user.map(UserId::as_str))
        .bind(row.room.map(RoomId::as_str))
        .bind(row.detail)
        .bind(row.request_id)
        .bind(row.address)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Adds these rows, in their order.
pub async fn insert_all(tx: &mut Tx, rows: Vec<AuditRow<'_>>) -> Result<(), Internal> {
    let observation = |it: &AuditRow<'_>| it.kind == AuditKind::Observations;
    let (observations, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(observation);
    for row in observations {
        insert(tx, row).await?;
    }
    let row = |it: &AuditRow<'_>| {
        json!({
            "at": it.at,
            "actor": it.actor,
            "action": it.action,
            "kind": it.kind.code(),
            "user": it.user,
            "room": it.room,
            "detail": it.detail,
            "request": it.request_id,
            "address": it.address,
        })
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    dialect::run_over(tx, dialect::NOTE_ALL, rows).await
}

/// How often somebody has done that since, to others than themselves.
pub async fn count_done(
    db: &mut Db,
    actor: &UserId,
    (kind, action): (AuditKind, &str),
    since: Timestamp,
) -> Result<u32, Internal> {
    let row = sqlx::query(COUNT_DONE)
        .bind(actor.as_str())
        .bind(kind.code())
        .bind(since.micros())
        .bind(action)
        .fetch_one(db)
        .await?;
    Row::of("audit", &row).count("done")
}

/// Adds such a row for each room that the user of that number owns.
pub async fn insert_for_rooms_of(
    tx: &mut Tx,
    owner: i64,
    row: AuditRow<'_>,
) -> Result<(), Internal> {
    sqlx::query(
        "INSERT INTO audit (at, actor, action, kind, user_id, room_id, detail, request_id, address) \
         SELECT $1, $2, $3, $4, $5, public_id, $6, $7, $8 FROM rooms WHERE owner = $9",
    )
    .bind(row.at.micros())
    .bind(row.actor.map(UserId::as_str))
    .bind(row.action)
    .bind(row.kind.code())
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
        .bind(row.kind.code())
        .bind(row.room.map(RoomId::as_str))
        .bind(row.detail)
        .bind(row.request_id)
        .bind(row.address)
        .bind(serde_json::Value::from(users).to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes the oldest of what was noted before that moment, and answers how many rows that was.
pub async fn forget(store: &Store, before: Timestamp) -> Result<u64, Internal> {
    let mut tx = store.begin().await?;
    sqlx::query("UPDATE audit_kept SET from_at = $1 WHERE id = 1")
        .bind(before.micros())
        .execute(&mut *tx)
        .await?;
    let gone = sqlx::query(FORGET).bind(before.micros()).bind(i64::from(AT_ONCE));
    let gone = gone.execute(&mut *tx).await?;
    store::commit(tx).await?;
    Ok(gone.rows_affected())
}

/// Reads a row with the columns of [`event_columns`].
pub fn decode(row: Row<'_>) -> Result<NotedEvent, Internal> {
    let row = row.as_of("audit");
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
        request_id: row.get("request_id")?,
        address: row.get("address")?,
    })
}
