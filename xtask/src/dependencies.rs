//! Licences and duplicate versions of the crates that end up in the product or build it.

mod duplicates;
mod graph;
mod licences;
mod spdx;

use crate::failure::{Failure, Result};
use crate::project::Project;

pub fn check(project: &Project) -> Result {
    let crates = graph::third_party(project)?;
    report(
        "licences",
        &licences::problems(&crates),
        "replace the crate, or list it with a reason in xtask/src/dependencies/licences.rs",
    )?;
    report(
        "duplicate crates",
        &duplicates::problems(project, &crates)?,
        "align the versions in Cargo.toml, or list the crate with a reason in xtask/duplicates.txt",
    )
}

/// Prints every problem; fails if there is one.
fn report(what: &str, problems: &[String], remedy: &str) -> Result {
    for problem in problems {
        eprintln!("{problem}");
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::new(what, format!("{} found, named above", problems.len()), remedy))
}
