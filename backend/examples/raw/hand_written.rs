//! Searching, creating and the rule of entry: the statements that it takes, and no more.

use std::collections::BTreeSet;

use domain::{fold, search::index_words};
use serde_json::json;
use sqlx::{Connection, Row, SqliteConnection};

use crate::Result;

/// The users whom the picker shows, and one more that tells whether there are more.
const FOUND: u32 = 21;
/// What the audit log says, as long as the server's own line.
const DETAIL: &str = r#"{"nickname":"Somebody","permission":"guest","groups":[],"role":"none"}"#;
/// A moment, in microseconds.
const NOW: i64 = 1_700_000_000_000_000;

/// Finds users by any part of three letters or more, else by the start of a word.
pub async fn search(db: &mut SqliteConnection, term: &str) -> Result<usize> {
    let term = fold(term);
    let rows = if term.chars().count() < 3 {
        sqlx::query(
            "SELECT u.id, u.user_id, u.nickname, u.image, u.permission, u.role, u.status \
             FROM user_words w JOIN users u ON u.id = w.user_id \
             WHERE w.word >= $1 AND w.word < $2 ORDER BY w.word, w.user_id LIMIT $3",
        )
        .bind(&term)
        .bind(format!("{term}{}", char::MAX))
        .bind(FOUND)
        .fetch_all(db)
        .await?
    } else {
        sqlx::query(
            "SELECT u.id, u.user_id, u.nickname, u.image, u.permission, u.role, u.status \
             FROM user_trigrams t JOIN users u ON u.id = t.rowid \
             WHERE user_trigrams MATCH $1 LIMIT $2",
        )
        .bind(format!("\"{term}\""))
        .bind(FOUND)
        .fetch_all(db)
        .await?
    };
    Ok(rows.len())
}

/// The User IDs of so many active users.
pub async fn active(db: &mut SqliteConnection, count: u32) -> Result<Vec<String>> {
    let rows = sqlx::query("SELECT user_id FROM users WHERE status = 0 ORDER BY id LIMIT $1")
        .bind(count)
        .fetch_all(db)
        .await?;
    Ok(rows.iter().map(|it| it.try_get(0)).collect::<std::result::Result<_, _>>()?)
}

/// Makes a user with everything that is filed under them.
pub async fn create_user(db: &mut SqliteConnection) -> Result<i64> {
    let mut tx = db.begin_with("BEGIN IMMEDIATE").await?;
    let next: i64 = sqlx::query_scalar("SELECT max(id) + 1 FROM users").fetch_one(&mut *tx).await?;
    let (user_id, nickname) = (format!("R-{next}"), format!("Raw person {next}"));
    let texts = [fold(&user_id), fold(&nickname)];
    sqlx::query(
        "INSERT INTO users (id, user_id, user_id_key, nickname, nickname_key, permission, role, \
         status, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, 1, 0, 0, $6, $6)",
    )
    .bind(next)
    .bind(&user_id)
    .bind(&texts[0])
    .bind(&nickname)
    .bind(&texts[1])
    .bind(NOW)
    .execute(&mut *tx)
    .await?;
    let words: BTreeSet<&str> = texts.iter().flat_map(|it| index_words(it, 32)).collect();
    sqlx::query("INSERT INTO user_words (word, user_id) SELECT value, $1 FROM json_each($2)")
        .bind(next)
        .bind(json!(words).to_string())
        .execute(&mut *tx)
        .await?;
    sqlx::query("INSERT INTO user_trigrams (rowid, text) VALUES ($1, $2)")
        .bind(next)
        .bind(texts.join("\n"))
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE counters SET value = value + 1 WHERE name IN ('users', 'active_users')")
        .execute(&mut *tx)
        .await?;
    note(&mut tx, "users.create", DETAIL).await?;
    tx.commit().await?;
    Ok(next)
}

/// Makes a room with everything that is filed under it, and its members.
pub async fn create_room(db: &mut SqliteConnection, members: &[String]) -> Result<i64> {
    let mut tx = db.begin_with("BEGIN IMMEDIATE").await?;
    let next: i64 = sqlx::query_scalar("SELECT max(id) + 1 FROM rooms").fetch_one(&mut *tx).await?;
    let name = format!("Raw room {next}");
    sqlx::query(
        "INSERT INTO rooms (id, public_id, name, name_key, type, state, owner, members, \
         created_at, changed_at) VALUES ($1, $2, $3, $4, 0, 0, 1, $5, $6, $6)",
    )
    .bind(next)
    .bind(format!("{next:012x}"))
    .bind(&name)
    .bind(fold(&name))
    .bind(i64::try_from(members.len())?)
    .bind(NOW)
    .execute(&mut *tx)
    .await?;
    sqlx::query("INSERT INTO room_words (word, room_id) SELECT value, $1 FROM json_each($2)")
        .bind(next)
        .bind(json!(index_words(&fold(&name), 32)).to_string())
        .execute(&mut *tx)
        .await?;
    sqlx::query("INSERT INTO room_trigrams (rowid, text) VALUES ($1, $2)")
        .bind(next)
        .bind(fold(&name))
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO members (room_id, user_id, nickname_key, permission, created_at) \
         SELECT $1, u.id, u.nickname_key, u.permission, $3 FROM json_each($2) listed \
         JOIN users u ON u.user_id_key = listed.value",
    )
    .bind(next)
    .bind(json!(members.iter().map(|it| fold(it)).collect::<Vec<_>>()).to_string())
    .bind(NOW)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE counters SET value = value + 1 WHERE name = 'rooms'")
        .execute(&mut *tx)
        .await?;
    note(&mut tx, "rooms.create", &json!({ "members": members }).to_string()).await?;
    tx.commit().await?;
    Ok(next)
}

async fn note(db: &mut SqliteConnection, action: &str, detail: &str) -> Result {
    sqlx::query(
        "INSERT INTO audit (at, actor, action, detail, request_id, address) \
         VALUES ($1, 'A-bench', $2, $3, '0123456789abcdef', '127.0.0.1')",
    )
    .bind(NOW)
    .bind(action)
    .bind(detail)
    .execute(db)
    .await?;
    Ok(())
}

/// Reads the facts of a room and a user.
pub async fn can_enter(db: &mut SqliteConnection, room: &str, user: &str) -> Result<bool> {
    let row = sqlx::query(
        "SELECT r.type, r.state, r.owner = u.id, r.capacity, r.opens, r.closes, u.status, u.role, \
         u.permission, m.permission FROM rooms r JOIN users u ON u.user_id_key = $2 \
         LEFT JOIN members m ON m.room_id = r.id AND m.user_id = u.id WHERE r.public_id = $1",
    )
    .bind(room)
    .bind(fold(user))
    .fetch_optional(db)
    .await?;
    Ok(row.is_some())
}
