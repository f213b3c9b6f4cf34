//! Putting a backup back: unpacked and checked in a folder of its own, then moved into its place.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use domain::Timestamp;
use tokio::runtime::Handle;

use super::{
    RestoreError, Restored, Step, Trouble,
    format::Manifest,
    target::Target,
    unpacking::{Failure, unpack},
};
use crate::{
    Config, Internal,
    layout::DATABASE,
    store::{
        schema::{self, Schema},
        snapshot,
    },
};

/// Restores a backup, on a thread that may block.
pub fn restore(
    config: &Config,
    file: &Path,
    tell: &dyn Fn(Step),
    wait: &Handle,
) -> Result<Restored, RestoreError> {
    if config.database_url.is_some() {
        return Err(RestoreError::DatabaseElsewhere);
    }
    let of_file = |trouble| RestoreError::File { file: file.to_owned(), trouble };
    let backup = File::open(file).map_err(|reason| of_file(Trouble::NotReadable(reason)))?;
    let target = Target::begin(config)?;
    let manifest = unpack(backup, &target.staging(), tell).map_err(|failure| match failure {
        Failure::Backup(trouble) => of_file(trouble),
        Failure::Write(reason) => RestoreError::writing(config.data_dir.clone(), reason),
    })?;
    tell(Step::Check);
    wait.block_on(check(target.staging().join(DATABASE), &manifest)).map_err(of_file)?;
    target.place()?;
    let made_at = Timestamp::from_micros(manifest.made_at);
    Ok(Restored { made_at, rollcall: manifest.rollcall })
}

/// Whether a server of this version could use the database.
async fn check(database: PathBuf, manifest: &Manifest) -> Result<(), Trouble> {
    let broken = |_: Internal| Trouble::Damaged("its database can't be opened".to_owned());
    let mut db = snapshot::open_file(&database).await.map_err(broken)?;
    match schema::look(&mut db).await.map_err(broken)? {
        Schema::Newer => return Err(Trouble::Newer(manifest.rollcall.clone())),
        Schema::Missing => return Err(Trouble::NoBackup),
        Schema::Behind | Schema::Current => {}
    }
    let complaints = snapshot::complaints(&mut db).await.map_err(broken)?;
    snapshot::close(db).await.map_err(broken)?;
    match complaints.first() {
        None => Ok(()),
        Some(first) => Err(Trouble::Damaged(format!("its database is not whole ({first})"))),
    }
}
