//! Writing very many users and rooms at once. Everything here is SQLite's own.
//!
//! What makes it fast: many rows in one statement, without names for its parameters (which SQLite
//! would look up one by one); a large cache; what is searched by filed at the end, in order.

use std::fmt::Write as _;

use domain::{
    ConsoleRole, EntryPermission, GroupName, Nickname, RoomId, RoomName, RoomState, RoomType,
    Timestamp, UserId, UserStatus, fold, image::ImageName, room::RoomLimits,
};
use sqlx::{Any, AssertSqlSafe, Executor, any::AnyArguments, query::Query};

use super::{
    Db, Store, Tx,
    codes::Code,
    counters::{self, Counter},
    dialect,
    filing::{self, Parts},
    row::Row,
};
use crate::Internal;

/// How many parameters a statement has at most; SQLite takes 32,766.
const PARAMETERS: usize = 8_000;

const CACHE: &str = "PRAGMA cache_size = -262144";
const USUAL_CACHE: &str = "PRAGMA cache_size = -2000";

/// A user with all that is stored of them.
#[derive(Debug)]
pub struct BulkUser {
    /// The User ID.
    pub user_id: UserId,
    user_id_key: String,
    nickname: Nickname,
    /// The nickname as users are sorted by it.
    pub nickname_key: String,
    parts: Parts,
    image: Option<ImageName>,
    /// The default entry permission.
    pub permission: EntryPermission,
    role: ConsoleRole,
    /// Active or deactivated.
    pub status: UserStatus,
}

impl BulkUser {
    /// Works out what is stored beside what is known.
    pub fn new(
        user_id: UserId,
        nickname: Nickname,
        image: Option<ImageName>,
        (permission, role, status): (EntryPermission, ConsoleRole, UserStatus),
    ) -> Self {
        let nickname_key = fold(nickname.as_str());
        Self {
            user_id_key: user_id.key(),
            parts: filing::parts_of(&[&fold(user_id.as_str()), &nickname_key]),
            user_id,
            nickname,
            nickname_key,
            image,
            permission,
            role,
            status,
        }
    }
}

/// A room without its members.
#[derive(Debug)]
pub struct BulkRoom {
    /// The room's id.
    pub id: RoomId,
    /// What people call it.
    pub name: RoomName,
    /// Who may enter.
    pub room_type: RoomType,
    /// Open or ended.
    pub state: RoomState,
    /// The number of the owner.
    pub owner: i64,
    /// How many are specified.
    pub members: i64,
    /// What limits it.
    pub limits: RoomLimits,
}

/// Somebody specified for a room.
#[derive(Debug)]
pub struct BulkMember {
    /// The number of the room.
    pub room: i64,
    /// The number of the user.
    pub user: i64,
    /// The nickname as members are sorted by it.
    pub nickname_key: String,
    /// As what they enter.
    pub permission: EntryPermission,
}

/// A user in a group.
#[derive(Debug)]
pub struct BulkGroupUser {
    group: i64,
    user: i64,
    nickname_key: String,
    user_id_key: String,
    kind: (EntryPermission, ConsoleRole, UserStatus),
}

impl BulkGroupUser {
    /// The user of that number in the group of that number.
    pub fn new(group: i64, number: i64, user: &BulkUser) -> Self {
        Self {
            group,
            user: number,
            nickname_key: user.nickname_key.clone(),
            user_id_key: user.user_id_key.clone(),
            kind: (user.permission, user.role, user.status),
        }
    }
}

/// The numbers that new rows get from there on.
#[derive(Clone, Copy, Debug)]
pub struct FirstNumbers {
    /// Of users.
    pub user: i64,
    /// Of groups.
    pub group: i64,
    /// Of rooms.
    pub room: i64,
}

/// Begins the transaction in which everything is written.
pub async fn begin(store: &Store) -> Result<(Tx, FirstNumbers), Internal> {
    let mut tx = store.begin().await?;
    tx.execute(CACHE).await?;
    filing::prepare(&mut tx).await?;
    let row = sqlx::query(
        "SELECT (SELECT coalesce(max(id), 0) + 1 FROM users) AS user_number, \
         (SELECT coalesce(max(id), 0) + 1 FROM groups) AS group_number, \
         (SELECT coalesce(max(id), 0) + 1 FROM rooms) AS room_number",
    )
    .fetch_one(&mut *tx)
    .await?;
    let row = Row::of("users", &row);
    let numbers = FirstNumbers {
        user: row.get("user_number")?,
        group: row.get("group_number")?,
        room: row.get("room_number")?,
    };
    Ok((tx, numbers))
}

