//! In which rooms a meeting goes on.

use std::collections::HashMap;

use domain::{
    RoomId, RoomsAsked,
    room::{LiveMeeting, RoomSummary},
};

/// The rooms in which a meeting goes on, as that was at one moment.
#[derive(Debug, Default)]
pub struct InProgress(HashMap<RoomId, LiveMeeting>);

impl InProgress {
    /// How many are in a room; `None` where no meeting goes on in it.
    #[must_use]
    pub fn inside(&self, room: &RoomId) -> Option<u32> {
        self.0.get(room).map(|it| it.inside)
    }

    /// The rooms, unordered.
    pub fn rooms(&self) -> impl Iterator<Item = &RoomId> {
        self.0.keys()
    }

    /// Whether a room is of the kinds asked for.
    #[must_use]
    pub fn is_asked_for(&self, asked: &RoomsAsked, room: &RoomSummary) -> bool {
        asked.is_of_kind(room, self.0.contains_key(&room.id))
    }
}

impl FromIterator<(RoomId, LiveMeeting)> for InProgress {
    fn from_iter<T: IntoIterator<Item = (RoomId, LiveMeeting)>>(meetings: T) -> Self {
        Self(meetings.into_iter().collect())
    }
}
