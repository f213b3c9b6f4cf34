//! Finding things by the start of any word, or by any part of their text.
//!
//! Every statement reads an index in order and stops at its limit, whatever the term and however
//! many things there are; nothing is counted, skipped or sorted.

use std::collections::{HashMap, HashSet};

use domain::{SearchTerm, search::index_words};
use sqlx::{
    Any,
    any::{AnyArguments, AnyRow},
};

use super::{
    Db, Tx,
    dialect::{self, Parts, parts},
    row::Row,
};
use crate::{Found, Internal};

type Query<'q> = sqlx::query::Query<'q, Any, AnyArguments>;

/// How many characters of a text are filed from each word start.
pub(super) const WORD_LENGTH: usize = 32;

/// How many of the best matches are looked through for those of some kind. More could be a million,
/// of which none is of that kind.
pub(super) const FILTERED: u32 = 1_000;

/// The statements that find things of one kind, or those of them that belong to something: its number
/// is then the parameter after those named here.
#[derive(Clone, Copy, Debug)]
pub struct LookUp {
    /// The number of the thing whose unique key is $1.
    pub exact: Option<&'static str>,
    /// Words and numbers after the word $1 and number $2, below the word $3, at most $4.
    pub words: &'static str,
    /// The numbers of at most $2 things whose text holds the phrase $1.
    pub parts: &'static str,
}

/// What finds things of one kind: `exact`, and what else must hold for `words` and `parts`.
macro_rules! look_up {
    ($thing:literal, $exact:expr) => {
        $crate::store::search::look_up!($thing, $exact, "", "")
    };
    ($thing:literal, $exact:expr, $words:expr, $parts:expr) => {
        $crate::store::search::LookUp {
            exact: $exact,
            words: concat!(
                "SELECT word, ",
                $thing,
                "_id AS number FROM ",
                $thing,
                "_words WHERE (word, ",
                $thing,
                "_id) > ($1, $2) AND word < $3",
                $words,
                " ORDER BY word, ",
                $thing,
                "_id LIMIT $4"
            ),
            parts: concat!(
                "SELECT rowid AS number FROM ",
                $thing,
                "_trigrams WHERE ",
                $thing,
                "_trigrams MATCH $1",
                $parts,
                " LIMIT $2"
            ),
        }
    };
}
pub(super) use look_up;

/// The statements that file and find one kind of thing.
#[derive(Debug)]
pub struct Index {
    /// What finds them.
    pub look_up: LookUp,
    file_words: &'static str,
    unfile_words: &'static str,
    /// By any part of three characters or more.
    pub parts: Parts,
}

macro_rules! index {
    ($thing:literal, $exact:expr) => {
        Index {
            look_up: look_up!($thing, $exact),
            file_words: concat!(
                "INSERT INTO ",
                $thing,
                "_words (word, ",
                $thing,
                "_id) SELECT value, $1 FROM ",
                dialect::list!("$2"),
                " words"
            ),
            unfile_words: concat!(
                "DELETE FROM ",
                $thing,
                "_words WHERE ",
                $thing,
                "_id = $1 AND word IN ",
                dialect::list!("$2")
            ),
            parts: parts!($thing),
        }
    };
}

/// Users, by User ID and nickname.
pub const USERS: Index =
    index!("user", Some("SELECT id AS number FROM users WHERE user_id_key = $1"));
/// Groups, by name.
pub const GROUPS: Index =
    index!("group", Some("SELECT id AS number FROM groups WHERE name_key = $1"));
/// Rooms, by name.
pub const ROOMS: Index = index!("room", None);

impl Index {
    /// Files a thing under folded texts.
    pub async fn file(&self, tx: &mut Tx, number: i64, texts: &[String]) -> Result<(), Internal> {
        sqlx::query(self.file_words).bind(number).bind(words(texts)).execute(&mut **tx).await?;
        sqlx::query(self.parts.file).bind(number).bind(texts.join("\n")).execute(&mut **tx).await?;
        Ok(())
    }

    /// Takes a thing out that was filed under those texts.
    pub async fn unfile(&self, tx: &mut Tx, number: i64, texts: &[String]) -> Result<(), Internal> {
        sqlx::query(self.unfile_words).bind(number).bind(words(texts)).execute(&mut **tx).await?;
        sqlx::query(self.parts.unfile).bind(number).execute(&mut **tx).await?;
        Ok(())
    }

    /// All statements that look something up, to look at how the database runs them.
    #[cfg(test)]
    pub fn statements(&self) -> Vec<&'static str> {
        let filing = [self.parts.unfile, self.file_words, self.unfile_words];
        self.look_up.statements().into_iter().chain(filing).collect()
    }

    /// The numbers of the things that a term finds: the one whose key is `exact`, then those with a
    /// word that starts so, then those with the term anywhere.
    pub async fn find(
        &self,
        db: &mut Db,
        term: &SearchTerm,
        exact: Option<String>,
        limit: u32,
    ) -> Result<Numbers, Internal> {
        self.look_up.find(db, term, exact, limit, None).await
    }
}

