//! Who of many belongs to something: the members of a room, the users of a group.

use std::collections::HashSet;

use domain::{SearchTerm, UserId, fold};
use futures_util::TryStreamExt;
use sqlx::any::AnyRow;

use super::{Db, row::Row, search::LookUp};
use crate::{Found, Internal};

/// Up to how many of them are walked through when they are searched. Of more, those are taken whom the
/// index of all users finds, so that no search walks through a room of thousands.
const WALKED: u32 = 1_000;

/// The statements that search those who belong to something; $1 is what they belong to, but for
/// `look_up`, where it comes last.
#[derive(Debug)]
pub struct Belonging {
    /// All of them, in order.
    pub in_order: &'static str,
    /// What finds them in the index of all users.
    pub look_up: LookUp,
    /// Those of them whose numbers are the list $2.
    pub by_numbers: &'static str,
}

/// The [`Belonging`] of a table of users whose column `$to` says what they belong to.
macro_rules! belonging {
    ($table:literal, $to:literal, $in_order:expr, $by_numbers:expr) => {
        $crate::store::belonging::Belonging {
            in_order: $in_order,
            look_up: $crate::store::search::look_up!(
                "user",
                Some(concat!(
                    "SELECT u.id AS number FROM users u WHERE u.user_id_key = $1",
                    $crate::store::belonging::belongs!($table, $to, "u.id", "$2")
                )),
                $crate::store::belonging::belongs!($table, $to, "user_words.user_id", "$5"),
                $crate::store::belonging::belongs!($table, $to, "user_trigrams.rowid", "$3")
            ),
            by_numbers: $by_numbers,
        }
    };
}
pub(super) use belonging;

/// That a user belongs to what the parameter says.
macro_rules! belongs {
    ($table:literal, $to:literal, $user:literal, $parameter:literal) => {
        concat!(
            " AND EXISTS (SELECT 1 FROM ",
            $table,
            " b WHERE b.",
            $to,
            " = ",
            $parameter,
            " AND b.user_id = ",
            $user,
            ")"
        )
    };
}
pub(super) use belongs;

impl Belonging {
    /// All statements, to look at how the database runs them.
    #[cfg(test)]
    pub fn statements(&self) -> Vec<&'static str> {
        let mut all = self.look_up.statements();
        all.extend([self.in_order, self.by_numbers]);
        all
    }

    /// Those whom a term finds among the `size` who belong to something, by nickname.
    pub async fn search<T>(
        &self,
        db: &mut Db,
        (to, size): (i64, u32),
        term: &SearchTerm,
        limit: u32,
        decode: impl Fn(&AnyRow) -> Result<T, Internal>,
    ) -> Result<Found<T>, Internal> {
        if size <= WALKED {
            return walk(db, self.in_order, to, term, limit, decode).await;
        }
        let exact = term.user_id().map(UserId::key);
        let numbers = self.look_up.find(db, term, exact, limit, Some(to)).await?;
        let query = sqlx::query(self.by_numbers).bind(to).bind(numbers.json());
        let mut rows = query.fetch_all(db).await?;
        rows.sort_by_cached_key(|it| Row::of("users", it).get("nickname").ok().map(fold));
        Ok(Found { rows: rows.iter().map(decode).collect::<Result<_, _>>()?, more: numbers.more() })
    }
}

/// Those whom a term finds among the rows that a statement reads in order; $1 is what they belong to.
pub async fn walk<T>(
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
    if users.is_empty() {
        return Ok(Vec::new());
    }
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
