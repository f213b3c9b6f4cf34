//! Sessions, passwords and the one-time link for the first Admin.

use domain::{ConsoleRole, Timestamp, UserId, UserStatus};

use super::{
    Db, Tx,
    codes::Code,
    password_links,
    row::Row,
    users::{self, StoredUser, user_columns},
};
use crate::Internal;

pub(super) const SESSION: &str = concat!(
    "SELECT s.created_at, s.last_seen_at, u.id AS number, ",
    user_columns!(),
    " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.secret_hash = $1"
);
pub(super) const PASSWORD: &str = "SELECT id AS number, password FROM users \
    WHERE user_id_key = $1 AND status = $2 AND role > $3 AND password IS NOT NULL";
pub(super) const OF_USER: &str = "SELECT secret_hash, created_at, last_seen_at, address, browser \
     FROM sessions WHERE user_id = $1";
pub(super) const HAS_ROLE: &str = "SELECT id AS number FROM users WHERE id = $1 AND status = $2 AND role = $3 \
     AND EXISTS (SELECT 1 FROM sessions s WHERE s.secret_hash = $4 AND s.user_id = users.id)";

/// A session and whose it is.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Whose.
    pub user: StoredUser,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used, as far as was noted.
    pub last_seen: Timestamp,
}

/// A session as its own user sees it.
#[derive(Clone, Debug)]
pub struct ListedSession {
    /// The hash of its secret.
    pub hash: Vec<u8>,
    /// Since when.
    pub created: Timestamp,
    /// When it was last used, as far as was noted.
    pub last_seen: Timestamp,
    /// Where it was begun.
    pub address: String,
    /// In which browser.
    pub browser: String,
}

/// A session to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The hash of its secret.
    pub hash: &'a [u8],
    /// Where it comes from.
    pub address: &'a str,
    /// In which browser.
    pub browser: &'a str,
}

/// Whether that user is active, has that role, and is signed in by the session of that hash.
pub async fn has_role(
    db: &mut Db,
    number: i64,
    role: ConsoleRole,
    session: &[u8],
) -> Result<bool, Internal> {
    let row = sqlx::query(HAS_ROLE)
        .bind(number)
        .bind(UserStatus::Active.code())
        .bind(role.code())
        .bind(session.to_vec())
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

/// The number and password hash of a user who may sign in.
pub async fn password(db: &mut Db, user_id: &UserId) -> Result<Option<(i64, String)>, Internal> {
    let row = sqlx::query(PASSWORD)
        .bind(user_id.key())
        .bind(UserStatus::Active.code())
        .bind(ConsoleRole::None.code())
        .fetch_optional(db)
        .await?;
    row.map(|it| {
        let row = Row::of("users", &it);
        Ok((row.get("number")?, row.get("password")?))
    })
    .transpose()
}

/// Makes a session, if that user may still sign in and with that password hash: either may have
/// changed since the password was looked at.
pub async fn begin_session(
    tx: &mut Tx,
    user: i64,
    password: &str,
    new: NewSession<'_>,
    now: Timestamp,
) -> Result<bool, Internal> {
    let done = sqlx::query(
        "INSERT INTO sessions (secret_hash, user_id, created_at, last_seen_at, address, browser) \
         SELECT $1, id, $2, $2, $3, $4 FROM users \
         WHERE id = $5 AND password = $6 AND status = $7 AND role > $8",
    )
    .bind(new.hash.to_vec())
    .bind(now.micros())
    .bind(new.address)
    .bind(new.browser)
    .bind(user)
    .bind(password)
    .bind(UserStatus::Active.code())
    .bind(ConsoleRole::None.code())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The session of that hash.
pub async fn session(db: &mut Db, hash: &[u8]) -> Result<Option<StoredSession>, Internal> {
    let row = sqlx::query(SESSION).bind(hash.to_vec()).fetch_optional(db).await?;
    row.map(|it| {
        let times = Row::of("sessions", &it);
        Ok(StoredSession {
            user: users::decode(times)?,
            created: Timestamp::from_micros(times.get("created_at")?),
            last_seen: Timestamp::from_micros(times.get("last_seen_at")?),
        })
    })
    .transpose()
}

/// The sessions of a user, those among them that are over.
pub async fn sessions_of(db: &mut Db, user: i64) -> Result<Vec<ListedSession>, Internal> {
    let rows = sqlx::query(OF_USER).bind(user).fetch_all(db).await?;
    let read = |it| {
        let row = Row::of("sessions", it);
        Ok(ListedSession {
            hash: row.get("secret_hash")?,
            created: Timestamp::from_micros(row.get("created_at")?),
            last_seen: Timestamp::from_micros(row.get("last_seen_at")?),
            address: row.get("address")?,
            browser: row.get("browser")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Notes that a session was used.
pub async fn touch_session(db: &mut Db, hash: &[u8], now: Timestamp) -> Result<(), Internal> {
    sqlx::query("UPDATE sessions SET last_seen_at = $1 WHERE secret_hash = $2")
        .bind(now.micros())
        .bind(hash.to_vec())
        .execute(db)
        .await?;
    Ok(())
}

/// Ends the session of that hash.
pub async fn end_session(tx: &mut Tx, hash: &[u8]) -> Result<(), Internal> {
    sqlx::query("DELETE FROM sessions WHERE secret_hash = $1")
        .bind(hash.to_vec())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends all sessions of a user.
pub async fn end_sessions_of(tx: &mut Tx, user: i64) -> Result<(), Internal> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(user).execute(&mut **tx).await?;
    Ok(())
}

/// Ends all sessions of a user but the one of that hash.
pub async fn end_other_sessions(tx: &mut Tx, user: i64, but: &[u8]) -> Result<(), Internal> {
    sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND secret_hash <> $2")
        .bind(user)
        .bind(but.to_vec())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends all sessions of a user, and revokes the link by which they could set a password: whatever
/// they were signed in or invited to holds no more.
pub async fn shut_out(tx: &mut Tx, user: i64) -> Result<(), Internal> {
    end_sessions_of(tx, user).await?;
    password_links::end(tx, user).await
}

/// Forgets the sessions that were last used before that moment.
pub async fn forget_sessions(tx: &mut Tx, before: Timestamp) -> Result<(), Internal> {
    sqlx::query("DELETE FROM sessions WHERE last_seen_at < $1")
        .bind(before.micros())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Replaces the one-time link.
pub async fn set_setup_link(tx: &mut Tx, hash: &[u8], expires: Timestamp) -> Result<(), Internal> {
    end_setup_link(tx).await?;
    sqlx::query("INSERT INTO setup_links (secret_hash, expires_at) VALUES ($1, $2)")
        .bind(hash.to_vec())
        .bind(expires.micros())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Revokes the one-time link.
pub async fn end_setup_link(tx: &mut Tx) -> Result<(), Internal> {
    sqlx::query("DELETE FROM setup_links").execute(&mut **tx).await?;
    Ok(())
}

/// Whether the one-time link has that hash, and isn't over. There is at most one.
pub async fn setup_link_is(db: &mut Db, hash: &[u8], now: Timestamp) -> Result<bool, Internal> {
    let row = sqlx::query("SELECT 1 FROM setup_links WHERE secret_hash = $1 AND expires_at > $2")
        .bind(hash.to_vec())
        .bind(now.micros())
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}
