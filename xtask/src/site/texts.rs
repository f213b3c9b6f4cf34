//! Writes the texts of each language as JSON, for the browser. Those of the help stay on the server.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// Where the language files are.
const LOCALES: &str = "app/locales";

pub fn generate(project: &Project) -> Result {
    let folder = project.path(LOCALES);
    let locales = rust_i18n_support::try_load_locales(&folder.to_string_lossy(), of_help, true)
        .map_err(|error| {
            Failure::new("cannot read the texts", error, format!("mend the files in {LOCALES}"))
        })?;
    for (locale, texts) in locales {
        let json = serde_json::to_string(&texts).map_err(|error| {
            Failure::new("cannot write the texts", error.to_string(), "report this")
        })?;
        files::write_if_changed(&project.assets().join(format!("texts/{locale}.json")), &json)?;
    }
    Ok(())
}

/// Whether a language file holds texts that only the server needs.
fn of_help(file: &str) -> bool {
    let name = Path::new(file).file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("help.")
}
