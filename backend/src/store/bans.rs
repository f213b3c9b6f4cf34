//! Bans: rows, and whether newcomers wait.

use domain::{
    ConsoleRole, Nickname, RoomId, Timestamp, UserId,
    classroom::{Ban, BanId},
};

use super::{
    Db, Tx,
    codes::Code,
    row::{Row, Rows},
};
use crate::Internal;

/// The columns of a [`Ban`]. The name of a user is the one they have now.
macro_rules! ban_columns {
    () => {
        "b.id AS ban, COALESCE(u.nickname, b.nickname) AS nickname, u.user_id, b.banned_at, \
         b.banned_by"
    };
}

macro_rules! select_bans {
    () => {
        concat!(
            "SELECT ",
            ban_columns!(),
            " FROM bans b LEFT JOIN users u ON u.id = b.user_id WHERE b.room_id = $1"
        )
    };
}

pub(super) const LIST: &str = concat!(select_bans!(), " ORDER BY b.banned_at DESC, b.id DESC");
pub(super) const FIND: &str = concat!(select_bans!(), " AND b.id = $2");
pub(super) const ROOMS_OF: &str =
    "SELECT r.public_id FROM bans b JOIN rooms r ON r.id = b.room_id WHERE b.user_id = $1";
/// Whoever owns the room or is an Admin isn't banned, and whoever is stays it.
pub(super) const BAN_USER: &str = "INSERT INTO bans \
    (room_id, user_id, nickname, banned_at, banned_by) \
    SELECT r.id, u.id, u.nickname, $3, $4 FROM rooms r JOIN users u ON u.user_id_key = $2 \
    WHERE r.id = $1 AND r.owner <> u.id AND u.role <> $5 \
    ON CONFLICT (room_id, user_id) DO NOTHING";
pub(super) const OF_USER: &str = "SELECT b.id AS ban FROM users u \
    JOIN bans b ON b.room_id = $1 AND b.user_id = u.id WHERE u.user_id_key = $2";

/// Bans a user from a room, but for its owner and Admins. Answers with their ban, be it the one they had
/// already, and whether it is new; `None` where they can't be banned or are gone.
pub async fn ban_user(
    tx: &mut Tx,
    room: i64,
    user_id: &UserId,
    by: &UserId,
    now: Timestamp,
) -> Result<Option<(BanId, bool)>, Internal> {
    let done = sqlx::query(BAN_USER)
        .bind(room)
        .bind(user_id.key())
        .bind(now.micros())
        .bind(by.as_str())
        .bind(ConsoleRole::Admin.code())
        .execute(&mut **tx)
        .await?;
    let new = done.rows_affected() == 1;
    Ok(of_user(tx, room, user_id).await?.map(|it| (it, new)))
}

/// The ban of a user from a room.
pub async fn of_user(tx: &mut Tx, room: i64, user_id: &UserId) -> Result<Option<BanId>, Internal> {
    let row = sqlx::query(OF_USER).bind(room).bind(user_id.key()).fetch_optional(&mut **tx).await?;
    row.map(|it| id(Row::of("bans", &it))).transpose()
}

/// Keeps that somebody of that name, whom Rollcall doesn't know, is banned from a room.
pub async fn ban_guest(
    tx: &mut Tx,
    room: i64,
    name: &Nickname,
    by: &UserId,
    now: Timestamp,
) -> Result<BanId, Internal> {
    let row = sqlx::query(
        "INSERT INTO bans (room_id, nickname, banned_at, banned_by) VALUES ($1, $2, $3, $4) \
         RETURNING id AS ban",
    )
    .bind(room)
    .bind(name.as_str())
    .bind(now.micros())
    .bind(by.as_str())
    .fetch_one(&mut **tx)
    .await?;
    id(Row::of("bans", &row))
}

/// Who is banned from a room, the latest first.
pub async fn list(db: &mut Db, room: i64) -> Result<Vec<Ban>, Internal> {
    let rows = Rows::read(db, &[ban_columns!()], LIST, |it| it.bind(room)).await?;
    rows.of("bans").map(decode).collect()
}

/// A ban from a room.
pub async fn find(db: &mut Db, room: i64, ban: BanId) -> Result<Option<Ban>, Internal> {
    let row = sqlx::query(FIND).bind(room).bind(i64::from(ban.0)).fetch_optional(db).await?;
    row.map(|it| decode(Row::of("bans", &it))).transpose()
}

/// Lifts a ban.
pub async fn lift(tx: &mut Tx, ban: BanId) -> Result<(), Internal> {
    sqlx::query("DELETE FROM bans WHERE id = $1").bind(i64::from(ban.0)).execute(&mut **tx).await?;
    Ok(())
}

/// Lifts all bans of a user, and answers from which rooms.
pub async fn lift_all(tx: &mut Tx, user: i64) -> Result<Vec<RoomId>, Internal> {
    let rows = sqlx::query(ROOMS_OF).bind(user).fetch_all(&mut **tx).await?;
    sqlx::query("DELETE FROM bans WHERE user_id = $1").bind(user).execute(&mut **tx).await?;
    rows.iter().map(|it| Row::of("rooms", it).parse("public_id", RoomId::parse)).collect()
}

/// Has newcomers wait for a Host, or not. Answers whether that is new.
pub async fn let_newcomers_wait(tx: &mut Tx, room: i64, on: bool) -> Result<bool, Internal> {
    let done =
        sqlx::query("UPDATE rooms SET newcomers_wait = $1 WHERE id = $2 AND newcomers_wait <> $1")
            .bind(i32::from(on))
            .bind(room)
            .execute(&mut **tx)
            .await?;
    Ok(done.rows_affected() == 1)
}

fn id(row: Row<'_>) -> Result<BanId, Internal> {
    row.count("ban").map(BanId)
}

fn decode(row: Row<'_>) -> Result<Ban, Internal> {
    let user_id = row.as_of("users").parse_optional("user_id", |it| UserId::parse(it).ok())?;
    Ok(Ban {
        id: id(row)?,
        nickname: row.get("nickname")?,
        user_id: user_id.map(|it| it.to_string()),
        at: Timestamp::from_micros(row.get("banned_at")?),
        by: row.get("banned_by")?,
    })
}
