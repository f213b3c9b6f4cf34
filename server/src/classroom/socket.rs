//! One socket of a classroom: what it may cost, and how it ends.
//!
//! Who speaks is known from the connection alone. Whatever comes in is refused here or handed to the
//! room, and whatever the room has to tell is passed on as it is: nothing is decided here.

use std::pin::Pin;

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
};
use backend::{
    accounts::Context,
    allowance::{Allowance, Rate},
    classroom::{Connection, Heard, door::Entrant},
};
use domain::classroom::{ActRefusal, ClientMessage, Closing, Hello, ServerMessage, WIRE};
use tokio::time::{Sleep, sleep, timeout};

use super::limits::{Patience, Slot};
use crate::{site, state::Server};

/// The longest message that is read, in bytes: the longest line of chat, all of it escaped.
pub const LONGEST: usize = 16 * 1024;
/// After so many times without anything heard they count as gone.
const UNANSWERED: u8 = 2;
/// How many messages may come.
const MESSAGES: Rate = Rate { burst: 30, micros_per_token: 100_000 };
/// How many signs of life may come, of which each ping asks for one.
const SIGNS: Rate = Rate { burst: 30, micros_per_token: 1_000_000 };
/// After so many that came too fast, it is enough.
const TOO_FAST_MOST: u32 = 100;

/// Whoever is at the other end of a socket, as the request for it said.
pub struct Caller {
    /// By what they may connect.
    pub entrant: Entrant,
    /// From where.
    pub context: Context,
    /// Their place among the sockets.
    pub slot: Slot,
}

/// Speaks with a browser until either side ends it.
pub async fn converse(server: Server, ws: WebSocket, caller: Caller) {
    let began = server.backend().classroom.now();
    let wire = Wire { ws, patience: server.patience() };
    // To begin takes several times the memory that it takes to go on, and thousands go on at once.
    let (closing, _slot) = match Box::pin(begin(&server, wire, caller)).await {
        Ok((mut conversation, slot)) => (conversation.go_on().await, Some(slot)),
        Err(closing) => (closing, None),
    };
    let seconds = (server.backend().classroom.now().micros() - began.micros()) / 1_000_000;
    tracing::debug!(code = closing.map(Closing::code), seconds, "a socket ended");
}

/// Says to a browser that it has no entry to the room, or none any more.
pub async fn turn_away(server: Server, ws: WebSocket, slot: Slot) {
    Wire { ws, patience: server.patience() }.farewell(Some(Closing::EntryOver)).await;
    drop(slot);
}

/// Hears the first message and tells the room, or answers why it ended before that.
async fn begin(
    server: &Server,
    mut wire: Wire,
    Caller { entrant, context, slot }: Caller,
) -> Result<(Conversation, Slot), Option<Closing>> {
    let hello = match wire.hello().await {
        Ok(hello) => hello,
        Err(closing) => return Err(wire.farewell(closing).await),
    };
    let classroom = &server.backend().classroom;
    let connection = classroom.connect(&entrant, hello.resume, site::version(), context).await;
    Ok((Conversation::new(wire, connection), slot))
}

/// What comes from a browser.
enum Said {
    Message(ClientMessage),
    /// Nothing but that they are there.
    Alive,
}

/// A socket, and for how long it may keep the server waiting.
struct Wire {
    ws: WebSocket,
    patience: Patience,
}

impl Wire {
    /// The first message. Nothing else may come before it.
    async fn hello(&mut self) -> Result<Hello, Option<Closing>> {
        let within = self.patience.hello_within;
        match timeout(within, self.hear()).await.map_err(|_| Some(Closing::TooLate))?? {
            Said::Message(ClientMessage::Hello(hello)) if hello.wire == WIRE => Ok(hello),
            Said::Message(ClientMessage::Hello(_)) => Err(Some(Closing::OtherVersion)),
            Said::Message(_) | Said::Alive => Err(Some(Closing::Unreadable)),
        }
    }

