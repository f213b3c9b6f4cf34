//! Pages of long lists by where the last one ended (keyset).

use domain::{Cursor, Page, Timestamp};

use super::{
    Db,
    row::{Query, Row, Rows},
};
use crate::Internal;

/// In which order a list stands.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// By that column, then by number.
    By(&'static str),
    /// The highest numbers first: what was made last.
    Newest,
    /// The latest by that column first, then by number: those from the moment $4 on and before the
    /// moment $5, which is that one.
    Latest(&'static str, Timestamp),
}

/// The statements that read one list, both ways.
///
/// Each takes a sort key, a number, how many rows to read, and what else the list needs; each row
/// has its key and number as `sort_key` and `number`.
#[derive(Debug)]
pub struct List {
    /// The rows after the key and number, in order.
    pub after: String,
    /// The rows before them, in reverse.
    pub before: String,
    /// What they are read for, besides key and number.
    columns: &'static str,
    /// Where the first page begins.
    start: Cursor,
}

impl List {
    /// The list of columns and tables whose number is that column, of all rows that meet one of the
    /// conditions, which exclude each other; of all rows for one empty condition.
    ///
    /// Each condition is read on its own, straight from an index that begins with what it names and
    /// goes on in this order, and all of them are merged: so no page takes longer for a long list.
    pub fn new(
        columns: &'static str,
        tables: &str,
        number: &str,
        conditions: &[String],
        order: Order,
    ) -> Self {
        let statement = |forward| statement(columns, tables, number, conditions, order, forward);
        let (number, key) = match order {
            Order::By(_) => (i64::MIN, String::new()),
            Order::Newest => (i64::MAX, String::new()),
            Order::Latest(_, end) => (i64::MIN, end.micros().to_string()),
        };
        let start = Cursor { forward: true, number, key };
        Self { after: statement(true), before: statement(false), columns, start }
    }
}

fn statement(
    columns: &str,
    tables: &str,
    number: &str,
    conditions: &[String],
    order: Order,
    forward: bool,
) -> String {
    let key = match order {
        Order::By(key) | Order::Latest(key, _) => key,
        Order::Newest => "''",
    };
    let upward = matches!(order, Order::By(_)) == forward;
    let (beyond, direction) = if upward { (">", "ASC") } else { ("<", "DESC") };
    // Rows that share the key and rows beyond it are read apart: compared as one row value, SQLite
    // would walk through all that share the key.
    let places = match order {
        Order::By(key) => {
            vec![format!("{key} = $1 AND {number} {beyond} $2"), format!("{key} {beyond} $1")]
        }
        Order::Newest => vec![format!("{number} {beyond} $2")],
        // A range is read from the cursor to its other end. The end behind the cursor only holds: led by
        // that one, SQLite would walk through all that was shown before.
        Order::Latest(key, _) => {
            let (from, until) = (format!("{key} >= $4"), format!("{key} < $5"));
            let (ahead, behind) = if upward { (&until, &from) } else { (&from, &until) };
            let at = "CAST($1 AS BIGINT)";
            vec![
                format!("{key} = {at} AND {number} {beyond} $2 AND +{from} AND +{until}"),
                format!("{key} {beyond} {at} AND {ahead} AND +{behind}"),
            ]
        }
    };
    let mut selects = Vec::with_capacity(conditions.len() * places.len());
    for condition in conditions {
        let and = if condition.is_empty() { "" } else { " AND " };
        for place in &places {
            selects.push(format!(
                "SELECT {number} AS number, {key} AS sort_key, {columns} FROM {tables} \
                 WHERE {condition}{and}{place}"
            ));
        }
    }
    let by_key = match order {
        Order::By(_) | Order::Latest(..) => format!("sort_key {direction}, "),
        Order::Newest => String::new(),
    };
    format!("{} ORDER BY {by_key}number {direction} LIMIT $3 + 0", selects.join(" UNION ALL "))
}

/// Reads a page of at most `size` rows. `within` is the number of what the list belongs to (such as
/// a room), for statements that take it as their fourth parameter.
pub async fn read<T>(
    db: &mut Db,
    list: &List,
    within: Option<i64>,
    cursor: Option<&Cursor>,
    size: u32,
    decode: impl Fn(Row<'_>) -> Result<T, Internal>,
) -> Result<Page<T>, Internal> {
    let within = within.map(Value::Number);
    read_of(db, list, within.as_slice(), cursor, size, decode).await
}

/// What a statement asks for, from its fourth parameter on.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number, or a moment.
    Number(i64),
    /// A text.
    Text(String),
}

/// As [`read`], of a list whose statements take these parameters from the fourth on.
pub async fn read_of<T>(
    db: &mut Db,
    list: &List,
    values: &[Value],
    cursor: Option<&Cursor>,
    size: u32,
    decode: impl Fn(Row<'_>) -> Result<T, Internal>,
) -> Result<Page<T>, Internal> {
    let (mut from, mut first) = (cursor.unwrap_or(&list.start), cursor.is_none());
    let mut read = rows_from(db, list, values, from, size).await?;
    if read.of("list").len() == 0 && !first {
        // What stood there is gone: the list begins anew.
        (from, first) = (&list.start, true);
        read = rows_from(db, list, values, from, size).await?;
    }
    let mut rows: Vec<Row<'_>> = read.of("list").collect();
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
        rows: rows.into_iter().map(decode).collect::<Result<_, _>>()?,
    })
}

/// The rows of a page and one more, which tells whether there are more.
async fn rows_from(
    db: &mut Db,
    list: &List,
    values: &[Value],
    from: &Cursor,
    size: u32,
) -> Result<Rows, Internal> {
    let statement = if from.forward { &list.after } else { &list.before };
    let columns = ["number, sort_key", list.columns];
    Rows::read(db, &columns, statement, |query| {
        let query = query.bind(from.key.clone()).bind(from.number).bind(i64::from(size) + 1);
        values.iter().fold(query, |query, value| match value {
            Value::Number(number) => query.bind(*number),
            Value::Text(text) => query.bind(text.clone()),
        })
    })
    .await
}

/// Adds the number of what a statement's rows belong to, where it asks for that.
pub fn bind_within(query: Query<'_>, within: Option<i64>) -> Query<'_> {
    match within {
        Some(within) => query.bind(within),
        None => query,
    }
}

/// The cursor beside a row.
fn beside(row: Option<&Row<'_>>, forward: bool) -> Result<Option<Cursor>, Internal> {
    let cursor = |row: &Row<'_>| {
        // A key is text, or a moment.
        let moment = || row.get::<i64>("sort_key").map(|it| it.to_string());
        let key = row.get("sort_key").or_else(|_| moment())?;
        Ok(Cursor { forward, number: row.get("number")?, key })
    };
    row.map(cursor).transpose()
}
