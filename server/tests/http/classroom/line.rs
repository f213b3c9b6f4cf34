//! Somebody who speaks over the wire of a classroom, with a real server behind it.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use backend::accounts::Admin;
use domain::{
    EntryPermission, Nickname, RoomId, RoomName, RoomType, UserId,
    classroom::{
        Act, ActRefusal, ClientMessage, Closing, Hello, ParticipantId, Place, ServerMessage, Taken,
        View, WIRE, Welcome,
    },
    entry::Refusal,
    entry_link::EntryToken,
    room::{RoomDraft, RoomLimits, Specified},
    user::UserProfile,
};
use futures_util::{SinkExt, StreamExt};
use server::accept::{self, Limits};
use tempfile::TempDir;
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::Request},
};

use super::tapped::{Tapped, frames};
use crate::{
    authorisation::copy_folder,
    browser::{Answer, Browser},
    house::House,
};

/// Nothing takes longer, however busy the machine is.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A school with a room, in which a teacher is Host and students are Guests.
pub struct Lesson {
    pub house: House,
    pub room: RoomId,
    address: SocketAddr,
}

impl Lesson {
    pub async fn new(students: &[&str]) -> Self {
        let guests = students.iter().map(|id| (*id, EntryPermission::Guest));
        let members: Vec<_> = [("T-1", EntryPermission::Host)].into_iter().chain(guests).collect();
        Self::with(House::new().await, &members).await
    }

    /// A room of a school in which nobody is yet, for people who each have that permission.
    pub async fn with(house: House, people: &[(&str, EntryPermission)]) -> Self {
        house.admin().await;
        let (admin, backend) = (Admin::operator(), &house.backend);
        let mut members = Vec::new();
        for (id, permission) in people {
            let user_id = UserId::parse(id).unwrap();
            let profile = UserProfile {
                nickname: Nickname::parse(id).unwrap(),
                permission: *permission,
                groups: Vec::new(),
                role: domain::ConsoleRole::None,
            };
            backend.users.create(&admin, &user_id, &profile, None).await.unwrap();
            members.push(Specified { user_id, permission: Some(*permission) });
        }
        let draft = RoomDraft {
            name: RoomName::parse("Algebra").unwrap(),
            room_type: RoomType::Private,
            limits: RoomLimits::default(),
            members,
        };
        let room = backend.rooms.create(&house.session_of_admin().await, &draft).await.unwrap();
        Self::at(house, room, Limits::default()).await
    }

    /// The room of a school that is there.
    pub async fn at(house: House, room: RoomId, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = house.router.clone();
        tokio::spawn(accept::serve(listener, router, limits, std::future::pending()));
        Self { house, room, address }
    }

    /// The room of a school over a copy of that folder, as a server takes it up.
    pub async fn over(folder: &Path, room: RoomId) -> Self {
        let copy = TempDir::new().unwrap();
        copy_folder(folder, copy.path());
        let house = House::over(copy).await;
        house.backend.classroom.recover().await.unwrap();
        Self::at(house, room, Limits::default()).await
    }

    /// The cookie of a browser in which somebody pressed Enter at the door of their link.
    pub async fn entry(&self, id: &str) -> String {
        let token = self.house.db_link(self.room.as_str(), Some(id)).await;
        let mut browser = self.house.visitor();
        let entered = enter(&mut browser, &token, &[("as", "link")]).await;
        assert_eq!(entered.status, 303, "{}", entered.body);
        cookie(&browser)
    }

    /// A request for the socket of the room, as a browser makes it.
    pub fn request(&self, cookie: &str) -> Request<()> {
        request(self.address, "127.0.0.1:3000", &self.room, cookie)
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
        self.dial_as(self.request(cookie)).await
    }

    /// The same by that request.
    pub async fn dial_as(&self, request: Request<()>) -> Line {
        dial(self.address, request).await.unwrap()
    }

