//! The data folder that a backup is put into. Until the database is in its place, everything can be
//! taken back, and is.
//!
//! The work is done inside of the folder: what lies around it may be another disk, or forbidden. What
//! is checked is moved out of the workplace, the database last. So whenever the process is killed,
//! either the workplace still holds something, and neither a server nor anything else uses the
//! folder until another restore clears it; or everything is in its place.

use std::{
    ffi::OsStr,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{
    RestoreError,
    workplace::{Workplace, remove},
};
use crate::{Config, OpenError, layout};

/// What is moved, in this order.
fn parts() -> impl Iterator<Item = &'static str> {
    [layout::IMAGES].into_iter().chain(layout::KEY_FILES).chain([layout::DATABASE])
}

/// The folder, as long as it can still be as it was.
#[derive(Debug)]
pub struct Target<'a> {
    config: &'a Config,
    /// Gone before the folders that were made.
    workplace: Option<Workplace>,
    /// Folders that were missing, the innermost first.
    made: Vec<PathBuf>,
    /// What was put into the folder.
    placed: Vec<PathBuf>,
}

impl<'a> Target<'a> {
    /// Prepares a folder that is empty, or missing.
    pub fn begin(config: &'a Config) -> Result<Self, RestoreError> {
        let folder = &config.data_dir;
        let made = folder.ancestors().take_while(|it| is_missing(it)).map(Path::to_owned).collect();
        let mut target = Self { config, workplace: None, made, placed: Vec::new() };
        layout::private_folder()
            .recursive(true)
            .create(folder)
            .map_err(|reason| target.not_writable(reason))?;
        target.refuse_unless_empty()?;
        let remains: Vec<_> = parts().map(|it| folder.join(it)).collect();
        let workplace = Workplace::begin(folder.join(layout::RESTORING), &remains)
            .map_err(|reason| target.not_writable(reason))?;
        let Some(workplace) = workplace else {
            return Err(RestoreError::UnderWay(folder.clone()));
        };
        let images = workplace.folder().join(layout::IMAGES);
        target.workplace = Some(workplace);
        layout::private_folder().create(images).map_err(|reason| target.not_writable(reason))?;
        Ok(target)
    }

    /// The folder to unpack into.
    pub fn staging(&self) -> PathBuf {
        self.config.data_dir.join(layout::RESTORING)
    }

    /// Moves what was unpacked into its place.
    pub fn place(mut self) -> Result<(), RestoreError> {
        layout::sync_disk(&self.staging()).map_err(|reason| self.not_writable(reason))?;
        let lock = self.config.data_dir.join(layout::LOCK);
        if is_missing(&lock) {
            self.placed.push(lock);
        }
        let Some(_alone) = self.config.try_lock()? else {
            self.placed.clear();
            return Err(OpenError::InUse(self.config.data_dir.clone()).into());
        };
        self.refuse_unless_empty()?;
        self.move_parts().map_err(|reason| self.not_writable(reason))?;
        self.placed.clear();
        self.made.clear();
        Ok(())
    }

    fn move_parts(&mut self) -> io::Result<()> {
        for name in parts() {
            let (from, to) = (self.staging().join(name), self.config.data_dir.join(name));
            if !is_missing(&from) {
                fs::rename(from, &to)?;
                self.placed.push(to);
            }
        }
        layout::sync_folder(&self.config.data_dir)
    }

    /// Whether there is nothing in the folder but what a stopped server or a killed restore left.
    fn refuse_unless_empty(&self) -> Result<(), RestoreError> {
        let folder = &self.config.data_dir;
        let is_there = |name: &str| !is_missing(&folder.join(name));
        let interrupted =
            is_there(layout::RESTORING) && self.workplace.is_none() && !is_there(layout::DATABASE);
        let entries = fs::read_dir(folder).map_err(|reason| self.not_writable(reason))?;
        for entry in entries {
            let name = entry.map_err(|reason| self.not_writable(reason))?.file_name();
            let is_remains = interrupted && parts().any(|it| name == OsStr::new(it));
            // The last is how a disk that was just formatted isn't empty.
            let harmless = [layout::RESTORING, layout::LOCK, "lost+found"];
            if !is_remains && !harmless.iter().any(|it| name == OsStr::new(it)) {
                return Err(RestoreError::NotEmpty(folder.clone()));
            }
        }
        Ok(())
    }

    fn not_writable(&self, reason: io::Error) -> RestoreError {
        RestoreError::writing(self.config.data_dir.clone(), reason)
    }
}

impl Drop for Target<'_> {
    fn drop(&mut self) {
        // What can't be removed now is cleared away by the next restore. The workplace goes last: as
        // long as it holds something, nobody takes the rest for a data folder.
        for path in self.placed.drain(..).rev() {
            let _ = remove(&path);
        }
        self.workplace = None;
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn is_missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|it| it.kind() == ErrorKind::NotFound)
}
