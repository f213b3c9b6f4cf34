//! Opening the data folder: folders, lock and database.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::{
    Internal, layout,
    live::Live,
    store::{
        Store, dialect,
        schema::{self, Schema},
    },
};

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the images, the lock, and the database unless it is somewhere else.
    pub data_dir: PathBuf,
    /// The database's address; by default a file in the data folder.
    pub database_url: Option<String>,
}

/// Why the data folder can't be used. Each says in one line what, why, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder can't be made or written to.
    #[error("the data folder {path} can't be written to ({reason}); make it writable for this user, or choose another with --data-dir", path = .path.display())]
    FolderNotWritable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The key of the entry links can't be read or made.
    #[error("the key of the entry links, {path}, can't be used ({reason}); see to the permissions and the room on the disk, or put back the file of a backup", path = .path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: io::Error,
    },
    /// Another process uses the folder.
    #[error("the data folder {path} is in use by another rollcall; stop that one, or choose another folder with --data-dir", path = .0.display())]
    InUse(PathBuf),
    /// A backup is being restored into the folder, or was until it was interrupted.
    #[error("a backup is being restored into the data folder {path}, or restoring it was interrupted; wait for it, or run rollcall restore again", path = .0.display())]
    HalfRestored(PathBuf),
    /// There is no driver for that kind of database.
    #[error(
        "databases of the kind {0:?} are not supported; use an address that begins with sqlite://"
    )]
    UnsupportedDatabase(String),
    /// The database was written by a later version.
    #[error(
        "the database was written by a newer version of rollcall; install that version, or restore a backup made before it"
    )]
    DatabaseNewer,
    /// The database is an earlier version's, and the process that uses it hasn't brought it up to
    /// date.
    #[error(
        "the database is an older version's and in use; restart the server with this version of rollcall first"
    )]
    DatabaseOlder,
    /// The database can't be opened.
    #[error("the database can't be opened ({reason}); check the address, the permissions of its file and the room on the disk", reason = .0.cause())]
    Database(#[source] Internal),
}

impl From<Internal> for OpenError {
    fn from(error: Internal) -> Self {
        Self::Database(error)
    }
}

/// The lock on a data folder, held as long as this lives.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "closing the file is what unlocks it")] File);

impl Config {
    /// Where profile images are kept.
    pub(crate) fn image_folder(&self) -> PathBuf {
        self.data_dir.join(layout::IMAGES)
    }

    /// Makes the folders that are missing, readable by this user alone.
    pub(crate) fn make_folders(&self) -> Result<(), OpenError> {
        self.refuse_half_restored()?;
        for folder in [&self.data_dir, &self.image_folder()] {
            make_folder(folder).map_err(|reason| self.not_writable(reason))?;
        }
        if self.database_url.is_none() {
            make_private(&self.database_file()).map_err(|reason| self.not_writable(reason))?;
        }
        Ok(())
    }

    /// What a restore works in is empty once everything is in its place.
    fn refuse_half_restored(&self) -> Result<(), OpenError> {
        match fs::remove_dir(self.data_dir.join(layout::RESTORING)) {
            Err(reason) if reason.kind() == io::ErrorKind::DirectoryNotEmpty => {
                Err(OpenError::HalfRestored(self.data_dir.clone()))
            }
            _ => Ok(()),
        }
    }

    fn database_file(&self) -> PathBuf {
        self.data_dir.join(layout::DATABASE)
    }

    /// Takes the lock; `None` where another process has it.
    pub(crate) fn try_lock(&self) -> Result<Option<Lock>, OpenError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.data_dir.join(layout::LOCK))
            .map_err(|reason| self.not_writable(reason))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(reason)) => Err(self.not_writable(reason)),
        }
    }

    /// The address of the database, which is made where there is none.
    pub(crate) fn database(&self) -> Result<String, OpenError> {
        self.address(dialect::MADE_IF_MISSING)
    }

    /// The address of the database that is there already; `None` where the data folder has none.
    pub(crate) fn existing_database(&self) -> Result<Option<String>, OpenError> {
        self.refuse_half_restored()?;
        if self.database_url.is_none() && !self.database_file().exists() {
            return Ok(None);
        }
        self.address(dialect::EXISTING).map(Some)
    }

    fn address(&self, mode: &str) -> Result<String, OpenError> {
        let Some(url) = &self.database_url else {
            return dialect::address_of(&self.database_file(), mode)
                .map_err(|reason| self.not_writable(reason));
        };
        match url.split_once(':') {
            Some((dialect::SCHEME, _)) if url.contains("mode=") => Ok(url.clone()),
            Some((dialect::SCHEME, _)) => {
                let mark = if url.contains('?') { '&' } else { '?' };
                Ok(format!("{url}{mark}{mode}"))
            }
            scheme => {
                let scheme = scheme.map_or(url.as_str(), |(scheme, _)| scheme);
                Err(OpenError::UnsupportedDatabase(scheme.to_owned()))
            }
        }
    }

    pub(crate) fn key_unusable(&self, reason: io::Error) -> OpenError {
        OpenError::KeyFile { path: self.data_dir.join(layout::LINK_KEY), reason }
    }

    pub(crate) fn not_writable(&self, reason: io::Error) -> OpenError {
        OpenError::FolderNotWritable { path: self.data_dir.clone(), reason }
    }
}

/// Connects to the database and brings its tables up to date, if the folder is ours alone.
pub(crate) async fn open_store(url: &str, live: Live, alone: bool) -> Result<Store, OpenError> {
    let store = Store::connect(url, live).await?;
    let found = schema::look(&mut *store.read().await?).await?;
    match found {
        Schema::Newer => return Err(OpenError::DatabaseNewer),
        Schema::Missing | Schema::Behind if !alone => return Err(OpenError::DatabaseOlder),
        Schema::Missing | Schema::Behind | Schema::Current => {}
    }
    if alone {
        schema::migrate(&store).await?;
    }
    Ok(store)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    layout::private_folder().recursive(true).create(folder)?;
    // A folder that is there but can't be looked into is no use either.
    fs::read_dir(folder).map(drop)
}

/// Makes a file that is missing, readable by this user alone whatever the folder allows. What the
/// database keeps beside it gets the same rights.
fn make_private(file: &Path) -> io::Result<()> {
    layout::private_file().append(true).open(file).map(drop)
}
