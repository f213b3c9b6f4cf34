//! Who of many belongs to something: the members of a room, the users of a group.

use std::collections::HashSet;

use domain::{SearchTerm, UserId, fold};

use super::{
    Db,
    row::{Row, Rows},
    search::LookUp,
};
use crate::{Found, Internal};

/// Up to how many of them are walked through when they are searched. Of more, those are taken whom the
/// index of all users finds, so that no search walks through a room of thousands.
const WALKED: u32 = 1_000;

/// The statements that search those who belong to something.
#[derive(Debug)]
pub struct Belonging {
    /// All of them, in order; $1 is what they belong to.
    pub in_order: &'static str,
    /// What finds them in the index of all users.
    pub look_up: LookUp,
}

/// The [`Belonging`] of a table of users whose column `$to` says what they belong to.
macro_rules! belonging {
    ($table:literal, $to:literal, $in_order:expr, $columns:expr, $tables:expr) => {
        $crate::store::belonging::Belonging {
            in_order: $in_order,
            look_up: $crate::store::search::look_up!(
                "user",
                concat!(
                    "SELECT 0 AS how, '' AS part, users.id AS number FROM users \
                    WHERE users.user_id_key = $1",
                    $crate::store::belonging::belongs!($table, $to, "users.id")
                ),
                $crate::store::belonging::belongs!($table, $to, "user_parts.user_id"),
                $columns,
                $tables
            ),
        }
    };
}
pub(super) use belonging;

/// That a user belongs to what the ninth parameter says.
macro_rules! belongs {
    ($table:literal, $to:literal, $user:literal) => {
        concat!(
            " AND EXISTS (SELECT 1 FROM ",
            $table,
            " b WHERE b.",
            $to,
            " = $9 AND b.user_id = ",
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
        vec![self.in_order, self.look_up.statement]
    }

    /// Those whom a term finds among the `size` who belong to something, by nickname.
    pub async fn search<T>(
        &self,
        db: &mut Db,
        (to, size): (i64, u32),
        term: &SearchTerm,
        limit: u32,
        decode: impl Fn(Row<'_>) -> Result<T, Internal>,
    ) -> Result<Found<T>, Internal> {
        if size <= WALKED {
            return self.walk(db, to, term, limit, decode).await;
        }
        let exact = term.user_id().map(UserId::key);
        let named = |row: Row<'_>| Ok((fold(row.get("nickname")?), decode(row)?));
        let mut found = self.look_up.find(db, term, exact, limit, Some(to), named).await?;
        found.rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        let rows = found.rows.into_iter().map(|(_, it)| it).collect();
        Ok(Found { rows, more: found.more })
    }

    /// Those whom a term finds among all who belong to something, in order.
    pub async fn walk<T>(
        &self,
        db: &mut Db,
        to: i64,
        term: &SearchTerm,
        limit: u32,
        decode: impl Fn(Row<'_>) -> Result<T, Internal>,
    ) -> Result<Found<T>, Internal> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let all = Rows::read(db, &[self.look_up.columns], self.in_order, |it| it.bind(to)).await?;
        let mut found = Found { rows: Vec::new(), more: false };
        for row in all.of("users") {
            if !matches(row, term)? {
                continue;
            }
            if found.rows.len() == limit {
                found.more = true;
                break;
            }
            found.rows.push(decode(row)?);
        }
        Ok(found)
    }
}

fn matches(user: Row<'_>, term: &SearchTerm) -> Result<bool, Internal> {
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
    let rows = Rows::read(db, &["user_id_key"], statement, |it| it.bind(to).bind(json)).await?;
    let belonging =
        rows.of("users").map(|it| it.get("user_id_key")).collect::<Result<HashSet<String>, _>>()?;
    let pairs = users.iter().zip(&keys);
    Ok(pairs.filter(|(_, key)| belonging.contains(*key)).map(|(user, _)| user.clone()).collect())
}
