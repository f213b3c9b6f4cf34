//! The real server, killed and stopped in the middle of meetings.

use std::{sync::Arc, time::Duration};

use domain::{
    RoomId,
    classroom::{Act, ActRefusal, Capability, Closing, SentMark, ServerMessage, Standing, Whom},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};

use super::line::{Line, PATIENCE, cookie, dial, enter, request};
use crate::{
    browser::Browser,
    served::{Served, db_link},
};

async fn room(admin: &mut Browser, form: &[(&str, &str)]) -> String {
    let made = admin.post("/rooms/new", &[&[("name", "Algebra")], form].concat()).await;
    assert_eq!(made.status, 303, "{}", made.body);
    made.location().split(['/', '?']).nth(2).unwrap().to_owned()
}

/// A line to a room of a running server.
async fn call(server: &Served, room: &str, cookie: &str) -> Line {
    let room = RoomId::parse(room).unwrap();
    let host = server.address.to_string();
    let mut line =
        dial(server.address, request(server.address, &host, &room, cookie)).await.unwrap();
    line.hello(None).await;
    line.see(|it| it.is_in() || it.waits.is_some()).await;
    line
}

/// Somebody who writes line after line, whatever happens.
struct Writer {
    name: &'static str,
    line: Line,
    /// What was acknowledged, and what was sent and not acknowledged.
    done: Vec<String>,
    open: Option<Act>,
}

fn say(name: &str, number: u32) -> (String, Act) {
    let text = format!("{name} writes line {number}");
    let sent: SentMark = serde_json::from_value(format!("{name}-{number:06}").into()).unwrap();
    (text.clone(), Act::Say { text, sent })
}

impl Writer {
    /// Writes until the server is gone; each line that is acknowledged adds to `count`.
    async fn write(mut self, count: Arc<Semaphore>) -> Self {
        let first = u32::try_from(self.done.len()).unwrap();
        for number in first.. {
            let (text, act) = say(self.name, number);
            self.open = Some(act.clone());
            match self.line.try_ask(act).await {
                Some(Ok(_)) => {
                    self.done.push(text);
                    count.add_permits(1);
                }
                // Nobody writes faster than others can read.
                Some(Err(ActRefusal::TooFast { .. })) | None => return self,
                Some(Err(why)) => panic!("{why:?}"),
            }
        }
        self
    }
}

/// Kills the server after so many lines in a meeting of three who write at once, and has all come back.
async fn killed_after(lines: u32) {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut server) = Served::over(folder.path()) else { return };
    let mut admin = server.admin().await;
    let mut form = vec![("type", "private")];
    for id in ["T-1", "S-1", "S-2", "S-3"] {
        admin.upload("/users/new", &[("user_id", id)], None).await;
        form.extend([("member", id), ("permission", if id == "T-1" { "host" } else { "guest" })]);
    }
    let room = room(&mut admin, &form).await;
    let mut writers = Vec::new();
    let mut cookies = Vec::new();
    for name in ["T-1", "S-1", "S-2", "S-3"] {
        let mut browser = server.visitor();
        let token = db_link(folder.path(), &room, Some(name)).await;
        assert_eq!(enter(&mut browser, &token, &[("as", "link")]).await.status, 303);
        let line = call(&server, &room, &cookie(&browser)).await;
        cookies.push(cookie(&browser));
        writers.push(Writer { name, line, done: Vec::new(), open: None });
    }
    let banned = writers.pop().unwrap().line;
    let teacher = &mut writers[0].line;
    teacher.see(|it| it.names().len() == 4).await;
    let (mina, joon) = (teacher.find("S-1"), teacher.find("S-3"));
    let hands = Act::Restrict { whom: Whom::Everybody, what: Capability::RaiseHand, on: true };
    for act in [
        Act::SetPermission { who: mina, to: Standing::Host },
        Act::Ban { who: joon },
        hands,
        Act::LockRoom { on: true },
    ] {
        teacher.ask(act).await.unwrap();
    }
    drop(banned);

    let count = Arc::new(Semaphore::new(0));
    let writing: Vec<_> =
        writers.into_iter().map(|it| tokio::spawn(it.write(Arc::clone(&count)))).collect();
    drop(timeout(PATIENCE, count.acquire_many(lines)).await.unwrap().unwrap());
    server.kill();
    let mut writers = Vec::new();
    for it in writing {
        writers.push(it.await.unwrap());
    }

    let server = Served::over(folder.path()).unwrap();
    let acknowledged: Vec<String> = writers.iter().flat_map(|it| it.done.clone()).collect();
    assert!(acknowledged.len() >= usize::try_from(lines).unwrap());
    for (writer, cookie) in writers.iter_mut().zip(&cookies) {
        writer.line = call(&server, &room, cookie).await;
        let shown = |it: &String| writer.line.shows(it);
        assert!(acknowledged.iter().all(shown), "{} misses a line", writer.name);
    }
    for writer in &mut writers {
        // What wasn't acknowledged, or what was and that didn't arrive, is sent again, and said once.
        let last = u32::try_from(writer.done.len()).unwrap().checked_sub(1);
        let last = last.map(|it| say(writer.name, it).1);
        for act in last.into_iter().chain(writer.open.take()) {
            writer.line.ask(act).await.unwrap();
        }
    }
    let mina = &mut writers[1].line;
    mina.see(|it| it.names().len() == 3).await;
    let guest = mina.find("S-2");
    assert_eq!(mina.ask(Act::LowerHands { whom: Whom::One(guest) }).await, Ok(None), "she is Host");
    let mut said: Vec<_> = mina.view.chat.lines().map(|it| it.text.clone()).collect();
    let all = said.len();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), all, "nothing is said twice");
    assert!(mina.view.scene.room.as_ref().unwrap().locked);
    let refused = writers[2].line.ask(Act::RaiseHand).await;
    assert_eq!(refused, Err(ActRefusal::Locked));
    let teacher = &mut writers[0].line;
    teacher.ask(Act::Bans).await.unwrap();
    let is_banned = |it: &ServerMessage| matches!(it, ServerMessage::Bans { bans, .. } if bans.iter().any(|it| it.nickname == "S-3"));
    assert!(teacher.heard.iter().any(is_banned));
    let token = db_link(folder.path(), &room, Some("S-3")).await;
    let refused = enter(&mut server.visitor(), &token, &[("as", "link")]).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_meeting_that_is_killed_goes_on_with_all_that_was_acknowledged() {
    for lines in [1, 9, 20] {
        killed_after(lines).await;
    }
}

