//! Filing very many things for searching at once: while a school is seeded, and once where an earlier
//! version filed them otherwise. Everything here is SQLite's own.
//!
//! Parts are collected first and then filed in order, so that pages fill one after the other.

use std::collections::BTreeSet;

use domain::{
    fold,
    search::{Place, parts},
};
use sqlx::Executor;

use super::{
    Db, Store, Tx, bulk, dialect,
    row::{Row, Rows},
};
use crate::Internal;

/// The statements for one kind of thing.
#[derive(Debug)]
pub struct Filing {
    prepare: &'static str,
    collect: &'static str,
    file: &'static str,
    /// What is filed: a number and two texts each, from after a number on, at most so many.
    texts: &'static str,
    drop_earlier: &'static str,
    clear: &'static str,
}

macro_rules! filing {
    ($thing:literal, $texts:literal) => {
        Filing {
            prepare: concat!(
                "CREATE TEMP TABLE ",
                $thing,
                "_parts_collected (place SMALLINT, part TEXT, number BIGINT)"
            ),
            collect: concat!(
                "INSERT INTO temp.",
                $thing,
                "_parts_collected (place, part, number) VALUES "
            ),
            file: concat!(
                "INSERT INTO ",
                $thing,
                "_parts (place, part, ",
                $thing,
                "_id) SELECT place, part, number FROM temp.",
                $thing,
                "_parts_collected ORDER BY place, part, number; DROP TABLE temp.",
                $thing,
                "_parts_collected"
            ),
            texts: concat!(
                "SELECT id AS number, ",
                $texts,
                " WHERE id > $1 ORDER BY id LIMIT 5000"
            ),
            clear: concat!("DELETE FROM ", $thing, "_parts"),
            drop_earlier: concat!(
                "DROP TABLE ",
                $thing,
                "_words; DROP TABLE ",
                $thing,
                "_trigrams"
            ),
        }
    };
}

/// How users are filed: by User ID and nickname.
pub const USERS: Filing = filing!("user", "user_id AS one, nickname AS other FROM users");
/// How groups are filed: by name.
pub const GROUPS: Filing = filing!("group", "name AS one, '' AS other FROM groups");
/// How rooms are filed: by name.
pub const ROOMS: Filing = filing!("room", "name AS one, '' AS other FROM rooms");

const ALL: [&Filing; 3] = [&USERS, &GROUPS, &ROOMS];

/// A table in which an earlier version filed users.
const EARLIER: &str = "user_words";

/// The parts under which a thing is found.
pub type Parts = Vec<(Place, String)>;

/// The parts under which a thing of these folded texts is found, each once.
pub fn parts_of(texts: &[&str]) -> Parts {
    let parts: BTreeSet<_> = texts.iter().flat_map(|it| parts(it)).collect();
    parts.into_iter().map(|(place, part)| (place, part.to_owned())).collect()
}

/// Makes ready to collect.
pub async fn prepare(tx: &mut Tx) -> Result<(), Internal> {
    for filing in ALL {
        tx.execute(filing.prepare).await?;
    }
    Ok(())
}

/// Collects the parts of things that have these numbers.
pub async fn collect(
    tx: &mut Tx,
    filing: &Filing,
    things: impl IntoIterator<Item = (i64, &Parts)>,
) -> Result<(), Internal> {
    let rows: Vec<(i32, &str, i64)> = things
        .into_iter()
        .flat_map(|(number, parts)| {
            parts.iter().map(move |(place, part)| (code(*place), part.as_str(), number))
        })
        .collect();
    bulk::insert(tx, filing.collect, 3, &rows, |query, (place, part, number)| {
        query.bind(*place).bind(*part).bind(*number)
    })
    .await
}

/// The number under which a kind of place is stored.
const fn code(place: Place) -> i32 {
    match place {
        Place::WordStart => 0,
        Place::Inside => 1,
    }
}

/// Files all that was collected.
pub async fn file(tx: &mut Tx) -> Result<(), Internal> {
    for filing in ALL {
        tx.execute(filing.file).await?;
    }
    Ok(())
}

/// Files everything anew that an earlier version filed, and drops what it filed it in. Until that is
/// committed, it is as if nothing had been done.
pub async fn file_anew(store: &Store) -> Result<(), Internal> {
    if !was_filed_earlier(&mut *store.write().await?).await? {
        return Ok(());
    }
    let mut tx = store.begin().await?;
    prepare(&mut tx).await?;
    for filing in ALL {
        // What the command line made meanwhile is filed already.
        tx.execute(filing.clear).await?;
        collect_all(&mut tx, filing).await?;
        tx.execute(filing.drop_earlier).await?;
    }
    file(&mut tx).await?;
    super::commit(tx).await
}

