//! Participants as a meeting keeps them.

use super::{Audience, Capabilities, ParticipantId, Person, Standing, person::Rank};
use crate::{Nickname, Timestamp, UserId, avatar, image::ImageName};

/// Who somebody is, whatever tab, device or link they come by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// A user.
    User(UserId),
    /// Somebody whom Rollcall doesn't know: the name that it gave them at random.
    Guest(String),
}

impl Identity {
    /// The User ID, of a user.
    #[must_use]
    pub const fn user_id(&self) -> Option<&UserId> {
        match self {
            Self::User(user_id) => Some(user_id),
            Self::Guest(_) => None,
        }
    }
}

/// What protects somebody from Hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// Nothing.
    None,
    /// They are an Admin: nobody else changes their permission or puts them out.
    Admin,
    /// The room is theirs: besides, they are always Host.
    Owner,
}

/// What the console says of somebody when they come, and whenever it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Their nickname.
    pub nickname: Nickname,
    /// Their profile image.
    pub image: Option<ImageName>,
    /// What protects them.
    pub office: Office,
    /// As what the rule of entry admits them, without what a Host made of them.
    pub admitted: Standing,
}

/// Whether somebody is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Connected.
    In,
    /// Out of reach since then; their seat is kept until then.
    Away {
        /// When they were last known to be in.
        since: Timestamp,
        /// When their seat is given up.
        until: Timestamp,
    },
    /// Not in.
    Gone,
}

/// Somebody who took part in a meeting, whether they are in or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub who: Identity,
    /// What the console says of them.
    pub profile: Profile,
    /// The name that a Host gave them in this meeting.
    pub given: Option<Nickname>,
    /// What a Host made of them in this meeting.
    pub granted: Option<Standing>,
    /// What they, unlike other Guests, may not do.
    pub denied: Capabilities,
    /// Since when their hand is raised.
    pub hand: Option<Timestamp>,
    /// Whether they are in.
    pub presence: Presence,
}

impl Participant {
    pub(super) const fn new(who: Identity, profile: Profile) -> Self {
        Self {
            who,
            profile,
            given: None,
            granted: None,
            denied: Capabilities::NONE,
            hand: None,
            presence: Presence::Gone,
        }
    }

    /// The name they have in this meeting.
    #[must_use]
    pub fn nickname(&self) -> &Nickname {
        self.given.as_ref().unwrap_or(&self.profile.nickname)
    }

    /// As what they take part. An owner is always Host.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (self.profile.office, self.granted) {
            (Office::None | Office::Admin, Some(granted)) => granted,
            (Office::Owner, _) | (_, None) => self.profile.admitted,
        }
    }

    /// Whether they count as being in: connected, or their seat is kept.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.presence != Presence::Gone
    }

    /// The console says something else. Where that is about their permission, it is the newer word:
    /// what a Host made of them is over.
    pub(super) fn set_profile(&mut self, profile: Profile) {
        if profile.admitted != self.profile.admitted {
            self.granted = None;
        }
        self.profile = profile;
    }

    /// The colour of their blank avatar: the same wherever a user appears, and of others as long as
    /// the meeting goes on.
    #[must_use]
    pub fn colour(&self, id: ParticipantId) -> u8 {
        match &self.who {
            Identity::User(user_id) => avatar::colour(user_id),
            Identity::Guest(_) => {
                u8::try_from(id.0 % u32::from(avatar::COLOURS)).unwrap_or_default()
            }
        }
    }

    /// The User ID, where that audience is told it.
    pub(super) fn user_id_for(&self, audience: Audience) -> Option<String> {
        match audience {
            Audience::Hosts => self.who.user_id().map(ToString::to_string),
            Audience::Guests => None,
        }
    }

    /// Them as that audience is shown them.
    pub(super) fn person(&self, id: ParticipantId, audience: Audience) -> Person {
        Person {
            id,
            nickname: self.nickname().to_string(),
            image: self.profile.image.clone(),
            colour: self.colour(id),
            standing: self.standing(),
            hand: self.hand,
            away: matches!(self.presence, Presence::Away { .. }),
            user_id: self.user_id_for(audience),
            denied: match audience {
                Audience::Hosts => self.denied,
                Audience::Guests => Capabilities::NONE,
            },
        }
    }

    pub(super) fn rank(&self, id: ParticipantId) -> Rank {
        Rank::new(self.standing(), self.hand, self.nickname().as_str(), id)
    }
}
