//! Files that are not restored: none, cut, damaged, forged or a later version's.

use super::*;

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
    // It opens, and only looking it over shows that a page is none. The last is a part of the schema.
    let mut broken = sound[1].1.clone();
    let last_page = broken.len() - 4_096;
    broken[last_page - 4_096..last_page].fill(0x5a);
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
