//! Backups: one file with everything that a data folder keeps, made while a server runs, and put
//! into an empty folder again.
//!
//! The file is a plain tar archive (`format`). It holds the database as it was at one moment, and
//! every profile image that the database names at that moment. What is put back is checked as a
//! whole, in a folder of its own, before anything of it counts (`restoring`, `target`).
//!
//! It isn't compressed: images can't be made smaller, and whoever wants the rest smaller can pack the
//! whole file. Nothing is noted in the audit log, which tells what was changed: a backup changes
//! nothing, works where nothing can be written, and whoever can make one could copy the files too.

mod format;
mod making;
mod refusal;
mod restoring;
mod target;
mod unpacking;
mod workplace;

use std::{
    fmt::{self, Display, Formatter},
    path::PathBuf,
    sync::Arc,
};

use domain::Timestamp;
use tokio::{runtime::Handle, task::spawn_blocking};

pub use self::refusal::{BackupError, RestoreError, Trouble};
use crate::{
    Config,
    clock::{Clock, SystemClock},
};

/// What is being done, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The database is being copied.
    Snapshot,
    /// So many profile images are in the backup so far.
    Added(u64),
    /// So many percent of the backup are read.
    Read(u64),
    /// What was read is being checked.
    Check,
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snapshot => f.write_str("Copying the database"),
            Self::Added(images) => write!(f, "Profile images added: {images}"),
            Self::Read(percent) => write!(f, "Read: {percent} %"),
            Self::Check => f.write_str("Checking the database"),
        }
    }
}

/// Is told of each step.
pub type Tell = Arc<dyn Fn(Step) + Send + Sync>;

/// A backup that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// How long the file is, in bytes.
    pub bytes: u64,
    /// How many profile images it holds.
    pub images: u64,
    /// How many images users have whose files are not in the data folder any more.
    pub missing: u64,
}

/// A backup that was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When it was made.
    pub made_at: Timestamp,
    /// By which version of Rollcall.
    pub rollcall: String,
}

/// Writes everything that a data folder keeps into a new file, whether a server uses the folder or
/// not. Everything that was committed before is in it.
pub async fn make(config: Config, file: PathBuf, tell: Tell) -> Result<Made, BackupError> {
    let wait = Handle::current();
    let at = SystemClock.now();
    let work = move || making::make(&config, &file, at, &*tell, &wait);
    spawn_blocking(work).await.map_err(|it| BackupError::Internal(it.into()))?
}

/// Puts everything that a backup holds into a data folder that is empty or missing. Where that is
/// refused, the folder is as it was.
pub async fn restore(config: Config, file: PathBuf, tell: Tell) -> Result<Restored, RestoreError> {
    let wait = Handle::current();
    let work = move || restoring::restore(&config, &file, &*tell, &wait);
    spawn_blocking(work).await.map_err(|it| RestoreError::Internal(it.into()))?
}
