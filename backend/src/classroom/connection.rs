//! A browser's connection to a room, as the server holds it.

use std::sync::Arc;

use bytes::Bytes;
use domain::{
    Timestamp,
    classroom::{ClientMessage, Closing},
};
use tokio::sync::mpsc;

use super::{
    outbox::{Next, Outbox},
    room::SocketId,
    task::Command,
};
use crate::clock::Clock;

/// What a browser is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This: a message as it goes over the wire.
    Text(Bytes),
    /// Nothing any more.
    Closed(Closing),
}

/// A connection to a room. Lost when it is dropped.
#[derive(Debug)]
pub struct Connection {
    outbox: Arc<Outbox>,
    /// None where there is no room to speak to.
    room: Option<(SocketId, mpsc::Sender<Command>)>,
    clock: Arc<dyn Clock>,
}

impl Connection {
    pub(super) const fn new(
        outbox: Arc<Outbox>,
        room: Option<(SocketId, mpsc::Sender<Command>)>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { outbox, room, clock }
    }

    /// What the browser is to be told next. Whoever stops waiting for it misses nothing.
    pub async fn next(&self) -> Heard {
        loop {
            match self.outbox.next() {
                Next::Letter(text) | Next::Frame(text) => return Heard::Text(text),
                Next::Close(closing) => return Heard::Closed(closing),
                Next::Lost => return Heard::Closed(Closing::TooSlow),
                Next::Nothing => self.outbox.ready().await,
            }
        }
    }

    /// Has the room hear what the browser says. Waits where the room has much to hear.
    pub async fn say(&self, message: ClientMessage) {
        if let Some((id, room)) = &self.room {
            // A room that is gone has said why.
            let _ = room.send(Command::Say(*id, message)).await;
        }
    }

    /// Now, by the clock by which the room goes.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let Some((id, room)) = self.room.take() else { return };
        if let Err(mpsc::error::TrySendError::Full(command)) = room.try_send(Command::Gone(id)) {
            tokio::spawn(async move {
                // A room that is gone has forgotten them.
                let _ = room.send(command).await;
            });
        }
    }
}
