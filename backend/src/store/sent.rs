//! Forms that were carried out.

use domain::Timestamp;

use super::{Db, Tx};
use crate::Internal;

pub(super) const LOCATION: &str = "SELECT location FROM sent_forms WHERE key = $1";
pub(super) const FORGET: &str = "DELETE FROM sent_forms WHERE sent_at < $1";

/// Notes that a form is being carried out; `false` where it was before.
pub async fn claim(tx: &mut Tx, key: &[u8], at: Timestamp) -> Result<bool, Internal> {
    let claimed = sqlx::query(
        "INSERT INTO sent_forms (key, sent_at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
    )
    .bind(key)
    .bind(at.micros())
    .execute(&mut **tx)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

/// Notes where the answer led.
pub async fn set_location(db: &mut Db, key: &[u8], location: &str) -> Result<(), Internal> {
    sqlx::query("UPDATE sent_forms SET location = $1 WHERE key = $2")
        .bind(location)
        .bind(key)
        .execute(db)
        .await?;
    Ok(())
}

/// Where the answer led, once that is noted.
pub async fn location(db: &mut Db, key: &[u8]) -> Result<Option<String>, Internal> {
    let found: Option<Option<String>> =
        sqlx::query_scalar(LOCATION).bind(key).fetch_optional(db).await?;
    Ok(found.flatten())
}

/// Forgets what was sent before that moment; the answer is how much.
pub async fn forget(db: &mut Db, before: Timestamp) -> Result<u64, Internal> {
    Ok(sqlx::query(FORGET).bind(before.micros()).execute(db).await?.rows_affected())
}
