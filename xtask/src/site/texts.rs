//! Writes the texts of each language as JSON, for the browser: those of the classroom apart, since no
//! other page needs them. Those of the help stay on the server.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// Where the language files are.
const LOCALES: &str = "app/locales";

/// How the language files of the help begin, and those of the classroom.
const HELP: &str = "help.";
const CLASSROOM: &str = "classroom.";

pub fn generate(project: &Project) -> Result {
    write(project, "", |file| begins(file, HELP) || begins(file, CLASSROOM))?;
    write(project, CLASSROOM, |file| !begins(file, CLASSROOM))
}

/// Writes the texts of all language files but those left out, one file for each language.
fn write(project: &Project, prefix: &str, left_out: impl Fn(&str) -> bool) -> Result {
    let folder = project.path(LOCALES);
    let locales = rust_i18n_support::try_load_locales(&folder.to_string_lossy(), left_out, true)
        .map_err(|error| {
            Failure::new("cannot read the texts", error, format!("mend the files in {LOCALES}"))
        })?;
    for (locale, texts) in locales {
        let json = serde_json::to_string(&texts).map_err(|error| {
            Failure::new("cannot write the texts", error.to_string(), "report this")
        })?;
        let name = format!("texts/{prefix}{locale}.json");
        files::write_if_changed(&project.assets().join(name), &json)?;
    }
    Ok(())
}

/// Whether the name of a language file begins so.
fn begins(file: &str, prefix: &str) -> bool {
    let name = Path::new(file).file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(prefix)
}
