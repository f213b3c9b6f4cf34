//! Totals that lists show, kept in the transaction that changes them, so that nothing counts rows.

use super::{Db, Tx, dialect, row::Rows};
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

pub(super) const ADD: &str =
    concat!("UPDATE counters SET value = value + $1 WHERE name IN ", dialect::list!("$2"));
pub(super) const READ: &str =
    concat!("SELECT name, value FROM counters WHERE name IN ", dialect::list!("$1"));

/// Changes totals, each by that much.
pub async fn add(tx: &mut Tx, counters: &[Counter], change: i64) -> Result<(), Internal> {
    sqlx::query(ADD).bind(change).bind(names(counters)).execute(&mut **tx).await?;
    Ok(())
}

/// Totals, in the order asked for.
pub async fn read<const N: usize>(
    db: &mut Db,
    counters: [Counter; N],
) -> Result<[u64; N], Internal> {
    let rows = Rows::read(db, &["name, value"], READ, |it| it.bind(names(&counters))).await?;
    let mut totals = [0; N];
    for row in rows.of("counters") {
        let name: &str = row.get("name")?;
        for (counter, total) in counters.iter().zip(&mut totals) {
            if counter.name() == name {
                *total = row.count("value")?.into();
            }
        }
    }
    Ok(totals)
}

fn names(counters: &[Counter]) -> String {
    counters.iter().map(|it| it.name()).collect::<serde_json::Value>().to_string()
}