impl LookUp {
    /// All statements, to look at how the database runs them.
    #[cfg(test)]
    pub fn statements(&self) -> Vec<&'static str> {
        [self.words, self.parts].into_iter().chain(self.exact).collect()
    }

    /// As [`Index::find`]; `within` is the number of what they belong to, where the statements ask.
    pub async fn find(
        &self,
        db: &mut Db,
        term: &SearchTerm,
        exact: Option<String>,
        limit: u32,
        within: Option<i64>,
    ) -> Result<Numbers, Internal> {
        let mut numbers = Numbers::at_most(limit);
        if let (Some(statement), Some(key)) = (self.exact, exact) {
            let query = bind_within(sqlx::query(statement).bind(key), within);
            numbers.add(query.fetch_optional(&mut *db).await?.as_ref())?;
        }
        self.find_words(db, term, within, &mut numbers).await?;
        if term.matches_any_part() && !numbers.full() {
            self.find_parts(db, term, within, &mut numbers).await?;
        }
        Ok(numbers)
    }

    async fn find_words(
        &self,
        db: &mut Db,
        term: &SearchTerm,
        within: Option<i64>,
        numbers: &mut Numbers,
    ) -> Result<(), Internal> {
        // Several words of one thing may start so; half as many again makes a second round rare.
        let round = numbers.wanted + numbers.wanted / 2;
        let end = after_all_that_start_with(term.as_str());
        let mut from = (term.as_str().to_owned(), i64::MIN);
        loop {
            let query = sqlx::query(self.words)
                .bind(from.0)
                .bind(from.1)
                .bind(end.clone())
                .bind(i64::try_from(round).unwrap_or(i64::MAX));
            let rows = bind_within(query, within).fetch_all(&mut *db).await?;
            numbers.add(&rows)?;
            match rows.last().filter(|_| rows.len() == round && !numbers.full()) {
                Some(last) => {
                    let last = Row::of("words", last);
                    from = (last.get("word")?, last.get("number")?);
                }
                None => return Ok(()),
            }
        }
    }

    async fn find_parts(
        &self,
        db: &mut Db,
        term: &SearchTerm,
        within: Option<i64>,
        numbers: &mut Numbers,
    ) -> Result<(), Internal> {
        // Whatever was found by its words is found again: so many more are needed.
        let enough = numbers.wanted + numbers.found.len();
        let query = sqlx::query(self.parts)
            .bind(dialect::phrase(term.as_str()))
            .bind(i64::try_from(enough).unwrap_or(i64::MAX));
        let rows = bind_within(query, within).fetch_all(db).await?;
        numbers.add(&rows)
    }
}

fn bind_within(query: Query<'_>, within: Option<i64>) -> Query<'_> {
    match within {
        Some(within) => query.bind(within),
        None => query,
    }
}

/// The numbers of what was found, best first, each once: one more than asked for tells that there
/// are more.
#[derive(Debug)]
pub struct Numbers {
    wanted: usize,
    found: Vec<i64>,
    seen: HashSet<i64>,
}

impl Numbers {
    fn at_most(limit: u32) -> Self {
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        Self { wanted, found: Vec::new(), seen: HashSet::new() }
    }

    fn add<'r>(&mut self, rows: impl IntoIterator<Item = &'r AnyRow>) -> Result<(), Internal> {
        for row in rows {
            let number = Row::of("words", row).get("number")?;
            if !self.full() && self.seen.insert(number) {
                self.found.push(number);
            }
        }
        Ok(())
    }

    fn full(&self) -> bool {
        self.found.len() >= self.wanted
    }

    fn shown(&self) -> &[i64] {
        &self.found[..self.found.len().min(self.wanted - 1)]
    }

    /// Whether there are more than asked for.
    pub fn more(&self) -> bool {
        self.full()
    }

    /// The numbers to show, as a list for one parameter.
    pub fn json(&self) -> String {
        serde_json::Value::from(self.shown()).to_string()
    }

    /// The rows with these numbers, in this order, as a statement reads them that takes the list.
    pub async fn rows<T>(
        &self,
        db: &mut Db,
        by_numbers: &'static str,
        decode: impl Fn(&AnyRow) -> Result<T, Internal>,
    ) -> Result<Found<T>, Internal> {
        let mut by_number = HashMap::with_capacity(self.found.len());
        if !self.found.is_empty() {
            for row in sqlx::query(by_numbers).bind(self.json()).fetch_all(db).await? {
                by_number.insert(Row::of("words", &row).get::<i64>("number")?, decode(&row)?);
            }
        }
        let rows = self.shown().iter().filter_map(|it| by_number.remove(it)).collect();
        Ok(Found { rows, more: self.full() })
    }
}

/// The words under which texts are filed, each once, as a list for one parameter.
fn words(texts: &[String]) -> String {
    let words: HashSet<&str> = texts.iter().flat_map(|it| index_words(it, WORD_LENGTH)).collect();
    serde_json::Value::from(Vec::from_iter(words)).to_string()
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
