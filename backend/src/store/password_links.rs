//! The one-time links by which people set their password.

use domain::{ConsoleRole, Timestamp, UserStatus, account::SignIn};

use super::{
    Db, Tx,
    codes::Code,
    row::Row,
    users::{self, StoredUser, user_columns},
};
use crate::Internal;

pub(super) const HOLDER: &str = concat!(
    "SELECT u.id AS number, ",
    user_columns!(),
    " FROM password_links l JOIN users u ON u.id = l.user_id \
     WHERE l.secret_hash = $1 AND l.expires_at > $2 AND u.status = $3 AND u.role > $4"
);
pub(super) const SIGN_IN: &str = "SELECT CASE WHEN u.password IS NULL THEN 0 ELSE 1 END AS known, \
    l.expires_at FROM users u \
    LEFT JOIN password_links l ON l.user_id = u.id AND l.expires_at > $2 WHERE u.id = $1";

/// Makes a user's link, in place of any before.
pub async fn put(
    tx: &mut Tx,
    user: i64,
    hash: &[u8],
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), Internal> {
    sqlx::query(
        "INSERT INTO password_links (user_id, secret_hash, made_at, expires_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (user_id) DO UPDATE \
         SET secret_hash = $2, made_at = $3, expires_at = $4",
    )
    .bind(user)
    .bind(hash.to_vec())
    .bind(now.micros())
    .bind(expires.micros())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who may set their password by the link of that hash now; nobody where it is over.
pub async fn holder(
    db: &mut Db,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<StoredUser>, Internal> {
    let row = sqlx::query(HOLDER)
        .bind(hash.to_vec())
        .bind(now.micros())
        .bind(UserStatus::Active.code())
        .bind(ConsoleRole::None.code())
        .fetch_optional(db)
        .await?;
    row.map(|it| users::decode(Row::of("users", &it))).transpose()
}

/// How a user can sign in.
pub async fn sign_in(db: &mut Db, user: i64, now: Timestamp) -> Result<SignIn, Internal> {
    let row = sqlx::query(SIGN_IN).bind(user).bind(now.micros()).fetch_one(db).await?;
    let row = Row::of("users", &row);
    let until: Option<i64> = row.get("expires_at")?;
    Ok(SignIn {
        password: row.get::<i64>("known")? != 0,
        link_until: until.map(Timestamp::from_micros),
    })
}

/// Revokes a user's link, if there is one.
pub async fn end(tx: &mut Tx, user: i64) -> Result<(), Internal> {
    sqlx::query("DELETE FROM password_links WHERE user_id = $1")
        .bind(user)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
