//! Pages of long lists by where the last one ended (keyset).

use domain::{Cursor, Page};
use sqlx::any::AnyRow;

use super::{Db, row::Row};
use crate::Internal;

/// The statements that read one list, both ways.
///
/// Each takes a sort key, a number, how many rows to read, and what else the list needs; each row
/// has its key and number as `sort_key` and `number`.
#[derive(Debug)]
pub struct List {
    /// The rows after the key and number, in order.
    pub after: &'static str,
    /// The rows before them, in reverse.
    pub before: &'static str,
}

/// Writes the two statements of a [`List`]: columns and tables, a condition or nothing, sort key and
/// number.
///
/// Rows that share the key and rows beyond it are read apart, each straight from the index, and
/// merged: compared as one row value, SQLite would walk through all that share the key.
macro_rules! list_statements {
    ($select:expr, $condition:literal, $key:literal, $number:literal) => {
        $crate::store::paging::List {
            after: concat!(
                $select,
                " WHERE ",
                $condition,
                $key,
                " = $1 AND ",
                $number,
                " > $2 UNION ALL ",
                $select,
                " WHERE ",
                $condition,
                $key,
                " > $1 ORDER BY sort_key, number LIMIT $3"
            ),
            before: concat!(
                $select,
                " WHERE ",
                $condition,
                $key,
                " = $1 AND ",
                $number,
                " < $2 UNION ALL ",
                $select,
                " WHERE ",
                $condition,
                $key,
                " < $1 ORDER BY sort_key DESC, number DESC LIMIT $3"
            ),
        }
    };
}
pub(super) use list_statements;

/// Reads a page of at most `size` rows. `within` is the number of what the list belongs to (such as
/// a room), for statements that take it as their fourth parameter.
pub async fn read<T>(
    db: &mut Db,
    list: &List,
    within: Option<i64>,
    cursor: Option<&Cursor>,
    size: u32,
    decode: impl Fn(&AnyRow) -> Result<T, Internal>,
) -> Result<Page<T>, Internal> {
    let start = Cursor { forward: true, number: i64::MIN, key: String::new() };
    let (mut from, mut first) = (cursor.unwrap_or(&start), cursor.is_none());
    let mut rows = rows_from(db, list, within, from, size).await?;
    if rows.is_empty() && !first {
        // What stood there is gone: the list begins anew.
        (from, first) = (&start, true);
        rows = rows_from(db, list, within, from, size).await?;
    }
    let wanted = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    if !from.forward {
        rows.reverse();
    }
    let previous = if from.forward { !first } else { more };
    let next = !from.forward || more;
    Ok(Page {
        previous: beside(rows.first().filter(|_| previous), false)?,
        next: beside(rows.last().filter(|_| next), true)?,
        rows: rows.iter().map(decode).collect::<Result<_, _>>()?,
    })
}

/// The rows of a page and one more, which tells whether there are more.
async fn rows_from(
    db: &mut Db,
    list: &List,
    within: Option<i64>,
    from: &Cursor,
    size: u32,
) -> Result<Vec<AnyRow>, Internal> {
    let mut query = sqlx::query(if from.forward { list.after } else { list.before })
        .bind(from.key.clone())
        .bind(from.number)
        .bind(i64::from(size) + 1);
    if let Some(within) = within {
        query = query.bind(within);
    }
    Ok(query.fetch_all(db).await?)
}

/// The cursor beside a row.
fn beside(row: Option<&AnyRow>, forward: bool) -> Result<Option<Cursor>, Internal> {
    row.map(|it| {
        let row = Row::of("list", it);
        Ok(Cursor { forward, number: row.get("number")?, key: row.get("sort_key")? })
    })
    .transpose()
}
