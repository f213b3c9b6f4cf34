//! Backups: what they hold, that they are put back as a whole or not at all, and what is refused.

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
        fs::write(school.folder().join("rollcall.key"), "secret").unwrap();
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

#[tokio::test]
async fn a_backup_beside_a_running_school_holds_everything() {
    let kept = Kept::open().await;
    let made = kept.make("backup").await.unwrap();
    assert_eq!((made.images, made.missing), (1, 0));
    let bytes = fs::read(kept.path("backup")).unwrap();
    assert_eq!(made.bytes, bytes.len() as u64);
    let image = &kept.image;
    let held: Vec<_> = entries(&bytes).into_iter().map(|it| it.0).collect();
    let expected = [
        "rollcall-backup.json",
        "rollcall.db",
        "rollcall.key",
        &format!("images/96/{image}"),
        &format!("images/512/{image}"),
        "SHA256SUMS",
    ];
    assert_eq!(held, expected);
    assert_eq!(names(kept.around.path()), ["backup"]);
    // A forged one is told apart by nothing but its content.
    assert_eq!(entries(&forged(entries(&bytes))), entries(&bytes));
}

#[tokio::test]
async fn what_was_backed_up_is_there_after_restoring() {
    let kept = Kept::open().await;
    kept.make("backup").await.unwrap();
    kept.school.user("S-later").await;
    let restored = kept.restore("backup").await.unwrap();
    assert_eq!(restored.rollcall, env!("CARGO_PKG_VERSION"));
    let folder = kept.target().data_dir;
    let image = &kept.image;
    let expected = [
        "images".to_owned(),
        "images/512".to_owned(),
        format!("images/512/{image}"),
        "images/96".to_owned(),
        format!("images/96/{image}"),
        "rollcall.db".to_owned(),
        "rollcall.key".to_owned(),
        "rollcall.lock".to_owned(),
    ];
    assert_eq!(names(&folder), expected);
    assert_eq!(fs::read_to_string(folder.join("rollcall.key")).unwrap(), "secret");
    let backend = Backend::open(kept.target()).await.unwrap();
    backend.accounts.sign_in("A-hana", PASSWORD, &context()).await.unwrap();
    assert!(backend.users.find(&kept.school.admin, &user_id("S-1")).await.unwrap().is_some());
    let later = backend.users.find(&kept.school.admin, &user_id("S-later")).await.unwrap();
    assert!(later.is_none());
    for size in ImageSize::ALL {
        let file = backend.images.read(image, size).await.unwrap();
        assert_eq!(file, kept.school.backend.images.read(image, size).await.unwrap());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn backups_and_what_is_restored_are_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let kept = Kept::open().await;
    kept.make("backup").await.unwrap();
    kept.restore("backup").await.unwrap();
    let folder = kept.target().data_dir;
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&kept.path("backup")), 0o600);
    assert_eq!(mode(&folder), 0o700);
    for name in names(&folder).iter().filter(|it| *it != "rollcall.lock") {
        let path = folder.join(name);
        assert_eq!(mode(&path), if path.is_dir() { 0o700 } else { 0o600 }, "{name}");
    }
}

#[tokio::test]
async fn no_file_is_ever_replaced() {
    let kept = Kept::open().await;
    fs::write(kept.path("precious"), "precious").unwrap();
    let refusal = kept.make("precious").await.unwrap_err();
    assert!(matches!(refusal, BackupError::Exists(_)), "{refusal}");
    assert_eq!(fs::read_to_string(kept.path("precious")).unwrap(), "precious");
    assert_eq!(names(kept.around.path()), ["precious"]);
}

