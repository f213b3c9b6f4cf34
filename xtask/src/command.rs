//! Running other programs in the project's folder.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::failure::{Failure, Result};
use crate::project::Project;

/// What cargo sets for xtask alone; passed on, it would differ from a build by hand.
const OURS_ALONE: [&str; 3] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_TARGET_DIR"];

/// A program, to be run in the project's folder, cargo's own bin folder first on its PATH.
pub fn program(project: &Project, name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project.root());
    for (key, _) in env::vars_os() {
        if OURS_ALONE.iter().any(|prefix| key.to_string_lossy().starts_with(prefix)) {
            command.env_remove(key);
        }
    }
    if let Some(path) = path_with_cargo_bin() {
        command.env("PATH", path);
    }
    command
}

/// Cargo on the project: everything it builds lands in `target`, and the server embeds the site.
pub fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut command = program(project, "cargo");
    command.args(arguments).env("CARGO_TARGET_DIR", project.target());
    if project.site().is_dir() {
        command.env("ROLLCALL_SITE", project.site());
    }
    command
}

/// Runs a command whose output the developer sees as it is.
pub fn run(command: &mut Command, what: &str, remedy: &str) -> Result {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(what, format!("it ended with {status}"), remedy)),
        Err(error) => Err(not_started(command, what, &error)),
    }
}

/// Runs a command whose output matters only when it fails, and returns what it wrote to stdout.
pub fn quietly(command: &mut Command, what: &str, remedy: &str) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, what, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    show(&output);
    Err(Failure::new(what, format!("it ended with {}", output.status), remedy))
}

/// What a command answers on stdout, if it works at all.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn not_started(command: &Command, what: &str, error: &io::Error) -> Failure {
    let program = command.get_program().display();
    Failure::new(
        what,
        format!("`{program}` could not be started ({error})"),
        format!("install {program} and see that it is on PATH"),
    )
}

/// The failed command's words are the best explanation there is. If even stderr is gone, nobody
/// is there to read them.
fn show(output: &Output) {
    let mut stderr = io::stderr().lock();
    drop(stderr.write_all(&output.stdout));
    drop(stderr.write_all(&output.stderr));
}

/// Tools are installed into cargo's bin folder, which may be missing from PATH; another version
/// earlier on PATH would win.
fn path_with_cargo_bin() -> Option<OsString> {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))?;
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(cargo_home.join("bin")).chain(env::split_paths(&path));
    env::join_paths(folders).ok()
}
