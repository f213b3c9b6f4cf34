//! People as the wire shows them.
//!
//! What the server tells of names is plain text, though it has checked them by [`Nickname`] and the
//! like: a browser may know an older Unicode, and one name that it counts otherwise must not cost it
//! the whole frame.
//!
//! [`Nickname`]: crate::Nickname

use serde::{Deserialize, Serialize};

use super::{Capabilities, NewcomerId, ParticipantId};
use crate::{EntryPermission, SearchTerm, Timestamp, fold, image::ImageName};

/// As what somebody takes part in a meeting. Hosts stand before Guests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Controls the meeting.
    Host,
    /// Takes part.
    Guest,
}

impl Standing {
    /// Which audience they belong to.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Self::Host => Audience::Hosts,
            Self::Guest => Audience::Guests,
        }
    }
}

impl From<Standing> for EntryPermission {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Host => Self::Host,
            Standing::Guest => Self::Guest,
        }
    }
}

/// To whom something is told: all of an audience are told the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Hosts, who are also told User IDs, what somebody may not do, and who waits to be let in.
    Hosts,
    /// Guests.
    Guests,
}

/// A participant, as an audience is shown them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who, within the meeting.
    pub id: ParticipantId,
    /// The name they have in this meeting.
    pub nickname: String,
    /// The profile image, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageName>,
    /// The colour of their blank avatar, below [`COLOURS`](crate::avatar::COLOURS).
    pub colour: u8,
    /// As what they take part.
    pub standing: Standing,
    /// Since when their hand is raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hand: Option<Timestamp>,
    /// Whether they are out of reach, and their seat is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
    /// For Hosts: the User ID; none of somebody whom Rollcall doesn't know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// For Hosts: what they, unlike other Guests, may not do.
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    pub denied: Capabilities,
}

impl Person {
    /// Whether a term finds them, by their nickname or, for Hosts, their User ID.
    #[must_use]
    pub fn is_found(&self, term: &SearchTerm) -> bool {
        let user_id = || self.user_id.as_deref().is_some_and(|it| finds(term, &fold(it)));
        finds(term, &fold(&self.nickname)) || user_id()
    }

    /// Where they stand in the list of people.
    pub(super) fn rank(&self) -> Rank {
        Rank::new(self.standing, self.hand, &self.nickname, self.id)
    }
}

/// Whether a term is found in folded text: where a word begins or, from three characters on, anywhere.
pub(super) fn finds(term: &SearchTerm, folded: &str) -> bool {
    term.start_of_word_in(folded).is_some()
        || (term.matches_any_part() && folded.contains(term.as_str()))
}

/// Somebody whom Rollcall doesn't know, who waits for a Host to let them in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// Who, within the meeting.
    pub id: NewcomerId,
    /// The name that they typed.
    pub nickname: String,
    /// Since when they wait.
    pub since: Timestamp,
}

/// Where somebody stands in the list of people: Hosts first, then raised hands, the oldest first,
/// then by nickname.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    standing: Standing,
    hand: Timestamp,
    /// Folded.
    pub nickname: String,
    pub id: ParticipantId,
}

impl Rank {
    /// Later than any hand.
    const NO_HAND: Timestamp = Timestamp::from_micros(i64::MAX);

    pub fn new(
        standing: Standing,
        hand: Option<Timestamp>,
        nickname: &str,
        id: ParticipantId,
    ) -> Self {
        let hand = hand.unwrap_or(Self::NO_HAND);
        Self { standing, hand, nickname: fold(nickname), id }
    }
}
