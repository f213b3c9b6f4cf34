//! What happens to the machine: the power fails, the disk is full, somebody reads what is left.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use axum::{Router, routing::get};
use backend::clock::{Clock, SystemClock};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
    task::JoinHandle,
};

use crate::{
    browser::Browser,
    headers::assert_protected,
    house::{House, PASSWORD},
    images::{one_colour, status_of_picture},
    served::{LOST, Served, db_link, free_address},
};

/// What was answered with success, of all that several people do at once.
#[derive(Clone, Default)]
struct Acknowledged {
    users: Arc<Mutex<Vec<String>>>,
    count: Arc<AtomicUsize>,
    anew: Arc<Notify>,
    over: Arc<AtomicBool>,
}

impl Acknowledged {
    fn add(&self, user_id: String) {
        self.users.lock().unwrap().push(user_id);
        self.count.fetch_add(1, Ordering::SeqCst);
        self.anew.notify_one();
    }

    /// Waits until so many were answered.
    async fn reach(&self, count: usize) {
        while self.count.load(Ordering::SeqCst) < count {
            self.anew.notified().await;
        }
    }
}

/// Creates users with pictures until the server is gone.
fn write(mut admin: Browser, name: String, done: Acknowledged) -> JoinHandle<()> {
    tokio::spawn(async move {
        for number in 0_u32.. {
            let user_id = format!("{name}-{number}");
            let colour = number.wrapping_mul(2_654_435_761);
            let form = [("user_id", user_id.as_str()), ("role", "none")];
            let answer = admin.upload("/users/new", &form, Some(&one_colour(colour))).await;
            if answer.status == LOST.as_u16() && done.over.load(Ordering::SeqCst) {
                return;
            }
            assert_eq!(answer.status, 303, "{}", answer.body);
            done.add(user_id);
        }
    })
}

/// Kills the server again and again while three people write, each time after another number of answers.
async fn killed(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let Some(first) = Served::over(folder.path()) else { return };
    first.admin().await;
    drop(first);
    for round in 0..rounds {
        let mut server = Served::over(folder.path()).unwrap();
        let admin = server.admin_again().await;
        let done = Acknowledged::default();
        let writers: Vec<_> = (0..3)
            .map(|it| write(admin.clone(), format!("S-{round}-{it}"), done.clone()))
            .collect();
        done.reach(1 + round * 7 % 11).await;
        done.over.store(true, Ordering::SeqCst);
        server.kill();
        for writer in writers {
            writer.await.unwrap();
        }
        let server = Served::over(folder.path()).unwrap();
        let mut admin = server.admin_again().await;
        let acknowledged = done.users.lock().unwrap().clone();
        for user_id in acknowledged {
            assert_eq!(status_of_picture(&mut admin, &user_id).await, 200, "{user_id}'s picture");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_loses_nothing_acknowledged() {
    killed(4).await;
}

/// The long form, to be run by hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn killed_a_hundred_times_loses_nothing_acknowledged() {
    killed(100).await;
}

/// A server whose data folder lies on a small disk of its own, half of which a file takes.
///
/// The disk is seen by that process and its children alone, so that nobody has to be root.
fn on_a_small_disk(folder: &TempDir) -> Option<Served> {
    let address = free_address();
    let script = r#"
        mount -t tmpfs -o size=12m tmpfs "$1" &&
        head -c 6000000 /dev/zero > "$1/ballast" &&
        exec "$0" --data-dir "$1" --listen "$2""#;
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
    command.arg(env!("CARGO_BIN_EXE_rollcall")).arg(folder.path()).arg(address.to_string());
    Served::start(command, address)
}

/// The folder as the process sees it.
fn seen_by(process: u32, folder: &Path) -> PathBuf {
    let inside = folder.strip_prefix("/").unwrap();
    PathBuf::from(format!("/proc/{process}/root")).join(inside)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_and_recovers_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = on_a_small_disk(&folder) else { return };
    let mut admin = server.admin().await;
    let noise = noisy_picture();
    let mut created = 0;
    let full = loop {
        let user_id = format!("S-{created}");
        let answer = admin.upload("/users/new", &[("user_id", &user_id)], Some(&noise)).await;
        if answer.status != 303 {
            break answer;
        }
        created += 1;
        // The same content is kept once, so the rest of the disk is filled by what is written about it.
        fill(&seen_by(server.id(), folder.path()));
    };
    assert_eq!(full.status, 507, "{}", full.body);
    assert!(full.body.contains("The disk is full."), "{}", full.body);
    assert_protected(&full, "disk full");
    assert_eq!(full.header("cache-control"), "no-store");
    assert!(created > 0);

    assert_eq!(admin.get("/users").await.status, 200);
    assert_eq!(admin.get("/users/S-0").await.status, 200);
    assert_eq!(admin.get(&format!("/users/S-{created}")).await.status, 404);

    let seen = seen_by(server.id(), folder.path());
    fs::remove_file(seen.join("ballast")).unwrap();
    fs::remove_file(seen.join("rest")).unwrap();
    let answer = admin.upload("/users/new", &[("user_id", "S-again")], Some(&noise)).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(status_of_picture(&mut admin, "S-again").await, 200);
}

/// Fills a disk to the last byte.
fn fill(folder: &Path) {
    let mut file =
        fs::OpenOptions::new().create(true).append(true).open(folder.join("rest")).unwrap();
    let mut size = 1 << 20;
    while size > 0 {
        if std::io::Write::write_all(&mut file, &vec![0; size]).is_err() {
            size /= 2;
        }
    }
}

/// A picture that no codec makes small.
fn noisy_picture() -> Vec<u8> {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_le_bytes()[3]
    };
    let picture =
        image::RgbImage::from_fn(400, 400, |_, _| image::Rgb([noise(), noise(), noise()]));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Every file of a folder, whole.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    all
}

fn holds(file: &[u8], secret: &str) -> bool {
    file.windows(secret.len()).any(|it| it == secret.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_found_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut server) = Served::over(folder.path()) else { return };
    let wrong = "canary that was wrong";
    let mut answers = Vec::new();
    let mut admin = server.admin().await;
    let mut visitor = server.visitor();
    answers.push(visitor.sign_in("A-hana", wrong).await);
    // Typed into the wrong field, which shows it again to whoever typed it.
    visitor.sign_in(wrong, wrong).await;
    answers.push(visitor.post("/setup", &[("secret", server.secret()), ("password", wrong)]).await);
    answers.push(visitor.get(&format!("/sign-in?password={}", wrong.replace(' ', "+"))).await);
    answers.push(admin.get("/users").await);
    answers.push(admin.script().post("/users/new", &[("password", wrong)]).await);
    let made = admin.post("/rooms/new", &[("name", "Chess"), ("type", "open")]).await;
    let room = made.location().split(['/', '?']).nth(2).unwrap();
    let token = db_link(folder.path(), room, None).await;
    let door = format!("/door/{}", token.id());
    answers.push(visitor.get(&format!("/e/{}", token.reveal())).await);
    answers.push(visitor.get(&door).await);
    answers.push(visitor.post(&door, &[("as", "link")]).await);
    answers.push(visitor.post(&door, &[("as", "link"), ("nickname", "Kim")]).await);
    answers.push(visitor.get(&format!("/classroom/{room}")).await);
    assert_eq!(answers.last().unwrap().status, 200);
    let entry = visitor.cookies["rollcall_entry"].clone();
    let session = admin.cookies.values().max_by_key(|it| it.len()).unwrap().clone();
    // The form for the first Admin holds its secret, for whoever came by the link.
    let link = server.secret().to_owned();
    let secrets = [PASSWORD, wrong, &session, &link, &token.reveal(), &entry].map(str::to_owned);
    server.kill();
    let (log, files) = (server.log(), files(folder.path()));
    assert!(log.contains("/sign-in"), "requests are logged: {log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "the log holds {secret}");
        for (path, content) in &files {
            assert!(!holds(content, &secret), "{} holds {secret}", path.display());
        }
        for answer in &answers {
            assert!(secret == link || !answer.body.contains(&secret), "a page holds {secret}");
        }
    }
}

#[tokio::test]
async fn nobody_writes_lines_into_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut server) = Served::over(folder.path()) else { return };
    let forged = "x\n{\"level\":\"ERROR\",\"message\":\"forged\"}\u{1b}[31m";
    let mut admin = server.admin().await;
    server.visitor().sign_in(forged, forged).await;
    admin.post("/users/new", &[("user_id", "S-1"), ("nickname", forged)]).await;
    for path in ["/%0Aforged%1B[31m", "/users/%0Aforged", "/users?search=%0Aforged%1B[31m"] {
        admin.get(path).await;
    }
    admin.with("user-agent", "forged\t{").with("referer", "forged").get("/users").await;
    server.kill();
    let log = server.log();
    assert!(log.lines().count() > 5, "{log}");
    for line in log.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "no line of ours: {line}");
    }
    assert!(!log.contains("forged"), "{log}");
}

