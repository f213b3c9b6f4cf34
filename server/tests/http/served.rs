//! The binary as a process of its own, and browsers that reach it over the network.

use std::{
    io::{BufRead, BufReader, Read},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use backend::{Backend, Config, accounts::Admin, links::Whose};
use domain::{RoomId, UserId, entry_link::EntryToken};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use crate::{
    browser::Browser,
    house::{PASSWORD, first_admin},
    process::rollcall,
};

/// What stands for an answer that never came.
pub const LOST: StatusCode = StatusCode::BAD_GATEWAY;

/// A running server.
pub struct Served {
    process: Child,
    pub address: SocketAddr,
    greeting: String,
    said: Arc<Mutex<String>>,
    /// Hears what the server logs, until it ends.
    listening: Option<JoinHandle<()>>,
}

impl Served {
    /// Starts the binary over a folder. None where it was built without the site, and so serves nothing.
    pub fn over(folder: &Path) -> Option<Self> {
        let listen = free_address();
        Self::start(rollcall(folder, &["--listen", &listen.to_string(), "--log", "debug"]), listen)
    }

    /// The same, with nothing in the log but what went wrong.
    pub fn quiet(folder: &Path) -> Option<Self> {
        let listen = free_address();
        Self::start(rollcall(folder, &["--listen", &listen.to_string(), "--log", "warn"]), listen)
    }

    /// Starts the server by a command that ends in running it on that address.
    pub fn start(mut command: Command, address: SocketAddr) -> Option<Self> {
        let mut process =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let said = Arc::new(Mutex::new(String::new()));
        let mut log = process.stderr.take().expect("piped");
        let heard = said.clone();
        let listening = thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = log.read(&mut part) {
                heard.lock().unwrap().push_str(&String::from_utf8_lossy(&part[..length]));
            }
        });
        let mut greeting = String::new();
        let stdout = process.stdout.as_mut().expect("piped");
        BufReader::new(stdout).read_line(&mut greeting).unwrap();
        if greeting.is_empty() {
            process.wait().unwrap();
            listening.join().unwrap();
            let said = said.lock().unwrap();
            assert!(said.contains("built without the site"), "{said}");
            return None;
        }
        Some(Self { process, address, greeting, said, listening: Some(listening) })
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The secret of the link that the server greets with before there is an Admin.
    pub fn secret(&self) -> &str {
        let secret = self.greeting.split_once("secret=").expect("a link").1;
        secret.split_whitespace().next().expect("a secret")
    }

    /// What the server has logged.
    pub fn log(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Somebody who has never been here.
    pub fn visitor(&self) -> Browser {
        Browser::new(reaching(self.address), &self.address.to_string())
    }

    /// The first Admin, created and signed in.
    pub async fn admin(&self) -> Browser {
        let mut admin = self.visitor();
        let answer = admin.post("/setup", &first_admin(self.secret())).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        admin
    }

    /// The first Admin, signed in again.
    pub async fn admin_again(&self) -> Browser {
        let mut admin = self.visitor();
        let answer = admin.sign_in("A-hana", PASSWORD).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        admin
    }

    /// Tells the server to stop.
    pub fn terminate(&self) {
        let told = Command::new("kill").arg(self.id().to_string()).status().unwrap();
        assert!(told.success());
    }

    /// With which code the server ends, if it does within that time.
    pub async fn wait(&mut self, within: Duration) -> Option<i32> {
        let log = self.listening.take()?;
        // Its log ends with it.
        let heard = tokio::task::spawn_blocking(move || log.join().unwrap());
        tokio::time::timeout(within, heard).await.ok()?.unwrap();
        self.process.wait().unwrap().code()
    }

    /// Ends the server at once, as a loss of power would.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        if let Some(listening) = self.listening.take() {
            listening.join().unwrap();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Fails where it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An address on which nothing listens.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).unwrap()
}

/// What stands in somebody's link to a room, or in the one that all may share, of a server that runs over
/// that folder.
pub async fn db_link(folder: &Path, room: &str, who: Option<&str>) -> EntryToken {
    let config = Config { data_dir: folder.to_owned(), database_url: None };
    let beside = Backend::open_beside(config).await.unwrap();
    let (operator, room) = (Admin::operator(), RoomId::parse(room).unwrap());
    let owner = beside.rooms.owner(&operator, &room).await.unwrap();
    let whose = who.map_or(Whose::Everybody, |it| Whose::User(UserId::parse(it).unwrap()));
    let shown = beside.links.show(&owner, &whose).await.unwrap();
    beside.close().await;
    shown.token
}

/// Sends everything on to that address.
fn reaching(address: SocketAddr) -> Router {
    let client = Client::builder(TokioExecutor::new()).build_http();
    Router::new().fallback(move |request| forward(client.clone(), address, request))
}

async fn forward(
    client: Client<HttpConnector, Body>,
    address: SocketAddr,
    mut request: Request,
) -> Response {
    let path = request.uri().path_and_query().map_or("/", |it| it.as_str());
    *request.uri_mut() = Uri::try_from(format!("http://{address}{path}")).unwrap();
    request.headers_mut().remove(header::CONTENT_LENGTH);
    match client.request(request).await {
        Ok(response) => response.map(Body::new),
        Err(_) => LOST.into_response(),
    }
}
