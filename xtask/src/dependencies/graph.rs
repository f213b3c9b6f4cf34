//! Which third-party crates the server and the site really use, as cargo resolves their features.

use std::collections::BTreeSet;

use crate::command;
use crate::failure::Result;
use crate::project::Project;
use crate::setup::wasm_target::TARGET;

/// A crate that others publish.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crate {
    pub name: String,
    pub version: String,
    /// An SPDX expression; empty when the crate declares none.
    pub licence: String,
}

/// Everything compiled for the server or the site, build scripts and macros included, tests not.
pub fn third_party(project: &Project) -> Result<BTreeSet<Crate>> {
    let mut crates = tree(project, &["--workspace", "--exclude", "frontend"])?;
    crates.extend(tree(project, &["--package", "frontend", "--target", TARGET])?);
    Ok(crates)
}

fn tree(project: &Project, packages: &[&str]) -> Result<BTreeSet<Crate>> {
    let listing = command::quietly(
        command::cargo(project, &["tree", "--edges", "normal,build", "--prefix", "none"])
            .args(["--format", "{p}|{l}"])
            .args(packages),
        "listing the crates",
        "mend what cargo names above",
    )?;
    Ok(listing.lines().filter_map(parse).collect())
}

/// Reads `name vVERSION (origin)|LICENCE`; `None` for the workspace's own crates, which have a
/// folder as their origin.
fn parse(line: &str) -> Option<Crate> {
    let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
    let (name, version) = package.split_once(" v")?;
    let (version, origin) = version.split_once(' ').unwrap_or((version, ""));
    (!origin.contains("(/")).then(|| Crate {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: licence.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_and_the_workspaces_own_left_out() {
        let found = parse("serde_derive v1.0.228 (proc-macro)|MIT OR Apache-2.0 (*)").unwrap();
        assert_eq!(found.name, "serde_derive");
        assert_eq!(found.version, "1.0.228");
        assert_eq!(found.licence, "MIT OR Apache-2.0");
        assert_eq!(parse("ring v0.17.14|Apache-2.0 AND ISC").unwrap().version, "0.17.14");
        assert_eq!(parse("domain v0.1.0 (/home/me/rollcall/domain)|MIT"), None);
    }
}
