//! The users specified for a room.

use std::{collections::HashSet, sync::LazyLock};

use domain::{
    Cursor, EntryPermission, Page, SearchTerm, Timestamp, UserId, members::Seat, room::Member,
};

use super::{
    Db, Tx,
    belonging::{self, Belonging},
    codes::Code,
    dialect,
    paging::{self, List, Order},
    rooms::{self, StoredRoom},
    row::{Row, Rows},
    users::{self, user_columns},
};
use crate::{Found, Internal};

/// The columns of a [`Member`].
macro_rules! member_columns {
    () => {
        concat!("m.permission AS member_permission, ", user_columns!())
    };
}

/// The tables they come from.
macro_rules! member_tables {
    () => {
        "members m JOIN users u ON u.id = m.user_id"
    };
}

/// Members with their users' numbers.
macro_rules! select_members {
    () => {
        concat!("SELECT m.user_id AS number, ", member_columns!(), " FROM ", member_tables!())
    };
}

/// How many members a page holds.
pub const PAGE: u32 = 100;

/// The list of a room's members; its fourth parameter is the room.
pub(super) static LIST: LazyLock<List> = LazyLock::new(|| {
    let of_room = ["m.room_id = $4".to_owned()];
    let order = Order::By("m.nickname_key");
    List::new(member_columns!(), member_tables!(), "m.user_id", &of_room, order)
});
pub(super) const SEARCHED: Belonging = belonging::belonging!(
    "members",
    "room_id",
    concat!(select_members!(), " WHERE m.room_id = $1 ORDER BY m.nickname_key, m.user_id"),
    member_columns!(),
    "members m ON m.room_id = $9 AND m.user_id = found.number JOIN users u ON u.id = m.user_id"
);
pub(super) const FIND: &str =
    concat!(select_members!(), " WHERE u.user_id_key = $1 AND m.room_id = $2");
pub(super) const AMONG: &str = concat!(
    "SELECT u.user_id_key FROM users u WHERE u.user_id_key IN ",
    dialect::list!("$2"),
    " AND EXISTS (SELECT 1 FROM members m WHERE m.room_id = $1 AND m.user_id = u.id)"
);

/// The columns of a [`StoredSeat`].
macro_rules! seat_columns {
    () => {
        "m.user_id AS number, m.permission AS member_permission, u.user_id"
    };
}

macro_rules! select_seats {
    () => {
        concat!("SELECT ", seat_columns!(), " FROM ", member_tables!(), " WHERE m.room_id = $1")
    };
}

pub(super) const SEATS: &str = select_seats!();
pub(super) const SEATS_OF: &str = concat!(
    select_seats!(),
    " AND m.user_id IN (SELECT id FROM users WHERE user_id_key IN ",
    dialect::list!("$2"),
    ")"
);
pub(super) const SET_PERMISSIONS: &str = concat!(
    "UPDATE members SET permission = $3 WHERE room_id = $1 AND user_id IN ",
    dialect::list!("$2")
);
pub(super) const REMOVE_MANY: &str =
    concat!("DELETE FROM members WHERE room_id = $1 AND user_id IN ", dialect::list!("$2"));
pub(super) const COPY: &str = "INSERT INTO members (room_id, user_id, nickname_key, permission, created_at) \
    SELECT $2, user_id, nickname_key, permission, $3 FROM members WHERE room_id = $1";

pub(super) const PERMISSION: &str =
    "SELECT permission FROM members WHERE room_id = $1 AND user_id = $2";
pub(super) const OTHER_HOST: &str = "SELECT 1 FROM members m JOIN users u ON u.id = m.user_id \
    WHERE m.room_id = $1 AND m.permission = 0 AND u.status = 0 LIMIT 1";

/// Specifies users, by number, for a room. Those who are members already stay as they are; answers
/// with the numbers of the others.
pub async fn add(
    tx: &mut Tx,
    room: i64,
    members: &[(i64, EntryPermission)],
    now: Timestamp,
) -> Result<HashSet<i64>, Internal> {
    let pairs: Vec<_> = members.iter().map(|(user, as_what)| (user, as_what.code())).collect();
    let rows = sqlx::query(dialect::ADD_MEMBERS)
        .bind(room)
        .bind(serde_json::to_string(&pairs).map_err(Internal::other)?)
        .bind(now.micros())
        .fetch_all(&mut **tx)
        .await?;
    let added = rows
        .iter()
        .map(|it| Row::of("members", it).get("user_id"))
        .collect::<Result<HashSet<i64>, _>>()?;
    rooms::resize(tx, room, i64::try_from(added.len()).unwrap_or(i64::MAX)).await?;
    Ok(added)
}

