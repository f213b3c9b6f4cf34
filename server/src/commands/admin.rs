//! Help for Admins who can't help themselves, from the machine itself.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, anyhow, bail};
use backend::{
    Backend,
    accounts::{AccountRefusal, Admin, NewAdmin},
};
use domain::{Nickname, Password, Problem, UserId};

use crate::{
    cli::{AdminCommand, PasswordSource},
    config::Config,
};

/// Creates an Admin, or gives a user another password.
pub fn run(config: &Config, command: AdminCommand) -> anyhow::Result<ExitCode> {
    let done = match command {
        AdminCommand::Create { user_id, nickname, password } => {
            let password = password.read(&user_id)?;
            let nickname = nickname.unwrap_or_else(|| Nickname::from_user_id(&user_id));
            super::wait_for(create(config, NewAdmin { user_id, nickname, password }))?
        }
        AdminCommand::ResetPassword { user_id, password } => {
            let password = password.read(&user_id)?;
            super::wait_for(reset_password(config, user_id, password))?
        }
    };
    println!("{done}");
    Ok(ExitCode::SUCCESS)
}

async fn create(config: &Config, new: NewAdmin) -> anyhow::Result<String> {
    let backend = Backend::open_beside(config.backend()).await?;
    let created = backend.accounts.create_admin(&Admin::operator(), &new).await;
    backend.close().await;
    match created {
        Ok(admin) => Ok(format!("Created the Admin {}.", admin.user_id)),
        Err(AccountRefusal::Taken { by }) => {
            bail!(
                "the User ID {by} is taken; choose another, or use `rollcall admin reset-password`"
            )
        }
        Err(AccountRefusal::Password(problem)) => bail!(refusal(&problem)),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn reset_password(
    config: &Config,
    user_id: UserId,
    password: Password,
) -> anyhow::Result<String> {
    let backend = Backend::open_beside(config.backend()).await?;
    let reset = backend.accounts.reset_password(&Admin::operator(), &user_id, &password).await;
    backend.close().await;
    match reset {
        Ok(()) => Ok(format!("{user_id} has the new password, and was signed out everywhere.")),
        Err(AccountRefusal::NotFound) => bail!("there is no user {user_id}; check the User ID"),
        Err(AccountRefusal::Password(problem)) => bail!(refusal(&problem)),
        Err(refusal) => Err(refusal.into()),
    }
}

impl PasswordSource {
    fn read(&self, of: &UserId) -> anyhow::Result<Password> {
        let typed = match &self.password_file {
            Some(file) => first_line(file)?,
            None => ask(of)?,
        };
        Password::parse(&typed, Some(of)).map_err(|problem| anyhow!(refusal(&problem)))
    }
}

fn first_line(file: &Path) -> anyhow::Result<String> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|reason| {
        anyhow!("cannot read {shown} ({reason}); name a file whose first line is the password")
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn ask(of: &UserId) -> anyhow::Result<String> {
    let advice = "no password can be asked for here; use --password-file";
    let typed = rpassword::prompt_password(format!("Password for {of}: ")).context(advice)?;
    let again = rpassword::prompt_password("The same once more: ").context(advice)?;
    if typed != again {
        bail!("the two passwords differ; try again");
    }
    Ok(typed)
}

fn refusal(problem: &Problem) -> String {
    match problem {
        Problem::Missing => "the password is empty; choose one of 8 characters or more".to_owned(),
        Problem::TooShort { min } => format!("the password has fewer than {min} characters"),
        Problem::TooLong { max } => format!("the password has more than {max} characters"),
        Problem::CommonPassword => {
            "the password is one of those that are tried first; choose another, such as a sentence"
                .to_owned()
        }
        _ => "the password is the User ID; choose another".to_owned(),
    }
}
