//! What the server sends.

use serde::{Deserialize, Serialize};

use super::{
    Act, Audience, BanId, Capabilities, ChatLine, Closing, Event, List, MeetingNumber, Person,
    Place,
};
use crate::{Problem, Timestamp, entry::Refusal};

/// What the server sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// Who they are in there: the first message to whoever is in, and again whenever it changes.
    Welcome(Welcome),
    /// They wait at the door.
    Waiting {
        /// For what.
        why: Refusal,
        /// Their place in the line for a seat.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<u32>,
        /// What time it is at the server.
        now: Timestamp,
    },
    /// A part of everything there is to know.
    Snapshot(Snapshot),
    /// What has changed.
    Frame(Frame),
    /// The people that they look at.
    Listed(Listed),
    /// Chat from before, the oldest first. Where it comes in parts, the last lines come first, so that
    /// each part touches what is held.
    Earlier {
        /// The lines.
        lines: Vec<ChatLine>,
    },
    /// Chat from before can't be read at the moment.
    EarlierUnavailable,
    /// Who is banned, or some of them.
    Bans {
        /// They.
        bans: Vec<Ban>,
        /// Whether more follow.
        more: bool,
    },
    /// An act is done, and kept.
    Done {
        /// Which.
        id: u32,
        /// What would undo it.
        #[serde(skip_serializing_if = "Option::is_none")]
        undo: Option<Act>,
    },
    /// An act is not done.
    Refused {
        /// Which.
        id: u32,
        /// Why.
        why: ActRefusal,
    },
    /// The last message.
    Closed {
        /// Why it is that.
        why: Closing,
    },
}

/// Who somebody is in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// What the server serves: another one than the page came from needs the page loaded anew.
    pub version: String,
    /// The participant they are. Whoever observes is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub you: Option<You>,
    /// As which audience they are told things.
    pub audience: Audience,
    /// The meeting that they are in: what they asked for in another one is not meant for it.
    pub meeting: MeetingNumber,
    /// What time it is at the server.
    pub now: Timestamp,
}

/// A participant, as they themselves are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct You {
    /// They, as their audience is shown them.
    pub person: Person,
    /// What they may do.
    pub may: Capabilities,
}

/// A part of a snapshot: together its events make up everything there is to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Of when it is; the same in each part.
    pub place: Place,
    /// Which part it is, counted from 0.
    pub part: u16,
    /// How many there are.
    pub of: u16,
    /// What it says.
    pub events: Vec<Event>,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Its number, one more than that of the frame before.
    pub seq: u32,
    /// What has changed.
    pub events: Vec<Event>,
}

/// The people that somebody looks at, or some of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Where they look.
    pub list: List,
    /// What they search for.
    pub term: String,
    /// How many there are in all.
    pub total: u32,
    /// How many stand before these.
    pub first: u32,
    /// They, in their order.
    pub rows: Vec<Person>,
}

/// A ban from the room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ban {
    /// Which.
    pub id: BanId,
    /// The name of whoever is banned.
    pub nickname: String,
    /// Their User ID; none of somebody whom Rollcall doesn't know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Since when.
    pub at: Timestamp,
    /// The User ID of who banned them.
    pub by: String,
}

/// Why an act is not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActRefusal {
    /// They are not in.
    NotIn,
    /// Nobody who entered as they did may do that.
    NotAllowed,
    /// A Host has taken it from them.
    Locked,
    /// Whom it is about isn't there.
    Gone,
    /// Whom it is about is protected from it: an owner, an Admin, or they themselves.
    Protected,
    /// There would be no Host in the room.
    LastHost,
    /// Somebody whom Rollcall doesn't know can't be made Host.
    UnknownCantHost,
    /// The text is refused.
    Problem(Problem),
    /// They did it too often.
    TooFast {
        /// After how many seconds they may again.
        seconds: u32,
    },
    /// It can't be kept at the moment: nothing is changed.
    Unavailable,
}
