//! Languages: which there are, which one a reader gets, and how views look texts up.
//!
//! The texts stand in `app/locales`. The server has all of them inside, and finds the reader's locale
//! in its context; the browser fetches those of the document's language, so that no page downloads
//! texts that nobody there reads. There is no process-wide locale.

use std::{borrow::Cow, cell::OnceCell, collections::HashMap, fmt::Display};

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

    /// The first language of an `Accept-Language` header that the console has.
    ///
    /// Browsers list them by preference, so the weights need not be read.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        header
            .split(',')
            .filter_map(|it| it.split([';', '-']).next())
            .find_map(|tag| Self::parse(tag.trim()))
    }
}

/// How the server looks up a text by its key. In its context.
#[derive(Clone, Copy)]
pub(crate) struct Texts {
    /// The reader's language.
    pub(crate) locale: Locale,
    /// The text of a key in a language.
    pub(crate) of: fn(Locale, &str) -> Option<Cow<'static, str>>,
}

/// The document's language and its texts by their keys.
struct OfDocument {
    locale: Locale,
    texts: HashMap<String, String>,
}

thread_local! {
    /// In the browser, which has one document: event handlers run outside any context.
    static OF_DOCUMENT: OnceCell<OfDocument> = const { OnceCell::new() };
}

/// Notes the document's language and texts, one or several JSON objects; only the browser has one
/// document.
pub(crate) fn set_of_document(locale: Locale, files: &[String]) -> Result<(), serde_json::Error> {
    let mut texts = HashMap::new();
    for file in files {
        texts.extend(serde_json::from_str::<HashMap<String, String>>(file)?);
    }
    // A document has one language for as long as it lives.
    OF_DOCUMENT.with(|it| drop(it.set(OfDocument { locale, texts })));
    Ok(())
}

/// The reader's language.
pub(crate) fn locale() -> Locale {
    let of_document = OF_DOCUMENT.with(|it| it.get().map(|it| it.locale));
    of_document.or_else(use_context::<Locale>).unwrap_or_default()
}

/// The text of that key in the reader's language, with what stands in it as `%{name}` filled in.
pub(crate) fn text(key: &str, values: &[(&str, &dyn Display)]) -> String {
    let of_document = OF_DOCUMENT.with(|it| Some(it.get()?.texts.get(key)?.clone()));
    let text = of_document.map(Cow::Owned).or_else(|| {
        let Texts { locale, of } = use_context()?;
        of(locale, key)
    });
    if values.is_empty() {
        return text.map_or_else(|| key.to_owned(), Cow::into_owned);
    }
    filled_in(text.as_deref().unwrap_or(key), values)
}

fn filled_in(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut parts = text.split("%{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = part.split_once('}').and_then(|(name, rest)| {
            let (_, value) = values.iter().find(|(it, _)| *it == name)?;
            Some((value, rest))
        });
        match known {
            Some((value, rest)) => {
                filled.push_str(&value.to_string());
                filled.push_str(rest);
            }
            None => filled.extend(["%{", part]),
        }
    }
    filled
}

/// A text in the reader's language: `tr!("users.title")`, `tr!("picker.none", term = term)`.
macro_rules! tr {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::text($key, &[$((stringify!($name), &$value as &dyn std::fmt::Display)),*])
    };
}

/// A text that depends on a number: `count!("users.count", 3)` takes `users.count.one` or `.other`.
macro_rules! count {
    ($key:literal, $count:expr $(, $name:ident = $value:expr)*) => {{
        let count = i64::try_from($count).unwrap_or(i64::MAX);
        let shown = $crate::i18n::number(count);
        if count == 1 {
            $crate::i18n::tr!(concat!($key, ".one"), count = shown $(, $name = $value)*)
        } else {
            $crate::i18n::tr!(concat!($key, ".other"), count = shown $(, $name = $value)*)
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
            ("ko-KR,ko;q=0.9,en;q=0.8", Some(Locale::Ko)),
            ("fr, en-GB;q=0.8, ko;q=0.7", Some(Locale::En)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Locale::from_accept_language(header), locale, "{header}");
        }
    }

    #[test]
    fn values_stand_where_the_text_says() {
        let text = "%{who} is in %{room}, %{who}! 100%{unknown} %{";
        assert_eq!(
            filled_in(text, &[("who", &"%{room}"), ("room", &7)]),
            "%{room} is in 7, %{room}! 100%{unknown} %{"
        );
    }

    #[test]
    fn thousands_stand_apart() {
        for (value, text) in
            [(0, "0"), (999, "999"), (1204, "1,204"), (2418, "2,418"), (-1_000_000, "-1,000,000")]
        {
            assert_eq!(number(value), text);
        }
    }
}