/// How a client wastes the server's time.
const WASTES: [&str; 3] = [
    "GET /sign-in HTTP/1.1\r\nhost: ",
    "POST /sign-in HTTP/1.1\r\nhost: HOST\r\norigin: http://HOST\r\n\
     content-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\nuser_id=",
    "GET /sign-in HTTP/1.1\r\nhost: HOST\r\n\r\n",
];

/// The long form of the tests of connections, with the limits that the server has, to be run by hand: four
/// thousand who waste its time keep nobody else waiting, and are all rid of.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half a minute"]
async fn four_thousand_slow_connections_keep_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = Served::over(folder.path()) else { return };
    rlimit::increase_nofile_limit(16_384).unwrap();
    let host = server.address.to_string();
    let mut slow = Vec::new();
    for number in 0..4_000 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let waste = WASTES[number % WASTES.len()].replace("HOST", &host);
        stream.write_all(waste.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let begun = SystemClock.now();
    let mut visitor = server.visitor();
    let mut waits = Vec::new();
    for _ in 0..300 {
        let asked = SystemClock.now();
        assert_eq!(visitor.get("/sign-in").await.status, 200);
        waits.push(SystemClock.now().micros() - asked.micros());
    }
    waits.sort_unstable();
    for mut stream in slow {
        // Ends when the server closes the connection.
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
    }
    let closed = SystemClock.now().micros() - begun.micros();
    println!("others' p99: {} µs; all closed after {closed} µs", waits[297]);
}

#[tokio::test]
async fn a_panic_is_answered_in_words_that_say_nothing_of_it() {
    async fn panics() -> &'static str {
        panic!("on purpose")
    }
    let house = House::new().await;
    let routes = Router::new().route("/panics", get(panics));
    let routes = server::guarded(routes, &house.server).with_state(house.server.clone());
    let mut visitor = house.visitor_of(routes);
    let answer = visitor.get("/panics").await;
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("Something went wrong"), "{}", answer.body);
    assert!(!answer.body.contains("on purpose"));
}
