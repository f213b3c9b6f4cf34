//! A folder to work in, private to one process, which is gone when the work is done or has failed.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::layout::{private_file, private_folder};

/// The folder. Its lock tells other processes that somebody is at work, however they look.
#[derive(Debug)]
pub struct Workplace {
    folder: PathBuf,
    _lock: File,
}

impl Workplace {
    /// Makes the folder; `None` where another process works there.
    ///
    /// Where one was killed at its work, that is cleared away: what it left in `elsewhere` first,
    /// then the folder itself.
    pub fn begin(folder: PathBuf, elsewhere: &[PathBuf]) -> io::Result<Option<Self>> {
        let made = private_folder().create(&folder);
        if made.as_ref().is_err_and(|it| it.kind() == io::ErrorKind::AlreadyExists) {
            let Some(_abandoned) = lock(&folder)? else { return Ok(None) };
            elsewhere.iter().try_for_each(|it| remove(it))?;
            fs::remove_dir_all(&folder)?;
            private_folder().create(&folder)?;
        } else {
            made?;
        }
        Ok(lock(&folder)?.map(|lock| Self { folder, _lock: lock }))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a file in there that was not there before.
    pub fn create(&self, name: &str) -> io::Result<File> {
        private_file().read(true).write(true).create_new(true).open(self.folder.join(name))
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        // What can't be removed now is cleared away by the next who works here.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Takes the lock on a folder; `None` where another process has it.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    // What is there may be somebody's link to elsewhere.
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let file = File::open(folder)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(reason)) => Err(reason),
    }
}

/// Removes a file, or a folder with all that is in it, if there is one.
pub fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(reason),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_works_at_a_time_and_nothing_is_left() {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("work");
        let work = Workplace::begin(folder.clone(), &[]).unwrap().unwrap();
        work.create("file").unwrap();
        assert!(work.create("file").is_err());
        assert!(Workplace::begin(folder.clone(), &[]).unwrap().is_none());
        assert!(folder.join("file").exists());
        drop(work);
        assert!(!folder.exists());
    }

    #[test]
    fn what_a_killed_process_left_is_cleared_away() {
        let around = tempfile::tempdir().unwrap();
        let (folder, elsewhere) = (around.path().join("work"), around.path().join("elsewhere"));
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::write(&elsewhere, "").unwrap();
        let work = Workplace::begin(folder, std::slice::from_ref(&elsewhere)).unwrap().unwrap();
        assert_eq!(fs::read_dir(work.folder()).unwrap().count(), 0);
        assert!(!elsewhere.exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_elsewhere_is_no_place_to_work() {
        let (around, victim) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(victim.path().join("file"), "").unwrap();
        let folder = around.path().join("work");
        std::os::unix::fs::symlink(victim.path(), &folder).unwrap();
        assert!(Workplace::begin(folder, &[]).is_err());
        assert!(victim.path().join("file").exists());
    }
}
