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
    /// The texts that only the classroom needs, in the same order.
    pub classroom_texts: [&'static str; Locale::ALL.len()],
    /// The style sheet.
    pub style: &'static str,
    /// The style of the help, which only its pages load.
    pub help_style: &'static str,
    /// The style of the sheet of entry links.
    pub sheet_style: &'static str,
    /// The style of the page that shows every component.
    pub design_style: &'static str,
    /// The style of the classroom, which only its page loads.
    pub classroom_style: &'static str,
    /// The style of what is printed.
    pub print_style: &'static str,
    /// The sprite with all icons.
    pub icons: &'static str,
    /// The font's Latin part, which every page shows.
    pub font: &'static str,
    /// The version of all of them together: another one where any of them differs.
    pub version: &'static str,
}

impl Assets {
    /// The texts of a language that a document needs: those that all need, and the classroom's own.
    pub(crate) fn texts(&self, locale: Locale, classroom: bool) -> Vec<&'static str> {
        let mut files = vec![self.texts];
        files.extend(classroom.then_some(self.classroom_texts));
        let of_locale = |paths: [&'static str; Locale::ALL.len()]| {
            Locale::ALL.into_iter().zip(paths).find(|(it, _)| *it == locale)
        };
        files.into_iter().filter_map(of_locale).map(|(_, path)| path).collect()
    }
}
