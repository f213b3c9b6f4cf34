//! Forms that were carried out.

use domain::Timestamp;

use super::{Db, Tx};
use crate::Internal;

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

/// Forgets what was sent before that moment; the answer is how much.
pub async fn forget(db: &mut Db, before: Timestamp) -> Result<u64, Internal> {
    Ok(sqlx::query(FORGET).bind(before.micros()).execute(db).await?.rows_affected())
}
