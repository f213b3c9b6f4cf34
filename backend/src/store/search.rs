//! Finding things by the start of any word, or by any part of their text.
//!
//! Each thing is filed under its text from each place on. One statement reads what starts with the
//! term, in order, and stops at its limit, whatever the term and however many things there are; nothing
//! is counted, skipped or sorted.

use std::collections::{BTreeSet, HashSet};

use domain::{
    SearchTerm,
    search::{Place, parts},
};

use super::{
    Db, Tx, dialect,
    groups::group_columns,
    paging::bind_within,
    rooms::room_columns,
    row::{Query, Row, Rows},
    users::user_columns,
};
use crate::{Found, Internal};

/// How many of the best matches are looked through for those of some kind. More could be a million,
/// of which none is of that kind.
pub const FILTERED: u32 = 1_000;

/// The mark of what was found by the start of a word. Best matches have a lower one.
const BY_WORD: i64 = 1;
/// The mark of what was found inside a word.
const BY_PART: i64 = 2;

/// What finds things of one kind, or those of them that belong to something.
#[derive(Clone, Copy, Debug)]
pub struct LookUp {
    /// Its parameters: the unique key of the best match; the word and number after which to look, and
    /// the text below which to look; for at most how many words, and how many parts; fewer than how
    /// many words have it look for parts; the part and number after which to look; and the number of
    /// what all must belong to. Each row says how it was found, by which text, and has the thing's
    /// number.
    pub statement: &'static str,
    /// What it reads of each thing.
    pub columns: &'static str,
}

/// The [`LookUp`] of one kind of thing: the best match, what else must hold, and which columns to read
/// out of which tables beside those `found`.
macro_rules! look_up {
    ($thing:literal, $best:expr, $holds:expr, $columns:expr, $tables:expr) => {
        $crate::store::search::LookUp {
            statement: concat!(
                "WITH words AS MATERIALIZED (",
                $crate::store::search::starts_with!($thing, "0", "($2, $3)", $holds),
                "$5 + 0), parts AS MATERIALIZED (",
                $crate::store::search::starts_with!($thing, "1", "($7, $8)", $holds),
                "CASE WHEN (SELECT COUNT(*) FROM words) < $6 THEN $5 ELSE 0 END), found AS (",
                $best,
                " UNION ALL SELECT 1 AS how, part, number FROM words \
                UNION ALL SELECT 2 AS how, part, number FROM parts) \
                SELECT found.how, found.part, found.number, ",
                $columns,
                " FROM found JOIN ",
                $tables
            ),
            columns: $columns,
        }
    };
}
pub(super) use look_up;

/// What is filed from places of a kind under a text after one and below the fourth parameter, in order.
/// Ends before the limit.
macro_rules! starts_with {
    ($thing:literal, $place:literal, $after:literal, $holds:expr) => {
        concat!(
            "SELECT part, ",
            $thing,
            "_id AS number FROM ",
            $thing,
            "_parts WHERE place = ",
            $place,
            " AND (part, ",
            $thing,
            "_id) > ",
            $after,
            " AND part < $4",
            $holds,
            " ORDER BY part, ",
            $thing,
            "_id LIMIT "
        )
    };
}
pub(super) use starts_with;

/// The statements that file and find one kind of thing.
#[derive(Debug)]
pub struct Index {
    /// What finds them.
    pub look_up: LookUp,
    file: &'static str,
    unfile: &'static str,
}

macro_rules! index {
    ($thing:literal, $best:expr, $columns:expr, $tables:expr) => {
        Index {
            look_up: look_up!($thing, $best, "", $columns, $tables),
            file: concat!(
                "INSERT INTO ",
                $thing,
                "_parts (place, part, ",
                $thing,
                "_id) SELECT 0, value, $1 FROM ",
                dialect::list!("$2"),
                " words UNION ALL SELECT 1, value, $1 FROM ",
                dialect::list!("$3"),
                " parts"
            ),
            unfile: concat!(
                "DELETE FROM ",
                $thing,
                "_parts WHERE ",
                $thing,
                "_id = $1 AND (place = 0 AND part IN ",
                dialect::list!("$2"),
                " OR place = 1 AND part IN ",
                dialect::list!("$3"),
                ")"
            ),
        }
    };
}

/// Users, by User ID and nickname.
pub const USERS: Index = index!(
    "user",
    "SELECT 0 AS how, '' AS part, id AS number FROM users WHERE user_id_key = $1",
    user_columns!(),
    "users u ON u.id = found.number"
);
/// Groups, by name.
pub const GROUPS: Index = index!(
    "group",
    "SELECT 0 AS how, '' AS part, id AS number FROM groups WHERE name_key = $1",
    group_columns!(),
    "groups g ON g.id = found.number"
);
/// Rooms, by name. No name is unique.
pub const ROOMS: Index = index!(
    "room",
    "SELECT 0 AS how, '' AS part, NULL AS number WHERE $1 IS NOT NULL",
    room_columns!(),
    "rooms r ON r.id = found.number JOIN users u ON u.id = r.owner"
);

impl Index {
    /// Files a thing under folded texts.
    pub async fn file(&self, tx: &mut Tx, number: i64, texts: &[String]) -> Result<(), Internal> {
        bind_parts(sqlx::query(self.file).bind(number), texts).execute(&mut **tx).await?;
        Ok(())
    }

    /// Takes a thing out that was filed under those texts.
    pub async fn unfile(&self, tx: &mut Tx, number: i64, texts: &[String]) -> Result<(), Internal> {
        bind_parts(sqlx::query(self.unfile).bind(number), texts).execute(&mut **tx).await?;
        Ok(())
    }

    /// All statements, to look at how the database runs them.
    #[cfg(test)]
    pub const fn statements(&self) -> [&'static str; 3] {
        [self.look_up.statement, self.file, self.unfile]
    }

