//! By the tables of well-known crates.

use caseless::Caseless;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};
use unicode_segmentation::UnicodeSegmentation;

pub(crate) use unicode_normalization::char::is_combining_mark as is_mark;

/// Canonically composed (NFC).
pub(crate) fn nfc(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        // As nearly every text is, and each is read again whenever it is shown.
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

/// Composed, with compatible characters made the same (NFKC): `"Ａ①"` becomes `"A1"`.
pub(crate) fn nfkc(text: &str) -> String {
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfkc().collect(),
    }
}

/// The letters of a character without its marks: `'é'` becomes `'e'`.
pub(crate) fn without_marks(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkd().filter(|it| !is_mark(*it)).nfc()
}

/// Under which texts that differ only in case are the same (Unicode's default caseless matching).
pub(crate) fn case_folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().nfd().default_case_fold().nfc().collect()
}

/// Appends the capitals of a character: `'ß'` has two.
pub(crate) fn push_upper(c: char, into: &mut String) {
    into.extend(c.to_uppercase());
}

/// Appends the small letters of a character, whatever stands around it.
pub(crate) fn push_lower(c: char, into: &mut String) {
    into.extend(c.to_lowercase());
}

/// What people see as one character each.
pub(crate) fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true)
}
