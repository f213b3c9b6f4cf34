//! Numbers by which the wire names things. All but a ban's count within one meeting or room, and
//! nothing that an observer does moves any of them.

use serde::{Deserialize, Serialize};

macro_rules! number {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);
    )+};
}

number! {
    /// A meeting, counted from 1 within its room.
    MeetingNumber,
    /// Somebody who took part in a meeting, counted from 1 in the order in which they first came.
    ParticipantId,
    /// Somebody who waits for a Host to let them in, counted from 1 within the meeting.
    NewcomerId,
    /// A ban.
    BanId,
}
