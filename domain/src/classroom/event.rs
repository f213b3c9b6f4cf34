//! What an audience is told of a meeting: each event says how something is now, so that it may be
//! heard twice.

use serde::{Deserialize, Serialize};

use super::{Capabilities, ChatLine, Ending, Newcomer, NewcomerId, ParticipantId, Person};
use crate::Timestamp;

/// Something that an audience is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The room, as it is now.
    Room(RoomNow),
    /// The numbers, as they are now.
    Numbers(Numbers),
    /// Somebody at the front of the list of people, as they are now.
    Shown(Person),
    /// They are not at the front of the list any more.
    Hidden(ParticipantId),
    /// Somebody said something.
    Said(ChatLine),
    /// The announcement, as it is now.
    Announced(Option<Announcement>),
    /// For Hosts: somebody waits to be let in.
    Newcomer(Newcomer),
    /// For Hosts: they don't any more.
    NewcomerGone(NewcomerId),
    /// The meeting has ended.
    Ended(Ending),
}

/// A room and its meeting, as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNow {
    /// What people call it.
    pub name: String,
    /// How many may be in at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// When the meeting began, if it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub began: Option<Timestamp>,
    /// When the time is up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Timestamp>,
    /// Whether a Host has locked it.
    pub locked: bool,
    /// What Guests may not do.
    pub denied: Capabilities,
    /// For Hosts, where anyone with the link may enter: whether people whom Rollcall doesn't know wait for a
    /// Host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newcomers_wait: Option<bool>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// People who are in.
    pub people: u32,
    /// Raised hands among them.
    pub hands: u32,
    /// For Hosts: people who wait to be let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newcomers: Option<u32>,
}

/// What a Host announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// What it says.
    pub text: String,
    /// The name of the Host.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
