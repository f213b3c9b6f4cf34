//! What all names share: which characters nobody could see, and how text is folded for search.

use crate::{
    Problem,
    unicode::{graphemes, is_mark, nfc, nfkc, push_lower, push_upper, without_marks},
};

/// Folds text so that case and accents don't matter: `"Éva ẞ"` becomes `"eva ss"`.
///
/// Hangul syllables stay whole, so that one syllable is one character for the search index.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for original in nfkc(text).chars() {
        fold_char(original, &mut folded);
    }
    if folded.is_ascii() {
        return folded;
    }
    // Without the marks between them, Hangul letters may have come to stand side by side.
    nfc(&folded)
}

/// Appends the folded form of one character of NFC text.
pub(crate) fn fold_char(original: char, into: &mut String) {
    if is_hangul_syllable(original) || original.is_ascii() {
        into.push(original.to_ascii_lowercase());
        return;
    }
    // Lowercase by way of uppercase also brings `ß` to `ss` and `ς` to `σ`.
    let mut upper = String::new();
    without_marks(original).for_each(|part| push_upper(part, &mut upper));
    upper.chars().for_each(|part| push_lower(part, into));
}

const fn is_hangul_syllable(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Whether words are written without spaces between them in this character's script, so that a
/// search may begin at any character: Hangul, Han and Kana.
pub(crate) const fn is_cjk(c: char) -> bool {
    is_hangul_syllable(c)
        || matches!(c,
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' // Hangul letters
            | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // Kana
            | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' | '\u{3005}' | '\u{3007}')
}

/// Characters that would change how the text around them reads: embeddings, overrides, isolates.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Letters, marks and signs that leave no ink.
const fn is_filler(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}' | '\u{2029}'
        | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Joiners and variation selectors: invisible alone, but part of emoji, Persian and Indic words.
const fn shapes_its_neighbours(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}')
}

/// Whether the character leaves no trace by itself.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control() || turns_direction(c) || is_filler(c)
}

/// A name for people to read: trimmed, NFC, 1 to `max` graphemes, nothing that nobody can see.
pub(crate) fn parse_name(raw: &str, max: u32) -> Result<String, Problem> {
    parse(raw, max, MAX_NAME_BYTES, |c| is_invisible(c) && !shapes_its_neighbours(c))
}

/// Lines for people to read: trimmed, NFC, 1 to `max` graphemes and at most so many bytes, no control
/// characters but tabs and line breaks, nothing that turns the direction of what stands around it.
pub(crate) fn parse_lines(raw: &str, max: u32, max_bytes: usize) -> Result<String, Problem> {
    let unwanted = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || turns_direction(c);
    if raw.len() > 2 * max_bytes {
        return Err(Problem::TooLong { max });
    }
    parse(&raw.replace("\r\n", "\n"), max, max_bytes, unwanted)
}

fn parse(
    raw: &str,
    max: u32,
    max_bytes: usize,
    unwanted: fn(char) -> bool,
) -> Result<String, Problem> {
    // Normalising costs memory: what can't fit anyway is not looked at.
    if raw.len() > max_bytes {
        return Err(Problem::TooLong { max });
    }
    let text = nfc(raw.trim());
    if text.chars().any(unwanted) {
        return Err(Problem::Invisible);
    }
    if text.chars().all(|c| is_invisible(c) || c.is_whitespace() || is_mark(c)) {
        return Err(if text.is_empty() { Problem::Missing } else { Problem::Invisible });
    }
    if text.len() > max_bytes || exceeds(&text, max) {
        return Err(Problem::TooLong { max });
    }
    Ok(text)
}

/// A name as [`parse_name`] reads it, cut to what fits.
pub(crate) fn shortened_name(raw: &str, max: u32) -> Result<String, Problem> {
    let mut name = String::new();
    for grapheme in graphemes(raw.trim()).take(usize::try_from(max).unwrap_or(usize::MAX)) {
        if name.len() + grapheme.len() > MAX_NAME_BYTES {
            break;
        }
        name.push_str(grapheme);
    }
    parse_name(&name, max)
}

/// The longest name in bytes, whatever its graphemes: a grapheme has no upper size by itself.
const MAX_NAME_BYTES: usize = 2_048;

fn exceeds(name: &str, max: u32) -> bool {
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    name.len() > max && graphemes(name).nth(max).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn folding_ignores_case_and_accents() {
        for (text, folded) in [
            ("Kim", "kim"),
            ("Éva", "eva"),
            ("E\u{301}va", "eva"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("σίσυφος", "σισυφοσ"),
            ("김지호", "김지호"),
            ("ｶﾞＡ１", "カa1"),
            ("أمل", "امل"),
            ("㈎", "(가)"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn names_are_trimmed_and_bounded_by_what_people_see() {
        assert_eq!(parse_name("  Kim Jiho ", 64), Ok("Kim Jiho".into()));
        let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
        assert_eq!(parse_name(&family.repeat(64), 64), Ok(family.repeat(64)));
        assert_eq!(parse_name(&"a".repeat(65), 64), Err(Problem::TooLong { max: 64 }));
        assert_eq!(parse_name(" ", 64), Err(Problem::Missing));
        for hidden in ["a\0", "a\nb", "\u{202e}abc", "\u{3164}", "a\u{200b}b", "\u{200d}"] {
            assert_eq!(parse_name(hidden, 64), Err(Problem::Invisible), "{hidden:?}");
        }
    }

    #[test]
    fn lines_may_break_and_hold_what_only_shapes_them() {
        for (raw, text) in [
            (" a\r\n\tb\n", "a\n\tb"),
            ("سلام\u{200f}", "سلام\u{200f}"),
            ("e\u{301}", "é"),
            ("👩\u{200d}👧", "👩\u{200d}👧"),
            ("soft\u{ad}hyphen", "soft\u{ad}hyphen"),
        ] {
            assert_eq!(parse_lines(raw, 20, 80), Ok(text.into()), "{raw:?}");
        }
        for hidden in ["a\0", "a\rb", "\u{1b}[2J", "\u{202e}abc", "a\u{2066}b", "\u{200b}"] {
            assert_eq!(parse_lines(hidden, 20, 80), Err(Problem::Invisible), "{hidden:?}");
        }
        assert_eq!(parse_lines("\n \r\n", 20, 80), Err(Problem::Missing));
        for long in
            ["a".repeat(21), "👩\u{200d}👩\u{200d}👧\u{200d}👦".repeat(4), "\r\n".repeat(90)]
        {
            assert_eq!(parse_lines(&long, 20, 80), Err(Problem::TooLong { max: 20 }), "{long:?}");
        }
    }

    #[test]
    fn names_that_are_too_long_are_cut_where_people_see_an_end() {
        let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
        assert_eq!(shortened_name(&family.repeat(65), 64), Ok(family.repeat(64)));
        assert_eq!(shortened_name(" Copy of x ", 64), Ok("Copy of x".into()));
        assert_eq!(shortened_name("", 64), Err(Problem::Missing));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_ignores_how_a_text_is_composed(text in "\\PC{0,24}") {
            let taken_apart: String = text.nfd().collect();
            prop_assert_eq!(fold(&taken_apart), fold(&text));
        }

        #[test]
        fn folding_ignores_case(text in "[a-zà-öø-þα-ωа-яа-я0-9가-힣 ]{0,24}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }

        #[test]
        fn parsed_names_parse_to_themselves(text in ".{0,24}") {
            if let Ok(name) = parse_name(&text, 64) {
                prop_assert_eq!(parse_name(&name, 64), Ok(name));
            }
        }
    }
}
