//! `cargo xtask test`: every check in order, stopping at the first that fails.

use std::process::Command;

use crate::command;
use crate::failure::{Failure, Result};
use crate::progress::{Stopwatch, say};
use crate::project::Project;
use crate::setup::wasm_target::{self, TARGET};
use crate::setup::{self, BUILDING, Need};
use crate::{bench, browser, dependencies, rules, site, size};

/// One check.
pub struct Step {
    pub name: &'static str,
    pub purpose: &'static str,
    needs: &'static [Need],
    check: fn(&Project) -> Result,
}

/// What runs on this machine, linted and tested with the same features, so that nothing is built
/// twice. `frontend` only makes sense for the browser, and `hydrate` excludes `app`'s `ssr`.
const HOST: [&str; 5] = ["--workspace", "--exclude", "frontend", "--features", "app/ssr"];

const BROWSER: &[Need] = &[Need::NodePackages, Need::Chromium];

pub const STEPS: &[Step] = &[
    Step { name: "fmt", purpose: "formatting", needs: &[], check: formatting },
    Step {
        name: "site",
        purpose: "WASM, styles, colours, icons and fonts build",
        needs: BUILDING,
        check: site::build,
    },
    Step {
        name: "clippy",
        purpose: "lints of what runs on the server",
        needs: &[Need::Compiler],
        check: lints_of_the_server,
    },
    Step {
        name: "clippy-wasm",
        purpose: "lints of what runs in the browser",
        needs: &[Need::WasmTarget],
        check: lints_of_the_browser,
    },
    Step {
        name: "doc",
        purpose: "documentation without warnings",
        needs: &[Need::Compiler],
        check: documentation,
    },
    Step {
        name: "test",
        purpose: "unit, store and HTTP tests",
        needs: &[Need::Compiler],
        check: tests,
    },
    Step {
        name: "server",
        purpose: "the server builds, with the site inside",
        needs: &[Need::Compiler],
        check: build_the_server,
    },
    Step {
        name: "size",
        purpose: "bytes of a page against the goal",
        needs: &[],
        check: size::check,
    },
    Step {
        name: "statements",
        purpose: "statements of each page, in the real server",
        needs: &[],
        check: bench::statements::check,
    },
    Step {
        name: "rules",
        purpose: "counted greps: rules the compiler can't check",
        needs: &[],
        check: rules::check,
    },
    Step {
        name: "dependencies",
        purpose: "licences and duplicate crates",
        needs: &[],
        check: dependencies::check,
    },
    Step {
        name: "browser",
        purpose: "Playwright in end2end/",
        needs: BROWSER,
        check: browser::tests,
    },
];

/// Runs all steps, or those that `--only` names.
pub fn run(project: &Project, arguments: &[String]) -> Result {
    if arguments.is_empty() {
        setup::disk::ensure(project)?;
    }
    run_each(project, &chosen(arguments)?)
}

/// What of the bench is exact: how many bytes and statements each page takes, and the plans by which
/// the database finds what it is asked for.
pub fn quick(project: &Project) -> Result {
    const EXACT: [&str; 4] = ["site", "server", "size", "statements"];
    let exact: Vec<&Step> = STEPS.iter().filter(|it| EXACT.contains(&it.name)).collect();
    run_each(project, &exact)?;
    command::run(
        command::cargo(project, &["test"]).args(HOST).arg("hot_queries_never_scan"),
        "a query plan",
        "see which statement the test names above",
    )
}

fn run_each(project: &Project, steps: &[&Step]) -> Result {
    let all = Stopwatch::start();
    for need in needs(steps) {
        setup::ensure(project, need)?;
    }
    for (index, step) in steps.iter().enumerate() {
        say(&format!("[{}/{}] {}: {}", index + 1, steps.len(), step.name, step.purpose));
        let watch = Stopwatch::start();
        let outcome = (step.check)(project);
        let result = if outcome.is_ok() { "passed" } else { "FAILED" };
        say(&format!("{} {result} after {}", step.name, watch.read()));
        outcome?;
    }
    say(&format!("all {} steps passed in {}", steps.len(), all.read()));
    Ok(())
}

