//! Rust's standard library for the browser, and the toolchain that has it.

use std::process::Command;

use super::wasm_fallback;
use crate::command;
use crate::failure::{Failure, Result};
use crate::files;
use crate::progress::{say, timed};
use crate::project::Project;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// A toolchain that can build for the browser.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that everything else is built with.
    Usual,
    /// Debian's, linked to rustup by the fallback.
    Distro,
}

impl Toolchain {
    /// Makes a command use this toolchain.
    pub fn choose(self, command: &mut Command) {
        if self == Self::Distro {
            // The library path that rustup set for cargo's child belongs to the usual toolchain.
            command.env("RUSTUP_TOOLCHAIN", wasm_fallback::TOOLCHAIN).env_remove("LD_LIBRARY_PATH");
        }
    }
}

pub fn ensure(project: &Project) -> Result {
    if toolchain(project).is_ok() {
        return Ok(());
    }
    let added = timed(&format!("rustup target add {TARGET}"), || {
        command::quietly(
            command::program(project, "rustup").args(["target", "add", TARGET]),
            "rustup target add",
            "see that https://static.rust-lang.org can be reached",
        )
    });
    if let Err(failure) = added {
        say(&failure.to_string());
        say("going on without rustup's download, with Debian's Rust instead");
        wasm_fallback::install(project)?;
    }
    toolchain(project).map(drop)
}

/// The toolchain to build the site with: the usual one if it can.
pub fn toolchain(project: &Project) -> Result<Toolchain> {
    [Toolchain::Usual, Toolchain::Distro]
        .into_iter()
        .find(|&toolchain| has_standard_library(project, toolchain))
        .ok_or_else(|| {
            Failure::new(
                format!("no standard library for {TARGET}"),
                "neither the usual toolchain nor Debian's has it",
                format!("run `rustup target add {TARGET}`"),
            )
        })
}

fn has_standard_library(project: &Project, toolchain: Toolchain) -> bool {
    let mut rustc = command::program(project, "rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    toolchain.choose(&mut rustc);
    command::answer(&mut rustc).is_some_and(|folder| {
        files::below(folder.as_ref()).is_ok_and(|libraries| {
            libraries.iter().any(|library| {
                library
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with("libstd-"))
            })
        })
    })
}
