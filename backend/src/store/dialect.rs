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

/// Runs a statement over a list of rows, its only parameter; not where there are none.
pub async fn run_over(
    db: &mut Db,
    statement: &'static str,
    rows: Vec<serde_json::Value>,
) -> Result<(), Internal> {
    if rows.is_empty() {
        return Ok(());
    }
    let list = serde_json::Value::from(rows).to_string();
    sqlx::query(statement).bind(list).execute(db).await?;
    Ok(())
}

/// Adds these rows to the audit log, in their order.
pub const NOTE_ALL: &str = "INSERT INTO audit \
    (at, actor, action, kind, user_id, room_id, detail, request_id, address) \
    SELECT it.value ->> 'at', it.value ->> 'actor', it.value ->> 'action', it.value ->> 'kind', \
    it.value ->> 'user', it.value ->> 'room', it.value ->> 'detail', it.value ->> 'request', \
    it.value ->> 'address' FROM json_each($1) it";

/// Keeps meetings as they are now. Answers with the numbers of those that are there and haven't ended,
/// each with its room and its number there.
pub const KEEP_MEETINGS: &str = "INSERT INTO meetings \
    (room_id, number, runs, began_at, seen_at, ended_at, ending, locked, denied, announcement, \
    announced_by, announced_at, people, chat_lines) \
    SELECT r.id, it.value ->> 'number', it.value ->> 'runs', it.value ->> 'began', \
    it.value ->> 'seen', it.value ->> 'ended', it.value ->> 'ending', it.value ->> 'locked', \
    it.value ->> 'denied', it.value ->> 'announcement', it.value ->> 'announced_by', \
    it.value ->> 'announced_at', it.value ->> 'people', it.value ->> 'lines' \
    FROM json_each($1) it JOIN rooms r ON r.public_id = it.value ->> 'room' WHERE true \
    ON CONFLICT (room_id, number) DO UPDATE SET runs = excluded.runs, seen_at = excluded.seen_at, \
    ended_at = excluded.ended_at, ending = excluded.ending, locked = excluded.locked, \
    denied = excluded.denied, announcement = excluded.announcement, \
    announced_by = excluded.announced_by, announced_at = excluded.announced_at, \
    people = excluded.people, chat_lines = excluded.chat_lines \
    WHERE meetings.ended_at IS NULL \
    RETURNING id AS number, number AS meeting, \
    (SELECT r.public_id FROM rooms r WHERE r.id = room_id) AS room";

/// Notes with their rooms that meetings began.
pub const NOTE_BEGINNINGS: &str = "UPDATE rooms \
    SET meetings = it.value ->> 'number', last_meeting = it.value ->> 'began' \
    FROM json_each($1) it WHERE public_id = it.value ->> 'room'";

/// Keeps participants as they are now.
pub const KEEP_PARTICIPANTS: &str = "INSERT INTO participants \
    (meeting_id, number, user_number, user_id, guest, nickname, image, office, admitted, given, \
    granted, denied, hand_at) \
    SELECT it.value ->> 'meeting', it.value ->> 'number', u.id, it.value ->> 'user', \
    it.value ->> 'guest', it.value ->> 'nickname', it.value ->> 'image', it.value ->> 'office', \
    it.value ->> 'admitted', it.value ->> 'given', it.value ->> 'granted', it.value ->> 'denied', \
    it.value ->> 'hand' \
    FROM json_each($1) it LEFT JOIN users u ON u.user_id_key = it.value ->> 'key' WHERE true \
    ON CONFLICT (meeting_id, number) DO UPDATE SET nickname = excluded.nickname, \
    image = excluded.image, office = excluded.office, admitted = excluded.admitted, \
    given = excluded.given, granted = excluded.granted, denied = excluded.denied, \
    hand_at = excluded.hand_at";

/// Ends the stays that go on of participants.
pub const END_STAYS: &str = "UPDATE meeting_sessions SET left_at = it.value ->> 'left' \
    FROM json_each($1) it WHERE meeting_id = it.value ->> 'meeting' \
    AND participant = it.value ->> 'number' AND left_at IS NULL";

/// Begins stays. One that begins in the very moment in which an earlier one did goes on as that.
pub const BEGIN_STAYS: &str = "INSERT INTO meeting_sessions \
    (meeting_id, participant, came_at, left_at) \
    SELECT it.value ->> 'meeting', it.value ->> 'number', it.value ->> 'came', it.value ->> 'left' \
    FROM json_each($1) it WHERE true \
    ON CONFLICT (meeting_id, participant, came_at) DO UPDATE SET left_at = excluded.left_at";

/// Notes with users when they entered a room.
pub const NOTE_ENTRIES: &str = "UPDATE users SET last_entry = it.value ->> 'came' \
    FROM json_each($1) it WHERE user_id_key = it.value ->> 'key'";

/// Ends all stays that go on in meetings that ended.
pub const END_ALL_STAYS: &str = "UPDATE meeting_sessions SET left_at = it.value ->> 'ended' \
    FROM json_each($1) it WHERE meeting_id = it.value ->> 'meeting' AND left_at IS NULL";

/// Adds lines of chat.
pub const SAY: &str = "INSERT INTO chat \
    (meeting_id, number, said_at, participant, nickname, text, sent) \
    SELECT it.value ->> 'meeting', it.value ->> 'number', it.value ->> 'at', it.value ->> 'by', \
    it.value ->> 'nickname', it.value ->> 'text', it.value ->> 'sent' FROM json_each($1) it";

/// The lines of chat of meetings from a number on each.
pub const LINES_FROM: &str = "SELECT c.meeting_id, c.number, c.said_at, c.participant, c.nickname, \
    c.text, c.sent FROM json_each($1) it JOIN chat c ON c.meeting_id = it.value ->> 'meeting' \
    AND c.number >= it.value ->> 'from'";