    /// What a term finds: the thing whose key is `best`, then those with a word that starts so, then
    /// those with the term anywhere.
    pub async fn find<T>(
        &self,
        db: &mut Db,
        term: &SearchTerm,
        best: Option<String>,
        limit: u32,
        decode: impl Fn(Row<'_>) -> Result<T, Internal>,
    ) -> Result<Found<T>, Internal> {
        self.look_up.find(db, term, best, limit, None, decode).await
    }
}

impl LookUp {
    /// As [`Index::find`]; `within` is the number of what they belong to, where the statement asks.
    pub async fn find<T>(
        &self,
        db: &mut Db,
        term: &SearchTerm,
        best: Option<String>,
        limit: u32,
        within: Option<i64>,
        decode: impl Fn(Row<'_>) -> Result<T, Internal>,
    ) -> Result<Found<T>, Internal> {
        let mut matches = Matches::of(term, best, limit);
        loop {
            let columns = ["how, part, number", self.columns];
            let bind = |query| bind_within(matches.bind(query), within);
            let rows = Rows::read(db, &columns, self.statement, bind).await?;
            if matches.add(&rows, &decode)? {
                return Ok(matches.found());
            }
        }
    }
}

/// What was found so far, best first, each once.
#[derive(Debug)]
struct Matches<'t, T> {
    term: &'t SearchTerm,
    best: Option<String>,
    /// One more than asked for: it tells that there are more.
    wanted: usize,
    /// After which word of which number to go on.
    after_word: (String, i64),
    /// After which part of which number to go on.
    after_part: (String, i64),
    seen: HashSet<i64>,
    rows: Vec<T>,
}

impl<'t, T> Matches<'t, T> {
    fn of(term: &'t SearchTerm, best: Option<String>, limit: u32) -> Self {
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        let first = || (term.as_str().to_owned(), i64::MIN);
        let (after_word, after_part) = (first(), first());
        Self { term, best, wanted, after_word, after_part, seen: HashSet::new(), rows: Vec::new() }
    }

    /// How many words, and how many parts, are read at once. Several of one thing may start so; half as
    /// many again makes a second round rare.
    const fn round(&self) -> usize {
        self.wanted + self.wanted / 2
    }

    /// So many words are enough; for fewer, parts are looked for as well.
    fn enough(&self) -> usize {
        if self.term.matches_any_part() { self.wanted - self.rows.len() } else { 0 }
    }

    fn bind<'q>(&self, query: Query<'q>) -> Query<'q> {
        let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let ((word, of_word), (part, of_part)) = (&self.after_word, &self.after_part);
        query
            .bind(self.best.clone())
            .bind(word.clone())
            .bind(*of_word)
            .bind(after_all_that_start_with(self.term.as_str()))
            .bind(count(self.round()))
            .bind(count(self.enough()))
            .bind(part.clone())
            .bind(*of_part)
    }

    /// Adds what was read, and answers whether that is all.
    fn add(
        &mut self,
        rows: &Rows,
        decode: impl Fn(Row<'_>) -> Result<T, Internal>,
    ) -> Result<bool, Internal> {
        let (round, enough) = (self.round(), self.enough());
        let found = rows.of("parts").map(|it| Ok((how_good(it)?, it)));
        let mut found = found.collect::<Result<Vec<_>, Internal>>()?;
        // No statement promises the order of what it joins.
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (mut words, mut parts) = (0, 0);
        for ((how, text, number), row) in found {
            if self.rows.len() < self.wanted && self.seen.insert(number) {
                self.rows.push(decode(row)?);
            }
            if how == BY_WORD {
                words += 1;
                self.after_word = (text, number);
            } else if how == BY_PART {
                parts += 1;
                self.after_part = (text, number);
            }
        }
        let no_more_parts = !self.term.matches_any_part() || (words < enough && parts < round);
        Ok(self.rows.len() == self.wanted || (words < round && no_more_parts))
    }

    fn found(mut self) -> Found<T> {
        let more = self.rows.len() == self.wanted;
        self.rows.truncate(self.wanted - 1);
        Found { rows: self.rows, more }
    }
}

/// How good a match is: how it was found, by which text, and its number.
fn how_good(row: Row<'_>) -> Result<(i64, String, i64), Internal> {
    Ok((row.get("how")?, row.get("part")?, row.get("number")?))
}

/// Binds the parts under which texts are filed, each once: a list of those from the starts of words,
/// and one of the others.
fn bind_parts<'q>(query: Query<'q>, texts: &[String]) -> Query<'q> {
    let all: BTreeSet<_> = texts.iter().flat_map(|it| parts(it)).collect();
    [Place::WordStart, Place::Inside].into_iter().fold(query, |query, place| {
        let of_place = all.iter().filter(|it| it.0 == place).map(|it| it.1);
        query.bind(of_place.collect::<serde_json::Value>().to_string())
    })
}

/// The first text that comes after everything that starts with the prefix, byte by byte.
fn after_all_that_start_with(prefix: &str) -> String {
    let mut text = prefix.to_owned();
    while let Some(last) = text.pop() {
        if let Some(next) = (last..=char::MAX).nth(1) {
            text.push(next);
            return text;
        }
    }
    // Only for a prefix of nothing but the last character there is, which no name holds.
    char::MAX.to_string()
}

#[cfg(test)]
mod tests {
    use super::after_all_that_start_with;

    #[test]
    fn the_end_of_a_range_comes_after_all_that_start_so() {
        for (prefix, end) in [("kim", "kin"), ("\u{d7ff}", "\u{e000}"), ("a\u{10ffff}", "b")] {
            assert_eq!(after_all_that_start_with(prefix), end);
        }
    }
}
