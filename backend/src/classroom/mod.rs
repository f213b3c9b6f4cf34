//! The live classroom, around the meeting that `domain` knows.
//!
//! Each room in which somebody is has a task of its own (`task`), which has its `room` decide and the
//! `scribe` write, and tells everybody by way of two `feed`s. Whoever connects has an entry, which the
//! `door` made; where they belong the rule of entry says, at once and whenever something changes.

mod connection;
pub mod door;
pub mod errands;
pub mod feed;
mod hub;
mod in_progress;
pub mod kept;
pub mod note;
mod orders;
pub mod outbox;
mod packing;
pub mod record;
mod room;
pub mod scribe;
mod stage;
mod status;
mod task;
mod whereabouts;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::{
    RoomId, Timestamp, UserId,
    classroom::{Identity, Place},
    image::ImageName,
    room::LiveMeeting,
};

pub(crate) use self::hub::Hub;
pub use self::{
    connection::{Connection, Heard},
    in_progress::InProgress,
};
use self::{door::Entrant, outbox::Outbox, room::Socket};
use crate::{
    Internal,
    accounts::{Context, Proof},
    clock::Clock,
    entry::Inside,
    rooms::RoomReader,
};

/// The use cases of the live classroom.
#[derive(Debug)]
pub struct Classroom {
    hub: Arc<Hub>,
    clock: Arc<dyn Clock>,
}

impl Classroom {
    pub(crate) fn new(hub: Arc<Hub>, clock: Arc<dyn Clock>) -> Self {
        Self { hub, clock }
    }

    /// Takes up the meetings that went on when the server stopped, however it did. Whoever was in has a
    /// minute to come back; whoever observed begins anew.
    pub async fn recover(&self) -> Result<(), Internal> {
        let now = self.clock.now();
        let open = self.hub.scribe().open_meetings().await?;
        let going_on = |room: &RoomId| Some(open.iter().find(|it| it.room == *room)?.now.number);
        self.hub.scribe().end_observations(|_| true, going_on).await?;
        for kept in open {
            if let Some(room) = self.hub.room(&kept.room).await? {
                let meeting = kept.take_up(&room.settings, now);
                self.hub.take_up(&kept.room, meeting);
            }
        }
        Ok(())
    }

    /// Connects whoever has an entry to its room. `resume` is up to where they had been told everything,
    /// `version` that of what the server serves, which they are told. Whether they are let in, they are
    /// told by the connection.
    pub async fn connect(
        &self,
        entrant: &Entrant,
        resume: Option<Place>,
        version: &'static str,
        context: Context,
    ) -> Connection {
        let outbox = Arc::<Outbox>::default();
        let socket =
            Socket::new(entrant.entry(), (resume, version), Arc::new(context), Arc::clone(&outbox));
        let room = self.hub.connect(entrant.room(), socket).await.unwrap_or_else(|error| {
            tracing::error!(error = %error.cause(), "a room could not go live");
            None
        });
        Connection::new(outbox, room, Arc::clone(&self.clock))
    }

    /// Now, by the clock by which meetings go.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The meeting that goes on in a room.
    #[must_use]
    pub fn meeting(&self, reader: &RoomReader) -> Option<LiveMeeting> {
        self.hub.status(&reader.room().id)?.meeting()
    }

    /// Which of these users are in that room.
    #[must_use]
    pub fn inside(&self, reader: &RoomReader, users: &[UserId]) -> Vec<UserId> {
        let Some(status) = self.hub.status(&reader.room().id) else { return Vec::new() };
        let is_in = |it: &&UserId| status.ask(Some(&Identity::User((*it).clone()))).seated;
        users.iter().filter(is_in).cloned().collect()
    }

    /// How many are in each room in which a meeting goes on.
    #[must_use]
    pub fn in_progress(&self, _: &impl Proof) -> InProgress {
        self.hub.in_progress()
    }

    /// What the meeting in a room says of itself and of somebody, for the door.
    #[must_use]
    pub fn ask(&self, room: &RoomId, who: Option<&Identity>) -> Inside {
        self.hub.ask(room, who)
    }

    /// Whether one of these rooms shows that picture: that of somebody who takes part in its meeting.
    #[must_use]
    pub fn shows(&self, rooms: &[RoomId], image: &ImageName) -> bool {
        rooms.iter().filter_map(|it| self.hub.status(it)).any(|it| it.shows(image))
    }

    /// Has all rooms look at the time, takes up those whose tasks broke off, and tells if meetings have
    /// changed that pages show. To be called every second.
    pub fn tick(&self) {
        self.hub.tick();
    }

    /// Notes that all meetings go on. To be called every few seconds: what a loss of power leaves in doubt
    /// is as long.
    pub async fn note_seen(&self) -> Result<(), Internal> {
        self.hub.scribe().note_seen(self.clock.now()).await
    }

    /// Writes what was decided, tells everybody that the server restarts, and ends.
    pub async fn stop(&self) -> Result<(), Internal> {
        self.hub.stop().await;
        self.note_seen().await
    }
}
