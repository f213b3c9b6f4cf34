//! Somebody in a classroom: what they were told, folded as a browser folds it.

use std::{sync::Arc, time::Duration};

use backend::{
    Backend, Secret,
    classroom::{
        Connection, Heard,
        door::{Comer, EnterRefusal},
    },
    links::Whose,
};
use domain::{
    RoomId,
    classroom::{
        Act, ActRefusal, Capabilities, ClientMessage, Closing, ParticipantId, Place, ServerMessage,
        Taken, View, Welcome,
    },
    entry::{Intent, Refusal},
    entry_link::EntryToken,
};

use crate::common::{School, context};

/// Nothing takes longer, however busy the machine is.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to a room, and what was told by it.
pub struct Seat {
    connection: Connection,
    pub view: View,
    pub welcome: Option<Welcome>,
    /// What else was said, the oldest first.
    pub said: Vec<ServerMessage>,
    /// All of it, as it came.
    pub bytes: Vec<Vec<u8>>,
    pub closed: Option<Closing>,
    acts: u32,
}

/// A browser with an entry to a room.
#[derive(Clone)]
pub struct Browser {
    pub backend: Arc<Backend>,
    pub room: RoomId,
    pub cookie: Secret,
}

impl Browser {
    /// Presses Enter at the door of a personal link.
    pub async fn by_link(school: &School, room: &RoomId, id: &str) -> Self {
        let token = link(school, room, id).await;
        Self::try_link(school, &token, None).await.unwrap()
    }

    /// Presses Enter at the door of that link, as a browser that has an entry by that cookie or none.
    pub async fn try_link(
        school: &School,
        token: &EntryToken,
        nickname: Option<&str>,
    ) -> Result<Self, EnterRefusal> {
        let context = context();
        let comer = Comer::ByLink { token, context: &context };
        Self::enter(school, comer, nickname).await
    }

    /// Enters from the console.
    pub async fn signed_in(
        school: &School,
        room: &RoomId,
        secret: &Secret,
        intent: Intent,
    ) -> Result<Self, EnterRefusal> {
        let session = school.session(secret).await.unwrap();
        Self::enter(school, Comer::SignedIn { session: &session, room, intent }, None).await
    }

    async fn enter(
        school: &School,
        comer: Comer<'_>,
        nickname: Option<&str>,
    ) -> Result<Self, EnterRefusal> {
        let name = nickname.map(|it| domain::Nickname::parse(it).unwrap());
        let ask = |room: &RoomId, who: Option<&_>| school.backend.classroom.ask(room, who);
        let entered = school.backend.door.enter(comer, None, name.as_ref(), ask).await?;
        let cookie = entered.cookie.expect("a new browser is given a name");
        Ok(Self { backend: Arc::clone(&school.backend), room: entered.room, cookie })
    }

    /// Opens a tab. Nothing if the entry is over.
    pub async fn try_open(&self, resume: Option<Place>) -> Option<Seat> {
        let door = &self.backend.door;
        let entrant = door.entrant(self.cookie.reveal(), &self.room).await.unwrap()?;
        let connection = self.backend.classroom.connect(&entrant, resume, "v", context()).await;
        Some(Seat {
            connection,
            view: View::default(),
            welcome: None,
            said: Vec::new(),
            bytes: Vec::new(),
            closed: None,
            acts: 0,
        })
    }

    /// Opens a tab and waits until it is told everything.
    pub async fn open(&self) -> Seat {
        let mut seat = self.try_open(None).await.expect("the entry is over");
        seat.until(|it| it.welcome.is_some() && it.view.scene.room.is_some()).await;
        seat
    }
}

/// Enters by the link that all share, under that name.
pub async fn stranger(school: &School, room: &RoomId, name: &str) -> Browser {
    let owner = school.owner(room).await;
    let shared = school.backend.links.show(&owner, &Whose::Everybody).await.unwrap();
    Browser::try_link(school, &shared.token, Some(name)).await.unwrap()
}

/// The link of a member.
pub async fn link(school: &School, room: &RoomId, id: &str) -> EntryToken {
    let whose = Whose::User(crate::common::user_id(id));
    school.backend.links.show(&school.owner(room).await, &whose).await.unwrap().token
}

