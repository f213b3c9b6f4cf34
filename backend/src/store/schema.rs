//! The tables: made and brought up to date by numbered migrations.

use sqlx::migrate::{Migrate, MigrateError, Migrator};

use super::{Db, Store, dialect, filing};
use crate::Internal;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");

/// How a database's tables stand to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// As this program needs them.
    Current,
    /// There are no tables of ours.
    Missing,
    /// Some migrations are still to be applied.
    Behind,
    /// Migrations were applied that this program doesn't know.
    Newer,
}

/// Looks at the tables without changing anything.
pub async fn look(db: &mut Db) -> Result<Schema, Internal> {
    let applied = applied(db).await?;
    Ok(if applied.is_empty() {
        Schema::Missing
    } else if applied.iter().any(|it| !MIGRATIONS.version_exists(*it)) {
        Schema::Newer
    } else if applied.len() < MIGRATIONS.iter().count() {
        Schema::Behind
    } else {
        Schema::Current
    })
}

/// The number of the newest migration that this program knows.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|it| it.version).max().unwrap_or_default()
}

/// The number of the newest migration that was applied.
pub async fn newest_in(db: &mut Db) -> Result<Option<i64>, Internal> {
    Ok(applied(db).await?.into_iter().max())
}

/// Applies the migrations that are missing, each in a transaction that also notes it: whenever the
/// process ends, those that were noted are done, and the others are not begun. What SQL can't do is done
/// after them.
pub async fn migrate(store: &Store) -> Result<(), Internal> {
    MIGRATIONS.run(&mut *store.write().await?).await.map_err(failure)?;
    filing::file_anew(store).await
}

async fn applied(db: &mut Db) -> Result<Vec<i64>, Internal> {
    let table = &*MIGRATIONS.table_name;
    if sqlx::query(dialect::HAS_TABLE).bind(table).fetch_optional(&mut *db).await?.is_none() {
        return Ok(Vec::new());
    }
    let applied = db.list_applied_migrations(table).await.map_err(failure)?;
    Ok(applied.into_iter().map(|it| it.version).collect())
}

fn failure(error: MigrateError) -> Internal {
    match error {
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => cause.into(),
        other => Internal::other(other),
    }
}
