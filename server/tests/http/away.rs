//! The database is away, since another program keeps it to itself: that is said, and is over by itself.

use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, Read, stdin},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use nix::{
    fcntl::{FcntlArg, fcntl},
    libc::{F_WRLCK, SEEK_SET, flock},
};

use crate::{headers::assert_protected, house::House};

/// The variables that tell the program, when it is started to keep a database, its file of locks, and
/// how many of these to take.
const FILE: &str = "KEPT_FILE";
const LOCKS: &str = "KEPT_LOCKS";

/// Where SQLite's locks on a database with a log begin: the first is of whoever writes, the last of whoever
/// reads.
const FIRST_LOCK: i64 = 120;
const WRITING: i64 = 1;
const ALL: i64 = 8;

/// What is run in a process of its own: a process is never kept out by its own locks.
#[test]
#[ignore = "keeps a database to itself until its caller is done"]
fn keep_a_database() {
    let (Some(file), Ok(locks)) = (env::var_os(FILE), env::var(LOCKS)) else { return };
    let file = File::options().read(true).write(true).open(file).unwrap();
    let locks = flock {
        l_type: i16::try_from(F_WRLCK).unwrap(),
        l_whence: i16::try_from(SEEK_SET).unwrap(),
        l_start: FIRST_LOCK,
        l_len: locks.parse().unwrap(),
        l_pid: 0,
    };
    fcntl(&file, FcntlArg::F_SETLKW(&locks)).unwrap();
    println!("kept");
    stdin().read_to_end(&mut Vec::new()).unwrap();
}

/// Another program that keeps the database to itself.
struct Keeper {
    process: Child,
    hold: Option<ChildStdin>,
    /// Open as long as it may say something.
    _said: BufReader<ChildStdout>,
}

impl Keeper {
    fn of(folder: &Path, locks: i64) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "away::keep_a_database", "--ignored", "--nocapture"])
            .env(FILE, folder.join("rollcall.db-shm"))
            .env(LOCKS, locks.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let hold = process.stdin.take();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        assert!(said.by_ref().lines().any(|it| it.unwrap().contains("kept")));
        Self { process, hold, _said: said }
    }

    fn let_go(mut self) {
        drop(self.hold.take());
        self.process.wait().unwrap();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Both fail where it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const ALGEBRA: [(&str, &str); 2] = [("name", "Algebra"), ("type", "private")];
const SAID: &str = "The database can't be reached just now.";

#[tokio::test]
async fn while_another_writes_what_was_stored_is_shown_and_nothing_is_lost() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let keeper = Keeper::of(house.folder(), WRITING);
    let refused = admin.post("/rooms/new", &ALGEBRA).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(
        !refused.body.contains("SQLITE") && !refused.body.contains("locked"),
        "{}",
        refused.body
    );
    assert_eq!(admin.get("/users").await.status, 200);
    assert_eq!(house.visitor().get("/readyz").await.status, 200);

    keeper.let_go();
    assert!(!admin.get("/rooms").await.body.contains(">Algebra<"));
    assert_eq!(admin.post("/rooms/new", &ALGEBRA).await.status, 303);
}

#[tokio::test]
async fn a_database_that_is_away_is_said_and_comes_back_by_itself() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let keeper = Keeper::of(house.folder(), ALL);
    let (mut page, mut script, mut form) = (admin.clone(), admin.script(), admin.clone());
    let (mut watcher, mut other) = (house.visitor(), house.visitor());
    // Who watches comes first: over a connection that is open already, much is answered from memory.
    let (ready, alive, page, script, form) = tokio::join!(
        watcher.get("/readyz"),
        other.get("/healthz"),
        page.get("/users"),
        script.get("/api/users/list?search=&at="),
        form.post("/rooms/new", &ALGEBRA),
    );
    for (what, answer) in
        [("page", &page), ("function", &script), ("form", &form), ("ready", &ready)]
    {
        assert_eq!(answer.status, 503, "{what}: {}", answer.body);
        assert_protected(answer, what);
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        assert!(!answer.body.contains("locking protocol"), "{what}: {}", answer.body);
    }
    assert!(page.header("content-type").starts_with("text/html") && page.body.contains(SAID));
    assert_eq!(alive.status, 200);

    keeper.let_go();
    assert_eq!(house.visitor().get("/readyz").await.status, 200);
    assert!(!admin.get("/rooms").await.body.contains(">Algebra<"));
    assert_eq!(admin.post("/rooms/new", &ALGEBRA).await.status, 303);
}
