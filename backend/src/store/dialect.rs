//! What is SQLite's own: pragmas, error codes, and lists as one parameter.

use std::{io, path::Path};

use sqlx::{AnyConnection, Executor, Row, error::DatabaseError};

use super::Db;
use crate::{Internal, InternalKind};

/// The scheme of the addresses of databases that this dialect speaks to.
pub const SCHEME: &str = "sqlite";

/// Opens a database, and makes it where there is none.
pub const MADE_IF_MISSING: &str = "mode=rwc";
/// Opens a database that is there.
pub const EXISTING: &str = "mode=rw";
/// Opens a database that nobody changes, without locking it.
pub const UNCHANGING: &str = "mode=ro&immutable=1";

/// The address of a database in a file, to be opened in that way.
pub fn address_of(file: &Path, way: &str) -> io::Result<String> {
    let path = std::path::absolute(file)?.to_string_lossy().into_owned();
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    Ok(format!("{SCHEME}://{path}?{way}"))
}

/// How a transaction that writes begins: one that only turns out to write later fails at once when
/// somebody else is writing, however long it was willing to wait.
pub const BEGIN: &str = "BEGIN IMMEDIATE";

/// What every connection is set to, and what it must then answer.
const PRAGMAS: [(&str, &str, i64); 3] = [
    ("PRAGMA synchronous = FULL", "PRAGMA synchronous", 2),
    ("PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", 1),
    ("PRAGMA busy_timeout = 5000", "PRAGMA busy_timeout", 5_000),
];

/// Sets up a fresh connection, and makes sure that it took.
pub async fn set_up(connection: &mut AnyConnection, read_only: bool) -> Result<(), sqlx::Error> {
    let row = connection.fetch_one("PRAGMA journal_mode = WAL").await?;
    if row.try_get::<&str, _>(0)? != "wal" {
        return Err(refused("PRAGMA journal_mode"));
    }
    for (set, ask, expected) in PRAGMAS {
        connection.execute(set).await?;
        if connection.fetch_one(ask).await?.try_get::<i64, _>(0)? != expected {
            return Err(refused(ask));
        }
    }
    if read_only {
        connection.execute("PRAGMA query_only = ON").await?;
    }
    Ok(())
}

fn refused(pragma: &str) -> sqlx::Error {
    sqlx::Error::Configuration(format!("the database doesn't take {pragma}").into())
}

/// A number that is another one once any other connection has changed the database.
pub async fn changes_by_others(db: &mut Db) -> Result<i64, Internal> {
    Ok(db.fetch_one("PRAGMA data_version").await?.try_get(0)?)
}

/// What a refusal of the database means. Only the lowest byte of the code tells the family.
pub fn kind_of(failure: &dyn DatabaseError) -> InternalKind {
    let code = failure.code().and_then(|it| it.parse::<u32>().ok()).unwrap_or_default();
    match code & 0xff {
        13 => InternalKind::DiskFull,
        // Busy, locked, read-only, input or output, can't open, kept by another for too long.
        5 | 6 | 8 | 10 | 14 | 15 => InternalKind::Unavailable,
        _ => InternalKind::Other,
    }
}

/// What the database finds wrong with its own file, each in one line; nothing where it is whole.
pub async fn complaints(db: &mut Db) -> Result<Vec<String>, Internal> {
    let rows = db.fetch_all("PRAGMA quick_check").await?;
    let lines = rows.iter().map(|it| it.try_get(0)).collect::<Result<Vec<String>, _>>()?;
    let in_one_line = |it: String| it.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(lines.into_iter().filter(|it| it != "ok").map(in_one_line).collect())
}

/// Copies the database into the new file $1: all of it as it is at one moment, whoever writes
/// meanwhile. Copying page by page would begin anew at each change by another process.
pub const COPY: &str = "VACUUM INTO $1";

/// Whether there is a table of the name $1.
pub const HAS_TABLE: &str = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1";

/// The values of a list that is bound as one parameter of JSON, as a subquery.
///
/// One text for lists of any length stays prepared, and no list is too long.
macro_rules! list {
    ($parameter:literal) => {
        concat!("(SELECT value FROM json_each(", $parameter, "))")
    };
}
pub(super) use list;

/// A statement whose only row holds these columns of all rows of another, in their order, as a list of
/// lists.
pub fn gathered(columns: &str, statement: &str) -> String {
    format!("SELECT json_group_array(json_array({columns})) FROM ({statement})")
}

/// Specifies users for the room $1: pairs of a user's number and a permission in $2, now being $3.
/// Those who are members already stay as they are. Answers with the numbers of the new ones.
pub const ADD_MEMBERS: &str = "INSERT INTO members \
    (room_id, user_id, nickname_key, permission, created_at) \
    SELECT $1, u.id, u.nickname_key, pair.value ->> 1, $3 \
    FROM json_each($2) pair JOIN users u ON u.id = pair.value ->> 0 WHERE true \
    ON CONFLICT (room_id, user_id) DO NOTHING RETURNING user_id";

/// Makes links into the room $1: pairs of a link's id and a user's number in $2, now being $3.
pub const MAKE_LINKS: &str = "INSERT INTO entry_links \
    (public_id, room_id, user_id, generation, made_at) \
    SELECT pair.value ->> 0, $1, pair.value ->> 1, 1, $3 FROM json_each($2) pair";

/// Puts the users whose numbers are the list $2 into the group $1. Those who are in it already stay.
/// Answers with the numbers of the new ones.
pub const ADD_TO_GROUP: &str = concat!(
    "INSERT INTO group_users \
     (group_id, user_id, nickname_key, user_id_key, permission, role, status) \
     SELECT $1, u.id, u.nickname_key, u.user_id_key, u.permission, u.role, u.status \
     FROM users u WHERE u.id IN ",
    list!("$2"),
    " ON CONFLICT (group_id, user_id) DO NOTHING RETURNING user_id"
);
