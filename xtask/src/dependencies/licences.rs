//! Every third-party crate must be usable under a licence that lets anybody run, change and pass
//! on Rollcall.

use std::collections::BTreeSet;

use super::graph::Crate;
use super::spdx;

/// Permissive licences.
const ACCEPTED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "IJG",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// A crate with another licence, and why that is fine.
struct Exception {
    name: &'static str,
    licence: &'static str,
    reason: &'static str,
}

const EXCEPTIONS: [Exception; 0] = [];

/// One line for each crate that may not be used, and for each exception that no crate needs.
pub fn problems(crates: &BTreeSet<Crate>) -> Vec<String> {
    let mut problems: Vec<String> = crates
        .iter()
        .filter(|item| !is_acceptable(item))
        .map(|item| match item.licence.as_str() {
            "" => format!("{} {} declares no licence", item.name, item.version),
            licence => format!("{} {} is under {licence}", item.name, item.version),
        })
        .collect();
    for exception in &EXCEPTIONS {
        if !crates.iter().any(|item| item.name == exception.name) {
            problems.push(format!(
                "the exception for {} ({}) is not needed any more",
                exception.name, exception.reason
            ));
        }
    }
    problems
}

fn is_acceptable(item: &Crate) -> bool {
    spdx::is_met(&item.licence, &|licence| {
        ACCEPTED.contains(&licence)
            || EXCEPTIONS
                .iter()
                .any(|exception| exception.name == item.name && exception.licence == licence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_with(licence: &str) -> Vec<String> {
        problems(&BTreeSet::from([Crate {
            name: "example".to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.to_owned(),
        }]))
        .into_iter()
        .filter(|problem| problem.starts_with("example"))
        .collect()
    }

    #[test]
    fn permissive_crates_pass_and_others_are_named() {
        assert!(problems_with("MIT OR Apache-2.0").is_empty());
        assert_eq!(problems_with("GPL-3.0"), ["example 1.0.0 is under GPL-3.0"]);
        assert_eq!(problems_with(""), ["example 1.0.0 declares no licence"]);
    }
}
