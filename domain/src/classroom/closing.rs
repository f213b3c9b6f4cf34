//! Why a meeting ended, and why a socket is closed.

use serde::{Deserialize, Serialize};

use crate::entry::Refusal;

/// Why a meeting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// A Host ended it.
    ByHost,
    /// Nobody was in for [`EMPTY_SECONDS`](super::EMPTY_SECONDS).
    Empty,
    /// The room's time limit was reached.
    TimeLimit,
    /// The room was ended.
    RoomEnded,
}

/// Why a socket is closed: said by the last message, and once more by the code in the closing frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// They left.
    Left,
    /// The meeting has ended.
    Ended(Ending),
    /// A Host put them out; they may come back.
    Removed,
    /// They waited for a Host to let them in, who didn't; they may come back.
    TurnedAway,
    /// They are banned from the room.
    Banned,
    /// The rule of entry doesn't admit them, or not any longer.
    Refused(Refusal),
    /// What let them in is gone: the link was renewed, or they signed out.
    EntryOver,
    /// The room was entered anew in the same browser, by somebody else or as something else.
    EnteredElsewhere,
    /// The server restarts.
    Restarting,
    /// They read more slowly than there was to tell.
    TooSlow,
    /// They didn't say [`Hello`](super::Hello) in time.
    TooLate,
    /// They sent too many messages.
    TooMuch,
    /// They sent a message that is too long.
    TooLarge,
    /// They sent what is no message.
    Unreadable,
    /// They speak another version of the wire.
    OtherVersion,
    /// They have the room open too often.
    TooMany,
}

impl Closing {
    /// Those that a code says completely.
    const CODED: [Self; 18] = [
        Self::Left,
        Self::Unreadable,
        Self::TooMuch,
        Self::TooLarge,
        Self::Restarting,
        Self::EntryOver,
        Self::TooLate,
        Self::EnteredElsewhere,
        Self::Ended(Ending::ByHost),
        Self::Ended(Ending::Empty),
        Self::Ended(Ending::TimeLimit),
        Self::Ended(Ending::RoomEnded),
        Self::Removed,
        Self::Banned,
        Self::TurnedAway,
        Self::OtherVersion,
        Self::TooMany,
        Self::TooSlow,
    ];

    /// The code in the closing frame (RFC 6455, 7.4).
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Left => 1000,
            Self::Unreadable => 1007,
            Self::TooMuch => 1008,
            Self::TooLarge => 1009,
            Self::Restarting => 1012,
            Self::EntryOver => 4401,
            Self::Refused(_) => 4403,
            Self::TooLate => 4408,
            Self::EnteredElsewhere => 4409,
            Self::Ended(Ending::ByHost) => 4410,
            Self::Ended(Ending::Empty) => 4411,
            Self::Ended(Ending::TimeLimit) => 4412,
            Self::Ended(Ending::RoomEnded) => 4413,
            Self::Removed => 4420,
            Self::Banned => 4421,
            Self::TurnedAway => 4422,
            Self::OtherVersion => 4426,
            Self::TooMany => 4429,
            Self::TooSlow => 4430,
        }
    }

    /// What a code says by itself. That of a refusal doesn't say which, and others aren't ours.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        Self::CODED.into_iter().find(|it| it.code() == code)
    }

    /// Whether the browser comes back by itself.
    #[must_use]
    pub const fn comes_back(self) -> bool {
        matches!(self, Self::Restarting | Self::TooSlow | Self::TooLate)
    }
}
