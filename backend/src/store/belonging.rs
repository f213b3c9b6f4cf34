//! Who of many belongs to something: the members of a room, the users of a group.

use std::collections::HashSet;

use domain::{SearchTerm, UserId};
use futures_util::TryStreamExt;
use sqlx::any::AnyRow;

use super::{Db, row::Row};
use crate::{Found, Internal};

/// Those whom a term finds among the rows that a statement reads in order; $1 is what they belong to.
///
/// They are read until enough are found: they are few beside all users, whom an index would find
/// first and leave to be sorted out.
pub async fn search<T>(
    db: &mut Db,
    in_order: &'static str,
    to: i64,
    term: &SearchTerm,
    limit: u32,
    decode: impl Fn(&AnyRow) -> Result<T, Internal>,
) -> Result<Found<T>, Internal> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let mut rows = sqlx::query(in_order).bind(to).fetch(db);
    while let Some(row) = rows.try_next().await? {
        if !matches(&row, term)? {
            continue;
        }
        if found.len() == limit {
            return Ok(Found { rows: found, more: true });
        }
        found.push(decode(&row)?);
    }
    Ok(Found { rows: found, more: false })
}

fn matches(row: &AnyRow, term: &SearchTerm) -> Result<bool, Internal> {
    let user = Row::of("users", row);
    Ok(term.find_in(user.get("nickname")?).is_some()
        || term.find_in(user.get("user_id")?).is_some())
}

/// Which of these users a statement knows to belong to $1; it takes their keys as the list $2.
pub async fn among(
    db: &mut Db,
    statement: &'static str,
    to: i64,
    users: &[UserId],
) -> Result<Vec<UserId>, Internal> {
    let keys: Vec<String> = users.iter().map(UserId::key).collect();
    let json = serde_json::Value::from(keys.as_slice()).to_string();
    let rows = sqlx::query(statement).bind(to).bind(json).fetch_all(db).await?;
    let belonging = rows
        .iter()
        .map(|it| Row::of("users", it).get("user_id_key"))
        .collect::<Result<HashSet<String>, _>>()?;
    let pairs = users.iter().zip(&keys);
    Ok(pairs.filter(|(_, key)| belonging.contains(*key)).map(|(user, _)| user.clone()).collect())
}
