//! Searching for people, groups and rooms: what a term matches, and which part of a text it matched.
//!
//! A term matches without regard to case or accents: any part of the text from three characters on;
//! with one or two, the start of any word and any part of Hangul, Han or Kana.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    UserId, fold,
    text::{fold_char, is_cjk},
    unicode::nfc,
};

/// What somebody searches for. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerm {
    folded: String,
    user_id: Option<UserId>,
}

impl SearchTerm {
    /// Of what somebody typed, no more bytes are read.
    const MAX_BYTES: usize = 512;
    /// Of a term, no more characters are looked for. Few names have so many.
    pub const LONGEST: usize = 128;
    /// From this many characters on, any part of a text matches.
    pub const ANY_PART: usize = 3;

    /// Reads what somebody typed; `None` where nothing but spaces was typed.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let mut end = raw.len().min(Self::MAX_BYTES);
        while !raw.is_char_boundary(end) {
            end -= 1;
        }
        let folded = fold(raw.get(..end).unwrap_or_default());
        let words: Vec<&str> = folded
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|it| !it.is_empty())
            .collect();
        let user_id = UserId::parse(raw).ok();
        let folded = start_of(&words.join(" "), Self::LONGEST).trim_end().to_owned();
        (!folded.is_empty()).then_some(Self { folded, user_id })
    }

    /// The User ID that was typed, if it can be one: with its accents, unlike the folded term.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.user_id.as_ref()
    }

    /// The folded term.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.folded
    }

    /// Whether the term is long enough to match inside words.
    #[must_use]
    pub fn matches_any_part(&self) -> bool {
        has_room(&self.folded)
    }

    /// Which part of the text the term matches, as a range of bytes: the first start of a word, else
    /// the first place at all where the term is long enough for that.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Option<Range<usize>> {
        // Stored text is NFC already; where it isn't, ranges would not fit the text shown.
        if nfc(text) != text {
            return None;
        }
        let folded = Folded::of(text);
        let start = self.start_of_word_in(&folded.text).or_else(|| {
            if self.matches_any_part() { folded.text.find(&self.folded) } else { None }
        })?;
        folded.original(start..start + self.folded.len())
    }

    /// Where the term matches the start of a word of a folded text, in bytes.
    #[must_use]
    pub fn start_of_word_in(&self, folded: &str) -> Option<usize> {
        let starts = places(folded).filter(|(_, place)| *place == Place::WordStart);
        starts.map(|(at, _)| at).find(|at| folded[*at..].starts_with(&self.folded))
    }
}

/// Folded text that knows where each of its bytes came from.
struct Folded {
    text: String,
    /// For each byte of `text`, where the original character begins and ends.
    from: Vec<Range<usize>>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut from = Vec::with_capacity(original.len());
        for (start, c) in original.char_indices() {
            fold_char(c, &mut text);
            from.resize(text.len(), start..start + c.len_utf8());
        }
        Self { text, from }
    }

    fn original(&self, range: Range<usize>) -> Option<Range<usize>> {
        let start = self.from.get(range.start)?.start;
        let end = self.from.get(range.end.checked_sub(1)?)?.end;
        Some(start..end)
    }
}

/// What kind of place in a text something begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The start of a word: of the text, after anything that is neither letter nor digit, and every
    /// character of Hangul, Han and Kana.
    WordStart,
    /// Any other.
    Inside,
}

/// The places in a folded text where a term may begin, in bytes; none begins with a space.
fn places(folded: &str) -> impl Iterator<Item = (usize, Place)> {
    let mut inside = false;
    folded.char_indices().filter_map(move |(at, c)| {
        let word = c.is_alphanumeric();
        let starts = at == 0 || is_cjk(c) || (word && !inside);
        inside = word;
        let place = if starts { Place::WordStart } else { Place::Inside };
        (!c.is_whitespace()).then_some((at, place))
    })
}

/// The parts under which a folded text is filed for searching: from each place on, as long as a term
/// can be. A term matches the text at a place exactly where the part from there starts with the term;
/// from inside a word only parts are filed that have room for a term that matches there.
#[must_use]
pub fn parts(folded: &str) -> BTreeSet<(Place, &str)> {
    places(folded)
        .map(|(at, place)| (place, start_of(&folded[at..], SearchTerm::LONGEST)))
        .filter(|(place, part)| *place == Place::WordStart || has_room(part))
        .collect()
}

/// Whether a text has room for a term that matches inside words.
fn has_room(text: &str) -> bool {
    text.chars().nth(SearchTerm::ANY_PART - 1).is_some()
}

