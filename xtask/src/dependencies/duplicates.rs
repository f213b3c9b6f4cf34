//! A crate in two versions is compiled, downloaded and audited twice: each case needs a reason in
//! `xtask/duplicates.txt`, and a reason that is not needed any more has to go.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Crate;
use crate::failure::Result;
use crate::files;
use crate::project::Project;

/// One line for each crate with several versions and no reason, and for each reason without such
/// a crate.
pub fn problems(project: &Project, crates: &BTreeSet<Crate>) -> Result<Vec<String>> {
    let list = files::read(&project.path("xtask/duplicates.txt"))?;
    Ok(compare(&reasons(&list), &several_versions(crates)))
}

/// Lines are `crate: reason`; `#` begins a comment.
fn reasons(list: &str) -> BTreeMap<&str, &str> {
    list.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(':').unwrap_or((line, "")))
        .map(|(name, reason)| (name.trim(), reason.trim()))
        .collect()
}

fn several_versions(crates: &BTreeSet<Crate>) -> BTreeMap<&str, Vec<&str>> {
    let mut versions = BTreeMap::<&str, Vec<&str>>::new();
    for item in crates {
        versions.entry(&item.name).or_default().push(&item.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    versions
}

fn compare(reasons: &BTreeMap<&str, &str>, found: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let unexplained = found
        .iter()
        .filter(|(name, _)| !reasons.contains_key(*name))
        .map(|(name, versions)| format!("{name} comes in versions {}", versions.join(", ")));
    let stale = reasons
        .keys()
        .filter(|name| !found.contains_key(*name))
        .map(|name| format!("duplicates.txt lists {name}, which comes in one version or none"));
    let empty = reasons
        .iter()
        .filter(|(_, reason)| reason.is_empty())
        .map(|(name, _)| format!("duplicates.txt gives no reason for {name}"));
    unexplained.chain(stale).chain(empty).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates(list: &[(&str, &str)]) -> BTreeSet<Crate> {
        list.iter()
            .map(|(name, version)| Crate {
                name: (*name).to_owned(),
                version: (*version).to_owned(),
                licence: String::new(),
            })
            .collect()
    }

    #[test]
    fn each_duplicate_needs_a_reason_and_each_reason_a_duplicate() {
        let crates = crates(&[("hash", "1.0.0"), ("hash", "2.0.0"), ("time", "1.0.0")]);
        let check = |list: &str| compare(&reasons(list), &several_versions(&crates));

        assert_eq!(check(""), ["hash comes in versions 1.0.0, 2.0.0"]);
        assert!(check("# Why\nhash: the parser wants the old one\n").is_empty());
        assert_eq!(check("hash:\n"), ["duplicates.txt gives no reason for hash"]);
        assert_eq!(
            check("hash: old\ntime: old\n"),
            ["duplicates.txt lists time, which comes in one version or none"]
        );
    }
}
