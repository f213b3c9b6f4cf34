//! Where the files of the site are: their names change with their content.

/// Addresses of the files that every page needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assets {
    /// The JavaScript that loads the WASM.
    pub script: &'static str,
    /// The WASM.
    pub wasm: &'static str,
    /// The style sheet.
    pub style: &'static str,
    /// The sprite with all icons.
    pub icons: &'static str,
    /// The font's Latin part, which every page shows.
    pub font: &'static str,
}