#[tokio::test]
async fn a_backup_has_a_place_to_be_written_to_and_something_to_hold() {
    let kept = Kept::open().await;
    let refusal = kept.make("nowhere/backup").await.unwrap_err();
    assert!(matches!(refusal, BackupError::NotWritable { .. }), "{refusal}");
    let nothing = Config { data_dir: kept.path("nothing"), database_url: None };
    let refusal = backup::make(nothing, kept.path("backup"), quietly()).await.unwrap_err();
    assert!(matches!(refusal, BackupError::Nothing(_)), "{refusal}");
    // The database is made empty before its tables are.
    let empty = Config { data_dir: kept.path("empty"), database_url: None };
    fs::create_dir_all(kept.path("empty/images")).unwrap();
    fs::write(kept.path("empty/rollcall.db"), "").unwrap();
    let refusal = backup::make(empty, kept.path("backup"), quietly()).await.unwrap_err();
    assert!(matches!(refusal, BackupError::Nothing(_)), "{refusal}");
    fs::remove_dir_all(kept.path("empty")).unwrap();
    assert_eq!(names(kept.around.path()), [""; 0]);
}

#[tokio::test]
async fn a_database_elsewhere_is_backed_up_too() {
    let (around, folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let url = format!("sqlite://{}", around.path().join("school.db").display());
    let config = Config { database_url: Some(url), ..config(&folder) };
    let backend = Backend::open(config.clone()).await.unwrap();
    let file = around.path().join("backup");
    backup::make(config.clone(), file.clone(), quietly()).await.unwrap();
    backend.close().await;
    let refusal = backup::restore(config, file, quietly()).await.unwrap_err();
    assert!(matches!(refusal, RestoreError::DatabaseElsewhere), "{refusal}");
}

#[tokio::test]
async fn a_backup_takes_no_side_when_two_are_made_at_once() {
    let kept = Kept::open().await;
    let work = kept.path("backup.rollcall-unfinished");
    fs::create_dir(&work).unwrap();
    let other = File::open(&work).unwrap();
    other.lock().unwrap();
    let refusal = kept.make("backup").await.unwrap_err();
    assert!(matches!(refusal, BackupError::UnderWay(_)), "{refusal}");
    // The other was killed.
    drop(other);
    kept.make("backup").await.unwrap();
    assert_eq!(names(kept.around.path()), ["backup"]);
}

#[tokio::test]
async fn an_image_that_is_lost_is_counted_and_stops_nothing() {
    let kept = Kept::open().await;
    fs::remove_file(kept.school.folder().join(format!("images/96/{}", kept.image))).unwrap();
    let made = kept.make("backup").await.unwrap();
    assert_eq!((made.images, made.missing), (0, 1));
    kept.restore("backup").await.unwrap();
}

#[tokio::test]
async fn nothing_is_swept_while_a_backup_holds_the_images() {
    let kept = Kept::open().await;
    let admin = &kept.school.admin;
    kept.school.backend.users.delete(admin, &user_id("S-1"), None).await.unwrap();
    // The clock stands far in the future of the files.
    let file = kept.school.folder().join(format!("images/96/{}", kept.image));
    let backup = File::open(kept.school.folder().join("images")).unwrap();
    backup.lock_shared().unwrap();
    assert_eq!(kept.school.backend.images.sweep().await.unwrap(), 0);
    assert!(file.exists());
    drop(backup);
    assert_eq!(kept.school.backend.images.sweep().await.unwrap(), 2);
    assert!(!file.exists());
}

#[tokio::test]
async fn a_backup_holds_the_images_from_before_the_database_is_copied_until_all_are_added() {
    let kept = Kept::open().await;
    let images = kept.school.folder().join("images");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let tell = {
        let (images, seen) = (images.clone(), seen.clone());
        move |step| {
            let free = File::open(&images).unwrap().try_lock().is_ok();
            seen.lock().unwrap().push((step, free));
        }
    };
    backup::make(kept.config(), kept.path("backup"), Arc::new(tell)).await.unwrap();
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen, [(Step::Snapshot, false), (Step::Added(1), false)]);
    assert!(File::open(&images).unwrap().try_lock().is_ok());
}

