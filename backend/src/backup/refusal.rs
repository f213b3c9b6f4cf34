//! Why there is no backup, or nothing was put back. Each says in one line what, why, and what to do.

use std::{io, path::PathBuf};

use crate::{Internal, InternalKind, OpenError};

/// Why no backup was made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file of that name. Backups replace none.
    #[error("{file} exists already; choose another name, or move it away", file = .0.display())]
    Exists(PathBuf),
    /// Another backup is being written to that file.
    #[error("another backup is being written to {file}; wait for it, or choose another name", file = .0.display())]
    UnderWay(PathBuf),
    /// The file can't be written.
    #[error("{file} can't be written ({reason}); choose a place that this user may write to", file = .file.display())]
    NotWritable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The disk that the file would be on is full.
    #[error("there is no room left on the disk for {file}; make room, or choose a place on another disk", file = .0.display())]
    DiskFull(PathBuf),
    /// The data folder holds nothing.
    #[error("there is nothing to back up in {folder}; name the server's data folder with --data-dir", folder = .0.display())]
    Nothing(PathBuf),
    /// Something in the data folder can't be read.
    #[error("{path} can't be read ({reason}); make it readable for this user", path = .path.display())]
    NotReadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The database can't be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Anything else.
    #[error("the backup was given up ({}); try again", .0.cause())]
    Internal(Internal),
}

/// Why nothing was put back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup can't be used.
    #[error("{file} {trouble}", file = .file.display())]
    File {
        /// The backup.
        file: PathBuf,
        /// What is the matter with it.
        trouble: Trouble,
    },
    /// Something is in the folder.
    #[error("the data folder {folder} is not empty; choose an empty or new one with --data-dir", folder = .0.display())]
    NotEmpty(PathBuf),
    /// Another restore is under way in the folder.
    #[error("another restore is under way in {folder}; wait for it, or choose another folder with --data-dir", folder = .0.display())]
    UnderWay(PathBuf),
    /// The database is to be somewhere else.
    #[error(
        "a backup is restored into a data folder with its database; leave out the database URL, and move the database afterwards"
    )]
    DatabaseElsewhere,
    /// The disk of the folder is full.
    #[error("there is no room left on the disk of {folder}; make room, or choose a folder on another disk with --data-dir", folder = .0.display())]
    DiskFull(PathBuf),
    /// The folder can't be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Anything else.
    #[error("the restore was given up ({}); try again", .0.cause())]
    Internal(Internal),
}

/// What is the matter with a backup.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It can't be opened or read.
    #[error("can't be read ({0}); name a backup that this user may read")]
    NotReadable(io::Error),
    /// It is something else.
    #[error("is no backup of rollcall; name a file that `rollcall backup` has made")]
    NoBackup,
    /// It was made by a later version.
    #[error("was made by a newer version of rollcall ({0}); restore it with that version")]
    Newer(String),
    /// Something is missing at its end.
    #[error("is cut off, so parts of the backup are missing; use another one")]
    Cut,
    /// It isn't what was written.
    #[error("is damaged: {0}; use another backup")]
    Damaged(String),
}

impl BackupError {
    /// Why that file can't be written.
    pub(super) fn writing(file: PathBuf, reason: io::Error) -> Self {
        match reason.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(file),
            _ => Self::NotWritable { file, reason },
        }
    }

    /// Why the database can't be copied into a file beside that one.
    pub(super) fn copying(file: PathBuf, error: Internal) -> Self {
        match error.kind() {
            InternalKind::DiskFull => Self::DiskFull(file),
            InternalKind::Unavailable => {
                Self::NotWritable { file, reason: io::Error::other(error.cause()) }
            }
            _ => Self::Open(OpenError::Database(error)),
        }
    }
}

impl RestoreError {
    /// Why that folder can't be written to.
    pub(super) fn writing(folder: PathBuf, reason: io::Error) -> Self {
        match reason.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(folder),
            _ => Self::Open(OpenError::FolderNotWritable { path: folder, reason }),
        }
    }
}