async fn was_filed_earlier(db: &mut Db) -> Result<bool, Internal> {
    Ok(sqlx::query(dialect::HAS_TABLE).bind(EARLIER).fetch_optional(db).await?.is_some())
}

async fn collect_all(tx: &mut Tx, filing: &Filing) -> Result<(), Internal> {
    let mut last = i64::MIN;
    loop {
        let columns = ["number, one, other"];
        let rows = Rows::read(tx, &columns, filing.texts, |it| it.bind(last)).await?;
        let things = rows.of("texts").map(thing).collect::<Result<Vec<_>, _>>()?;
        let Some((number, _)) = things.last() else { return Ok(()) };
        last = *number;
        collect(tx, filing, things.iter().map(|(number, parts)| (*number, parts))).await?;
    }
}

fn thing(row: Row<'_>) -> Result<(i64, Parts), Internal> {
    Ok((row.get("number")?, parts_of(&[&fold(row.get("one")?), &fold(row.get("other")?)])))
}

#[cfg(test)]
mod tests {
    use domain::{SearchTerm, Timestamp, UsersAsked};
    use tempfile::TempDir;

    use super::*;
    use crate::{
        live::Live,
        store::{groups, rooms, schema, user_list},
    };

    /// What an earlier version left behind: more users than are read at once, a group and a room, and
    /// the tables in which they were filed. Meanwhile somebody was filed by a newer one already.
    const EARLIER_VERSION: &str = "\
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 5001) \
        INSERT INTO users (id, user_id, user_id_key, nickname, nickname_key, permission, role, status, \
        created_at, changed_at) SELECT n, 'S-' || n, 's-' || n, 'Éva ' || n, 'eva', 1, 0, 0, 0, 0 \
        FROM numbers; \
        INSERT INTO groups (id, name, name_key, size) VALUES (7, 'Sköldpaddor', 'skoldpaddor', 0); \
        INSERT INTO rooms (id, public_id, name, name_key, type, state, owner, members, created_at, \
        changed_at) VALUES (9, '23456789abcd', 'Algèbre', 'algebre', 0, 0, 1, 0, 0, 0); \
        INSERT INTO user_parts (place, part, user_id) VALUES (0, 'stale', 1); \
        CREATE TABLE user_words (word); CREATE TABLE user_trigrams (text); \
        CREATE TABLE group_words (word); CREATE TABLE group_trigrams (text); \
        CREATE TABLE room_words (word); CREATE TABLE room_trigrams (text)";

    /// How many users, groups and rooms a term finds.
    async fn found(store: &Store, term: &str) -> [usize; 3] {
        let (db, term) = (&mut *store.read().await.unwrap(), SearchTerm::parse(term).unwrap());
        let users = user_list::search(db, &term, &UsersAsked::default(), 20).await.unwrap();
        let groups = groups::search(db, &term, 20).await.unwrap();
        let rooms = rooms::search(db, &term, false, 20, |_| true).await.unwrap();
        [users.rows.len(), groups.rows.len(), rooms.rows.len()]
    }

    #[tokio::test]
    async fn what_an_earlier_version_filed_is_filed_anew() {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
        let store = Store::connect(&url, Live::new(Timestamp::from_micros(0))).await.unwrap();
        schema::migrate(&store).await.unwrap();
        let mut db = store.write().await.unwrap();
        sqlx::raw_sql(EARLIER_VERSION).execute(&mut *db).await.unwrap();
        drop(db);
        assert_eq!(found(&store, "5001").await, [0, 0, 0]);
        assert_eq!(found(&store, "stale").await, [1, 0, 0]);
        schema::migrate(&store).await.unwrap();
        for (term, expected) in [
            ("s-5001", [1, 0, 0]),
            ("5001", [1, 0, 0]),
            ("va 5001", [1, 0, 0]),
            ("skold", [0, 1, 0]),
            ("padd", [0, 1, 0]),
            ("alge", [0, 0, 1]),
            ("lgebre", [0, 0, 1]),
            ("stale", [0, 0, 0]),
        ] {
            assert_eq!(found(&store, term).await, expected, "{term}");
        }
        assert!(!was_filed_earlier(&mut store.write().await.unwrap()).await.unwrap());
        schema::migrate(&store).await.unwrap();
        store.close().await;
    }
}