/// Files the parts collected so far and makes everything last.
pub async fn finish(store: &Store, mut tx: Tx) -> Result<(), Internal> {
    filing::file(&mut tx).await?;
    tx.execute(USUAL_CACHE).await?;
    super::commit(tx).await?;
    let mut db = store.write().await?;
    // Everything stands in the write-ahead log now, which would otherwise keep its size.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    Ok(())
}

/// One of these users, if there is one already, or was.
pub async fn taken_user(db: &mut Db, users: &[BulkUser]) -> Result<Option<UserId>, Internal> {
    const AMONG: &str = concat!(
        "SELECT user_id FROM users WHERE user_id_key IN ",
        dialect::list!("$1"),
        " UNION ALL SELECT user_id FROM former_users WHERE user_id_key IN ",
        dialect::list!("$1"),
        " LIMIT 1"
    );
    let keys: Vec<&str> = users.iter().map(|it| it.user_id_key.as_str()).collect();
    let row = sqlx::query(AMONG).bind(json(&keys)?).fetch_optional(db).await?;
    row.map(|it| Row::of("users", &it).parse("user_id", |id| UserId::parse(id).ok())).transpose()
}

/// One of these groups, if there is one already.
pub async fn taken_group(db: &mut Db, groups: &[GroupName]) -> Result<Option<GroupName>, Internal> {
    const AMONG: &str =
        concat!("SELECT name FROM groups WHERE name_key IN ", dialect::list!("$1"), " LIMIT 1");
    let keys: Vec<String> = groups.iter().map(GroupName::key).collect();
    let row = sqlx::query(AMONG).bind(json(&keys)?).fetch_optional(db).await?;
    row.map(|it| Row::of("groups", &it).parse("name", |name| GroupName::parse(name).ok()))
        .transpose()
}

fn json<T: serde::Serialize>(list: &[T]) -> Result<String, Internal> {
    serde_json::to_string(list).map_err(Internal::other)
}

/// Writes users numbered from `first` on.
pub async fn users(
    tx: &mut Tx,
    first: i64,
    users: &[BulkUser],
    now: Timestamp,
) -> Result<(), Internal> {
    let head = "INSERT INTO users (id, user_id, user_id_key, nickname, nickname_key, image, \
                permission, role, status, created_at, changed_at) VALUES ";
    let numbered: Vec<_> = (first..).zip(users).collect();
    insert(tx, head, 11, &numbered, |query, (number, user)| {
        query
            .bind(*number)
            .bind(user.user_id.as_str())
            .bind(user.user_id_key.as_str())
            .bind(user.nickname.as_str())
            .bind(user.nickname_key.as_str())
            .bind(user.image.as_ref().map(ImageName::as_str))
            .bind(user.permission.code())
            .bind(user.role.code())
            .bind(user.status.code())
            .bind(now.micros())
            .bind(now.micros())
    })
    .await?;
    let parts = numbered.iter().map(|(number, user)| (*number, &user.parts));
    filing::collect(tx, &filing::USERS, parts).await?;
    let active = users.iter().filter(|it| it.status == UserStatus::Active).count();
    counters::add(tx, &[Counter::Users], count(users.len())).await?;
    counters::add(tx, &[Counter::ActiveUsers], count(active)).await
}

/// Writes groups numbered from `first` on, nobody in them yet.
pub async fn groups(tx: &mut Tx, first: i64, groups: &[GroupName]) -> Result<(), Internal> {
    let numbered: Vec<_> = (first..).zip(groups).collect();
    let head = "INSERT INTO groups (id, name, name_key, size) VALUES ";
    insert(tx, head, 4, &numbered, |query, (number, name)| {
        query.bind(*number).bind(name.as_str()).bind(name.key()).bind(0)
    })
    .await?;
    let parts: Vec<_> = groups.iter().map(|it| filing::parts_of(&[&it.key()])).collect();
    filing::collect(tx, &filing::GROUPS, (first..).zip(&parts)).await?;
    counters::add(tx, &[Counter::Groups], count(groups.len())).await
}