fn chosen(arguments: &[String]) -> Result<Vec<&'static Step>> {
    let names: Vec<&str> = match arguments {
        [] => return Ok(STEPS.iter().collect()),
        [only, names] if only == "--only" => names.split(',').collect(),
        _ => {
            return Err(Failure::new(
                "`cargo xtask test` does not take these arguments",
                "it knows `--only STEP[,STEP]` alone",
                "run `cargo xtask` for the names of the steps",
            ));
        }
    };
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        return Err(Failure::new(
            format!("`{unknown}` is no step of `cargo xtask test`"),
            "no step has this name",
            "run `cargo xtask` for the names of the steps",
        ));
    }
    Ok(STEPS.iter().filter(|step| names.contains(&step.name)).collect())
}

/// What the steps need, each once and in the order of setting it up.
fn needs(steps: &[&Step]) -> std::collections::BTreeSet<Need> {
    steps.iter().flat_map(|step| step.needs).copied().collect()
}

fn formatting(project: &Project) -> Result {
    command::run(
        &mut command::cargo(project, &["fmt", "--all", "--check"]),
        "formatting differs",
        "run `cargo fmt --all`",
    )
}

fn lints_of_the_server(project: &Project) -> Result {
    lint(
        command::cargo(project, &["clippy", "--all-targets"]).args(HOST),
        "a lint of the server's code",
    )
}

fn lints_of_the_browser(project: &Project) -> Result {
    let mut cargo = command::cargo(project, &["clippy", "--package", "frontend"]);
    cargo.args(["--target", TARGET]);
    wasm_target::toolchain(project)?.choose(&mut cargo);
    lint(&mut cargo, "a lint of the browser's code")
}

fn lint(cargo: &mut Command, what: &str) -> Result {
    command::run(cargo.args(["--", "--deny", "warnings"]), what, "mend what clippy names above")
}

fn documentation(project: &Project) -> Result {
    command::run(
        command::cargo(project, &["doc", "--no-deps"])
            .args(HOST)
            .env("RUSTDOCFLAGS", "--deny warnings"),
        "a warning of the documentation",
        "mend what rustdoc names above",
    )
}

fn tests(project: &Project) -> Result {
    command::run(
        command::cargo(project, &["test"]).args(HOST),
        "a test",
        "run the test named above alone: `cargo test NAME`",
    )
}

/// With the features of the tests, which have built nearly all of it.
fn build_the_server(project: &Project) -> Result {
    command::run(
        command::cargo(project, &["build", "--all-targets"]).args(HOST),
        "building the server",
        "mend what the compiler names above",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Option<Vec<&'static str>> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let steps = chosen(&arguments).ok()?;
        Some(steps.iter().map(|step| step.name).collect())
    }

    #[test]
    fn without_arguments_every_step_runs() {
        assert_eq!(names(&[]).unwrap().len(), STEPS.len());
    }

    #[test]
    fn chosen_steps_run_in_their_own_order() {
        assert_eq!(names(&["--only", "rules,fmt"]).unwrap(), ["fmt", "rules"]);
    }

    #[test]
    fn unknown_steps_and_arguments_are_refused() {
        assert_eq!(names(&["--only", "fmt,lint"]), None);
        assert_eq!(names(&["--only"]), None);
        assert_eq!(names(&["fmt"]), None);
    }

    #[test]
    fn set_up_comes_in_its_own_order() {
        let steps: Vec<&Step> = STEPS.iter().rev().collect();
        let needs: Vec<Need> = needs(&steps).into_iter().collect();
        assert!(needs.is_sorted());
        assert_eq!(needs.len(), 5);
    }
}