#[tokio::test]
async fn a_folder_with_anything_in_it_is_not_restored_into() {
    let kept = Kept::open().await;
    kept.make("backup").await.unwrap();
    let folder = kept.target().data_dir;
    for found in [
        &["rollcall.db"][..],
        &["images/96"],
        &["rollcall.key"],
        // What a killed restore left is cleared away, but nothing else beside it.
        &["restoring", "notes.txt"],
        &["restoring", "rollcall.db"],
    ] {
        for name in found {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        let before = names(&folder);
        let refusal = kept.restore("backup").await.unwrap_err();
        assert!(matches!(refusal, RestoreError::NotEmpty(_)), "{found:?}: {refusal}");
        assert_eq!(names(&folder), before);
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[tokio::test]
async fn a_folder_in_use_is_not_restored_into() {
    let kept = Kept::open().await;
    kept.make("backup").await.unwrap();
    let folder = kept.target().data_dir;
    fs::create_dir_all(&folder).unwrap();
    let lock = File::create(folder.join("rollcall.lock")).unwrap();
    lock.lock().unwrap();
    let refusal = kept.restore("backup").await.unwrap_err();
    assert!(matches!(refusal, RestoreError::Open(OpenError::InUse(_))), "{refusal}");
    assert_eq!(names(&folder), ["rollcall.lock"]);
    drop(lock);
    fs::create_dir(folder.join("restoring")).unwrap();
    let other = File::open(folder.join("restoring")).unwrap();
    other.lock().unwrap();
    let refusal = kept.restore("backup").await.unwrap_err();
    assert!(matches!(refusal, RestoreError::UnderWay(_)), "{refusal}");
}

#[tokio::test]
async fn a_restore_that_was_killed_is_used_by_nobody_and_begun_anew() {
    let kept = Kept::open().await;
    kept.make("backup").await.unwrap();
    let folder = kept.target().data_dir;
    // As it is when all but the database is in its place.
    fs::create_dir_all(folder.join("restoring")).unwrap();
    fs::create_dir_all(folder.join("images/96")).unwrap();
    fs::write(folder.join("images/96/half"), "").unwrap();
    fs::write(folder.join("rollcall.key"), "half").unwrap();
    fs::write(folder.join("restoring/rollcall.db"), "half").unwrap();
    for refusal in [
        Backend::open(kept.target()).await.unwrap_err(),
        Backend::open_beside(kept.target()).await.unwrap_err(),
    ] {
        assert!(matches!(refusal, OpenError::HalfRestored(_)), "{refusal}");
    }
    let refusal = backup::make(kept.target(), kept.path("other"), quietly()).await.unwrap_err();
    assert!(matches!(refusal, BackupError::Open(OpenError::HalfRestored(_))), "{refusal}");
    kept.restore("backup").await.unwrap();
    assert!(!folder.join("images/96/half").exists() && !folder.join("restoring").exists());
    assert_eq!(fs::read_to_string(folder.join("rollcall.key")).unwrap(), "secret");
    Backend::open(kept.target()).await.unwrap();
}

#[tokio::test]
async fn a_restore_that_was_killed_at_its_very_end_is_done() {
    let kept = Kept::open().await;
    kept.make("backup").await.unwrap();
    kept.restore("backup").await.unwrap();
    let left = kept.target().data_dir.join("restoring");
    fs::create_dir(&left).unwrap();
    Backend::open(kept.target()).await.unwrap();
    assert!(!left.exists());
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let kept = Kept::open().await;
    let database = kept.school.folder().join("rollcall.db");
    let other_archive = archive(&vec![("rollcall.db".to_owned(), b"x".to_vec())]);
    let lying = archive(&vec![("rollcall-backup.json".to_owned(), b"{}".to_vec())]);
    let files = [Vec::new(), b"x".repeat(3_000), fs::read(database).unwrap(), other_archive, lying];
    for bytes in files {
        let refusal = kept.refused(&bytes).await;
        assert!(refusal.contains("is no backup of rollcall"), "{refusal}");
    }
    for missing in ["nowhere", "."] {
        let refusal = kept.restore(missing).await.unwrap_err();
        let trouble =
            matches!(&refusal, RestoreError::File { trouble: Trouble::NotReadable(_), .. });
        assert!(trouble, "{refusal}");
    }
}

#[tokio::test]
async fn a_backup_that_is_cut_anywhere_is_refused() {
    let kept = Kept::open().await;
    let bytes = kept.bytes().await;
    let sums_and_images = (bytes.len() - 30 * 512..bytes.len()).step_by(512);
    let others = [0, 1, 511, 512, 513, 1_024, 1_536, 70_001, bytes.len() - 1];
    for end in others.into_iter().chain(sums_and_images) {
        let refusal = kept.refused(&bytes[..end]).await;
        assert!(
            refusal.contains("is cut off") || refusal.contains("no backup"),
            "{end}: {refusal}"
        );
    }
}

#[tokio::test]
async fn a_backup_with_one_wrong_bit_is_refused() {
    let kept = Kept::open().await;
    let bytes = kept.bytes().await;
    let content = entries(&bytes);
    for (at, (name, entry)) in content.iter().enumerate() {
        let mut changed = content.clone();
        let middle = entry.len() / 2;
        changed[at].1[middle] ^= 1;
        let refusal = kept.refused(&archive(&changed)).await;
        assert!(
            refusal.contains("is damaged") || refusal.contains("no backup"),
            "{name}: {refusal}"
        );
    }
    let mut header = bytes.clone();
    header[512 + 512 + 10] ^= 1;
    assert!(kept.refused(&header).await.contains("is damaged"));
}

#[tokio::test]
async fn whatever_follows_a_backup_is_refused() {
    let kept = Kept::open().await;
    let bytes = kept.bytes().await;
    for more in [&[0; 1][..], &[0; 512], &[7; 1], &[7; 5_000]] {
        let refusal = kept.refused(&[&bytes, more].concat()).await;
        assert!(refusal.contains("something follows its end"), "{refusal}");
    }
    let mut entries = entries(&bytes);
    entries.push(("rollcall.key".to_owned(), b"x".to_vec()));
    assert!(kept.refused(&archive(&entries)).await.contains("something follows its end"));
}

#[tokio::test]
async fn entries_that_lead_elsewhere_are_refused() {
    let kept = Kept::open().await;
    let bytes = kept.bytes().await;
    for name in [
        "../escaped",
        "/tmp/escaped",
        "images/../../escaped",
        "./rollcall.key",
        "images/96/escaped.png",
        "rollcall.toml",
        "rollcall.lock",
        "",
    ] {
        let mut entries = entries(&bytes);
        entries.insert(2, (name.to_owned(), b"x".to_vec()));
        let refusal = kept.refused(&forged(entries)).await;
        assert!(refusal.contains("which is no part of a backup"), "{name}: {refusal}");
    }
    assert!(!kept.path("escaped").exists());
}

#[tokio::test]
async fn entries_that_are_no_plain_files_are_refused() {
    let kept = Kept::open().await;
    let bytes = kept.bytes().await;
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Directory,
        EntryType::Fifo,
        EntryType::GNUSparse,
        EntryType::GNULongName,
        EntryType::XHeader,
        EntryType::XGlobalHeader,
    ] {
        let mut link = header("rollcall.key", 0);
        link.set_entry_type(kind);
        link.set_link_name("/etc/passwd").unwrap();
        link.set_cksum();
        let manifest = 1_024;
        let forged = [&bytes[..manifest], link.as_bytes(), &bytes[manifest..]].concat();
        let refusal = kept.refused(&forged).await;
        assert!(refusal.contains("which is no part of a backup"), "{kind:?}: {refusal}");
    }
}

#[tokio::test]
async fn entries_that_come_twice_or_lie_about_their_size_are_refused() {
    let kept = Kept::open().await;
    let bytes = kept.bytes().await;
    let mut twice = entries(&bytes);
    twice.insert(2, twice[1].clone());
    let refusal = kept.refused(&forged(twice)).await;
    assert!(refusal.contains("holds rollcall.db twice"), "{refusal}");
    for size in [u64::MAX / 2, 1 << 40, 0, 100] {
        let mut lie = header("rollcall.db", 0);
        lie.set_size(size);
        lie.set_cksum();
        let lying = [&bytes[..1_024], lie.as_bytes(), &bytes[1_536..]].concat();
        let refusal = kept.refused(&lying).await;
        assert!(refusal.contains("is cut off") || refusal.contains("is damaged"), "{refusal}");
    }
}

#[tokio::test]
async fn a_backup_without_a_sound_database_is_refused() {
    let kept = Kept::open().await;
    let sound = entries(&kept.bytes().await);
    let with = |database: Vec<u8>| {
        let mut entries = sound.clone();
        entries[1].1 = database;
        forged(entries)
    };
    let without = sound.iter().filter(|it| it.0 != "rollcall.db").cloned().collect();
    assert!(kept.refused(&forged(without)).await.contains("the database is missing"));
    assert!(kept.refused(&with(b"x".repeat(5_000))).await.contains("is damaged"));
    assert!(kept.refused(&with(Vec::new())).await.contains("no backup"));
    // It opens, and only looking it over shows that its last page is none.
    let mut broken = sound[1].1.clone();
    let last_page = broken.len() - 4_096;
    broken[last_page..].fill(0x5a);
    let refusal = kept.refused(&with(broken)).await;
    assert!(refusal.contains("is damaged: its database is not whole"), "{refusal}");
}

#[tokio::test]
async fn a_backup_of_a_newer_version_is_refused_by_that_name() {
    let kept = Kept::open().await;
    let sound = entries(&kept.bytes().await);
    let manifest: serde_json::Value = serde_json::from_slice(&sound[0].1).unwrap();
    for (key, value) in [("format", 2_i64), ("schema", 9_999)] {
        let mut manifest = manifest.clone();
        manifest["rollcall"] = "7.0.0".into();
        manifest[key] = value.into();
        if key == "format" {
            // Whatever else a later form says of itself.
            manifest.as_object_mut().unwrap().remove("schema");
        }
        let mut entries = sound.clone();
        entries[0].1 = manifest.to_string().into_bytes();
        let refusal = kept.refused(&forged(entries)).await;
        assert!(refusal.contains("made by a newer version of rollcall (7.0.0)"), "{refusal}");
    }
    let mut db = kept.school.db().await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', TRUE, x'00', 0)",
    )
    .execute(&mut db)
    .await
    .unwrap();
    let refusal = kept.make("newer").await.unwrap_err();
    assert!(matches!(refusal, BackupError::Open(OpenError::DatabaseNewer)), "{refusal}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_made_while_others_write_hold_all_that_was_done_before() {
    let kept = Arc::new(Kept::open().await);
    let done: Arc<Mutex<BTreeMap<UserId, ImageName>>> = Arc::default();
    let writers: Vec<_> = (0..3)
        .map(|writer| {
            let (kept, done) = (kept.clone(), done.clone());
            tokio::spawn(async move {
                for number in 1.. {
                    let id = format!("S-{writer}-{number}");
                    let image = with_picture(&kept.school, &id, number).await;
                    done.lock().unwrap().insert(user_id(&id), image);
                }
            })
        })
        .collect();
    for round in 0..3 {
        let before = done.lock().unwrap().clone();
        kept.make(&format!("backup-{round}")).await.unwrap();
        let folder = TempDir::new().unwrap();
        let file = kept.path(&format!("backup-{round}"));
        backup::restore(config(&folder), file, quietly()).await.unwrap();
        let backend = Backend::open(config(&folder)).await.unwrap();
        for (id, image) in &before {
            assert!(backend.users.find(&kept.school.admin, id).await.unwrap().is_some());
            assert!(backend.images.read(image, ImageSize::Small).await.unwrap().is_some());
        }
    }
    writers.iter().for_each(tokio::task::JoinHandle::abort);
}
