//! The commands of the binary.

use std::process::ExitCode;

use crate::cli::{Cli, Command};

mod admin;
mod backup;
mod doctor;
mod seed;
mod serve;

/// Does what was asked for. The error says in one line what is wrong, and what to do.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = cli.settings.resolve()?;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&config),
        Command::Seed(plan) => seed::run(&config, plan),
        Command::Admin(command) => admin::run(&config, command),
        Command::Backup { file } => backup::make(&config, file),
        Command::Restore { file } => backup::restore(&config, file),
        Command::Doctor => doctor::run(&config),
    }
}

/// Runs a command that waits for things.
fn wait_for<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
