//! Groups and who is in them.

use domain::{GroupName, GroupSummary, SearchTerm, UserSummary, fold};
use sqlx::any::AnyRow;

use super::{
    Db, Tx, dialect,
    row::Row,
    search,
    users::{self, user_columns},
};
use crate::{Found, Internal};

pub(super) const BY_NUMBERS: &str =
    concat!("SELECT id AS number, name, size FROM groups WHERE id IN ", dialect::list!("$1"));
pub(super) const FIRST: &str =
    "SELECT id AS number, name, size FROM groups ORDER BY name_key LIMIT $1";
pub(super) const FIND: &str = "SELECT id AS number, name, size FROM groups WHERE name_key = $1";
pub(super) const OF_USER: &str = "SELECT g.id AS number, g.name, g.size FROM group_users gu \
    JOIN groups g ON g.id = gu.group_id WHERE gu.user_id = $1";
pub(super) const MEMBERS: &str = concat!(
    "SELECT u.nickname_key AS sort_key, ",
    user_columns!(),
    " FROM group_users gu JOIN users u ON u.id = gu.user_id WHERE gu.group_id = $1 LIMIT $2"
);

/// A group's number and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGroup {
    /// The number.
    pub number: i64,
    /// The name as it was first typed.
    pub name: GroupName,
}

/// Puts a user into exactly the groups of these names, making those that don't exist. Answers with
/// the names of the groups before.
pub async fn set(tx: &mut Tx, user: i64, names: &[GroupName]) -> Result<Vec<GroupName>, Internal> {
    let before = of_user(tx, user).await?;
    let mut wanted = Vec::with_capacity(names.len());
    for name in names {
        wanted.push(find_or_make(tx, name).await?);
    }
    for group in before.iter().filter(|it| !wanted.contains(&it.number)) {
        leave(tx, group.number, user).await?;
    }
    for group in wanted.into_iter().filter(|it| before.iter().all(|old| old.number != *it)) {
        join(tx, group, user).await?;
    }
    Ok(before.into_iter().map(|it| it.name).collect())
}

async fn find_or_make(tx: &mut Tx, name: &GroupName) -> Result<i64, Internal> {
    let key = name.key();
    if let Some(group) = find(tx, name).await? {
        return Ok(group.number);
    }
    let row = sqlx::query(
        "INSERT INTO groups (name, name_key, size) VALUES ($1, $2, 0) RETURNING id AS number",
    )
    .bind(name.as_str())
    .bind(key)
    .fetch_one(&mut **tx)
    .await?;
    let number = Row::of("groups", &row).get("number")?;
    search::GROUPS.file(tx, number, &[fold(name.as_str())]).await?;
    Ok(number)
}

async fn join(tx: &mut Tx, group: i64, user: i64) -> Result<(), Internal> {
    sqlx::query("INSERT INTO group_users (group_id, user_id) VALUES ($1, $2)")
        .bind(group)
        .bind(user)
        .execute(&mut **tx)
        .await?;
    resize(tx, group, 1).await
}

async fn leave(tx: &mut Tx, group: i64, user: i64) -> Result<(), Internal> {
    sqlx::query("DELETE FROM group_users WHERE group_id = $1 AND user_id = $2")
        .bind(group)
        .bind(user)
        .execute(&mut **tx)
        .await?;
    resize(tx, group, -1).await
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
    row.as_ref().map(decode).transpose()
}

/// The groups that a user is in, by name.
pub async fn of_user(db: &mut Db, user: i64) -> Result<Vec<StoredGroup>, Internal> {
    let rows = sqlx::query(OF_USER).bind(user).fetch_all(db).await?;
    let mut groups = rows.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
    groups.sort_by_cached_key(|it| it.name.key());
    Ok(groups)
}

/// At most `limit` users of a group, by nickname.
pub async fn members(
    db: &mut Db,
    group: &StoredGroup,
    limit: u32,
) -> Result<Vec<UserSummary>, Internal> {
    let rows = sqlx::query(MEMBERS).bind(group.number).bind(i64::from(limit)).fetch_all(db).await?;
    let mut keyed = rows
        .iter()
        .map(|it| Ok((Row::of("users", it).get::<String>("sort_key")?, users::summary(it)?)))
        .collect::<Result<Vec<_>, Internal>>()?;
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(keyed.into_iter().map(|(_, user)| user).collect())
}

/// The first groups by name.
pub async fn first(db: &mut Db, limit: u32) -> Result<Vec<GroupSummary>, Internal> {
    let rows = sqlx::query(FIRST).bind(i64::from(limit)).fetch_all(db).await?;
    rows.iter().map(summary).collect()
}

/// The groups that a term finds.
pub async fn search(
    db: &mut Db,
    term: &SearchTerm,
    limit: u32,
) -> Result<Found<GroupSummary>, Internal> {
    let exact = Some(term.as_str().to_owned());
    let numbers = search::GROUPS.find(db, term, exact, limit).await?;
    let rows = sqlx::query(BY_NUMBERS).bind(numbers.json()).fetch_all(db).await?;
    numbers.restore(&rows, summary)
}

fn decode(row: &AnyRow) -> Result<StoredGroup, Internal> {
    Ok(StoredGroup { number: Row::of("groups", row).get("number")?, name: name(row)? })
}

fn summary(row: &AnyRow) -> Result<GroupSummary, Internal> {
    Ok(GroupSummary { name: name(row)?, size: Row::of("groups", row).count("size")? })
}

fn name(row: &AnyRow) -> Result<GroupName, Internal> {
    Row::of("groups", row).parse("name", |it| GroupName::parse(it).ok())
}
