//! A meeting as the server keeps it.

mod change;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use self::change::{Arrival, Change};
use super::{
    Announcement, Capabilities, Ending, Identity, Line, MeetingNumber, Newcomer, NewcomerId,
    Participant, ParticipantId, Standing, You, person::Rank,
};
use crate::{
    RoomName, Timestamp,
    room::{Capacity, TimeLimit},
};

/// What a meeting needs to know of its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSettings {
    /// What people call it.
    pub name: RoomName,
    /// How many may be in at once.
    pub capacity: Option<Capacity>,
    /// After how many minutes a meeting ends.
    pub time_limit: Option<TimeLimit>,
    /// Whether anyone with the link may enter, also whom Rollcall doesn't know.
    pub for_anyone: bool,
    /// Whether people whom Rollcall doesn't know wait for a Host.
    pub newcomers_wait: bool,
}

/// A meeting. It begins when the first participant comes, and once it has ended nothing changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    number: MeetingNumber,
    run: u32,
    settings: RoomSettings,
    began: Option<Timestamp>,
    ended: Option<Ending>,
    locked: bool,
    denied: Capabilities,
    announcement: Option<Announcement>,
    people: BTreeMap<ParticipantId, Participant>,
    /// Who of these is in, as they stand in the list of people.
    order: BTreeSet<Rank>,
    /// How many of these are connected.
    connected: usize,
    /// How many raise their hand.
    hands: usize,
    /// How many took part whom Rollcall doesn't know.
    strangers: usize,
    /// Since when nobody is.
    empty_since: Option<Timestamp>,
    identities: BTreeMap<Identity, ParticipantId>,
    newcomers: BTreeMap<NewcomerId, Newcomer>,
    last_newcomer: NewcomerId,
    lines: VecDeque<Line>,
}

impl Meeting {
    /// The last lines of chat that are kept at hand.
    pub const LINES: usize = 200;
    /// So many people whom Rollcall doesn't know take part in one meeting, at most, whether they are in still
    /// or not: whoever comes by a shared link under another name each time is another person each time, who
    /// is remembered until the end.
    pub const STRANGERS: u32 = 2_000;

    /// A meeting that is yet to begin, in which nobody has been. One that goes on after a restart is
    /// this with the changes applied that make up what the store kept.
    #[must_use]
    pub const fn new(number: MeetingNumber, run: u32, settings: RoomSettings) -> Self {
        Self {
            number,
            run,
            settings,
            began: None,
            ended: None,
            locked: false,
            denied: Capabilities::NONE,
            announcement: None,
            people: BTreeMap::new(),
            order: BTreeSet::new(),
            connected: 0,
            hands: 0,
            strangers: 0,
            empty_since: None,
            identities: BTreeMap::new(),
            newcomers: BTreeMap::new(),
            last_newcomer: NewcomerId(0),
            lines: VecDeque::new(),
        }
    }

    /// Which meeting of its room it is.
    #[must_use]
    pub const fn number(&self) -> MeetingNumber {
        self.number
    }

    /// How many times a server took it up.
    #[must_use]
    pub const fn run(&self) -> u32 {
        self.run
    }

    /// Its room.
    #[must_use]
    pub const fn settings(&self) -> &RoomSettings {
        &self.settings
    }

    /// When it began, if it has.
    #[must_use]
    pub const fn began(&self) -> Option<Timestamp> {
        self.began
    }

    /// How it ended, if it has.
    #[must_use]
    pub const fn ended(&self) -> Option<Ending> {
        self.ended
    }

    /// Since when nobody is connected.
    pub(super) const fn empty_since(&self) -> Option<Timestamp> {
        self.empty_since
    }

    /// Whether a Host has locked the room.
    #[must_use]
    pub const fn locked(&self) -> bool {
        self.locked
    }

    /// What Guests may not do.
    #[must_use]
    pub const fn denied(&self) -> Capabilities {
        self.denied
    }

    /// The announcement.
    #[must_use]
    pub const fn announcement(&self) -> Option<&Announcement> {
        self.announcement.as_ref()
    }

    /// How many are in: connected, or their seat is kept.
    #[must_use]
    pub fn inside(&self) -> u32 {
        u32::try_from(self.order.len()).unwrap_or(u32::MAX)
    }

    /// Everybody who took part, in the order in which they first came.
    pub fn participants(&self) -> impl Iterator<Item = (ParticipantId, &Participant)> {
        self.people.iter().map(|(id, it)| (*id, it))
    }

    /// Somebody who took part, whether they are in or not.
    #[must_use]
    pub fn participant(&self, who: ParticipantId) -> Option<&Participant> {
        self.people.get(&who)
    }

    /// Somebody who took part, by who they are.
    #[must_use]
    pub fn find(&self, who: &Identity) -> Option<(ParticipantId, &Participant)> {
        let id = *self.identities.get(who)?;
        Some((id, self.people.get(&id)?))
    }

    /// Whether somebody may take part, as far as it goes by how many have: only those whom Rollcall doesn't
    /// know, and who weren't here yet, may come too late.
    #[must_use]
    pub fn has_room_for(&self, who: &Identity) -> bool {
        let few = u32::try_from(self.strangers).is_ok_and(|it| it < Self::STRANGERS);
        few || matches!(who, Identity::User(_)) || self.identities.contains_key(who)
    }

    /// What a participant may do.
    #[must_use]
    pub fn may(&self, participant: &Participant) -> Capabilities {
        let standing = participant.standing();
        let denied = match standing {
            Standing::Host => Capabilities::NONE,
            Standing::Guest => self.denied_to(participant),
        };
        Capabilities::of(standing.into()).less(denied)
    }

    /// What a participant may not do while they are a Guest.
    pub(super) fn denied_to(&self, participant: &Participant) -> Capabilities {
        self.denied.plus(participant.denied)
    }

    /// A participant, as they themselves are told of it.
    #[must_use]
    pub fn you(&self, who: ParticipantId) -> Option<You> {
        let participant = self.people.get(&who)?;
        let audience = participant.standing().audience();
        Some(You { person: participant.person(who, audience), may: self.may(participant) })
    }

    /// The last lines of chat, the oldest first.
    #[must_use]
    pub const fn lines(&self) -> &VecDeque<Line> {
        &self.lines
    }

    /// The number of the last line of chat; 0 where nothing was said.
    #[must_use]
    pub fn last_line(&self) -> u32 {
        self.lines.back().map_or(0, |it| it.number)
    }

    /// How many of those who are in raise their hand.
    pub(super) const fn hands(&self) -> usize {
        self.hands
    }

    /// Who is in, as they stand in the list of people.
    pub(super) const fn order(&self) -> &BTreeSet<Rank> {
        &self.order
    }

    /// Who waits to be let in, in the order in which they came.
    #[must_use]
    pub const fn newcomers(&self) -> &BTreeMap<NewcomerId, Newcomer> {
        &self.newcomers
    }

    /// The number of the next newcomer.
    #[must_use]
    pub const fn next_newcomer(&self) -> NewcomerId {
        NewcomerId(self.last_newcomer.0.saturating_add(1))
    }

    /// The number of the next participant.
    pub(super) fn next_participant(&self) -> ParticipantId {
        let last = self.people.last_key_value().map_or(0, |(id, _)| id.0);
        ParticipantId(last.saturating_add(1))
    }
}
