//! Totals that lists show, kept in the transaction that changes them, so that nothing counts rows.

use super::{Db, Tx, row::Row};
use crate::Internal;

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub enum Counter {
    /// All users.
    Users,
    /// The users who are active.
    ActiveUsers,
    /// All rooms.
    Rooms,
    /// All groups.
    Groups,
}

impl Counter {
    const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::ActiveUsers => "active_users",
            Self::Rooms => "rooms",
            Self::Groups => "groups",
        }
    }
}

/// Changes a total.
pub async fn add(tx: &mut Tx, counter: Counter, change: i64) -> Result<(), Internal> {
    sqlx::query("UPDATE counters SET value = value + $1 WHERE name = $2")
        .bind(change)
        .bind(counter.name())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A total.
pub async fn read(db: &mut Db, counter: Counter) -> Result<u64, Internal> {
    let row = sqlx::query("SELECT value FROM counters WHERE name = $1")
        .bind(counter.name())
        .fetch_one(db)
        .await?;
    Row::of("counters", &row).count("value").map(u64::from)
}
