//! The tables: made and brought up to date by numbered migrations.

use sqlx::migrate::{Migrate, MigrateError, Migrator};

use super::{Db, Store, dialect};
use crate::Internal;

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");

/// How a database's tables stand to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// As this program needs them.
    Current,
    /// Some migrations are still to be applied.
    Behind,
    /// Migrations were applied that this program doesn't know.
    Newer,
}

/// Looks at the tables without changing anything.
pub async fn look(store: &Store) -> Result<Schema, Internal> {
    let mut db = store.read().await?;
    let applied = applied(&mut db).await?;
    Ok(if applied.iter().any(|it| !MIGRATIONS.version_exists(*it)) {
        Schema::Newer
    } else if applied.len() < MIGRATIONS.iter().count() {
        Schema::Behind
    } else {
        Schema::Current
    })
}

/// Applies the migrations that are missing.
pub async fn migrate(store: &Store) -> Result<(), Internal> {
    let mut db = store.write().await?;
    MIGRATIONS.run(&mut *db).await.map_err(failure)
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
