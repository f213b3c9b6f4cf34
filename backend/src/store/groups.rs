//! Groups and who is in them.

use std::{collections::HashSet, sync::LazyLock};

use domain::{AtLeast, Cursor, GroupName, GroupSummary, Page, SearchTerm, UserId, UserSummary};

use super::{
    Db, Tx,
    belonging::{self, Belonging},
    counters::{self, Counter},
    dialect,
    paging::{self, List, Order},
    row::{Query, Row, Rows},
    search, user_rooms,
    users::{self, user_columns},
};
use crate::{Found, Internal};

/// The columns of a [`GroupSummary`].
macro_rules! group_columns {
    () => {
        "g.name, g.size"
    };
}
pub(super) use group_columns;

/// The columns of a [`StoredGroup`].
macro_rules! stored_columns {
    () => {
        concat!("g.id AS number, ", group_columns!())
    };
}

macro_rules! select_groups {
    () => {
        concat!("SELECT ", stored_columns!(), " FROM groups g")
    };
}

/// The tables that the users of groups come from.
macro_rules! user_tables {
    () => {
        "group_users gu JOIN users u ON u.id = gu.user_id"
    };
}

/// The users of groups with their numbers.
macro_rules! select_users {
    () => {
        concat!("SELECT gu.user_id AS number, ", user_columns!(), " FROM ", user_tables!())
    };
}

/// How many groups a page of the list holds.
pub const PAGE: u32 = 50;
/// How many users a page of a group holds.
pub const USERS_PAGE: u32 = 100;

/// The list of groups.
pub(super) static LIST: LazyLock<List> = LazyLock::new(|| {
    List::new(group_columns!(), "groups g", "g.id", &[String::new()], Order::By("g.name_key"))
});
pub(super) const FIRST: &str = concat!(select_groups!(), " ORDER BY g.name_key LIMIT $1 + 0");
pub(super) const FIND: &str = concat!(select_groups!(), " WHERE g.name_key = $1");
pub(super) const OF_USER: &str =
    concat!(select_groups!(), " JOIN group_users gu ON gu.group_id = g.id WHERE gu.user_id = $1");
/// The list of a group's users; its fourth parameter is the group.
pub(super) static USERS: LazyLock<List> = LazyLock::new(|| {
    let of_group = ["gu.group_id = $4".to_owned()];
    let order = Order::By("gu.nickname_key");
    List::new(user_columns!(), user_tables!(), "gu.user_id", &of_group, order)
});
pub(super) const SEARCHED: Belonging = belonging::belonging!(
    "group_users",
    "group_id",
    concat!(select_users!(), " WHERE gu.group_id = $1 ORDER BY gu.nickname_key, gu.user_id"),
    user_columns!(),
    "users u ON u.id = found.number"
);
pub(super) const FIRST_USERS: &str = concat!(
    select_users!(),
    " WHERE gu.group_id = $1 ORDER BY gu.nickname_key, gu.user_id LIMIT $2 + 0"
);
pub(super) const AMONG: &str = concat!(
    "SELECT u.user_id_key FROM users u WHERE u.user_id_key IN ",
    dialect::list!("$2"),
    " AND EXISTS (SELECT 1 FROM group_users gu WHERE gu.group_id = $1 AND gu.user_id = u.id)"
);
pub(super) const NUMBERS: &str = "SELECT user_id FROM group_users WHERE group_id = $1";
pub(super) const PLACES: &str =
    concat!("SELECT 1 FROM group_users WHERE user_id IN ", dialect::list!("$1"), " LIMIT $2 + 0");
pub(super) const TAKE_OUT: &str = concat!(
    "DELETE FROM group_users WHERE group_id = $1 AND user_id IN ",
    dialect::list!("$2"),
    " RETURNING user_id"
);

/// A group, with the number by which other tables refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGroup {
    /// The number.
    pub number: i64,
    /// The group, its name as it was typed.
    pub summary: GroupSummary,
}

/// Puts a user into exactly the groups of these names, making those that don't exist. Answers with
/// the names of the groups before.
pub async fn set(tx: &mut Tx, user: i64, names: &[GroupName]) -> Result<Vec<GroupName>, Internal> {
    let before = of_user(tx, user).await?;
    let mut wanted = Vec::with_capacity(names.len());
    for name in names {
        wanted.push(find_or_make(tx, name).await?.number);
    }
    for group in before.iter().filter(|it| !wanted.contains(&it.number)) {
        leave(tx, group.number, &[user]).await?;
    }
    for group in wanted.into_iter().filter(|it| before.iter().all(|old| old.number != *it)) {
        join(tx, group, &[user]).await?;
    }
    Ok(before.into_iter().map(|it| it.summary.name).collect())
}

