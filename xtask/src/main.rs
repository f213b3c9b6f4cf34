//! The developer commands: `cargo xtask run`, `cargo xtask test`, and what they need.

mod bench;
mod browser;
mod command;
mod dependencies;
mod failure;
mod files;
mod progress;
mod project;
mod rules;
mod server;
mod setup;
mod site;
mod size;
mod steps;

use std::process::ExitCode;

use failure::{Failure, Result};
use project::Project;

const COMMANDS: &str = "\
Rollcall's developer commands. Each makes sure of the tools it needs first.

  cargo xtask run [FLAGS]      build and serve; FLAGS go to `rollcall serve`
  cargo xtask build            one stripped binary for deployment: target/release/rollcall
  cargo xtask test             every check, stopping at the first that fails
  cargo xtask test --only A,B  only the steps named, in the order below
  cargo xtask screenshots      take the pictures in docs/images again
  cargo xtask figures          what the console costs in a browser: loading, typing, staying
  cargo xtask lighthouse       what Lighthouse says of the pages, beside a bare one; 5 minutes
  cargo xtask bench            what requests cost, beside SQL, axum and Leptos alone; 15 minutes
  cargo xtask bench --quick    what of it is exact: bytes, statements of each page, query plans
  cargo xtask size             bytes of each file of the built site, and of each page, against the limits";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match obey(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            progress::say(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Does what the first argument names; the others belong to that command.
fn obey(arguments: &[String]) -> Result {
    let Some((name, rest)) = arguments.split_first() else {
        println!("{}", help());
        return Ok(());
    };
    let project = Project::find()?;
    match name.as_str() {
        "run" => server::run(&project, rest),
        "bench" => bench::run(&project, rest),
        "build" => {
            server::build_for_deployment(&project).map(|binary| println!("{}", binary.display()))
        }
        "test" => steps::run(&project, rest),
        "screenshots" => browser::screenshots(&project),
        "figures" => browser::figures(&project),
        "lighthouse" => browser::lighthouse(&project),
        "size" => size::check(&project),
        "help" | "--help" | "-h" => {
            println!("{}", help());
            Ok(())
        }
        unknown => Err(Failure::new(
            format!("`{unknown}` is no command"),
            "only those that `cargo xtask` lists exist",
            "run `cargo xtask` to see them",
        )),
    }
}

fn help() -> String {
    let steps: Vec<String> =
        steps::STEPS.iter().map(|step| format!("  {:<12} {}", step.name, step.purpose)).collect();
    format!("{COMMANDS}\n\nSteps of `test`, in order:\n{}", steps.join("\n"))
}
