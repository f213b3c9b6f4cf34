//! Somebody who speaks over the wire of a classroom, with a real server behind it.

use std::{net::SocketAddr, time::Duration};

use backend::{
    accounts::{Admin, Context},
    classroom::door::Comer,
    entry::Inside,
    links::Whose,
};
use domain::{
    EntryPermission, Nickname, RoomId, RoomName, RoomType, UserId,
    classroom::{Act, ClientMessage, Closing, Hello, ServerMessage, WIRE},
    room::{RoomDraft, RoomLimits, Specified},
    user::UserProfile,
};
use futures_util::{SinkExt, StreamExt};
use server::accept::{self, Limits};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::Request},
};

use crate::house::House;

/// Nothing takes longer, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(10);

/// A school with a room, in which a teacher is Host and students are Guests.
pub struct Lesson {
    pub house: House,
    pub room: RoomId,
    address: SocketAddr,
}

impl Lesson {
    pub async fn new(students: &[&str]) -> Self {
        let house = House::new().await;
        house.admin().await;
        let (admin, backend) = (Admin::operator(), &house.backend);
        let mut members = Vec::new();
        for (id, permission) in [("T-1", EntryPermission::Host)]
            .into_iter()
            .chain(students.iter().map(|id| (*id, EntryPermission::Guest)))
        {
            let user_id = UserId::parse(id).unwrap();
            let profile = UserProfile {
                nickname: Nickname::parse(id).unwrap(),
                permission,
                groups: Vec::new(),
                role: domain::ConsoleRole::None,
            };
            backend.users.create(&admin, &user_id, &profile, None).await.unwrap();
            members.push(Specified { user_id, permission: Some(permission) });
        }
        let draft = RoomDraft {
            name: RoomName::parse("Algebra").unwrap(),
            room_type: RoomType::Private,
            limits: RoomLimits::default(),
            members,
        };
        let room = backend.rooms.create(&admin_of(&house).await, &draft).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = house.router.clone();
        tokio::spawn(accept::serve(listener, router, Limits::default(), std::future::pending()));
        Self { house, room, address }
    }

    /// The cookie of a browser in which somebody pressed Enter at the door of their link.
    pub async fn entry(&self, id: &str) -> String {
        let backend = &self.house.backend;
        let owner = backend.rooms.owner(&admin_of(&self.house).await, &self.room).await.unwrap();
        let whose = Whose::User(UserId::parse(id).unwrap());
        let shown = backend.links.show(&owner, &whose).await.unwrap();
        let context = context();
        let comer = Comer::ByLink { token: &shown.token, context: &context };
        let entered = backend.door.enter(comer, None, None, |_, _| Inside::default()).await;
        entered.unwrap().cookie.unwrap().reveal().to_owned()
    }

    /// A request for the socket of the room, as a browser makes it.
    pub fn request(&self, cookie: &str) -> Request<()> {
        let url = format!("ws://{}/classroom/{}/socket", self.address, self.room);
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("host", "127.0.0.1:3000".parse().unwrap());
        headers.insert("origin", "http://127.0.0.1:3000".parse().unwrap());
        headers.insert("cookie", format!("rollcall_entry={cookie}").parse().unwrap());
        request
    }

    /// The status with which a request is answered.
    pub async fn status(&self, request: Request<()>) -> u16 {
        let stream = TcpStream::connect(self.address).await.unwrap();
        match client_async(request, stream).await {
            Ok(_) => 101,
            Err(Error::Http(answer)) => answer.status().as_u16(),
            Err(error) => panic!("{error}"),
        }
    }

    /// A line to the room, on which nothing was said yet.
    pub async fn dial(&self, cookie: &str) -> Line {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (stream, _) = client_async(self.request(cookie), stream).await.unwrap();
        Line { stream, heard: Vec::new() }
    }

    /// A line to the room of somebody who is in.
    pub async fn sit(&self, id: &str) -> Line {
        let mut line = self.dial(&self.entry(id).await).await;
        line.say(&ClientMessage::Hello(Hello { wire: WIRE, resume: None })).await;
        line.until(|it| matches!(it, ServerMessage::Snapshot(it) if it.part + 1 == it.of)).await;
        line
    }
}

async fn admin_of(house: &House) -> Admin {
    let secret = house.backend.accounts.sign_in("A-hana", crate::house::PASSWORD, &context()).await;
    let session = house.backend.accounts.session(secret.unwrap().reveal(), context()).await;
    session.unwrap().unwrap().admin().unwrap()
}

fn context() -> Context {
    Context { request_id: "r".into(), address: "127.0.0.1".into(), browser: "test".into() }
}

/// A line to a room.
pub struct Line {
    stream: WebSocketStream<TcpStream>,
    pub heard: Vec<ServerMessage>,
}

impl Line {
    pub async fn send(&mut self, message: Message) {
        self.stream.send(message).await.unwrap();
    }

    pub async fn say(&mut self, message: &ClientMessage) {
        self.send(Message::text(serde_json::to_string(message).unwrap())).await;
    }

    pub async fn act(&mut self, id: u32, act: Act) {
        self.say(&ClientMessage::Act { id, act }).await;
    }

    /// Hears messages until one is so.
    pub async fn until(&mut self, so: impl Fn(&ServerMessage) -> bool) {
        while !self.heard.last().is_some_and(&so) {
            match timeout(PATIENCE, self.stream.next()).await.expect("nothing is said") {
                Some(Ok(Message::Text(text))) => {
                    self.heard.push(serde_json::from_str(&text).unwrap());
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("{other:?} after {:?}", self.heard.last()),
            }
        }
    }

    /// Hears messages until it is closed: why, as the last message and as the code say.
    pub async fn end(&mut self) -> (Option<Closing>, Option<u16>) {
        let mut why = None;
        loop {
            match timeout(PATIENCE, self.stream.next()).await.expect("still open") {
                Some(Ok(Message::Text(text))) => {
                    if let Ok(ServerMessage::Closed { why: it }) = serde_json::from_str(&text) {
                        why = Some(it);
                    }
                }
                Some(Ok(Message::Close(frame))) => return (why, frame.map(|it| it.code.into())),
                Some(Ok(_)) => {}
                None | Some(Err(_)) => return (why, None),
            }
        }
    }
}
