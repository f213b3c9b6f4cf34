//! One socket of a classroom: what it may cost, and how it ends.
//!
//! Who speaks is known from the connection alone. Whatever comes in is refused here or handed to the
//! room, and whatever the room has to tell is passed on as it is: nothing is decided here.

use std::{pin::Pin, time::Duration};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use backend::{
    accounts::Context,
    allowance::{Allowance, Rate},
    classroom::{Connection, Heard, door::Entrant},
};
use domain::classroom::{ActRefusal, ClientMessage, Closing, Hello, ServerMessage, WIRE};
use tokio::time::{Sleep, sleep, timeout};

use super::limits::Slot;
use crate::{site, state::Server};

/// The longest message that is read, in bytes: the longest line of chat, all of it escaped.
pub const LONGEST: usize = 16 * 1024;
/// Within what time the first message must come.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How often somebody is made sure of.
const PING_EVERY: Duration = Duration::from_secs(25);
/// After so many times without anything heard they count as gone.
const UNANSWERED: u8 = 2;
/// Within what time a message must be taken.
const TAKEN_WITHIN: Duration = Duration::from_secs(5);
/// How long the other side may take to say goodbye.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);
/// How many messages may come.
const MESSAGES: Rate = Rate { burst: 30, micros_per_token: 100_000 };
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
pub async fn converse(server: Server, mut ws: WebSocket, caller: Caller) {
    let Caller { entrant, context, slot } = caller;
    let classroom = &server.backend().classroom;
    let began = classroom.now();
    let closing = match hello(&mut ws).await {
        Ok(hello) => {
            let connection =
                classroom.connect(&entrant, hello.resume, site::version(), context).await;
            Conversation::new(ws, connection).go_on().await
        }
        Err(closing) => farewell(&mut ws, closing).await,
    };
    drop(slot);
    let seconds = (classroom.now().micros() - began.micros()) / 1_000_000;
    tracing::debug!(code = closing.map(Closing::code), seconds, "a socket ended");
}

/// The first message.
async fn hello(ws: &mut WebSocket) -> Result<Hello, Option<Closing>> {
    let first = async {
        loop {
            if let Said::Message(message) = hear(ws).await? {
                return Ok::<_, Option<Closing>>(message);
            }
        }
    };
    match timeout(HELLO_WITHIN, first).await.map_err(|_| Some(Closing::TooLate))?? {
        ClientMessage::Hello(hello) if hello.wire == WIRE => Ok(hello),
        ClientMessage::Hello(_) => Err(Some(Closing::OtherVersion)),
        _ => Err(Some(Closing::Unreadable)),
    }
}

/// What comes from a browser.
enum Said {
    Message(ClientMessage),
    /// Nothing but that they are there.
    Alive,
}

/// The next that comes; `None` as the reason where they are simply gone.
async fn hear(ws: &mut WebSocket) -> Result<Said, Option<Closing>> {
    match ws.recv().await {
        None | Some(Ok(Message::Close(_))) => Err(None),
        Some(Ok(Message::Text(text))) => {
            serde_json::from_str(&text).map(Said::Message).map_err(|_| Some(Closing::Unreadable))
        }
        Some(Ok(Message::Binary(_))) => Err(Some(Closing::Unreadable)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Said::Alive),
        Some(Err(error)) => Err(reason(error)),
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
    ws: WebSocket,
    connection: Connection,
    /// When they must be made sure of, or count as gone.
    alarm: Pin<Box<Sleep>>,
    unanswered: u8,
    messages: Allowance,
    too_fast: u32,
}

impl Conversation {
    fn new(ws: WebSocket, connection: Connection) -> Self {
        Self {
            messages: Allowance::full(connection.now()),
            ws,
            connection,
            alarm: Box::pin(sleep(PING_EVERY)),
            unanswered: 0,
            too_fast: 0,
        }
    }

    async fn go_on(mut self) -> Option<Closing> {
        loop {
            if let Err(closing) = self.step().await {
                return farewell(&mut self.ws, closing).await;
            }
        }
    }

    /// One thing said or heard.
    async fn step(&mut self) -> Result<(), Option<Closing>> {
        tokio::select! {
            biased;
            told = self.connection.next() => match told {
                Heard::Text(text) => tell(&mut self.ws, text).await,
                Heard::Closed(closing) => Err(Some(closing)),
            },
            said = hear(&mut self.ws) => {
                self.unanswered = 0;
                match said? {
                    Said::Message(message) => self.pass_on(message).await,
                    Said::Alive => Ok(()),
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
        self.alarm.set(sleep(PING_EVERY));
        send(&mut self.ws, Message::Ping(axum::body::Bytes::new())).await
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
                tell(&mut self.ws, text(&ServerMessage::Refused { id, why })).await
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

/// Says why it ends, and gives the other side a moment to say goodbye.
async fn farewell(ws: &mut WebSocket, closing: Option<Closing>) -> Option<Closing> {
    let why = closing?;
    let last = tell(ws, text(&ServerMessage::Closed { why })).await;
    let frame = CloseFrame { code: why.code(), reason: Utf8Bytes::from_static("") };
    if last.is_ok() && send(ws, Message::Close(Some(frame))).await.is_ok() {
        let goodbye = async { while let Some(Ok(_)) = ws.recv().await {} };
        // Whoever says nothing is cut off.
        let _ = timeout(GOODBYE_WITHIN, goodbye).await;
    }
    closing
}

fn text(message: &ServerMessage) -> axum::body::Bytes {
    serde_json::to_vec(message).unwrap_or_default().into()
}

async fn tell(ws: &mut WebSocket, text: axum::body::Bytes) -> Result<(), Option<Closing>> {
    // What the room tells is JSON, so this never fails.
    let text = Utf8Bytes::try_from(text).map_err(|_| None)?;
    send(ws, Message::Text(text)).await
}

/// Sends; whoever doesn't take it in time is gone.
async fn send(ws: &mut WebSocket, message: Message) -> Result<(), Option<Closing>> {
    match timeout(TAKEN_WITHIN, ws.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(None),
    }
}
