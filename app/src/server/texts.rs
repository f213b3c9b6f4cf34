//! The texts of all languages, inside the binary.

use std::borrow::Cow;

use crate::i18n::Locale;

rust_i18n::i18n!("locales", fallback = "en");

/// The text of that key, in English where the language lacks it.
pub(super) fn embedded(locale: Locale, key: &str) -> Option<Cow<'static, str>> {
    _rust_i18n_backend().translate(locale.as_str(), key)
}
