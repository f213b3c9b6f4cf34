//! Users: rows, and what is kept in step with them.

use super::{
    Db, Tx,
    codes::Code,
    counters::{self, Counter},
    dialect,
    row::{Row, Rows},
    search,
};
use crate::Internal;
use domain::{
    ConsoleRole, EntryPermission, Nickname, Timestamp, UserId, UserStatus, UserSummary, fold,
    image::ImageName, user::UserProfile,
};

/// The columns of a [`UserSummary`]; the table must be called `u`.
macro_rules! user_columns {
    () => {
        "u.user_id, u.nickname, u.image, u.permission, u.role, u.status"
    };
}
pub(super) use user_columns;

pub(super) const FIND: &str =
    concat!("SELECT u.id AS number, ", user_columns!(), " FROM users u WHERE u.user_id_key = $1");
pub(super) const BY_KEYS: &str = concat!(
    "SELECT u.id AS number, u.user_id_key, ",
    user_columns!(),
    " FROM users u WHERE u.user_id_key IN ",
    dialect::list!("$1")
);
pub(super) const OTHER_ADMIN: &str = "SELECT 1 FROM users \
    WHERE role = $1 AND status = $2 AND role > 0 AND password IS NOT NULL AND id <> $3 LIMIT 1";

pub(super) const FORMER: &str = "SELECT user_id FROM former_users WHERE user_id_key = $1";
pub(super) const LEAVE_ROOMS: &str = "UPDATE rooms SET members = members - 1 \
    WHERE id IN (SELECT room_id FROM members WHERE user_id = $1)";
pub(super) const LEAVE_GROUPS: &str = "UPDATE groups SET size = size - 1 \
    WHERE id IN (SELECT group_id FROM group_users WHERE user_id = $1)";
pub(super) const KIND_IN_GROUPS: &str = "UPDATE group_users \
    SET permission = u.permission, role = u.role, status = u.status \
    FROM users u WHERE u.id = $1 AND group_users.user_id = u.id";
pub(super) const DELETE: &str = "DELETE FROM users WHERE id = $1";

/// A user, with the number by which other tables refer to them.
#[derive(Clone, Debug)]
pub struct StoredUser {
    /// The number.
    pub number: i64,
    /// The user.
    pub summary: UserSummary,
}

/// A user to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewUser<'a> {
    /// The User ID.
    pub user_id: &'a UserId,
    /// Everything but the groups is stored with the user.
    pub profile: &'a UserProfile,
    /// The profile image.
    pub image: Option<&'a ImageName>,
    /// The password's hash.
    pub password: Option<&'a str>,
}

/// Makes a user and answers with the number; `None` where somebody has the User ID, or had it.
pub async fn insert(
    tx: &mut Tx,
    new: &NewUser<'_>,
    now: Timestamp,
) -> Result<Option<i64>, Internal> {
    let row = sqlx::query(
        "INSERT INTO users (user_id, user_id_key, nickname, nickname_key, image, permission, role, \
         status, password, created_at, changed_at) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10 \
         WHERE NOT EXISTS (SELECT 1 FROM former_users WHERE user_id_key = $2) \
         ON CONFLICT (user_id_key) DO NOTHING RETURNING id AS number",
    )
    .bind(new.user_id.as_str())
    .bind(new.user_id.key())
    .bind(new.profile.nickname.as_str())
    .bind(fold(new.profile.nickname.as_str()))
    .bind(new.image.map(ImageName::as_str))
    .bind(new.profile.permission.code())
    .bind(new.profile.role.code())
    .bind(UserStatus::Active.code())
    .bind(new.password)
    .bind(now.micros())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let number = Row::of("users", &row).get("number")?;
    counters::add(tx, &[Counter::Users, Counter::ActiveUsers], 1).await?;
    search::USERS.file(tx, number, &texts(new.user_id, &new.profile.nickname)).await?;
    Ok(Some(number))
}

/// Deletes a user with all that is kept of them, but for rooms that they own: somebody must have
/// taken those. Their User ID is kept, so that it isn't given again.
pub async fn delete(tx: &mut Tx, user: &StoredUser, now: Timestamp) -> Result<(), Internal> {
    let StoredUser { number, summary } = user;
    search::USERS.unfile(tx, *number, &texts(&summary.user_id, &summary.nickname)).await?;
    let counted: &[Counter] = match summary.status {
        UserStatus::Active => &[Counter::Users, Counter::ActiveUsers],
        UserStatus::Deactivated => &[Counter::Users],
    };
    counters::add(tx, counted, -1).await?;
    sqlx::query("INSERT INTO former_users (user_id_key, user_id, deleted_at) VALUES ($1, $2, $3)")
        .bind(summary.user_id.key())
        .bind(summary.user_id.as_str())
        .bind(now.micros())
        .execute(&mut **tx)
        .await?;
    // Memberships, groups and sessions go with the user; what counts them is told before.
    for statement in [LEAVE_ROOMS, LEAVE_GROUPS, DELETE] {
        sqlx::query(statement).bind(*number).execute(&mut **tx).await?;
    }
    Ok(())
}

/// The User ID of a deleted user, as it was typed.
pub async fn former(db: &mut Db, user_id: &UserId) -> Result<Option<UserId>, Internal> {
    let row = sqlx::query(FORMER).bind(user_id.key()).fetch_optional(db).await?;
    row.map(|it| Row::of("former_users", &it).parse("user_id", |it| UserId::parse(it).ok()))
        .transpose()
}

