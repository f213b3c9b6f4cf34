//! Installs Debian packages where that is possible, and says the command where it isn't.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::command;
use crate::failure::{Failure, Result};
use crate::progress::timed;
use crate::project::Project;

/// Installs `packages`, which are wanted for `purpose`.
pub fn install(project: &Project, packages: &[&str], purpose: &str) -> Result {
    let list = packages.join(" ");
    let by_hand = format!(
        "run `sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}`"
    );
    if !Path::new("/usr/bin/apt-get").is_file() {
        return Err(Failure::new(
            format!("cannot install {purpose}"),
            format!("{list} are missing and this is no Debian"),
            "install what your distribution calls them",
        ));
    }
    if !is_root() {
        return Err(Failure::new(
            format!("cannot install {purpose}"),
            format!("{list} are missing and only root may install them"),
            by_hand,
        ));
    }
    timed(&format!("installing {purpose}: {list}"), || {
        let what = format!("installing {purpose}");
        apt_get(project, &["update", "-q"], &what, &by_hand)?;
        let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
        arguments.extend(packages);
        apt_get(project, &arguments, &what, &by_hand)
    })
}

/// Whether this process may change the whole machine.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn apt_get(project: &Project, arguments: &[&str], what: &str, remedy: &str) -> Result {
    command::quietly(
        command::program(project, "apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"),
        what,
        remedy,
    )
    .map(drop)
}