/// The group of that name, which is made where there is none.
pub async fn find_or_make(tx: &mut Tx, name: &GroupName) -> Result<StoredGroup, Internal> {
    if let Some(group) = find(tx, name).await? {
        return Ok(group);
    }
    let made = insert(tx, name).await?;
    let number = made.ok_or_else(|| Internal::other("a group's name is taken by none"))?;
    Ok(StoredGroup { number, summary: GroupSummary { name: name.clone(), size: 0 } })
}

/// Makes a group that nobody is in, and answers with its number; `None` where the name is taken.
pub async fn insert(tx: &mut Tx, name: &GroupName) -> Result<Option<i64>, Internal> {
    let row = sqlx::query(
        "INSERT INTO groups (name, name_key, size) VALUES ($1, $2, 0) \
         ON CONFLICT (name_key) DO NOTHING RETURNING id AS number",
    )
    .bind(name.as_str())
    .bind(name.key())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let number = Row::of("groups", &row).get("number")?;
    counters::add(tx, &[Counter::Groups], 1).await?;
    search::GROUPS.file(tx, number, &[name.key()]).await?;
    Ok(Some(number))
}

/// Gives a group another name, which no other group may have.
pub async fn rename(tx: &mut Tx, before: &StoredGroup, name: &GroupName) -> Result<(), Internal> {
    sqlx::query("UPDATE groups SET name = $1, name_key = $2 WHERE id = $3")
        .bind(name.as_str())
        .bind(name.key())
        .bind(before.number)
        .execute(&mut **tx)
        .await?;
    search::GROUPS.unfile(tx, before.number, &[before.summary.name.key()]).await?;
    search::GROUPS.file(tx, before.number, &[name.key()]).await
}

/// Puts everybody who is in a group into another as well.
pub async fn join_all(tx: &mut Tx, from: i64, into: i64) -> Result<(), Internal> {
    let joined = sqlx::query(
        "INSERT INTO group_users \
         (group_id, user_id, nickname_key, user_id_key, permission, role, status) \
         SELECT $1, user_id, nickname_key, user_id_key, permission, role, status \
         FROM group_users WHERE group_id = $2 \
         ON CONFLICT (group_id, user_id) DO NOTHING",
    )
    .bind(into)
    .bind(from)
    .execute(&mut **tx)
    .await?;
    resize(tx, into, i64::try_from(joined.rows_affected()).unwrap_or(i64::MAX)).await
}

/// Deletes a group. Whoever is in it leaves it, and stays otherwise as they are.
pub async fn delete(tx: &mut Tx, group: &StoredGroup) -> Result<(), Internal> {
    search::GROUPS.unfile(tx, group.number, &[group.summary.name.key()]).await?;
    sqlx::query("DELETE FROM groups WHERE id = $1").bind(group.number).execute(&mut **tx).await?;
    counters::add(tx, &[Counter::Groups], -1).await
}

/// Puts users, by number, into a group. Those who are in it already stay; answers with the numbers of
/// the others.
pub async fn join(tx: &mut Tx, group: i64, users: &[i64]) -> Result<HashSet<i64>, Internal> {
    let joined = changed(tx, dialect::ADD_TO_GROUP, group, users).await?;
    resize(tx, group, i64::try_from(joined.len()).unwrap_or(i64::MAX)).await?;
    Ok(joined)
}

/// Takes users, by number, out of a group. Answers with the numbers of those who were in it.
pub async fn leave(tx: &mut Tx, group: i64, users: &[i64]) -> Result<HashSet<i64>, Internal> {
    let left = changed(tx, TAKE_OUT, group, users).await?;
    resize(tx, group, -i64::try_from(left.len()).unwrap_or(i64::MAX)).await?;
    Ok(left)
}

