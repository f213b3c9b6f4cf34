//! Making a backup: the database as it is at one moment, then the files that it names.
//!
//! An image lies in its folder before the database names it, so each image of the copied database is
//! there, unless it is deleted in between. Images are only ever deleted by sweeping, and nothing is
//! swept while the folder is held.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use domain::{
    Timestamp,
    image::{ImageName, ImageSize},
};
use tokio::runtime::Handle;

use super::{
    BackupError, Made, Step,
    format::{Fault, Manifest, Writer},
    workplace::Workplace,
};
use crate::{
    Config, Internal, OpenError, images, layout,
    store::{
        Db,
        schema::{self, Schema},
        snapshot,
    },
};

/// How the file is called as long as it isn't finished.
const UNFINISHED: &str = "backup.tar";

/// Makes a backup, on a thread that may block.
pub fn make(
    config: &Config,
    file: &Path,
    at: Timestamp,
    tell: &dyn Fn(Step),
    wait: &Handle,
) -> Result<Made, BackupError> {
    refuse_existing(file)?;
    let _kept = hold_images(config)?;
    let writing = |reason| BackupError::writing(file.to_owned(), reason);
    let workplace = Workplace::begin(beside(file), &[]).map_err(writing)?;
    let workplace = workplace.ok_or_else(|| BackupError::UnderWay(file.to_owned()))?;
    tell(Step::Snapshot);
    let copied = workplace.folder().join(layout::DATABASE);
    let (mut db, schema) = wait.block_on(copy_database(config, file, &copied))?;
    let mut making =
        Making { config, file, tell, wait, writer: begin(&workplace, schema, at, file)? };
    making.add(layout::DATABASE, &copied)?;
    making.add_keys()?;
    let (images, missing) = making.add_images(&mut db)?;
    let bytes = making.writer.finish().map_err(|it| at_fault(it, file, file))?;
    refuse_existing(file)?;
    publish(&workplace.folder().join(UNFINISHED), file).map_err(writing)?;
    Ok(Made { bytes, images, missing })
}

/// A backup that is being made.
struct Making<'a> {
    config: &'a Config,
    file: &'a Path,
    tell: &'a dyn Fn(Step),
    wait: &'a Handle,
    writer: Writer,
}

impl Making<'_> {
    /// The images that the copied database names: how many, and how many of them are lost.
    fn add_images(&mut self, db: &mut Db) -> Result<(u64, u64), BackupError> {
        let (mut images, mut missing, mut last) = (0, 0, None);
        loop {
            let page = snapshot::images_after(db, last.as_ref());
            let page = self.wait.block_on(page).map_err(BackupError::Internal)?;
            let Some(name) = page.last() else { return Ok((images, missing)) };
            last = Some(name.clone());
            for name in &page {
                let is_whole = self.add_image(name)?;
                images += u64::from(is_whole);
                missing += u64::from(!is_whole);
            }
            (self.tell)(Step::Added(images));
        }
    }

    /// Adds both sizes of an image, and tells whether both are there.
    fn add_image(&mut self, name: &ImageName) -> Result<bool, BackupError> {
        let mut is_whole = true;
        for size in ImageSize::ALL {
            is_whole &= self.add_kept(&layout::image(name, size))?;
        }
        Ok(is_whole)
    }

    fn add_keys(&mut self) -> Result<(), BackupError> {
        for name in layout::KEY_FILES {
            self.add_kept(name)?;
        }
        Ok(())
    }

    /// Adds a file of the data folder, and tells whether there is one.
    fn add_kept(&mut self, name: &str) -> Result<bool, BackupError> {
        match self.add(name, &self.config.data_dir.join(name)) {
            Err(BackupError::NotReadable { reason, .. })
                if reason.kind() == io::ErrorKind::NotFound =>
            {
                Ok(false)
            }
            other => other.map(|()| true),
        }
    }

    fn add(&mut self, name: &str, path: &Path) -> Result<(), BackupError> {
        let mut from = File::open(path).map_err(|it| not_readable(path, it))?;
        let size = from.metadata().map_err(|it| not_readable(path, it))?.len();
        self.writer.add(name, size, &mut from).map_err(|it| at_fault(it, path, self.file))
    }
}

fn refuse_existing(file: &Path) -> Result<(), BackupError> {
    match fs::symlink_metadata(file) {
        Ok(_) => Err(BackupError::Exists(file.to_owned())),
        Err(_) => Ok(()),
    }
}

fn hold_images(config: &Config) -> Result<images::Held, BackupError> {
    let folder = config.image_folder();
    images::hold(&folder).map_err(|reason| match reason.kind() {
        io::ErrorKind::NotFound => BackupError::Nothing(config.data_dir.clone()),
        _ => not_readable(&folder, reason),
    })
}

/// Where a backup is worked on: on the same disk, so that it can be moved into its place.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rollcall-unfinished");
    file.with_file_name(name)
}

/// Copies the database, opens the copy and tells its newest migration.
async fn copy_database(
    config: &Config,
    file: &Path,
    copy: &Path,
) -> Result<(Db, i64), BackupError> {
    let nothing = || BackupError::Nothing(config.data_dir.clone());
    let address = config.existing_database()?.ok_or_else(nothing)?;
    let broken = |error: Internal| OpenError::Database(error);
    let mut db = snapshot::open(&address).await.map_err(broken)?;
    match schema::look(&mut db).await.map_err(broken)? {
        Schema::Missing => return Err(nothing()),
        Schema::Newer => return Err(OpenError::DatabaseNewer.into()),
        Schema::Behind | Schema::Current => {}
    }
    let copying = |error| BackupError::copying(file.to_owned(), error);
    snapshot::take(&mut db, copy).await.map_err(copying)?;
    snapshot::close(db).await.map_err(broken)?;
    let mut copied = snapshot::open_file(copy).await.map_err(copying)?;
    let schema = schema::newest_in(&mut copied).await.map_err(copying)?;
    Ok((copied, schema.ok_or_else(nothing)?))
}

fn begin(
    workplace: &Workplace,
    schema: i64,
    at: Timestamp,
    file: &Path,
) -> Result<Writer, BackupError> {
    let create = |name| {
        workplace.create(name).map_err(|reason| BackupError::writing(file.to_owned(), reason))
    };
    Writer::begin(create(UNFINISHED)?, create("sums")?, &Manifest::new(schema, at))
        .map_err(|it| at_fault(it, file, file))
}

/// Gives the finished file its name.
fn publish(finished: &Path, file: &Path) -> io::Result<()> {
    fs::rename(finished, file)?;
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    layout::sync_folder(folder.unwrap_or(Path::new(".")))
}

fn at_fault(fault: Fault, from: &Path, file: &Path) -> BackupError {
    match fault {
        Fault::Read(reason) => not_readable(from, reason),
        Fault::Write(reason) => BackupError::writing(file.to_owned(), reason),
    }
}

fn not_readable(path: &Path, reason: io::Error) -> BackupError {
    BackupError::NotReadable { path: path.to_owned(), reason }
}