/// The first characters of a text, at most `max`.
fn start_of(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(text: &'a str, term: &str) -> Option<&'a str> {
        SearchTerm::parse(term)?.find_in(text).map(|range| &text[range])
    }

    #[test]
    fn terms_match_as_the_product_says() {
        for (text, term, expected) in [
            ("Kim Jiho", "kim", Some("Kim")),
            ("Joakim Berg", "kim", Some("kim")),
            ("Kim Jiho", "JI", Some("Ji")),
            ("Kim Jiho", "ih", None),
            ("Kim Jiho", "iho", Some("iho")),
            ("Kim Jiho", "kim  ji", Some("Kim Ji")),
            ("Éva Kovács", "eva", Some("Éva")),
            ("Éva Kovács", "KOVAC", Some("Kovác")),
            ("Straße", "strass", Some("Straß")),
            ("김지호", "지", Some("지")),
            ("김지호", "지호", Some("지호")),
            ("山田太郎", "田", Some("田")),
            ("S-2041", "2041", Some("2041")),
            ("S-2041", "20", Some("20")),
            ("S-2041", "04", None),
            ("S-2041", "041", Some("041")),
            ("100%", "%", None),
            ("100%", "00%", Some("00%")),
            ("anana ana", "ana", Some("ana")),
            ("Kim", "   ", None),
        ] {
            assert_eq!(found(text, term), expected, "{term:?} in {text:?}");
        }
    }

    #[test]
    fn word_starts_are_marked_before_other_places() {
        assert_eq!(SearchTerm::parse("kim").unwrap().find_in("Joakim Kim"), Some(7..10));
    }

    /// What a text is filed under from the starts of words, and from elsewhere.
    fn filed(text: &str) -> [Vec<&str>; 2] {
        [Place::WordStart, Place::Inside].map(|place| {
            parts(text).into_iter().filter(|it| it.0 == place).map(|it| it.1).collect()
        })
    }

    #[test]
    fn texts_are_filed_from_every_place_on() {
        assert_eq!(filed("kim jiho"), [vec!["jiho", "kim jiho"], vec!["iho", "im jiho", "m jiho"]]);
        assert_eq!(filed("s-2041"), [vec!["2041", "s-2041"], vec!["-2041", "041"]]);
        assert_eq!(filed("김지호"), [vec!["김지호", "지호", "호"], vec![]]);
        assert_eq!(filed("ab ab"), [vec!["ab", "ab ab"], vec!["b ab"]]);
        assert_eq!(filed(""), [vec![""; 0], vec![]]);
    }

    #[test]
    fn parts_are_as_long_as_the_longest_term() {
        let longest = "x".repeat(SearchTerm::LONGEST);
        let longer = longest.clone() + "y";
        assert_eq!(SearchTerm::parse(&longer).unwrap().as_str(), longest);
        assert!(filed(&longer)[0].contains(&longest.as_str()));
        let ends_in_space = "x".repeat(SearchTerm::LONGEST - 1) + " y";
        let term = SearchTerm::parse(&ends_in_space).unwrap();
        assert!(term.find_in(&ends_in_space).is_some());
        assert!(!term.as_str().ends_with(' '));
    }

    proptest! {
        #[test]
        fn every_marked_part_folds_to_something_that_holds_the_term(text in "\\PC{0,16}", term in "\\PC{1,4}") {
            let nfc = nfc(&text);
            if let Some(term) = SearchTerm::parse(&term) && let Some(range) = term.find_in(&nfc) {
                prop_assert!(fold(&nfc[range]).contains(term.as_str()));
            }
        }

        #[test]
        fn what_is_found_is_what_the_index_finds(text in "[ A-Za-zÀ-ÿ0-9가-힣一-十._-]{0,16}", term in "[ a-zà-ÿ가-힣一-十.-]{1,4}") {
            let text = nfc(&text);
            if let Some(term) = SearchTerm::parse(&term) {
                let folded = fold(&text);
                let filed = parts(&folded);
                let found = |place| filed.iter().any(|it| it.0 == place && it.1.starts_with(term.as_str()));
                let by_word = found(Place::WordStart);
                let by_part = term.matches_any_part() && found(Place::Inside);
                prop_assert_eq!(term.find_in(&text).is_some(), by_word || by_part);
            }
        }

        #[test]
        fn a_found_part_can_be_cut_out_of_any_text(text in ".{0,16}", term in ".{1,4}") {
            if let Some(range) = SearchTerm::parse(&term).and_then(|it| it.find_in(&text)) {
                prop_assert!(text.get(range).is_some_and(|it| !it.is_empty()));
            }
        }

        #[test]
        fn any_part_of_three_characters_is_found(text in "[a-zé가-힣 ]{3,16}", at in 0usize..14) {
            let part: String = text.trim().chars().skip(at).take(3).collect();
            if part.trim().chars().count() == 3 && !part.contains("  ") {
                let term = SearchTerm::parse(&part).unwrap();
                prop_assert!(term.find_in(text.trim()).is_some());
            }
        }
    }
}
