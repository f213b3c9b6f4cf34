//! Backups that the binary makes beside a server to which people write all the while.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use tokio::task::{JoinHandle, spawn_blocking};

use crate::{
    browser::Browser,
    house::{House, PASSWORD},
    images::{one_colour, status_of_picture},
    process::rollcall,
};

const WRITERS: u32 = 3;
const BACKUPS: u32 = 3;

/// The User IDs whose creation was answered.
type Answered = Arc<Mutex<Vec<String>>>;

/// Creates users with pictures until it is stopped.
fn write(mut admin: Browser, writer: u32, answered: Answered) -> JoinHandle<()> {
    tokio::spawn(async move {
        for number in 1.. {
            let user_id = format!("S-{writer}-{number}");
            let picture = one_colour(number * WRITERS + writer);
            let answer = admin.upload("/users/new", &[("user_id", &user_id)], Some(&picture)).await;
            assert_eq!(answer.status, 303, "{}", answer.body);
            answered.lock().unwrap().push(user_id);
        }
    })
}

/// Waits until more than so many were answered.
async fn more_than(number: usize, answered: &Answered) -> Vec<String> {
    loop {
        let now = answered.lock().unwrap().clone();
        if now.len() > number {
            return now;
        }
        tokio::task::yield_now().await;
    }
}

/// Runs the binary to its end; it must not fail.
async fn run(folder: &Path, arguments: &[&str]) -> String {
    let mut command = rollcall(folder, arguments);
    let output = spawn_blocking(move || command.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_backup_made_under_load_holds_all_that_was_answered_before_it_began() {
    let house = House::new().await;
    let admin = house.admin().await;
    let around = tempfile::tempdir().unwrap();
    let answered = Answered::default();
    let writers: Vec<_> =
        (0..WRITERS).map(|it| write(admin.clone(), it, answered.clone())).collect();
    let (mut seen, mut backups) = (0, Vec::new());
    for number in 0..BACKUPS {
        let before = more_than(seen, &answered).await;
        seen = before.len();
        let file = around.path().join(format!("backup-{number}"));
        run(house.folder(), &["backup", file.to_str().unwrap()]).await;
        backups.push((file, before));
    }
    for writer in writers {
        assert!(!writer.is_finished(), "it was refused something");
        writer.abort();
    }
    for (file, before) in backups {
        let restored = tempfile::tempdir().unwrap();
        run(restored.path(), &["restore", file.to_str().unwrap()]).await;
        let restored = House::over(restored).await;
        let mut admin = restored.visitor();
        assert_eq!(admin.sign_in("A-hana", PASSWORD).await.status, 303);
        for user_id in before {
            assert_eq!(status_of_picture(&mut admin, &user_id).await, 200, "{user_id}");
        }
    }
}
