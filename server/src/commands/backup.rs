//! Making backups, and putting them back.

use std::{io::IsTerminal, path::PathBuf, process::ExitCode, sync::Arc};

use backend::backup::{self, Made, Tell};

use crate::config::Config;

/// Writes everything into a new file, beside a server that may be running.
pub fn make(config: &Config, file: PathBuf) -> anyhow::Result<ExitCode> {
    let shown = file.display().to_string();
    let made = super::wait_for(async { Ok(backup::make(config.backend(), file, tell()).await?) })?;
    println!("{}", report(&shown, made));
    if made.missing > 0 {
        eprintln!(
            "rollcall: {} of the profile images that users have are missing in the data folder, and \
             so in the backup",
            made.missing
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Puts a backup into an empty data folder.
pub fn restore(config: &Config, file: PathBuf) -> anyhow::Result<ExitCode> {
    let shown = file.display().to_string();
    let restored =
        super::wait_for(async { Ok(backup::restore(config.backend(), file, tell()).await?) })?;
    println!(
        "Restored {shown} into {}: made on {} by rollcall {}.",
        config.data_dir.display(),
        restored.made_at.to_utc_text(),
        restored.rollcall
    );
    Ok(ExitCode::SUCCESS)
}

fn report(file: &str, made: Made) -> String {
    let images = match made.images {
        1 => "1 profile image".to_owned(),
        images => format!("{images} profile images"),
    };
    format!("Backed up into {file}: database and {images}, {} MB.", made.bytes.div_ceil(1_000_000))
}

/// Shows the steps to somebody who sits and waits. What isn't read by people says only what is wrong.
fn tell() -> Tell {
    let somebody_waits = std::io::stderr().is_terminal();
    Arc::new(move |step| {
        if somebody_waits {
            eprintln!("{step}");
        }
    })
}
