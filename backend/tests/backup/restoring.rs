//! What is there after restoring, and which folders a backup is put into.

use super::*;

/// What is in the key file of a data folder.
fn key(folder: &Path) -> String {
    fs::read_to_string(folder.join("rollcall.key")).unwrap()
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
    assert_eq!(key(&folder), key(kept.school.folder()));
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
    assert_eq!(key(&folder), key(kept.school.folder()));
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
