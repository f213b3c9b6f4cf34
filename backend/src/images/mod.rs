//! Profile images: what somebody uploaded becomes two small squares, kept as files of their own.
//!
//! An upload is read as a `header` only, then decoded within limits (`decode`), cut to squares
//! (`square`) and encoded afresh (`encode`), so that nothing of the uploaded file survives but
//! what is to be seen.

mod decode;
mod encode;
mod header;
mod held;
mod square;
mod sweep;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use domain::image::{ImageName, ImageProblem, ImageSize};
use object_store::{ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as ObjectPath};
use tokio::{
    sync::{OwnedSemaphorePermit, RwLock, Semaphore},
    task::spawn_blocking,
};

use self::header::Header;
use crate::{
    Internal,
    clock::Clock,
    store::{Store, images::is_used},
};

pub(crate) use self::{
    encode::EncodedImage,
    held::{Held, hold},
    square::Squares,
};

/// From how many pixels on a picture is decoded alone.
const LARGE: u64 = 4_000_000;
/// How many smaller pictures are decoded at once.
const SMALL_AT_ONCE: usize = 2;

/// A file that somebody uploaded as a profile image; nothing is known of it.
#[derive(Clone, Debug)]
pub struct UploadedImage(pub Bytes);

/// A profile image that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImage {
    /// What a user's row refers to it by.
    pub name: ImageName,
}

/// Why an upload did not become a profile image.
#[derive(Debug)]
pub enum ImageRefusal {
    /// The file is not a picture that is taken.
    Problem(ImageProblem),
    /// Something failed that is not the file's fault.
    Internal(Internal),
}

impl From<ImageProblem> for ImageRefusal {
    fn from(problem: ImageProblem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Internal> for ImageRefusal {
    fn from(internal: Internal) -> Self {
        Self::Internal(internal)
    }
}

/// The profile images.
#[derive(Debug)]
pub struct Images {
    folder: PathBuf,
    files: Arc<dyn ObjectStore>,
    store: Store,
    clock: Arc<dyn Clock>,
    large: Arc<Semaphore>,
    small: Arc<Semaphore>,
    /// Held for writing while an unused file is looked at again and deleted, so that it can't be
    /// uploaded anew in between.
    keeping: RwLock<()>,
}

impl Images {
    /// Opens the folder of images, making it where there is none.
    pub(crate) fn open(folder: &Path, store: Store, clock: Arc<dyn Clock>) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        // Without this, a crash of the machine could lose a file that a user's row refers to.
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            folder: folder.to_owned(),
            files: Arc::new(files),
            store,
            clock,
            large: Arc::new(Semaphore::new(1)),
            small: Arc::new(Semaphore::new(SMALL_AT_ONCE)),
            keeping: RwLock::new(()),
        })
    }

    /// Makes an upload a profile image and keeps it in both sizes.
    pub async fn normalise(&self, upload: UploadedImage) -> Result<StoredImage, ImageRefusal> {
        let header = Header::read(&upload.0)?;
        let turn = self.turn(&header).await;
        let encoded = spawn_blocking(move || {
            // Kept until the work is done, even when nobody waits for it any more.
            let _turn = turn;
            let squares = Squares::of(decode::decode(&header, upload.0)?)?;
            EncodedImage::of(&squares).ok_or(ImageProblem::Broken)
        })
        .await
        // A decoder that panics was fed something broken.
        .map_err(|_| ImageProblem::Broken)??;
        Ok(self.keep(encoded).await?)
    }

    /// The file of a profile image that some user has. What was replaced, or was a deleted user's, is
    /// shown no more, though its file may be there until it is swept.
    pub async fn shown(
        &self,
        name: &ImageName,
        size: ImageSize,
    ) -> Result<Option<Bytes>, Internal> {
        let mut db = self.store.read().await?;
        let used = is_used(&mut db, name).await?;
        drop(db);
        if used { self.read(name, size).await } else { Ok(None) }
    }

    /// The file of a profile image, if it is kept, whoever has it.
    pub async fn read(&self, name: &ImageName, size: ImageSize) -> Result<Option<Bytes>, Internal> {
        match self.files.get(&path(name, size)).await {
            Ok(file) => Ok(Some(file.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps both sizes. A file that is there already is written again, so that it counts as fresh.
    pub(crate) async fn keep(&self, image: EncodedImage) -> Result<StoredImage, Internal> {
        let _keeping = self.keeping.read().await;
        let EncodedImage { name, large, small } = image;
        self.files.put(&path(&name, ImageSize::Small), small.into()).await?;
        self.files.put(&path(&name, ImageSize::Large), large.into()).await?;
        Ok(StoredImage { name })
    }

    /// Waits until a picture of that size may be decoded. Nobody ever closes the semaphores.
    async fn turn(&self, header: &Header) -> Option<OwnedSemaphorePermit> {
        let queue = if header.pixels() > LARGE { &self.large } else { &self.small };
        Arc::clone(queue).acquire_owned().await.ok()
    }
}

fn path(name: &ImageName, size: ImageSize) -> ObjectPath {
    ObjectPath::from_iter([size.side().to_string().as_str(), name.as_str()])
}
