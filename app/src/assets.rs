//! Where the files of the site are: their names change with their content.

use crate::i18n::Locale;

/// Addresses of the files that every page needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assets {
    /// The JavaScript that loads the WASM.
    pub script: &'static str,
    /// The WASM.
    pub wasm: &'static str,
    /// The texts of each language, in the order of [`Locale::ALL`].
    pub texts: [&'static str; Locale::ALL.len()],
    /// The style sheet.
    pub style: &'static str,
    /// The style of the help, which only its pages load.
    pub help_style: &'static str,
    /// The style of the sheet of entry links.
    pub sheet_style: &'static str,
    /// The style of the page that shows every component.
    pub design_style: &'static str,
    /// The style of what is printed.
    pub print_style: &'static str,
    /// The sprite with all icons.
    pub icons: &'static str,
    /// The font's Latin part, which every page shows.
    pub font: &'static str,
}

impl Assets {
    /// The texts of a language.
    pub(crate) fn texts(&self, locale: Locale) -> &'static str {
        let of_locale = Locale::ALL.iter().zip(self.texts).find(|(it, _)| **it == locale);
        of_locale.map_or("", |(_, path)| path)
    }
}
