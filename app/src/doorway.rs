//! What the door of a room is rendered from. The server has asked the rule of entry, whether the door is
//! opened or its form comes back.

use domain::{
    EntryPermission, Nickname, RoomId, RoomName, UserId, UserSummary, door::EnterAs,
    entry::Refusal, entry_link::LinkId, image::ImageName,
};
use serde::{Deserialize, Serialize};

/// A door, as far as it is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Doorway {
    /// It is.
    There(Box<Door>),
    /// It may have been: nothing in the browser proves that a link was opened.
    Closed,
}

/// A door, as it stands before one person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Door {
    /// The room behind it.
    pub name: RoomName,
    /// Which door it is.
    pub address: Address,
    /// What the school is called, where it says so.
    pub school: Option<String>,
    /// How the school words that meetings may be observed, where it has words of its own.
    pub notice: Option<String>,
    /// Who is signed in, where they are somebody else than whoever the link is for.
    pub signed_in: Option<Nickname>,
    /// The ways in, the usual one first.
    pub ways: Vec<Way>,
    /// Why the usual way is none.
    pub refusal: Option<Refusal>,
    /// What the clocks of the school show at the moment that the door names, and in which zone they are.
    pub clock: Option<(String, String)>,
    /// The name that somebody unknown typed.
    pub typed: String,
}

/// Which door it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Address {
    /// Of a link.
    Link(LinkId),
    /// Of a room, for whoever is signed in.
    Room {
        /// Which.
        room: RoomId,
        /// Whether it asks once more before somebody enters as Host.
        asks: bool,
    },
}

/// A way in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Way {
    /// What it sends.
    pub enter_as: EnterAs,
    /// As whom; as somebody unknown where it is nobody.
    pub who: Option<Somebody>,
    /// As what.
    pub permission: EntryPermission,
    /// Why they have to wait, if they have to.
    pub waits: Option<Refusal>,
}

/// Somebody as a door shows them to themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Somebody {
    /// Their User ID.
    pub user_id: UserId,
    /// Their nickname.
    pub nickname: Nickname,
    /// Their profile image.
    pub image: Option<ImageName>,
}

impl From<UserSummary> for Somebody {
    fn from(user: UserSummary) -> Self {
        Self { user_id: user.user_id, nickname: user.nickname, image: user.image }
    }
}

impl Address {
    /// The path to which the form is sent.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Link(link) => format!("/door/{link}"),
            Self::Room { room, .. } => format!("/rooms/{room}/enter"),
        }
    }

    /// The picture of whoever came by the link of this door, which nobody else may see there.
    pub(crate) fn picture(&self) -> Option<String> {
        match self {
            Self::Link(link) => Some(format!("/door/{link}/image")),
            Self::Room { .. } => None,
        }
    }
}
