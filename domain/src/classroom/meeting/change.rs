//! The changes of a meeting, by which alone it changes.

use super::Meeting;
use crate::{
    Nickname, Timestamp,
    classroom::{
        Announcement, Capabilities, Ending, Identity, Line, Newcomer, NewcomerId, Participant,
        ParticipantId, Presence, Profile, RoomSettings, Standing,
    },
};

/// Somebody who comes: for the first time, or after they had gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Who they are within the meeting.
    pub id: ParticipantId,
    /// Who they are.
    pub who: Identity,
    /// What the console says of them.
    pub profile: Profile,
    /// When they came.
    pub at: Timestamp,
}

/// A change of a meeting: what is written down, applied, and then told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody came: a stay begins.
    Came(Arrival),
    /// Somebody who was away is back.
    Returned(ParticipantId),
    /// Somebody is out of reach.
    Away {
        /// Who.
        who: ParticipantId,
        /// When they were last known to be in.
        since: Timestamp,
        /// When their seat is given up.
        until: Timestamp,
    },
    /// Somebody went: their stay ended then.
    Went(ParticipantId, Timestamp),
    /// What the console says of somebody.
    Profile(ParticipantId, Profile),
    /// What the console says of the room.
    Settings(RoomSettings),
    /// Somebody said something.
    Said(Line),
    /// Since when somebody's hand is raised.
    Hand(ParticipantId, Option<Timestamp>),
    /// What a Host made of somebody.
    Granted(ParticipantId, Option<Standing>),
    /// What Guests may not do.
    Denied(Capabilities),
    /// What somebody, unlike other Guests, may not do.
    DeniedTo(ParticipantId, Capabilities),
    /// The name that a Host gave somebody.
    Renamed(ParticipantId, Option<Nickname>),
    /// Whether the room is locked.
    Locked(bool),
    /// The announcement.
    Announced(Option<Announcement>),
    /// Whether people whom Rollcall doesn't know wait for a Host.
    NewcomersWait(bool),
    /// Somebody waits to be let in.
    NewcomerCame(Newcomer),
    /// They don't any more.
    NewcomerGone(NewcomerId),
    /// The meeting ended, at that moment.
    Ended(Ending, Timestamp),
}

impl Change {
    /// Which participant it is about, if it is about one.
    #[must_use]
    pub const fn about(&self) -> Option<ParticipantId> {
        match self {
            Self::Came(arrival) => Some(arrival.id),
            Self::Returned(who)
            | Self::Away { who, .. }
            | Self::Went(who, _)
            | Self::Profile(who, _)
            | Self::Hand(who, _)
            | Self::Granted(who, _)
            | Self::DeniedTo(who, _)
            | Self::Renamed(who, _) => Some(*who),
            Self::Settings(_)
            | Self::Said(_)
            | Self::Denied(_)
            | Self::Locked(_)
            | Self::Announced(_)
            | Self::NewcomersWait(_)
            | Self::NewcomerCame(_)
            | Self::NewcomerGone(_)
            | Self::Ended(..) => None,
        }
    }
}

impl Meeting {
    /// Carries out a change. One that names nobody, or comes after the end, changes nothing.
    pub fn apply(&mut self, change: &Change) {
        if self.ended.is_some() {
            return;
        }
        match change {
            Change::Came(arrival) => self.came(arrival),
            Change::Returned(who) => self.returned(*who),
            Change::Away { who, since, until } => self.away(*who, *since, *until),
            Change::Went(who, at) => self.went(*who, *at),
            Change::Profile(who, profile) => {
                self.edit(*who, |it| it.set_profile(profile.clone()));
            }
            Change::Settings(settings) => self.settings = settings.clone(),
            Change::Said(line) => self.said(line),
            Change::Hand(who, hand) => self.edit(*who, |it| {
                it.hand = hand.filter(|_| it.is_inside());
            }),
            Change::Granted(who, granted) => self.edit(*who, |it| it.granted = *granted),
            Change::Denied(denied) => self.denied = *denied,
            Change::DeniedTo(who, denied) => self.edit(*who, |it| it.denied = *denied),
            Change::Renamed(who, given) => self.edit(*who, |it| it.given.clone_from(given)),
            Change::Locked(locked) => self.locked = *locked,
            Change::Announced(announcement) => self.announcement.clone_from(announcement),
            Change::NewcomersWait(wait) => self.settings.newcomers_wait = *wait,
            Change::NewcomerCame(newcomer) => {
                self.last_newcomer = self.last_newcomer.max(newcomer.id);
                self.newcomers.insert(newcomer.id, newcomer.clone());
            }
            Change::NewcomerGone(id) => {
                self.newcomers.remove(id);
            }
            Change::Ended(ending, _) => self.ended = Some(*ending),
        }
    }

    /// One number is one person's, and one person has one number: else nobody came.
    fn came(&mut self, Arrival { id, who, profile, at }: &Arrival) {
        let known = self.identities.get(who).copied();
        if known.is_none() && !self.people.contains_key(id) {
            self.people.insert(*id, Participant::new(who.clone(), profile.clone()));
            self.identities.insert(who.clone(), *id);
            self.strangers += usize::from(matches!(who, Identity::Guest(_)));
        } else if known != Some(*id) {
            return;
        }
        self.began.get_or_insert(*at);
        self.edit(*id, |it| {
            it.set_profile(profile.clone());
            it.presence = Presence::In;
        });
        self.empty_since = None;
    }

    fn returned(&mut self, who: ParticipantId) {
        self.edit(who, |it| {
            if it.is_inside() {
                it.presence = Presence::In;
            }
        });
        self.note_empty(None);
    }

    fn away(&mut self, who: ParticipantId, since: Timestamp, until: Timestamp) {
        self.edit(who, |it| {
            if it.presence == Presence::In {
                it.presence = Presence::Away { since, until };
            }
        });
        self.note_empty(Some(since));
    }

    fn went(&mut self, who: ParticipantId, at: Timestamp) {
        self.edit(who, |it| {
            it.presence = Presence::Gone;
            it.hand = None;
        });
        self.note_empty(Some(at));
    }

    /// Notes since when nobody is connected: since the last of them was.
    fn note_empty(&mut self, since: Option<Timestamp>) {
        self.empty_since = if self.connected > 0 || self.began.is_none() {
            None
        } else {
            self.empty_since.or(since)
        };
    }

    fn said(&mut self, line: &Line) {
        if line.number <= self.last_line() {
            return;
        }
        self.lines.push_back(line.clone());
        if self.lines.len() > Self::LINES {
            self.lines.pop_front();
        }
    }

    /// Changes a participant, and where they stand.
    fn edit(&mut self, who: ParticipantId, change: impl FnOnce(&mut Participant)) {
        let Some(participant) = self.people.get_mut(&who) else { return };
        self.order.remove(&participant.rank(who));
        self.connected -= usize::from(participant.presence == Presence::In);
        self.hands -= usize::from(participant.hand.is_some());
        change(participant);
        self.connected += usize::from(participant.presence == Presence::In);
        self.hands += usize::from(participant.hand.is_some());
        if participant.is_inside() {
            self.order.insert(participant.rank(who));
        }
    }
}