/// Runs a statement about a group and a list of users, and answers for whom it changed something.
async fn changed(
    tx: &mut Tx,
    statement: &'static str,
    group: i64,
    users: &[i64],
) -> Result<HashSet<i64>, Internal> {
    let rows = sqlx::query(statement)
        .bind(group)
        .bind(serde_json::Value::from(users).to_string())
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(|it| Row::of("group_users", it).get("user_id")).collect()
}

async fn resize(tx: &mut Tx, group: i64, change: i64) -> Result<(), Internal> {
    sqlx::query("UPDATE groups SET size = size + $1 WHERE id = $2")
        .bind(change)
        .bind(group)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The group of that name.
pub async fn find(db: &mut Db, name: &GroupName) -> Result<Option<StoredGroup>, Internal> {
    let row = sqlx::query(FIND).bind(name.key()).fetch_optional(db).await?;
    row.map(|it| decode(Row::of("groups", &it))).transpose()
}

/// The groups that a user is in, by name.
pub async fn of_user(db: &mut Db, user: i64) -> Result<Vec<StoredGroup>, Internal> {
    let rows = Rows::read(db, &[stored_columns!()], OF_USER, |it| it.bind(user)).await?;
    let mut groups = rows.of("groups").map(decode).collect::<Result<Vec<_>, _>>()?;
    groups.sort_by_cached_key(|it| it.summary.name.key());
    Ok(groups)
}

/// A page of all groups, by name.
pub async fn page(db: &mut Db, cursor: Option<&Cursor>) -> Result<Page<GroupSummary>, Internal> {
    paging::read(db, &LIST, None, cursor, PAGE, summary).await
}

/// The first groups by name.
pub async fn first(db: &mut Db, limit: u32) -> Result<Vec<GroupSummary>, Internal> {
    let rows = Rows::read(db, &[group_columns!()], FIRST, |it| it.bind(i64::from(limit))).await?;
    rows.of("groups").map(summary).collect()
}

/// The groups that a term finds.
pub async fn search(
    db: &mut Db,
    term: &SearchTerm,
    limit: u32,
) -> Result<Found<GroupSummary>, Internal> {
    let exact = Some(term.as_str().to_owned());
    search::GROUPS.find(db, term, exact, limit, summary).await
}

/// A page of a group's users, by nickname.
pub async fn users_page(
    db: &mut Db,
    group: i64,
    cursor: Option<&Cursor>,
) -> Result<Page<UserSummary>, Internal> {
    paging::read(db, &USERS, Some(group), cursor, USERS_PAGE, users::summary).await
}

/// The users of a group whom a term finds, by nickname.
pub async fn search_users(
    db: &mut Db,
    group: &StoredGroup,
    term: &SearchTerm,
    limit: u32,
) -> Result<Found<UserSummary>, Internal> {
    let of_group = (group.number, group.summary.size);
    SEARCHED.search(db, of_group, term, limit, users::summary).await
}

/// At most `limit` users of a group, by nickname.
pub async fn first_users(
    db: &mut Db,
    group: i64,
    limit: u32,
) -> Result<Vec<UserSummary>, Internal> {
    let bind = |it: Query<'static>| it.bind(group).bind(i64::from(limit));
    let rows = Rows::read(db, &[user_columns!()], FIRST_USERS, bind).await?;
    rows.of("users").map(users::summary).collect()
}

/// Which of these users are in a group.
pub async fn among(db: &mut Db, group: i64, users: &[UserId]) -> Result<Vec<UserId>, Internal> {
    belonging::among(db, AMONG, group, users).await
}

/// The numbers of everybody in a group.
pub async fn numbers(db: &mut Db, group: i64) -> Result<Vec<i64>, Internal> {
    let rows = Rows::read(db, &["user_id"], NUMBERS, |it| it.bind(group)).await?;
    rows.of("group_users").map(|it| it.get("user_id")).collect()
}

/// In how many groups these users are, each counted on their own.
pub async fn places(db: &mut Db, users: &[i64]) -> Result<AtLeast, Internal> {
    user_rooms::counted(db, PLACES, users).await
}

fn decode(row: Row<'_>) -> Result<StoredGroup, Internal> {
    Ok(StoredGroup { number: row.get("number")?, summary: summary(row)? })
}

fn summary(row: Row<'_>) -> Result<GroupSummary, Internal> {
    let group = row.as_of("groups");
    Ok(GroupSummary {
        name: group.parse("name", |it| GroupName::parse(it).ok())?,
        size: group.count("size")?,
    })
}