impl Seat {
    /// Hears the next message.
    pub async fn hear(&mut self) {
        let heard = tokio::time::timeout(PATIENCE, self.connection.next()).await;
        match heard.expect("nothing is said") {
            Heard::Closed(closing) => self.closed = Some(closing),
            Heard::Text(text) => {
                self.bytes.push(text.to_vec());
                match serde_json::from_slice(&text).unwrap() {
                    ServerMessage::Welcome(welcome) => self.welcome = Some(welcome),
                    ServerMessage::Snapshot(part) => {
                        assert_ne!(self.view.take_snapshot(&part), Taken::Gap);
                    }
                    ServerMessage::Frame(frame) => {
                        assert_eq!(self.view.take(&frame), Taken::Shown, "{frame:?}");
                    }
                    other => self.said.push(other),
                }
            }
        }
    }

    /// Hears messages until that is so.
    pub async fn until(&mut self, so: impl Fn(&Self) -> bool) {
        while !so(self) {
            assert_eq!(self.closed, None, "closed before that was so");
            self.hear().await;
        }
    }

    /// Hears messages until the connection is closed, and says why it is.
    pub async fn end(&mut self) -> Closing {
        loop {
            match self.closed {
                Some(closing) => return closing,
                None => self.hear().await,
            }
        }
    }

    /// Hears messages until it waits at the door, and says for what.
    pub async fn waiting(&mut self) -> (Refusal, Option<u32>) {
        let waiting = |it: &Self| {
            it.said.iter().rev().find_map(|it| match it {
                ServerMessage::Waiting { why, place, .. } => Some((*why, *place)),
                _ => None,
            })
        };
        self.until(|it| waiting(it).is_some()).await;
        waiting(self).unwrap()
    }

    /// Hears messages until they are in.
    pub async fn entered(&mut self) -> &mut Self {
        self.until(|it| it.welcome.is_some() && it.view.scene.room.is_some()).await;
        self
    }

    pub async fn say(&self, message: ClientMessage) {
        self.connection.say(message).await;
    }

    /// Does something and hears what came of it: what would undo it, or why it isn't done.
    pub async fn act(&mut self, act: Act) -> Result<Option<Act>, ActRefusal> {
        self.acts += 1;
        let id = self.acts;
        self.say(ClientMessage::Act { id, act }).await;
        loop {
            let answer = self.said.iter().position(|it| {
                matches!(it, ServerMessage::Done { id: it, .. } | ServerMessage::Refused { id: it, .. } if *it == id)
            });
            if let Some(at) = answer {
                return match self.said.remove(at) {
                    ServerMessage::Done { undo, .. } => Ok(undo),
                    ServerMessage::Refused { why, .. } => Err(why),
                    other => panic!("{other:?} is no answer"),
                };
            }
            assert_eq!(self.closed, None, "closed before it was answered");
            self.hear().await;
        }
    }

    pub async fn write(&mut self, text: &str) -> Result<Option<Act>, ActRefusal> {
        let sent = serde_json::from_value(format!("mark-{}-{}", self.acts, text.len()).into());
        self.act(Act::Say { text: text.to_owned(), sent: sent.unwrap() }).await
    }

    /// The names of those who are in, as they stand in the list.
    pub fn names(&self) -> Vec<&str> {
        self.view.scene.in_order().into_iter().map(|it| it.nickname.as_str()).collect()
    }

    /// What was written, as far as it was told.
    pub fn lines(&self) -> Vec<&str> {
        self.view.chat.lines().map(|it| it.text.as_str()).collect()
    }

    pub fn find(&self, name: &str) -> ParticipantId {
        let people = self.view.scene.in_order();
        people.iter().find(|it| it.nickname == name).expect("they aren't there").id
    }

    pub fn may(&self) -> Capabilities {
        let you = self.welcome.as_ref().and_then(|it| it.you.as_ref());
        you.map_or(Capabilities::NONE, |it| it.may)
    }

    /// Up to where everything was told.
    pub fn place(&mut self) -> Option<Place> {
        self.view.hello().resume
    }
}
