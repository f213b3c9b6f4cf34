//! Looking over a data folder: what works, what doesn't, and what to do.
//!
//! Nothing is made or changed that opening the folder wouldn't make.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use crate::{
    Backend, Config, OpenError,
    store::{self, dialect},
};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub name: &'static str,
    /// How it is.
    pub outcome: Outcome,
}

/// How a thing is that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should be.
    Ok,
    /// It works, but somebody should know this.
    Warning(String),
    /// It doesn't work.
    Failed {
        /// What is wrong.
        what: String,
        /// What to do.
        remedy: String,
    },
}

/// Looks at the folders and the database.
pub async fn check(config: &Config) -> Vec<Check> {
    let folder = folder(config);
    let works = !matches!(folder, Outcome::Failed { .. });
    let mut checks = vec![Check { name: "data folder", outcome: folder }];
    if works {
        checks.extend(database(config).await);
    }
    checks
}

fn folder(config: &Config) -> Outcome {
    let usable = config.make_folders().and_then(|()| {
        let written = try_writing([&config.data_dir, &config.image_folder()]);
        written.map_err(|reason| config.not_writable(reason))
    });
    usable.map_or_else(|error| broken(&error), |()| Outcome::Ok)
}

fn try_writing(folders: [&Path; 2]) -> io::Result<()> {
    for folder in folders {
        let file = folder.join(".doctor");
        File::create(&file)?.sync_all()?;
        fs::remove_file(&file)?;
    }
    Ok(())
}

async fn database(config: &Config) -> Vec<Check> {
    let backend = match Backend::open_beside(config.clone()).await {
        Ok(backend) => backend,
        Err(error) => return vec![Check { name: "database", outcome: broken(&error) }],
    };
    let checks = vec![
        Check { name: "database", outcome: sound(&backend).await },
        Check { name: "administrator", outcome: administrator(&backend).await },
    ];
    backend.close().await;
    checks
}

/// The database's own word on whether its file is whole.
async fn sound(backend: &Backend) -> Outcome {
    let complaints = async { dialect::complaints(&mut *backend.store.read().await?).await };
    match complaints.await {
        Ok(complaints) if complaints.is_empty() => Outcome::Ok,
        Ok(complaints) => Outcome::Failed {
            what: format!("the database's file is damaged: {}", complaints.join("; ")),
            remedy: "stop the server and restore the last backup".to_owned(),
        },
        Err(error) => broken(&OpenError::Database(error)),
    }
}

async fn administrator(backend: &Backend) -> Outcome {
    let known = async { store::users::other_admin(&mut *backend.store.read().await?, None).await };
    match known.await {
        Ok(true) => Outcome::Ok,
        Ok(false) => Outcome::Warning(
            "no Admin can sign in yet; start the server and open the link that it prints, or run \
             rollcall admin create"
                .to_owned(),
        ),
        Err(error) => broken(&OpenError::Database(error)),
    }
}

/// Splits the line of an error into what is wrong and what to do.
fn broken(error: &OpenError) -> Outcome {
    let line = error.to_string();
    let (what, remedy) = line.split_once("; ").unwrap_or((&line, ""));
    Outcome::Failed { what: what.to_owned(), remedy: remedy.to_owned() }
}
