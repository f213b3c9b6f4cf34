//! Languages: which there are, which one a reader gets, and how views look texts up.
//!
//! The texts stand in `app/locales`. The locale is always passed in: from the context on the server,
//! from the document in the browser. There is no process-wide one.

use std::cell::Cell;

use leptos::prelude::use_context;

/// The name of the cookie that keeps the choice.
pub const COOKIE: &str = "rollcall_locale";

/// A language in which the console is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Locale {
    /// Every language, in the order in which the switch shows them.
    pub const ALL: [Self; 2] = [Self::En, Self::Ko];

    /// The language's tag.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ko => "한국어",
        }
    }

    /// The language of that tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == tag)
    }

    /// The first language of an `Accept-Language` header that the console has, else English.
    ///
    /// Browsers list them by preference, so the weights need not be read.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|it| it.split([';', '-']).next())
            .find_map(|tag| Self::parse(tag.trim()))
            .unwrap_or_default()
    }
}

thread_local! {
    /// The document's language, in the browser: event handlers run outside any context.
    static OF_DOCUMENT: Cell<Option<Locale>> = const { Cell::new(None) };
}

/// Notes the document's language; only the browser has one document.
pub(crate) fn set_of_document(locale: Locale) {
    OF_DOCUMENT.set(Some(locale));
}

/// The reader's language.
pub(crate) fn locale() -> Locale {
    OF_DOCUMENT.get().or_else(use_context::<Locale>).unwrap_or_default()
}

/// A text in the reader's language: `tr!("users.title")`, `tr!("picker.none", term = term)`.
macro_rules! tr {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        rust_i18n::t!($key, locale = $crate::i18n::locale().as_str() $(, $name = $value)*).into_owned()
    };
}

/// A text that depends on a number: `count!("users.count", 3)` takes `users.count.one` or `.other`.
macro_rules! count {
    ($key:literal, $count:expr) => {{
        let count = i64::try_from($count).unwrap_or(i64::MAX);
        let shown = $crate::i18n::number(count);
        if count == 1 {
            $crate::i18n::tr!(concat!($key, ".one"), count = shown)
        } else {
            $crate::i18n::tr!(concat!($key, ".other"), count = shown)
        }
    }};
}
pub(crate) use {count, tr};

/// A whole number with its thousands apart, as English and Korean write it.
pub(crate) fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('-');
    }
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_is_taken() {
        for (header, locale) in [
            ("ko-KR,ko;q=0.9,en;q=0.8", Locale::Ko),
            ("fr, en-GB;q=0.8, ko;q=0.7", Locale::En),
            ("fr", Locale::En),
            ("", Locale::En),
        ] {
            assert_eq!(Locale::from_accept_language(header), locale, "{header}");
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (value, text) in [(0, "0"), (999, "999"), (2418, "2,418"), (-1_000_000, "-1,000,000")] {
            assert_eq!(number(value), text);
        }
    }
}
