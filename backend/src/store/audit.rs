//! The audit log. Rows are only ever added.

use domain::{RoomId, Timestamp, UserId};

use super::Tx;
use crate::Internal;

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