/// Puts users into groups.
pub async fn group_users(tx: &mut Tx, users: &[BulkGroupUser]) -> Result<(), Internal> {
    let head = "INSERT INTO group_users \
                (group_id, user_id, nickname_key, user_id_key, permission, role, status) VALUES ";
    insert(tx, head, 7, users, |query, it| {
        let (permission, role, status) = it.kind;
        query
            .bind(it.group)
            .bind(it.user)
            .bind(it.nickname_key.as_str())
            .bind(it.user_id_key.as_str())
            .bind(permission.code())
            .bind(role.code())
            .bind(status.code())
    })
    .await
}

/// Sets the sizes of the groups numbered from `first` on.
pub async fn count_group_users(tx: &mut Tx, first: i64) -> Result<(), Internal> {
    sqlx::query(
        "UPDATE groups SET size = (SELECT count(*) FROM group_users WHERE group_id = groups.id) \
         WHERE id >= $1",
    )
    .bind(first)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes rooms numbered from `first` on.
pub async fn rooms(
    tx: &mut Tx,
    first: i64,
    rooms: &[BulkRoom],
    now: Timestamp,
) -> Result<(), Internal> {
    let numbered: Vec<_> = (first..).zip(rooms).collect();
    let head = "INSERT INTO rooms (id, public_id, name, name_key, type, state, owner, members, \
                created_at, changed_at, capacity, time_limit) VALUES ";
    insert(tx, head, 12, &numbered, |query, (number, room)| {
        query
            .bind(*number)
            .bind(room.id.as_str())
            .bind(room.name.as_str())
            .bind(fold(room.name.as_str()))
            .bind(room.room_type.code())
            .bind(room.state.code())
            .bind(room.owner)
            .bind(room.members)
            .bind(now.micros())
            .bind(now.micros())
            .bind(super::rooms::capacity(&room.limits))
            .bind(super::rooms::time_limit(&room.limits))
    })
    .await?;
    let parts: Vec<_> =
        rooms.iter().map(|it| filing::parts_of(&[&fold(it.name.as_str())])).collect();
    filing::collect(tx, &filing::ROOMS, (first..).zip(&parts)).await?;
    counters::add(tx, &[Counter::Rooms], count(rooms.len())).await
}

/// Specifies users for rooms.
pub async fn members(tx: &mut Tx, members: &[BulkMember], now: Timestamp) -> Result<(), Internal> {
    let head =
        "INSERT INTO members (room_id, user_id, nickname_key, permission, created_at) VALUES ";
    insert(tx, head, 5, members, |query, member| {
        query
            .bind(member.room)
            .bind(member.user)
            .bind(member.nickname_key.as_str())
            .bind(member.permission.code())
            .bind(now.micros())
    })
    .await
}

type Insert<'q> = Query<'q, Any, AnyArguments>;

/// Inserts rows, as many to a statement as fit.
pub(super) async fn insert<'q, T>(
    tx: &mut Tx,
    head: &str,
    columns: usize,
    rows: &'q [T],
    bind: impl Fn(Insert<'q>, &'q T) -> Insert<'q>,
) -> Result<(), Internal> {
    for rows in rows.chunks(PARAMETERS / columns) {
        let statement = AssertSqlSafe(statement(head, columns, rows.len()));
        rows.iter().fold(sqlx::query(statement), &bind).execute(&mut **tx).await?;
    }
    Ok(())
}

fn statement(head: &str, columns: usize, rows: usize) -> String {
    let row = format!("({}?)", "?,".repeat(columns - 1));
    let mut statement = format!("{head}{row}");
    for _ in 1..rows {
        // Writing into text can't fail.
        let _ = write!(statement, ",{row}");
    }
    statement
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::statement;

    #[test]
    fn statements_have_a_parameter_for_every_value() {
        assert_eq!(statement("INSERT … ", 2, 2), "INSERT … (?,?),(?,?)");
        assert_eq!(statement("INSERT … ", 1, 1), "INSERT … (?)");
    }
}
