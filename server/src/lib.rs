//! The `rollcall` server: configuration, the HTTP surface around the pages, and the commands.
//!
//! Rules live in `domain`, use cases in `backend`, pages in `app`; here they meet HTTP. A request
//! passes, from the outside in: `telemetry`, `security`, `caller`, and then one of
//! `pages`, `forms`, `functions` (those of the app that run on the server), `images` and `classroom`.

use std::{ffi::OsString, process::ExitCode};

pub mod accept;
mod address;
mod audit;
mod body;
mod caller;
mod class_list;
mod classroom;
pub mod cli;
mod commands;
pub mod config;
mod cookies;
mod counted;
mod errors;
mod forms;
mod functions;
mod health;
mod housekeeping;
mod images;
mod live;
mod meetings;
pub mod pace;
mod pages;
mod paths;
pub mod public_url;
mod refused;
mod router;
mod security;
mod site;
pub mod state;
mod telemetry;

pub use classroom::limits::Patience;
pub use router::{guarded, observed, operations, page_paths, router};
pub use state::Server;

/// Does what the command line asks for.
///
/// Whatever goes wrong is said in one line on the standard error stream.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::read(arguments) {
        Ok(cli) => cli,
        Err(answer) => return answer,
    };
    commands::run(cli).unwrap_or_else(|error| {
        eprintln!("rollcall: {error:#}");
        ExitCode::FAILURE
    })
}