/// Specifies everybody for a new room who is specified for another, and as the same.
pub async fn copy(tx: &mut Tx, from: i64, to: i64, now: Timestamp) -> Result<(), Internal> {
    let done = sqlx::query(COPY).bind(from).bind(to).bind(now.micros()).execute(&mut **tx).await?;
    rooms::resize(tx, to, i64::try_from(done.rows_affected()).unwrap_or(i64::MAX)).await
}

/// Whether an active member is Host in a room.
pub async fn has_host(db: &mut Db, room: i64) -> Result<bool, Internal> {
    Ok(sqlx::query(OTHER_HOST).bind(room).fetch_optional(db).await?.is_some())
}

/// Gives members, by number, another permission.
pub async fn set_permission(
    tx: &mut Tx,
    room: i64,
    users: &[i64],
    permission: EntryPermission,
) -> Result<(), Internal> {
    sqlx::query(SET_PERMISSIONS)
        .bind(room)
        .bind(serde_json::Value::from(users).to_string())
        .bind(permission.code())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes members, by number, out; who is none stays none.
pub async fn remove(tx: &mut Tx, room: i64, users: &[i64]) -> Result<(), Internal> {
    let done = sqlx::query(REMOVE_MANY)
        .bind(room)
        .bind(serde_json::Value::from(users).to_string())
        .execute(&mut **tx)
        .await?;
    rooms::resize(tx, room, -i64::try_from(done.rows_affected()).unwrap_or(i64::MAX)).await
}

/// A member as what is done to many of them needs it.
#[derive(Debug)]
pub struct StoredSeat {
    /// The number of the user.
    pub number: i64,
    /// Who, and as what they enter.
    pub seat: Seat,
}

/// All members of a room, unordered.
pub async fn seats(db: &mut Db, room: i64) -> Result<Vec<StoredSeat>, Internal> {
    let rows = Rows::read(db, &[seat_columns!()], SEATS, |it| it.bind(room)).await?;
    rows.of("members").map(seat).collect()
}

/// Those of these users who are members, unordered.
pub async fn seats_of(
    db: &mut Db,
    room: i64,
    users: &[UserId],
) -> Result<Vec<StoredSeat>, Internal> {
    let keys: Vec<String> = users.iter().map(UserId::key).collect();
    let json = serde_json::Value::from(keys).to_string();
    let rows = Rows::read(db, &[seat_columns!()], SEATS_OF, |it| it.bind(room).bind(json)).await?;
    rows.of("members").map(seat).collect()
}

fn seat(row: Row<'_>) -> Result<StoredSeat, Internal> {
    let user_id = row.parse("user_id", |it| UserId::parse(it).ok())?;
    Ok(StoredSeat { number: row.get("number")?, seat: (user_id, row.code("member_permission")?) })
}

/// The member of that User ID, with the user's number.
pub async fn find(
    db: &mut Db,
    room: i64,
    user_id: &UserId,
) -> Result<Option<(i64, Member)>, Internal> {
    let row = sqlx::query(FIND).bind(user_id.key()).bind(room).fetch_optional(db).await?;
    row.map(|it| {
        let row = Row::of("members", &it);
        Ok((row.get("number")?, decode(row)?))
    })
    .transpose()
}

/// As what the user of that number may enter, if they are a member.
pub async fn permission(
    db: &mut Db,
    room: i64,
    user: i64,
) -> Result<Option<EntryPermission>, Internal> {
    let row = sqlx::query(PERMISSION).bind(room).bind(user).fetch_optional(db).await?;
    row.map(|it| Row::of("members", &it).code("permission")).transpose()
}

/// A page of a room's members, by nickname.
pub async fn page(
    db: &mut Db,
    room: i64,
    cursor: Option<&Cursor>,
) -> Result<Page<Member>, Internal> {
    paging::read(db, &LIST, Some(room), cursor, PAGE, decode).await
}

/// The members whom a term finds, by nickname.
pub async fn search(
    db: &mut Db,
    room: &StoredRoom,
    term: &SearchTerm,
    limit: u32,
) -> Result<Found<Member>, Internal> {
    let of_room = (room.number, room.summary.members);
    SEARCHED.search(db, of_room, term, limit, decode).await
}

/// Which of these users are members.
pub async fn among(db: &mut Db, room: i64, users: &[UserId]) -> Result<Vec<UserId>, Internal> {
    belonging::among(db, AMONG, room, users).await
}

fn decode(row: Row<'_>) -> Result<Member, Internal> {
    Ok(Member {
        user: users::summary(row)?,
        permission: row.as_of("members").code("member_permission")?,
    })
}
