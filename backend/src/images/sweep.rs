//! Deleting images that nobody refers to: uploads whose form was never finished, and replaced ones.

use std::{fs, io, path::Path};

use domain::{
    Timestamp,
    image::{ImageName, ImageSize},
};
use futures_util::{StreamExt, TryStreamExt};
use object_store::{ObjectMeta, ObjectStoreExt, path::Path as ObjectPath};
use tokio::task::spawn_blocking;

use super::{Images, held};
use crate::{Internal, clock::timestamp, store::images::referenced_names_among};

/// How long an image may wait for the user that is to refer to it, in seconds.
const GRACE: i64 = 60 * 60;
/// How many images the database is asked about at once.
const BATCH: usize = 500;

impl Images {
    /// Deletes the files that are older than an hour and that no user refers to, and says how many.
    /// None while the folder is held: a backup may still need what no user refers to any more.
    pub async fn sweep(&self) -> Result<u64, Internal> {
        let Some(_ours) = held::claim(&self.folder)? else { return Ok(0) };
        let latest = self.clock.now().plus_seconds(-GRACE);
        let mut deleted = 0;
        for size in ImageSize::ALL {
            let folder = self.folder.join(size.side().to_string());
            deleted += spawn_blocking(move || delete_unfinished(&folder, latest)).await??;
            let folder = ObjectPath::from(size.side().to_string());
            let old = self.files.list(Some(&folder)).try_filter_map(async |file| {
                Ok((modified(&file) < latest).then_some(file.location))
            });
            let mut batches = old.try_chunks(BATCH).boxed();
            while let Some(batch) = batches.try_next().await.map_err(|it| it.1)? {
                deleted += self.delete_unused(batch, latest).await?;
            }
        }
        Ok(deleted)
    }

    async fn delete_unused(
        &self,
        files: Vec<ObjectPath>,
        latest: Timestamp,
    ) -> Result<u64, Internal> {
        let names: Vec<ImageName> = files.iter().filter_map(name).collect();
        let mut db = self.store.read().await?;
        let used = referenced_names_among(&mut db, &names).await?;
        drop(db);
        let mut deleted = 0;
        for file in &files {
            // What is no image's file was put there by somebody else.
            if name(file).is_some_and(|it| !used.contains(&it)) {
                deleted += u64::from(self.delete_if_old(file, latest).await?);
            }
        }
        Ok(deleted)
    }

    /// Looks again while nobody can upload: the same picture may have come anew since.
    async fn delete_if_old(&self, file: &ObjectPath, latest: Timestamp) -> Result<bool, Internal> {
        let _alone = self.keeping.write().await;
        if modified(&self.files.head(file).await?) >= latest {
            return Ok(false);
        }
        self.files.delete(file).await?;
        Ok(true)
    }
}

/// Deletes what is left of files that were being written when the process was killed. The store of files
/// writes to a name with a number behind this sign, and lists none of them.
fn delete_unfinished(folder: &Path, latest: Timestamp) -> io::Result<u64> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut deleted = 0;
    for entry in entries {
        let entry = entry?;
        let old = timestamp(entry.metadata()?.modified()?) < latest;
        if old && entry.file_name().to_string_lossy().contains('#') {
            fs::remove_file(entry.path())?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

fn name(file: &ObjectPath) -> Option<ImageName> {
    ImageName::parse(file.filename()?)
}

fn modified(file: &ObjectMeta) -> Timestamp {
    Timestamp::from_micros(file.last_modified.timestamp_micros())
}
