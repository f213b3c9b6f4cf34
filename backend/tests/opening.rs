//! Opening data folders that are new, in use, broken or a later version's.

use std::path::PathBuf;

use crate::common::{School, config, empty};
use backend::{
    Backend, Config, OpenError,
    doctor::{self, Outcome},
};
use sqlx::{AnyConnection, Connection};
use tempfile::TempDir;

async fn refusal(config: Config) -> String {
    let refusal = Backend::open(config).await.unwrap_err().to_string();
    assert!(!refusal.contains('\n'), "{refusal}");
    refusal
}

#[tokio::test]
async fn a_folder_that_is_missing_is_made_for_this_user_alone() {
    let folder = TempDir::new().unwrap();
    let data_dir = folder.path().join("with space/100%?#");
    let config = Config { data_dir: data_dir.clone(), database_url: None };
    let backend = Backend::open(config).await.unwrap();
    assert!(backend.ready().await);
    assert!(data_dir.join("rollcall.db").is_file());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = data_dir.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    backend.close().await;
    assert!(!backend.ready().await);
}

#[tokio::test]
async fn what_was_stored_is_there_when_the_folder_is_opened_again() {
    let (backend, _, folder) = empty().await;
    backend.accounts.setup_link().await.unwrap();
    let first = backend.accounts.setup_link().await.unwrap().unwrap();
    backend.close().await;
    drop(backend);
    let again = Backend::open(config(&folder)).await.unwrap();
    assert!(again.accounts.setup_link_valid(first.reveal()).await.is_ok());
}

#[tokio::test]
async fn a_second_open_of_one_folder_is_refused_and_commands_still_work_beside() {
    let (backend, _, folder) = empty().await;
    let refusal = refusal(config(&folder)).await;
    assert!(refusal.contains("in use by another rollcall; stop that one"), "{refusal}");
    let beside = Backend::open_beside(config(&folder)).await.unwrap();
    assert!(beside.accounts.setup_link().await.unwrap().is_some());
    beside.close().await;
    drop((backend, beside));
    Backend::open(config(&folder)).await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let school = School::open().await;
    let mut db = school.db().await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', TRUE, x'00', 0)",
    )
    .execute(&mut db)
    .await
    .unwrap();
    let folder = school.close().await;
    assert!(refusal(config(&folder)).await.contains("newer version of rollcall"));
}

#[tokio::test]
async fn a_database_that_is_behind_and_in_use_is_refused() {
    let folder = TempDir::new().unwrap();
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("rollcall.db").display());
    AnyConnection::connect(&url).await.unwrap().close().await.unwrap();
    let lock = std::fs::File::create(folder.path().join("rollcall.lock")).unwrap();
    lock.lock().unwrap();
    let refused = Backend::open_beside(config(&folder)).await;
    assert!(matches!(refused, Err(OpenError::DatabaseOlder)));
}

#[tokio::test]
async fn other_kinds_of_databases_are_refused_by_name() {
    let folder = TempDir::new().unwrap();
    for (url, kind) in [("postgres://localhost/x", "postgres"), ("rollcall.db", "rollcall.db")] {
        let config = Config { database_url: Some(url.to_owned()), ..config(&folder) };
        assert!(refusal(config).await.contains(&format!("{kind:?}")), "{url}");
    }
}

#[tokio::test]
async fn a_database_elsewhere_is_opened_by_its_address() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let file = elsewhere.path().join("school.db");
    let url = format!("sqlite://{}", file.display());
    let config = Config { database_url: Some(url), ..config(&folder) };
    Backend::open(config).await.unwrap();
    assert!(file.is_file());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_refused_with_the_remedy() {
    let config = Config { data_dir: PathBuf::from("/proc/rollcall"), database_url: None };
    let refusal = refusal(config).await;
    assert!(refusal.contains("/proc/rollcall can't be written to"), "{refusal}");
    assert!(refusal.contains("make it writable"), "{refusal}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("rollcall.db"), "x".repeat(5_000)).unwrap();
    assert!(refusal(config(&folder)).await.contains("the database can't be opened"));
}

#[tokio::test]
async fn the_doctor_finds_a_sound_folder_and_a_missing_admin() {
    let (backend, _, folder) = empty().await;
    let checks = doctor::check(&config(&folder)).await;
    let names: Vec<_> = checks.iter().map(|it| it.name).collect();
    assert_eq!(names, ["data folder", "database", "administrator"]);
    assert_eq!((&checks[0].outcome, &checks[1].outcome), (&Outcome::Ok, &Outcome::Ok));
    assert!(matches!(&checks[2].outcome, Outcome::Warning(text) if text.contains("no Admin")));
    drop(backend);
    let school = School::open().await;
    let folder = school.close().await;
    let checks = doctor::check(&config(&folder)).await;
    assert!(checks.iter().all(|it| it.outcome == Outcome::Ok), "{checks:?}");
}

#[tokio::test]
async fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("rollcall.db"), "x".repeat(5_000)).unwrap();
    let broken = doctor::check(&config(&folder)).await;
    let nowhere = Config { data_dir: PathBuf::from("/proc/rollcall"), database_url: None };
    for checks in [broken, doctor::check(&nowhere).await] {
        let last = &checks[checks.len() - 1].outcome;
        let Outcome::Failed { what, remedy } = last else { panic!("{last:?}") };
        assert!(!what.is_empty() && !remedy.is_empty());
    }
}
