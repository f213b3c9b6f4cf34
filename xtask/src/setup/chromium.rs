//! The browser that tests and screenshots use, and the fonts that Korean pages need in it.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;

use super::apt;
use crate::command;
use crate::failure::{Failure, Result};
use crate::project::Project;

/// Where distributions put it.
const PLACES: [&str; 3] =
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

pub fn ensure(project: &Project) -> Result {
    let mut missing = Vec::new();
    if find(project).is_err() {
        if let Some(named) = env::var_os("CHROMIUM") {
            return Err(does_not_start(&named));
        }
        missing.push("chromium");
    }
    if !has_korean_fonts(project) {
        missing.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    if missing.is_empty() {
        return Ok(());
    }
    apt::install(project, &missing, "the browser for tests")
}

/// The browser's path: `CHROMIUM` if set, else the first that starts.
pub fn find(project: &Project) -> Result<PathBuf> {
    let starts = |path: &PathBuf| {
        command::answer(command::program(project, &path.to_string_lossy()).arg("--version"))
            .is_some()
    };
    match env::var_os("CHROMIUM") {
        Some(named) => {
            let path = PathBuf::from(&named);
            if starts(&path) { Ok(path) } else { Err(does_not_start(&named)) }
        }
        None => PLACES.iter().map(PathBuf::from).find(starts).ok_or_else(not_found),
    }
}

fn has_korean_fonts(project: &Project) -> bool {
    command::answer(command::program(project, "fc-list").arg(":lang=ko"))
        .is_some_and(|fonts| !fonts.is_empty())
}

fn does_not_start(named: &OsStr) -> Failure {
    Failure::new(
        "cannot use the browser that CHROMIUM names",
        format!("`{} --version` does not work", named.display()),
        "correct CHROMIUM, or unset it to use the distribution's Chromium",
    )
}

fn not_found() -> Failure {
    Failure::new(
        "no Chromium",
        format!("none of {} starts", PLACES.join(", ")),
        "install Chromium, or set CHROMIUM to its path",
    )
}
