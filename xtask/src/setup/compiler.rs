//! The C compiler that SQLite and the linker need.

use std::env;

use crate::command;
use crate::failure::{Failure, Result};
use crate::project::Project;

pub fn ensure(project: &Project) -> Result {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    match command::answer(command::program(project, &compiler).arg("--version")) {
        Some(_) => Ok(()),
        None => Err(Failure::new(
            "no C compiler",
            format!("`{compiler} --version` does not work, and SQLite is compiled from C"),
            "install one (Debian: `sudo apt-get install gcc libc6-dev`)",
        )),
    }
}
