//! What a backup holds, where it may be written, and what goes on meanwhile.

use super::*;

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
