//! What Playwright does in a browser, on the real server: tests, pictures and measurements.

use std::path::Path;
use std::process::Command;

use crate::bench::Programs;
use crate::command;
use crate::failure::{Failure, Result};
use crate::progress::timed;
use crate::project::Project;
use crate::setup::{self, Need};
use crate::{server, site};

/// Runs the browser tests on the server that was built last.
pub fn tests(project: &Project) -> Result {
    let binary = project.binary();
    if !binary.is_file() {
        return Err(Failure::new(
            "nothing to test in the browser",
            format!("{} doesn't exist", binary.display()),
            "run `cargo xtask test --only site,server` first",
        ));
    }
    command::run(
        &mut playwright(project, &binary)?,
        "a browser test",
        "see the trace that Playwright names above",
    )
}

/// Takes the pictures of the documentation again, of the server that was built for developers.
pub fn screenshots(project: &Project) -> Result {
    setup::for_building(project)?;
    setup::ensure(project, Need::Chromium)?;
    site::build(project)?;
    timed("building the server", || server::build(project))?;
    command::run(
        configured(&mut playwright(project, &project.binary())?, "screenshots"),
        "taking the screenshots",
        "mend what Playwright names above",
    )
}

/// Measures the console of the server that is deployed.
pub fn figures(project: &Project) -> Result {
    setup::ensure(project, Need::Chromium)?;
    let rollcall = server::build_for_deployment(project)?;
    command::run(
        configured(&mut playwright(project, &rollcall)?, "figures"),
        "measuring the console",
        "mend what Playwright names above",
    )
}

/// Has Lighthouse judge pages of the server that is deployed, beside a bare page of Leptos.
pub fn lighthouse(project: &Project) -> Result {
    setup::ensure(project, Need::Chromium)?;
    let programs = Programs::build(project)?;
    command::run(
        configured(&mut playwright(project, &programs.rollcall)?, "lighthouse")
            .env("ROLLCALL_BARE", &programs.bare),
        "what Lighthouse says of the pages",
        "mend what is named above; target/lighthouse.json has all that Lighthouse says",
    )
}

fn configured<'a>(playwright: &'a mut Command, configuration: &str) -> &'a mut Command {
    playwright.args(["--config", &format!("playwright.{configuration}.config.ts")])
}

/// Playwright on that server.
fn playwright(project: &Project, binary: &Path) -> Result<Command> {
    let mut command = command::program(project, "node");
    command
        .current_dir(project.path("end2end"))
        .arg(project.node_modules().join("@playwright/test/cli.js"))
        .arg("test")
        .env("ROLLCALL_BINARY", binary)
        .env("CHROMIUM", setup::chromium(project)?);
    Ok(command)
}