/// Replaces what can be edited of a user.
pub async fn update(
    tx: &mut Tx,
    before: &StoredUser,
    profile: &UserProfile,
    image: Option<&ImageName>,
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query(
        "UPDATE users SET nickname = $1, nickname_key = $2, image = $3, permission = $4, \
         role = $5, changed_at = $6 WHERE id = $7",
    )
    .bind(profile.nickname.as_str())
    .bind(fold(profile.nickname.as_str()))
    .bind(image.map(ImageName::as_str))
    .bind(profile.permission.code())
    .bind(profile.role.code())
    .bind(now.micros())
    .bind(before.number)
    .execute(&mut **tx)
    .await?;
    if profile.nickname != before.summary.nickname {
        refile(tx, before, &profile.nickname).await?;
    }
    if profile.permission != before.summary.permission || profile.role != before.summary.role {
        keep_kind_in_step(tx, before.number).await?;
    }
    Ok(())
}

/// Sets the default entry permission of a user.
pub async fn set_permission(
    tx: &mut Tx,
    number: i64,
    permission: EntryPermission,
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query("UPDATE users SET permission = $1, changed_at = $2 WHERE id = $3")
        .bind(permission.code())
        .bind(now.micros())
        .bind(number)
        .execute(&mut **tx)
        .await?;
    keep_kind_in_step(tx, number).await
}

/// Repeats in a user's groups of what kind they are now.
async fn keep_kind_in_step(tx: &mut Tx, number: i64) -> Result<(), Internal> {
    sqlx::query(KIND_IN_GROUPS).bind(number).execute(&mut **tx).await?;
    Ok(())
}

/// Files a user under another nickname, wherever nicknames are searched or sorted by.
async fn refile(tx: &mut Tx, before: &StoredUser, nickname: &Nickname) -> Result<(), Internal> {
    let (number, user_id) = (before.number, &before.summary.user_id);
    search::USERS.unfile(tx, number, &texts(user_id, &before.summary.nickname)).await?;
    search::USERS.file(tx, number, &texts(user_id, nickname)).await?;
    for statement in [
        "UPDATE members SET nickname_key = $1 WHERE user_id = $2",
        "UPDATE group_users SET nickname_key = $1 WHERE user_id = $2",
    ] {
        sqlx::query(statement)
            .bind(fold(nickname.as_str()))
            .bind(number)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// What a user is found by.
fn texts(user_id: &UserId, nickname: &Nickname) -> [String; 2] {
    [fold(user_id.as_str()), fold(nickname.as_str())]
}

/// Makes a user active or deactivated who was the other.
pub async fn set_status(
    tx: &mut Tx,
    number: i64,
    status: UserStatus,
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query("UPDATE users SET status = $1, changed_at = $2 WHERE id = $3")
        .bind(status.code())
        .bind(now.micros())
        .bind(number)
        .execute(&mut **tx)
        .await?;
    keep_kind_in_step(tx, number).await?;
    let change = if status == UserStatus::Active { 1 } else { -1 };
    counters::add(tx, &[Counter::ActiveUsers], change).await
}

/// Sets the hash of a user's password.
pub async fn set_password(
    tx: &mut Tx,
    number: i64,
    password: &str,
    now: Timestamp,
) -> Result<(), Internal> {
    sqlx::query("UPDATE users SET password = $1, changed_at = $2 WHERE id = $3")
        .bind(password)
        .bind(now.micros())
        .bind(number)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Sets another hash of a user's password, if it still is that one and the user may sign in.
pub async fn replace_password(
    tx: &mut Tx,
    number: i64,
    before: &str,
    after: &str,
    now: Timestamp,
) -> Result<bool, Internal> {
    let done = sqlx::query(
        "UPDATE users SET password = $1, changed_at = $2 \
         WHERE id = $3 AND password = $4 AND status = $5 AND role > $6",
    )
    .bind(after)
    .bind(now.micros())
    .bind(number)
    .bind(before)
    .bind(UserStatus::Active.code())
    .bind(ConsoleRole::None.code())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The user of that User ID.
pub async fn find(db: &mut Db, user_id: &UserId) -> Result<Option<StoredUser>, Internal> {
    let row = sqlx::query(FIND).bind(user_id.key()).fetch_optional(db).await?;
    row.map(|it| decode(Row::of("users", &it))).transpose()
}

/// Whether an active Admin who has a password exists besides the user of that number.
///
/// An Admin without a password can't sign in, so they keep nobody from being locked out.
pub async fn other_admin(db: &mut Db, besides: Option<i64>) -> Result<bool, Internal> {
    let row = sqlx::query(OTHER_ADMIN)
        .bind(ConsoleRole::Admin.code())
        .bind(UserStatus::Active.code())
        .bind(besides.unwrap_or_default())
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}

/// The users of those User IDs, each with the key under which they were found, unordered.
pub async fn by_keys(db: &mut Db, keys: &[String]) -> Result<Vec<(String, StoredUser)>, Internal> {
    let json = serde_json::Value::from(keys).to_string();
    let columns = ["number, user_id_key", user_columns!()];
    let rows = Rows::read(db, &columns, BY_KEYS, |it| it.bind(json)).await?;
    rows.of("users").map(|it| Ok((it.get("user_id_key")?, decode(it)?))).collect()
}

/// Reads a user and their number.
pub fn decode(row: Row<'_>) -> Result<StoredUser, Internal> {
    Ok(StoredUser { number: row.get("number")?, summary: summary(row)? })
}

/// Reads a user from the columns of [`user_columns`].
pub fn summary(row: Row<'_>) -> Result<UserSummary, Internal> {
    let row = row.as_of("users");
    Ok(UserSummary {
        user_id: row.parse("user_id", |it| UserId::parse(it).ok())?,
        nickname: row.parse("nickname", |it| Nickname::parse(it).ok())?,
        image: row.parse_optional("image", ImageName::parse)?,
        permission: row.code::<EntryPermission>("permission")?,
        role: row.code("role")?,
        status: row.code("status")?,
    })
}
