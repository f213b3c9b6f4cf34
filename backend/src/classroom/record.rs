//! What is to be written of a meeting, found while it changes.
//!
//! Rows say how things are, whatever led there, so that of any number of changes each person and the
//! meeting are written once. Only stays and lines of chat are added one by one.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use domain::{
    Timestamp, UserId,
    classroom::{
        Announcement, Capabilities, Change, Ending, Line, Meeting, MeetingNumber, Participant,
        ParticipantId,
    },
};

/// Notes what is to be written of the changes of a meeting since it was last [taken](Self::take).
#[derive(Debug, Default)]
pub struct Recorder {
    /// Whether something is to be written, if only of the meeting itself.
    touched: bool,
    began: bool,
    people: BTreeSet<ParticipantId>,
    left: Vec<(ParticipantId, Timestamp)>,
    stays: Vec<NewStay>,
    said: Vec<Line>,
    ended: Option<(Ending, Timestamp)>,
}

/// What is to be written of a meeting: all of it or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The meeting.
    pub meeting: MeetingNow,
    /// Whether it begins with this.
    pub began: bool,
    /// Participants, as they are now.
    pub people: Vec<(ParticipantId, Participant)>,
    /// Who went that was in before, and when they did.
    pub left: Vec<(ParticipantId, Timestamp)>,
    /// The stays that began, in that order.
    pub stays: Vec<NewStay>,
    /// What was said, the oldest first.
    pub said: Vec<Line>,
    /// How it ended, and when, if it ends with this: stays that go on end then, chat is deleted, and who
    /// was absent is listed.
    pub ended: Option<(Ending, Timestamp)>,
}

/// A meeting as its row is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingNow {
    /// Which, within its room.
    pub number: MeetingNumber,
    /// How many times a server took it up.
    pub run: u32,
    /// When it began.
    pub began: Timestamp,
    /// When it was last known to go on.
    pub seen: Timestamp,
    /// Whether the room is locked.
    pub locked: bool,
    /// What Guests may not do.
    pub denied: Capabilities,
    /// The announcement.
    pub announcement: Option<Announcement>,
    /// How many took part.
    pub people: u32,
    /// How many lines were said.
    pub lines: u32,
}

/// A stay that began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStay {
    /// Whose.
    pub who: ParticipantId,
    /// The user they are, if they are one.
    pub user: Option<UserId>,
    /// When they came.
    pub came: Timestamp,
    /// When they went, if they have.
    pub left: Option<Timestamp>,
}

impl Recorder {
    /// For a meeting that a server has just taken up: that it did is to be written before anybody is told
    /// anything, since places in what was told are told apart by it.
    #[must_use]
    pub fn taken_up() -> Self {
        Self { touched: true, ..Self::default() }
    }

    /// Carries out a change, and notes what is to be written of it. What nothing needs after a restart
    /// isn't: who is out of reach or waits to be let in, and what the console says of the room.
    pub fn apply(&mut self, meeting: &mut Meeting, change: &Change) {
        let (number, had_begun) = (meeting.last_line(), meeting.began().is_some());
        let over = meeting.ended().is_some();
        let whose = about(change);
        let before = whose.and_then(|it| meeting.participant(it)).cloned();
        meeting.apply(change);
        if over {
            return;
        }
        self.began |= meeting.began().is_some() != had_begun;
        let after = whose.and_then(|it| Some((it, meeting.participant(it)?)));
        if let Some((who, after)) = after {
            self.person(who, before.as_ref(), after, change);
        }
        match change {
            Change::Said(line) if line.number > number => self.said.push(line.clone()),
            Change::Denied(_) | Change::Locked(_) | Change::Announced(_) => self.touched = true,
            Change::Ended(ending, at) => self.ended = Some((*ending, *at)),
            _ => {}
        }
    }

    /// Notes what has become of a participant.
    fn person(
        &mut self,
        who: ParticipantId,
        before: Option<&Participant>,
        after: &Participant,
        change: &Change,
    ) {
        let same_row = |it: &Participant| Participant { presence: after.presence, ..it.clone() };
        if before.map(same_row).as_ref() != Some(after) {
            self.people.insert(who);
        }
        let was_inside = before.is_some_and(Participant::is_inside);
        match change {
            Change::Came(arrival) if !was_inside && after.is_inside() => {
                let user = after.who.user_id().cloned();
                self.stays.push(NewStay { who, user, came: arrival.at, left: None });
            }
            Change::Went(_, at) if was_inside => self.went(who, *at),
            _ => {}
        }
    }

    fn went(&mut self, who: ParticipantId, at: Timestamp) {
        match self.stays.iter_mut().find(|it| it.who == who && it.left.is_none()) {
            Some(stay) => stay.left = Some(at),
            None => self.left.push((who, at)),
        }
    }

    /// What is to be written of a meeting as it is now, and then isn't any more; `None` where that is
    /// nothing.
    pub fn take(&mut self, meeting: &Meeting, now: Timestamp) -> Option<Record> {
        let noted = std::mem::take(self);
        let began = meeting.began()?;
        let has = noted.touched
            || noted.began
            || !(noted.people.is_empty() && noted.left.is_empty() && noted.stays.is_empty())
            || !noted.said.is_empty()
            || noted.ended.is_some();
        let person = |who| Some((who, meeting.participant(who)?.clone()));
        has.then(|| Record {
            meeting: MeetingNow {
                number: meeting.number(),
                run: meeting.run(),
                began,
                seen: now,
                locked: meeting.locked(),
                denied: meeting.denied(),
                announcement: meeting.announcement().cloned(),
                people: u32::try_from(meeting.participants().count()).unwrap_or(u32::MAX),
                lines: meeting.last_line(),
            },
            began: noted.began,
            people: noted.people.into_iter().filter_map(person).collect(),
            left: noted.left,
            stays: noted.stays,
            said: noted.said,
            ended: noted.ended,
        })
    }
}

/// Whom a change is about.
const fn about(change: &Change) -> Option<ParticipantId> {
    match change {
        Change::Came(arrival) => Some(arrival.id),
        Change::Returned(who)
        | Change::Away { who, .. }
        | Change::Went(who, _)
        | Change::Profile(who, _)
        | Change::Hand(who, _)
        | Change::Granted(who, _)
        | Change::DeniedTo(who, _)
        | Change::Renamed(who, _) => Some(*who),
        Change::Settings(_)
        | Change::Said(_)
        | Change::Denied(_)
        | Change::Locked(_)
        | Change::Announced(_)
        | Change::NewcomersWait(_)
        | Change::NewcomerCame(_)
        | Change::NewcomerGone(_)
        | Change::Ended(..) => None,
    }
}
