//! Pages of the lists of users and rooms, as somebody would write them by hand: for each kind of thing
//! that is asked for, the first rows of an index, and of those the first.

use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::Result;

/// How many rows a page has, and one more that tells whether there are more.
const ROWS: u32 = 51;

/// A list: of what, in which order, of which kinds, and from where on.
#[derive(Deserialize)]
pub struct Listed {
    of: Of,
    /// What it is sorted by; the newest first where nothing is named.
    #[serde(default)]
    order: Option<String>,
    /// The codes that are asked for, by column.
    #[serde(default)]
    kinds: Vec<(String, Vec<i64>)>,
    /// The group whose users are asked for.
    #[serde(default)]
    group: Option<String>,
    /// The sort key and number before the first row.
    #[serde(default)]
    after: Option<(String, i64)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Of {
    Users,
    Rooms,
}

/// Reads a page, and answers how many rows it has.
pub async fn page(db: &mut SqliteConnection, list: &Listed) -> Result<usize> {
    let (key, number) = list.after.clone().unwrap_or_else(|| list.start());
    let query = sqlx::query(AssertSqlSafe(list.statement())).bind(key).bind(number);
    let group = list.group.as_deref();
    Ok(query.bind(ROWS).bind(group).fetch_all(db).await?.len())
}

/// The sort key and number of the row in the middle of a list.
pub async fn half(db: &mut SqliteConnection, list: &Listed) -> Result<(String, i64)> {
    let (key, number, tables) = (list.key(), list.number(), list.tables());
    let way = if list.order.is_some() { "ASC" } else { "DESC" };
    let statement = format!(
        "SELECT {key}, {number} FROM {tables} ORDER BY 1 {way}, 2 {way} \
         LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {tables})"
    );
    let row = sqlx::query(AssertSqlSafe(statement)).fetch_one(db).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

impl Listed {
    fn start(&self) -> (String, i64) {
        (String::new(), if self.order.is_some() { i64::MIN } else { i64::MAX })
    }

    /// The table whose index is read.
    const fn indexed(&self) -> &'static str {
        match (self.of, &self.group) {
            (Of::Rooms, _) => "r",
            (Of::Users, None) => "u",
            (Of::Users, Some(_)) => "gu",
        }
    }

    fn number(&self) -> &'static str {
        match self.indexed() {
            "r" => "r.id",
            "gu" => "gu.user_id",
            _ => "u.id",
        }
    }

    fn key(&self) -> String {
        let table = self.indexed();
        self.order.as_ref().map_or_else(|| "''".to_owned(), |it| format!("{table}.{it}"))
    }

    fn tables(&self) -> &'static str {
        match self.indexed() {
            "r" => "rooms r JOIN users u ON u.id = r.owner",
            "gu" => "group_users gu JOIN users u ON u.id = gu.user_id",
            _ => "users u",
        }
    }

    const fn columns(&self) -> &'static str {
        match self.of {
            Of::Users => "u.user_id, u.nickname, u.image, u.permission, u.role, u.status",
            Of::Rooms => {
                "r.public_id, r.name, r.type, r.state, r.members, u.user_id, u.nickname, u.image, \
                 u.permission, u.role, u.status"
            }
        }
    }

    fn statement(&self) -> String {
        let (key, number) = (self.key(), self.number());
        let (columns, tables) = (self.columns(), self.tables());
        let (places, way) = if self.order.is_some() {
            (vec![format!("{key} = $1 AND {number} > $2"), format!("{key} > $1")], "ASC")
        } else {
            (vec![format!("{number} < $2")], "DESC")
        };
        let sorted = if self.order.is_some() {
            format!("ORDER BY sort_key {way}, number {way} LIMIT $3")
        } else {
            format!("ORDER BY number {way} LIMIT $3")
        };
        let mut parts = Vec::new();
        for kind in self.conditions() {
            for place in &places {
                parts.push(format!(
                    "SELECT * FROM (SELECT {key} AS sort_key, {number} AS number, {columns} \
                     FROM {tables} WHERE {kind}{place} {sorted})"
                ));
            }
        }
        format!("{} {sorted}", parts.join(" UNION ALL "))
    }

    /// One for each combination of kinds.
    fn conditions(&self) -> Vec<String> {
        let in_group = "gu.group_id = (SELECT id FROM groups WHERE name_key = $4) AND ";
        let first = if self.group.is_some() { in_group } else { "" };
        self.kinds.iter().fold(vec![first.to_owned()], |conditions, (column, codes)| {
            let table = self.indexed();
            let with = |it: &String| {
                codes
                    .iter()
                    .map(move |code| format!("{it}{table}.{column} = {code} AND "))
                    .collect()
            };
            conditions.iter().flat_map::<Vec<String>, _>(with).collect()
        })
    }
}
