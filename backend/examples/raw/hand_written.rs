//! Searching, creating and the rule of entry: the statements that it takes, and no more.

use std::collections::BTreeSet;

use domain::{
    fold,
    search::{Place, parts},
};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::Result;

/// The users whom the picker shows, and one more that tells whether there are more.
const FOUND: usize = 21;
/// What the audit log says, as long as the server's own line.
const DETAIL: &str = r#"{"nickname":"Somebody","permission":"guest","groups":[],"role":"none"}"#;
/// A moment, in microseconds.
const NOW: i64 = 1_700_000_000_000_000;

/// Finds users by the start of a word, or by any part of three letters or more.
pub async fn search(db: &mut SqliteConnection, term: &str) -> Result<usize> {
    let term = fold(term);
    let end = format!("{term}{}", char::MAX);
    let mut found = BTreeSet::new();
    // Inside words only what has three letters is looked for.
    let places = if term.chars().count() < 3 { 1 } else { 2 };
    for place in 0..places {
        let rows = sqlx::query(
            "SELECT u.id, u.user_id, u.nickname, u.image, u.permission, u.role, u.status \
             FROM user_parts p JOIN users u ON u.id = p.user_id \
             WHERE p.place = $1 AND p.part >= $2 AND p.part < $3 \
             ORDER BY p.part, p.user_id LIMIT $4",
        )
        .bind(place)
        .bind(&term)
        .bind(&end)
        .bind(i64::try_from(FOUND)?)
        .fetch_all(&mut *db)
        .await?;
        for row in rows {
            found.insert(row.try_get::<i64, _>(0)?);
        }
        if found.len() >= FOUND {
            break;
        }
    }
    Ok(found.len())
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
    file(&mut tx, "user", next, &texts).await?;
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
    file(&mut tx, "room", next, &[fold(&name)]).await?;
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

/// Files a thing under its texts from each place on.
async fn file(db: &mut SqliteConnection, thing: &str, number: i64, texts: &[String]) -> Result {
    let parts: BTreeSet<_> = texts.iter().flat_map(|it| parts(it)).collect();
    let rows: Vec<_> =
        parts.into_iter().map(|(place, part)| (i32::from(place == Place::Inside), part)).collect();
    let statement = format!(
        "INSERT INTO {thing}_parts (place, part, {thing}_id) \
         SELECT part.value ->> 0, part.value ->> 1, $1 FROM json_each($2) part"
    );
    sqlx::query(AssertSqlSafe(statement))
        .bind(number)
        .bind(json!(rows).to_string())
        .execute(db)
        .await?;
    Ok(())
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
