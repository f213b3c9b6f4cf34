//! Backups: what they hold, that they are put back as a whole or not at all, and what is refused.

mod making;
mod refused;
mod restoring;

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use backend::{
    Backend, Config, OpenError,
    backup::{self, BackupError, Made, RestoreError, Restored, Step, Tell, Trouble},
    images::UploadedImage,
};
use domain::{
    UserId,
    image::{ImageName, ImageSize},
};
use image::{ImageFormat, Rgb, RgbImage};
use sha2::{Digest, Sha256};
use tar::{Archive, Builder, EntryType, Header};
use tempfile::TempDir;

use crate::common::{PASSWORD, School, config, context, profile, user_id};

fn quietly() -> Tell {
    Arc::new(|_| {})
}

/// A school with a picture and a key, and a place for backups.
struct Kept {
    school: School,
    around: TempDir,
    image: ImageName,
}

impl Kept {
    async fn open() -> Self {
        let school = School::open().await;
        let image = with_picture(&school, "S-1", 1).await;
        Self { school, around: TempDir::new().unwrap(), image }
    }

    fn config(&self) -> Config {
        Config { data_dir: self.school.folder().to_owned(), database_url: None }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }

    async fn make(&self, name: &str) -> Result<Made, BackupError> {
        backup::make(self.config(), self.path(name), quietly()).await
    }

    /// The bytes of a backup.
    async fn bytes(&self) -> Vec<u8> {
        self.make("bytes").await.unwrap();
        fs::read(self.path("bytes")).unwrap()
    }

    /// A folder that is not there yet.
    fn target(&self) -> Config {
        Config { data_dir: self.path("deep/down"), database_url: None }
    }

    async fn restore(&self, name: &str) -> Result<Restored, RestoreError> {
        backup::restore(self.target(), self.path(name), quietly()).await
    }

    /// What is said of a backup of those bytes, after which nothing is left of restoring it.
    async fn refused(&self, bytes: &[u8]) -> String {
        fs::write(self.path("refused"), bytes).unwrap();
        let refusal = self.restore("refused").await.unwrap_err().to_string();
        assert!(!refusal.contains('\n'), "{refusal}");
        assert!(refusal.contains("; "), "without remedy: {refusal}");
        assert!(!self.path("deep").exists(), "{refusal}");
        let config = Config { data_dir: self.path("empty"), database_url: None };
        fs::create_dir(&config.data_dir).unwrap();
        backup::restore(config, self.path("refused"), quietly()).await.unwrap_err();
        fs::remove_dir(self.path("empty")).expect("the folder is empty again");
        refusal
    }
}

/// Creates a user with a picture of that colour.
async fn with_picture(school: &School, id: &str, colour: u32) -> ImageName {
    let mut file = std::io::Cursor::new(Vec::new());
    let [red, green, blue, _] = colour.to_le_bytes();
    RgbImage::from_pixel(8, 8, Rgb([red, green, blue]))
        .write_to(&mut file, ImageFormat::Png)
        .unwrap();
    let picture = UploadedImage(file.into_inner().into());
    let users = &school.backend.users;
    let user = users.create(&school.admin, &user_id(id), &profile(id), Some(picture)).await;
    user.unwrap().image.unwrap()
}

/// The names of everything in a folder, and in its folders.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            names.extend(self::names(&path).iter().map(|it| format!("{name}/{it}")));
        }
        names.push(name);
    }
    names.sort_unstable();
    names
}

/// The entries of an archive: name and content.
type Entries = Vec<(String, Vec<u8>)>;

fn entries(bytes: &[u8]) -> Entries {
    let mut archive = Archive::new(bytes);
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
        (String::from_utf8(entry.path_bytes().into_owned()).unwrap(), content)
    });
    entries.collect()
}

fn header(name: &str, size: usize) -> Header {
    let mut header = Header::new_gnu();
    // The name as it stands: the usual way refuses those that are to be refused here.
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size as u64);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    header
}

fn archive(entries: &Entries) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, content) in entries {
        builder.append(&header(name, content.len()), content.as_slice()).unwrap();
    }
    builder.into_inner().unwrap()
}

/// An archive of other entries, with the sums that belong to them.
fn forged(mut entries: Entries) -> Vec<u8> {
    entries.retain(|(name, _)| name != "SHA256SUMS");
    let mut sums = String::new();
    for (name, content) in &entries {
        for byte in Sha256::digest(content) {
            write!(sums, "{byte:02x}").unwrap();
        }
        writeln!(sums, "  {name}").unwrap();
    }
    entries.push(("SHA256SUMS".to_owned(), sums.into_bytes()));
    archive(&entries)
}
