//! Builds the server and starts it.

use std::env;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use crate::command;
use crate::failure::{Failure, Result};
use crate::progress::timed;
use crate::project::Project;
use crate::{setup, site};

/// Builds what has changed, then becomes the server. Returns only if that fails.
pub fn run(project: &Project, flags: &[String]) -> Result {
    setup::for_building(project)?;
    site::build(project)?;
    timed("building the server", || build(project))?;
    let mut server = Command::new(project.binary());
    server.arg("serve").args(flags);
    if env::var_os("ROLLCALL_DATA_DIR").is_none() {
        // Beside what is built, out of version control.
        server.env("ROLLCALL_DATA_DIR", project.path("target/data"));
    }
    Err(Failure::new(
        "cannot start the server",
        server.exec().to_string(),
        "remove target/debug/rollcall and run `cargo xtask run` again",
    ))
}

/// The server for developers and tests, with the site embedded.
pub fn build(project: &Project) -> Result {
    command::run(
        &mut command::cargo(project, &["build", "--package", "server"]),
        "building the server",
        "mend what the compiler names above",
    )
}

/// One optimised, stripped file that holds everything it serves.
pub fn build_for_deployment(project: &Project) -> Result<PathBuf> {
    setup::for_building(project)?;
    site::build(project)?;
    timed("building the server for deployment", || {
        command::run(
            &mut command::cargo(project, &["build", "--release", "--package", "server"]),
            "building the server",
            "mend what the compiler names above",
        )
    })?;
    Ok(project.path("target/release/rollcall"))
}
