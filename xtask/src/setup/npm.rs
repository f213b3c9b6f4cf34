//! The packages of package.json, exactly as package-lock.json pins them.

use crate::command;
use crate::failure::{Failure, Result};
use crate::files;
use crate::progress::timed;
use crate::project::Project;

/// Older ones can't run Playwright.
const OLDEST_NODE: u32 = 20;

pub fn ensure(project: &Project) -> Result {
    let wanted = wanted(project)?;
    let stamp = project.node_modules().join(".xtask-installed");
    if files::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    ensure_node(project)?;
    timed("npm ci", || {
        command::quietly(
            command::program(project, "npm")
                .args(["ci", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
            "npm ci",
            "see that the npm registry can be reached, and that package-lock.json fits package.json",
        )
    })?;
    files::write_if_changed(&stamp, &wanted)
}

/// What decides on the content of `node_modules`.
fn wanted(project: &Project) -> Result<String> {
    Ok(files::read(&project.path("package.json"))?
        + &files::read(&project.path("package-lock.json"))?)
}

fn ensure_node(project: &Project) -> Result {
    let found = command::answer(command::program(project, "node").arg("--version"));
    if found.as_deref().and_then(major).is_some_and(|major| major >= OLDEST_NODE) {
        return Ok(());
    }
    Err(Failure::new(
        format!("no Node.js {OLDEST_NODE} or newer"),
        match found {
            Some(version) => format!("`node --version` says {version}"),
            None => "`node --version` does not work".to_owned(),
        },
        "install it from your distribution or https://nodejs.org",
    ))
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_prints() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
    }
}