/// So many people each have so many tabs in each of so many rooms.
const ROOMS: usize = 10;
const PEOPLE: usize = 25;
const TABS: usize = 8;
const REQUESTS: usize = 500;

/// A request that waits for its body to be sent.
async fn begun(server: &Served) -> TcpStream {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let host = server.address;
    let head = format!(
        "POST /preferences HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 17\r\n\
         expect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 25];
    timeout(PATIENCE, stream.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

/// Sends the body, and hears the answer.
async fn finished(mut stream: TcpStream) -> String {
    stream.write_all(b"theme=dark&back=/").await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopping_server_finishes_its_requests_and_tells_every_socket() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut server) = Served::quiet(folder.path()) else { return };
    rlimit::increase_nofile_limit(8_192).unwrap();
    let mut admin = server.admin().await;
    let mut lines = JoinSet::new();
    for _ in 0..ROOMS {
        let room = room(&mut admin, &[("type", "open")]).await;
        let token = db_link(folder.path(), &room, None).await;
        for number in 0..PEOPLE {
            let mut browser = server.visitor();
            let name = format!("Guest {number}");
            let form = [("as", "link"), ("nickname", name.as_str())];
            assert_eq!(enter(&mut browser, &token, &form).await.status, 303);
            for _ in 0..TABS {
                lines.spawn(tab(server.address, room.clone(), cookie(&browser)));
            }
        }
    }
    let mut lines = lines.join_all().await;
    assert_eq!(lines.len(), ROOMS * PEOPLE * TABS);
    let mut requests = Vec::new();
    for _ in 0..REQUESTS {
        requests.push(begun(&server).await);
    }
    server.terminate();
    let mut closing = JoinSet::new();
    for mut line in lines.drain(..) {
        closing.spawn(async move { line.end().await });
    }
    for end in closing.join_all().await {
        assert_eq!(end, (Some(Closing::Restarting), Some(1012)));
    }
    let mut answers = JoinSet::new();
    for request in requests {
        answers.spawn(finished(request));
    }
    for answer in answers.join_all().await {
        assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    }
    assert_eq!(server.wait(Duration::from_secs(20)).await, Some(0), "{}", server.log());
}

async fn tab(address: std::net::SocketAddr, room: String, cookie: String) -> Line {
    let room = RoomId::parse(&room).unwrap();
    let request = request(address, &address.to_string(), &room, &cookie);
    let mut line = dial(address, request).await.unwrap();
    line.hello(None).await;
    line.see(Line::is_in).await;
    line
}
