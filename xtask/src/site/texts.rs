//! Writes the texts of each language as JSON, for the browser: all of them, and apart those that are
//! needed before sign-in. Those of the help stay on the server.

use std::{collections::BTreeMap, path::Path};

use crate::failure::{Failure, Result};
use crate::files;
use crate::project::Project;

/// Where the language files are.
const LOCALES: &str = "app/locales";

/// Which texts are needed before sign-in: the beginnings of their keys, one on a line.
const DOOR: &str = "app/locales/door.txt";

pub fn generate(project: &Project) -> Result {
    let folder = project.path(LOCALES);
    let locales = rust_i18n_support::try_load_locales(&folder.to_string_lossy(), of_help, true)
        .map_err(|error| {
            Failure::new("cannot read the texts", error, format!("mend the files in {LOCALES}"))
        })?;
    let door = files::read(&project.path(DOOR))?;
    let door: Vec<&str> = door.lines().filter(|it| !it.starts_with('#')).collect();
    for (locale, texts) in locales {
        let at_the_door = |key: &str| door.iter().any(|it| key.starts_with(it));
        let before: BTreeMap<_, _> = texts.iter().filter(|it| at_the_door(it.0)).collect();
        write(project, &format!("door.{locale}"), &before)?;
        write(project, &locale, &texts.iter().collect())?;
    }
    Ok(())
}

/// Whether a language file holds texts that only the server needs.
fn of_help(file: &str) -> bool {
    let name = Path::new(file).file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("help.")
}

fn write(project: &Project, name: &str, texts: &BTreeMap<&String, &String>) -> Result {
    let json = serde_json::to_string(texts).map_err(|error| {
        Failure::new("cannot write the texts", error.to_string(), "report this")
    })?;
    files::write_if_changed(&project.assets().join(format!("texts/{name}.json")), &json)
}
