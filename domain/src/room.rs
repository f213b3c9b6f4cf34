//! Rooms: what they are called, who may enter, and the forms that say so.

mod form;
mod id;
mod limits;
mod specify;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) use self::limits::{limit, whole};
pub use self::{
    form::{RoomDraft, RoomField, RoomForm},
    id::RoomId,
    limits::{Capacity, LimitsForm, RoomLimits, TimeLimit, WindowProblem},
    specify::{Specified, SpecifyForm},
};
use crate::{
    Edition, EntryPermission, Problem, Timestamp, UserSummary,
    classroom::MeetingNumber,
    named::named,
    text::{parse_name, shortened_name},
};

/// What people call a room: 1 to 100 graphemes. Duplicates are fine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomName(String);

impl RoomName {
    /// The most graphemes.
    pub const MAX: u32 = 100;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        parse_name(raw, Self::MAX).map(Self)
    }

    /// Reads a name that was put together, cut where it is too long.
    pub fn shortened(raw: &str) -> Result<Self, Problem> {
        shortened_name(raw, Self::MAX).map(Self)
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RoomName> for String {
    fn from(name: RoomName) -> Self {
        name.0
    }
}

impl TryFrom<String> for RoomName {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).map_err(|_| "not a room name")
    }
}

/// Who may enter a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomType {
    /// Specified users only: members, each with a permission.
    #[default]
    Private,
    /// All users: everyone active, as their default permission says.
    Public,
    /// Anyone with the link: also people who are not users, as guests.
    Open,
}

named!(RoomType { Private = "private", Public = "public", Open = "open" });

/// Whether a room can be entered at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomState {
    /// Can be entered by those who may.
    #[default]
    Open,
    /// Nobody enters until it is reopened; members and settings are kept.
    Ended,
}

named!(RoomState { Open = "open", Ended = "ended" });

/// What a room is doing. A meeting goes on in none that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomStatus {
    /// A meeting goes on in it.
    InProgress,
    /// It is open, and no meeting goes on.
    Waiting,
    /// It has ended.
    Ended,
}

named!(RoomStatus { InProgress = "in_progress", Waiting = "waiting", Ended = "ended" });

impl RoomStatus {
    /// What a room in that state is doing.
    #[must_use]
    pub const fn of(state: RoomState, in_progress: bool) -> Self {
        match (state, in_progress) {
            (RoomState::Ended, _) => Self::Ended,
            (RoomState::Open, true) => Self::InProgress,
            (RoomState::Open, false) => Self::Waiting,
        }
    }

    /// In which state a room is that does so.
    #[must_use]
    pub const fn state(self) -> RoomState {
        match self {
            Self::InProgress | Self::Waiting => RoomState::Open,
            Self::Ended => RoomState::Ended,
        }
    }
}

/// A room as lists and pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoomSummary {
    /// The room's id.
    pub id: RoomId,
    /// What people call it.
    pub name: RoomName,
    /// Who may enter.
    pub room_type: RoomType,
    /// Open or ended.
    pub state: RoomState,
    /// To whom it belongs.
    pub owner: UserSummary,
    /// How many users are specified, the owner apart.
    pub members: u32,
    /// When the last meeting in it began, if there was one.
    pub last_meeting: Option<Timestamp>,
}

/// A room as the list of rooms shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListedRoom {
    /// The room.
    pub room: RoomSummary,
    /// How many are in, where a meeting goes on.
    pub inside: Option<u32>,
}

/// The meeting that goes on in a room, as the console shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveMeeting {
    /// Which of the meetings in the room it is.
    pub number: MeetingNumber,
    /// When it began.
    pub began: Timestamp,
    /// How many are in.
    pub inside: u32,
}

/// A room with everything that can be set of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomDetails {
    /// What lists show too.
    pub summary: RoomSummary,
    /// What limits it.
    pub limits: RoomLimits,
    /// Whether an active user besides the owner is Host in it.
    pub other_host: bool,
    /// What the form that edits it is filled in from.
    pub edition: Edition,
}

/// A user specified for a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserSummary,
    /// As what they enter this room.
    pub permission: EntryPermission,
}

/// A room of one user, as the user's page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRoom {
    /// The room.
    pub room: RoomSummary,
    /// As what the user enters it.
    pub permission: EntryPermission,
    /// Whether it is theirs.
    pub owner: bool,
    /// How many are in, where a meeting goes on.
    pub inside: Option<u32>,
}