    /// A line on which little fits that isn't read.
    pub async fn dial_narrow(&self, cookie: &str) -> Line {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        let stream = socket.connect(self.address).await.unwrap();
        dial_by(stream, self.request(cookie)).await.unwrap()
    }

    /// A line to the room, on which whoever has that entry has said hello.
    pub async fn call(&self, cookie: &str) -> Line {
        let mut line = self.dial(cookie).await;
        line.hello(None).await;
        line
    }

    /// A line to the room of somebody who is in.
    pub async fn sit(&self, id: &str) -> Line {
        let mut line = self.call(&self.entry(id).await).await;
        line.see(Line::is_in).await;
        line
    }
}

/// Opens a link and presses Enter at its door.
pub async fn enter(browser: &mut Browser, token: &EntryToken, pairs: &[(&str, &str)]) -> Answer {
    browser.get(&format!("/e/{}", token.reveal())).await;
    browser.post(&format!("/door/{}", token.id()), pairs).await
}

/// What names a browser that has entered somewhere.
pub fn cookie(browser: &Browser) -> String {
    browser.cookies.get("rollcall_entry").cloned().unwrap_or_default()
}

/// A request for the socket of a room, as a browser makes it that reached the server as that.
pub fn request(address: SocketAddr, host: &str, room: &RoomId, cookie: &str) -> Request<()> {
    let url = format!("ws://{address}/classroom/{room}/socket");
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("host", host.parse().unwrap());
    headers.insert("origin", format!("http://{host}").parse().unwrap());
    headers.insert("cookie", format!("rollcall_entry={cookie}").parse().unwrap());
    request
}

/// A line to a server, if it lets somebody open one.
pub async fn dial(address: SocketAddr, request: Request<()>) -> Result<Line, Error> {
    dial_by(TcpStream::connect(address).await?, request).await
}

async fn dial_by(stream: TcpStream, request: Request<()>) -> Result<Line, Error> {
    let read = Arc::<Mutex<Vec<u8>>>::default();
    let (stream, _) = client_async(request, Tapped { stream, read: read.clone() }).await?;
    Ok(Line {
        stream,
        read,
        heard: Vec::new(),
        view: View::default(),
        welcome: None,
        waits: None,
        closed: None,
        acts: 0,
    })
}

/// A line to a room.
pub struct Line {
    stream: WebSocketStream<Tapped>,
    read: Arc<Mutex<Vec<u8>>>,
    pub heard: Vec<ServerMessage>,
    /// What a browser would make of it.
    pub view: View,
    pub welcome: Option<Welcome>,
    /// Why they wait at the door, if they do.
    pub waits: Option<(Refusal, Option<u32>)>,
    /// Why it was closed, as the last message says, and by which code.
    pub closed: Option<(Option<Closing>, Option<u16>)>,
    acts: u32,
}

impl Line {
    pub async fn send(&mut self, message: Message) {
        self.stream.send(message).await.unwrap();
    }

    /// Sends that as it is, without putting it into frames.
    pub async fn send_raw(&mut self, bytes: &[u8]) {
        self.stream.get_mut().write_all(bytes).await.unwrap();
    }

    pub async fn say(&mut self, message: &ClientMessage) {
        self.send(Message::text(serde_json::to_string(message).unwrap())).await;
    }

    pub async fn hello(&mut self, resume: Option<Place>) {
        self.say(&ClientMessage::Hello(Hello { wire: WIRE, resume })).await;
    }

    pub async fn act(&mut self, id: u32, act: Act) {
        self.say(&ClientMessage::Act { id, act }).await;
    }

    /// Does something and hears what came of it: what would undo it, or why it isn't done.
    pub async fn ask(&mut self, act: Act) -> Result<Option<Act>, ActRefusal> {
        let answer = self.try_ask(act).await;
        answer.unwrap_or_else(|| panic!("closed after {:?}", self.heard.last()))
    }

