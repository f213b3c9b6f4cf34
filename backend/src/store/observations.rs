//! Observations that go on, as the store keeps them until the audit log says how long they were.

use domain::{RoomId, Timestamp, UserId};

use super::{Db, Tx, row::Row};
use crate::Internal;

pub(super) const OPEN: &str =
    "SELECT room_id, user_id, began_at, seen_at FROM observations ORDER BY seen_at";
pub(super) const NOTE_SEEN: &str = "UPDATE observations SET seen_at = $1 WHERE seen_at < $1";

/// An observation that goes on, or did when the server broke off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Of which room.
    pub room: RoomId,
    /// By whom.
    pub user: UserId,
    /// Since when.
    pub began: Timestamp,
    /// When it was last known to go on.
    pub seen: Timestamp,
}

/// Keeps that somebody observes a room from that moment on.
pub async fn begin(
    tx: &mut Tx,
    room: &RoomId,
    user: &UserId,
    at: Timestamp,
) -> Result<(), Internal> {
    sqlx::query(
        "INSERT INTO observations (room_id, user_id, began_at, seen_at) VALUES ($1, $2, $3, $3) \
         ON CONFLICT (room_id, user_id) DO UPDATE SET began_at = $3, seen_at = $3",
    )
    .bind(room.as_str())
    .bind(user.as_str())
    .bind(at.micros())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps it no longer.
pub async fn end(tx: &mut Tx, room: &RoomId, user: &UserId) -> Result<(), Internal> {
    sqlx::query("DELETE FROM observations WHERE room_id = $1 AND user_id = $2")
        .bind(room.as_str())
        .bind(user.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Those that go on.
pub async fn open(db: &mut Db) -> Result<Vec<Observation>, Internal> {
    let rows = sqlx::query(OPEN).fetch_all(db).await?;
    rows.iter().map(|it| decode(Row::of("observations", it))).collect()
}

/// Notes that all of them go on.
pub async fn note_seen(tx: &mut Tx, now: Timestamp) -> Result<(), Internal> {
    sqlx::query(NOTE_SEEN).bind(now.micros()).execute(&mut **tx).await?;
    Ok(())
}

fn decode(row: Row<'_>) -> Result<Observation, Internal> {
    Ok(Observation {
        room: row.parse("room_id", RoomId::parse)?,
        user: row.parse("user_id", |it| UserId::parse(it).ok())?,
        began: Timestamp::from_micros(row.get("began_at")?),
        seen: Timestamp::from_micros(row.get("seen_at")?),
    })
}
