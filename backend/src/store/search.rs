//! Finding things by the start of any word, or by any part of their text.
//!
//! One statement does all of it: it reads each index in order and stops at its limit, whatever the term
//! and however many things there are; nothing else is counted, skipped or sorted.

use std::collections::HashSet;

use domain::{SearchTerm, search::index_words};

use super::{
    Db, Tx,
    dialect::{self, Parts, parts},
    groups::group_columns,
    paging::bind_within,
    rooms::room_columns,
    row::{Query, Row, Rows},
    users::user_columns,
};
use crate::{Found, Internal};

/// How many characters of a text are filed from each word start.
pub(super) const WORD_LENGTH: usize = 32;

/// How many of the best matches are looked through for those of some kind. More could be a million,
/// of which none is of that kind.
pub const FILTERED: u32 = 1_000;

/// The mark of what was found by the start of a word. Best matches have a lower one, parts a higher.
const BY_WORD: i64 = 1;

/// What finds things of one kind, or those of them that belong to something.
#[derive(Clone, Copy, Debug)]
pub struct LookUp {
    /// Its parameters: the unique key of the best match; the word and number after which to look, the
    /// word below which to look, and for at most how many words; fewer than how many have it look for
    /// parts, the phrase that these hold, and at most how many of them; and the number of what all must
    /// belong to. Each row says how it was found, by which word, and has the thing's number.
    pub statement: &'static str,
    /// What it reads of each thing.
    pub columns: &'static str,
}

/// The [`LookUp`] of one kind of thing: the best match, what else must hold for words and for parts,
/// and which columns to read out of which tables beside those `found`.
macro_rules! look_up {
    ($thing:literal, $best:expr, $columns:expr, $tables:expr) => {
        $crate::store::search::look_up!($thing, $best, "", "", $columns, $tables)
    };
    ($thing:literal, $best:expr, $words:expr, $parts:expr, $columns:expr, $tables:expr) => {
        $crate::store::search::LookUp {
            statement: concat!(
                "WITH words AS MATERIALIZED (SELECT word, ",
                $thing,
                "_id AS number FROM ",
                $thing,
                "_words WHERE (word, ",
                $thing,
                "_id) > ($2, $3) AND word < $4",
                $words,
                " ORDER BY word, ",
                $thing,
                "_id LIMIT $5 + 0), parts AS MATERIALIZED (SELECT rowid AS number FROM ",
                $thing,
                "_trigrams WHERE ",
                $thing,
                "_trigrams MATCH \
                CASE WHEN (SELECT COUNT(*) FROM words) < $6 THEN $7 ELSE '\"\"' END",
                $parts,
                " LIMIT $8 + 0), found AS (",
                $best,
                " UNION ALL SELECT 1 AS how, word, number FROM words \
                UNION ALL SELECT 2 AS how, '' AS word, number FROM parts) \
                SELECT found.how, found.word, found.number, ",
                $columns,
                " FROM found JOIN ",
                $tables
            ),
            columns: $columns,
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
    ($thing:literal, $best:expr, $columns:expr, $tables:expr) => {
        Index {
            look_up: look_up!($thing, $best, $columns, $tables),
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
pub const USERS: Index = index!(
    "user",
    "SELECT 0 AS how, '' AS word, id AS number FROM users WHERE user_id_key = $1",
    user_columns!(),
    "users u ON u.id = found.number"
);
/// Groups, by name.
pub const GROUPS: Index = index!(
    "group",
    "SELECT 0 AS how, '' AS word, id AS number FROM groups WHERE name_key = $1",
    group_columns!(),
    "groups g ON g.id = found.number"
);
/// Rooms, by name. No name is unique.
pub const ROOMS: Index = index!(
    "room",
    "SELECT 0 AS how, '' AS word, NULL AS number WHERE $1 IS NOT NULL",
    room_columns!(),
    "rooms r ON r.id = found.number JOIN users u ON u.id = r.owner"
);

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

    /// All statements but that which files parts, to look at how the database runs them.
    #[cfg(test)]
    pub const fn statements(&self) -> [&'static str; 4] {
        [self.look_up.statement, self.parts.unfile, self.file_words, self.unfile_words]
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
            let columns = ["how, word, number", self.columns];
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
    after: (String, i64),
    /// So many words are enough; for fewer, parts are looked for as well.
    enough: usize,
    seen: HashSet<i64>,
    rows: Vec<T>,
}

impl<'t, T> Matches<'t, T> {
    fn of(term: &'t SearchTerm, best: Option<String>, limit: u32) -> Self {
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        let after = (term.as_str().to_owned(), i64::MIN);
        let (seen, rows) = (HashSet::new(), Vec::new());
        Self { term, best, wanted, after, enough: wanted, seen, rows }
    }

    /// How many words are read at once. Several words of one thing may start so; half as many again
    /// makes a second round rare.
    const fn round(&self) -> usize {
        self.wanted + self.wanted / 2
    }

    fn bind<'q>(&self, query: Query<'q>) -> Query<'q> {
        let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let (word, number) = &self.after;
        let phrase = if self.term.matches_any_part() { self.term.as_str() } else { "" };
        query
            .bind(self.best.clone())
            .bind(word.clone())
            .bind(*number)
            .bind(after_all_that_start_with(self.term.as_str()))
            .bind(count(self.round()))
            .bind(count(self.enough))
            .bind(dialect::phrase(phrase))
            // Whatever was found by its words is found again, and that is fewer than are wanted.
            .bind(count(2 * self.wanted))
    }

    /// Adds what was read, and answers whether that is all.
    fn add(
        &mut self,
        rows: &Rows,
        decode: impl Fn(Row<'_>) -> Result<T, Internal>,
    ) -> Result<bool, Internal> {
        let placed = rows.of("words").map(|it| Ok((place(it)?, it)));
        let mut placed = placed.collect::<Result<Vec<_>, Internal>>()?;
        // No statement promises the order of what it joins.
        placed.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (mut words, mut last) = (0, None);
        for ((how, word, number), row) in placed {
            if self.rows.len() < self.wanted && self.seen.insert(number) {
                self.rows.push(decode(row)?);
            }
            if how == BY_WORD {
                words += 1;
                last = Some((word, number));
            }
        }
        let all = self.rows.len() == self.wanted || words < self.enough;
        self.after = last.unwrap_or_default();
        self.enough = self.round();
        Ok(all)
    }

    fn found(mut self) -> Found<T> {
        let more = self.rows.len() == self.wanted;
        self.rows.truncate(self.wanted - 1);
        Found { rows: self.rows, more }
    }
}

/// How good a match is: how it was found, by which word, and its number.
fn place(row: Row<'_>) -> Result<(i64, String, i64), Internal> {
    Ok((row.get("how")?, row.get("word")?, row.get("number")?))
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