    /// The same on a line that may break; nothing where it does before that is known.
    pub async fn try_ask(&mut self, act: Act) -> Option<Result<Option<Act>, ActRefusal>> {
        self.acts += 1;
        let number = 1_000 + self.acts;
        let message = ClientMessage::Act { id: number, act };
        let text = Message::text(serde_json::to_string(&message).unwrap());
        self.stream.send(text).await.ok()?;
        while self.closed.is_none() {
            match self.heard.last() {
                Some(ServerMessage::Done { id, undo }) if *id == number => {
                    return Some(Ok(undo.clone()));
                }
                Some(ServerMessage::Refused { id, why }) if *id == number => {
                    return Some(Err(why.clone()));
                }
                _ => self.hear().await,
            }
        }
        None
    }

    /// Hears messages until one is so.
    pub async fn until(&mut self, so: impl Fn(&ServerMessage) -> bool) {
        while !self.heard.last().is_some_and(&so) {
            assert_eq!(self.closed, None, "closed after {:?}", self.heard.last());
            self.hear().await;
        }
    }

    /// Hears messages until that is so.
    pub async fn see(&mut self, so: impl Fn(&Self) -> bool) {
        while !so(self) {
            assert_eq!(self.closed, None, "closed after {:?}", self.heard.last());
            self.hear().await;
        }
    }

    /// Hears messages until it is closed: why, as the last message and as the code say.
    pub async fn end(&mut self) -> (Option<Closing>, Option<u16>) {
        loop {
            match self.closed {
                Some(end) => return end,
                None => self.hear().await,
            }
        }
    }

    /// Hears the next message, or that there are no more.
    pub async fn hear(&mut self) {
        match timeout(PATIENCE, self.stream.next()).await.expect("nothing is said") {
            Some(Ok(Message::Text(text))) => self.take(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => {
                self.closed = Some((self.last_words(), frame.map(|it| it.code.into())));
                // Says goodbye.
                while let Some(Ok(_)) = self.stream.next().await {}
            }
            Some(Ok(_)) => {}
            None | Some(Err(_)) => self.closed = Some((self.last_words(), None)),
        }
    }

    fn last_words(&self) -> Option<Closing> {
        match self.heard.last() {
            Some(ServerMessage::Closed { why }) => Some(*why),
            _ => None,
        }
    }

    fn take(&mut self, message: ServerMessage) {
        match &message {
            ServerMessage::Welcome(welcome) => {
                self.welcome = Some(welcome.clone());
                self.waits = None;
            }
            ServerMessage::Waiting { why, place, .. } => self.waits = Some((*why, *place)),
            ServerMessage::Snapshot(part) => {
                assert_ne!(self.view.take_snapshot(part), Taken::Gap, "{part:?}");
            }
            ServerMessage::Frame(frame) => {
                assert_eq!(self.view.take(frame), Taken::Shown, "{frame:?}");
            }
            _ => {}
        }
        self.heard.push(message);
    }

    /// Whether they are shown the room.
    pub fn is_in(&self) -> bool {
        self.waits.is_none() && self.welcome.is_some() && self.view.scene.room.is_some()
    }

    /// Whether that line of chat is shown.
    pub fn shows(&self, text: &str) -> bool {
        self.view.chat.lines().any(|it| it.text == text)
    }

    /// The names of those who are in, as they stand in the list.
    pub fn names(&self) -> Vec<&str> {
        self.view.scene.in_order().into_iter().map(|it| it.nickname.as_str()).collect()
    }

    /// The participant of that name.
    pub fn find(&self, name: &str) -> ParticipantId {
        let people = self.view.scene.in_order();
        let found = people.iter().find(|it| it.nickname == name);
        found.unwrap_or_else(|| panic!("{name} isn't among {:?}", self.names())).id
    }

    /// Up to where everything was told.
    pub fn place(&mut self) -> Option<Place> {
        self.view.hello().resume
    }

    /// Every frame that came, byte by byte, but for those that only make sure that somebody is there.
    pub fn frames(&self) -> Vec<Vec<u8>> {
        frames(&self.read.lock().unwrap())
    }
}
