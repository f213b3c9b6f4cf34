//! The command line: which commands there are, and what each takes.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, error::ErrorKind};
use domain::{Nickname, Problem, UserId};

use crate::config::Settings;

/// Rollcall decides who may enter which online classroom.
///
/// Every setting can be given by flag, by environment variable or in a TOML file; the flag counts
/// before the variable, the variable before the file. Without a command, `serve` is meant.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version)]
pub struct Cli {
    /// Where and how to serve.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the console (the default)
    Serve,
    /// Fill an empty database with invented users and rooms, to try Rollcall out
    Seed(Seed),
    /// Help Admins who can't help themselves
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Write database, images and keys into one file; works beside a running server
    Backup {
        /// File to write; must not exist yet
        file: PathBuf,
    },
    /// Put a backup into an empty data folder
    Restore {
        /// File that `rollcall backup` has written
        file: PathBuf,
    },
    /// Check configuration, folders, database, address and TLS, and say what to do
    Doctor,
}

/// How much to invent.
#[derive(Clone, Copy, Debug, Args)]
pub struct Seed {
    /// How many users
    #[arg(long, default_value_t = 1_000)]
    pub users: u64,
    /// How many rooms
    #[arg(long, default_value_t = 50)]
    pub rooms: u64,
}

/// Help for Admins.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Create an Admin who signs in with a password
    Create {
        /// User ID of the new Admin
        #[arg(long, value_parser = user_id)]
        user_id: UserId,
        /// Nickname [default: the User ID]
        #[arg(long, value_parser = nickname)]
        nickname: Option<Nickname>,
        /// Where the password comes from.
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Give a user another password and end their sessions
    ResetPassword {
        /// User ID of the user
        #[arg(long, value_parser = user_id)]
        user_id: UserId,
        /// Where the password comes from.
        #[command(flatten)]
        password: PasswordSource,
    },
}

/// Where a password comes from.
#[derive(Clone, Debug, Args)]
pub struct PasswordSource {
    /// File whose first line is the password [default: ask for it]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

fn user_id(raw: &str) -> Result<UserId, String> {
    UserId::parse(raw).map_err(|problem| match problem {
        Problem::Missing => "it is empty".to_owned(),
        Problem::TooLong { max } => format!("it has more than {max} characters"),
        _ => "letters and digits of any script and . _ - @ may stand in a User ID".to_owned(),
    })
}

fn nickname(raw: &str) -> Result<Nickname, String> {
    Nickname::parse(raw).map_err(|problem| match problem {
        Problem::Missing => "it is empty".to_owned(),
        Problem::TooLong { max } => format!("it has more than {max} characters"),
        _ => "it contains a character that nobody could see".to_owned(),
    })
}

/// Reads the command line. What can't be read is said in one line; help is printed in full.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    Cli::try_parse_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Fails where nobody reads on.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::FAILURE
        }
        _ => {
            eprintln!("rollcall: {}", one_line(&error.to_string()));
            ExitCode::FAILURE
        }
    })
}

/// What is wrong, without the usage that clap adds on further lines.
fn one_line(message: &str) -> String {
    let reason: Vec<&str> = message
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty())
        .collect();
    let reason = reason.join(" ");
    let reason = reason.strip_prefix("error: ").unwrap_or(&reason);
    format!("{reason}; `rollcall --help` lists everything that can be set")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_wrong_setting_is_said_in_one_line() {
        let error = Cli::try_parse_from(["rollcall", "--listen", "here"]).unwrap_err();
        insta::assert_snapshot!(one_line(&error.to_string()), @"invalid value 'here' for '--listen <ADDRESS>': expected an IP address and a port, such as 127.0.0.1:3000; `rollcall --help` lists everything that can be set");
    }
}