    /// The next that comes; `None` as the reason where they are simply gone.
    async fn hear(&mut self) -> Result<Said, Option<Closing>> {
        match self.ws.recv().await {
            None | Some(Ok(Message::Close(_))) => Err(None),
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text)
                .map(Said::Message)
                .map_err(|_| Some(Closing::Unreadable)),
            Some(Ok(Message::Binary(_))) => Err(Some(Closing::Unreadable)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Said::Alive),
            Some(Err(error)) => Err(reason(error)),
        }
    }

    async fn tell(&mut self, text: Bytes) -> Result<(), Option<Closing>> {
        // What the room tells is JSON, so this never fails.
        let text = Utf8Bytes::try_from(text).map_err(|_| None)?;
        self.send(Message::Text(text)).await
    }

    /// Sends; whoever doesn't take it in time is gone.
    async fn send(&mut self, message: Message) -> Result<(), Option<Closing>> {
        match timeout(self.patience.taken_within, self.ws.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(None),
        }
    }

    /// Says why it ends, and gives the other side a moment to say goodbye.
    async fn farewell(&mut self, closing: Option<Closing>) -> Option<Closing> {
        let why = closing?;
        let last = self.tell(text(&ServerMessage::Closed { why })).await;
        let frame = CloseFrame { code: why.code(), reason: Utf8Bytes::from_static("") };
        if last.is_ok() && self.send(Message::Close(Some(frame))).await.is_ok() {
            let goodbye = async { while let Some(Ok(_)) = self.ws.recv().await {} };
            // Whoever says nothing is cut off.
            let _ = timeout(self.patience.goodbye_within, goodbye).await;
        }
        closing
    }
}

/// Why what came can't be read; nothing where the connection broke.
fn reason(error: axum::Error) -> Option<Closing> {
    use tungstenite::Error;
    match *error.into_inner().downcast::<Error>().ok()? {
        Error::Capacity(_) => Some(Closing::TooLarge),
        Error::Utf8(_) | Error::Protocol(_) => Some(Closing::Unreadable),
        _ => None,
    }
}

/// A socket whose room knows it.
struct Conversation {
    wire: Wire,
    connection: Connection,
    /// When they must be made sure of, or count as gone.
    alarm: Pin<Box<Sleep>>,
    unanswered: u8,
    messages: Allowance,
    signs: Allowance,
    too_fast: u32,
}

impl Conversation {
    fn new(wire: Wire, connection: Connection) -> Self {
        Self {
            messages: Allowance::full(connection.now()),
            signs: Allowance::full(connection.now()),
            alarm: Box::pin(sleep(wire.patience.ping_every)),
            wire,
            connection,
            unanswered: 0,
            too_fast: 0,
        }
    }

    async fn go_on(&mut self) -> Option<Closing> {
        loop {
            if let Err(closing) = self.step().await {
                return self.wire.farewell(closing).await;
            }
        }
    }

    /// One thing said or heard.
    async fn step(&mut self) -> Result<(), Option<Closing>> {
        tokio::select! {
            biased;
            told = self.connection.next() => match told {
                Heard::Text(text) => self.wire.tell(text).await,
                Heard::Closed(closing) => Err(Some(closing)),
            },
            said = self.wire.hear() => {
                self.unanswered = 0;
                match said? {
                    Said::Message(message) => self.pass_on(message).await,
                    Said::Alive => self.count_sign(),
                }
            }
            () = &mut self.alarm => self.make_sure().await,
        }
    }

    async fn make_sure(&mut self) -> Result<(), Option<Closing>> {
        if self.unanswered >= UNANSWERED {
            return Err(None);
        }
        self.unanswered += 1;
        self.alarm.set(sleep(self.wire.patience.ping_every));
        self.wire.send(Message::Ping(Bytes::new())).await
    }

    /// Signs of life cost little, but not nothing.
    fn count_sign(&mut self) -> Result<(), Option<Closing>> {
        let now = self.connection.now();
        self.signs.take(SIGNS, now).map_err(|_| Some(Closing::TooMuch))
    }

    /// Hands what was said to the room, unless it comes too fast.
    async fn pass_on(&mut self, message: ClientMessage) -> Result<(), Option<Closing>> {
        let Err(seconds) = self.messages.take(MESSAGES, self.connection.now()) else {
            self.connection.say(message).await;
            return Ok(());
        };
        self.too_fast += 1;
        if self.too_fast > TOO_FAST_MOST {
            return Err(Some(Closing::TooMuch));
        }
        match message {
            ClientMessage::Act { id, .. } => {
                let why = ActRefusal::TooFast { seconds };
                self.wire.tell(text(&ServerMessage::Refused { id, why })).await
            }
            // Leaving is never too much.
            ClientMessage::Leave => {
                self.connection.say(ClientMessage::Leave).await;
                Ok(())
            }
            ClientMessage::Hello(_) | ClientMessage::Look(_) | ClientMessage::Earlier { .. } => {
                Ok(())
            }
        }
    }
}

fn text(message: &ServerMessage) -> Bytes {
    serde_json::to_vec(message).unwrap_or_default().into()
}
