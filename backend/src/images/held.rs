//! Holding the folder of images, so that nothing in it is deleted for as long.
//!
//! The folder itself is locked, which other processes see as well, and which ends with the process.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
};

/// As long as this lives, no image is deleted.
#[derive(Debug)]
pub(crate) struct Held(#[expect(dead_code, reason = "closing the folder is what unlocks it")] File);

/// Holds the folder, together with all others who hold it. Waits until nobody deletes any more.
pub(crate) fn hold(folder: &Path) -> io::Result<Held> {
    let file = File::open(folder)?;
    file.lock_shared()?;
    Ok(Held(file))
}

/// Claims the folder to delete something; `None` while it is held.
pub(super) fn claim(folder: &Path) -> io::Result<Option<Held>> {
    let file = File::open(folder)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(reason)) => Err(reason),
    }
}
