//! Meetings on record: which there were in a room, and who came to one, as pages show it. Observers stand in
//! no record.

use serde::{Deserialize, Serialize};

use crate::{
    Nickname, RoomId, RoomName, Timestamp, UserId,
    classroom::{Ending, MeetingNumber, Standing},
    history::Named,
    image::ImageName,
    local_time::Clocked,
};

impl MeetingNumber {
    /// Reads a number as it stands in addresses, in the one way in which it is written there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = text.parse().ok().filter(|it| *it > 0)?;
        (u32::to_string(&number) == text).then_some(Self(number))
    }
}

/// A meeting as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMeeting {
    /// Which, within its room.
    pub number: MeetingNumber,
    /// When it began.
    pub began: Clocked,
    /// For how long it went on, or has so far, in seconds.
    pub seconds: u32,
    /// How it ended; not yet, while it goes on.
    pub ended: Option<HowEnded>,
    /// How many took part.
    pub people: u32,
    /// How many of those came who were expected; unknown as long as it goes on, but for the page of its
    /// attendance.
    pub turnout: Option<Turnout>,
}

/// How a meeting ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HowEnded {
    /// When.
    pub at: Clocked,
    /// Why.
    pub ending: Ending,
    /// Who ended it, where somebody did of whom the log still tells.
    pub by: Option<Named>,
}

/// How many came of those who were expected: the members of the room who are active and don't observe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// How many were expected.
    pub expected: u32,
    /// How many of these came.
    pub came: u32,
}

/// Who came to a meeting, and who didn't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The room in which it was.
    pub room: RoomId,
    /// What people call that.
    pub name: RoomName,
    /// The meeting.
    pub meeting: HeldMeeting,
    /// Until when this tells: the end, or the present.
    pub until: Clocked,
    /// Everybody who took part: Hosts first, then by nickname.
    pub came: Vec<Attendee>,
    /// The members who were expected and didn't come, or haven't yet, by nickname.
    pub absent: Vec<Person>,
    /// How many are left out of both, where they were too many.
    pub left_out: u32,
}

/// Somebody who took part in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Who.
    pub who: Person,
    /// As what they took part at the end.
    pub standing: Standing,
    /// Their stays, one after the other; never none.
    pub stays: Vec<ShownStay>,
    /// How long these are together, in seconds.
    pub seconds: u32,
    /// Whether they came late.
    pub late: bool,
    /// Whether they went before the end.
    pub early: bool,
}

/// Somebody whom a record names, with the name that they had in the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What they were called.
    pub nickname: Nickname,
    /// Their User ID; none of somebody whom Rollcall doesn't know.
    pub user_id: Option<UserId>,
    /// Whether there still is such a user.
    pub exists: bool,
    /// The profile image that they have now.
    pub image: Option<ImageName>,
    /// The colour of their blank avatar.
    pub colour: u8,
}

/// One stay of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownStay {
    /// When they came.
    pub came: Clocked,
    /// When they went; not yet, while they are in.
    pub left: Option<Clocked>,
}

/// A meeting in which a user took part, as their page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserMeeting {
    /// The room in which it was.
    pub room: RoomId,
    /// What people call that.
    pub name: RoomName,
    /// Which meeting, within the room.
    pub number: MeetingNumber,
    /// When they first came.
    pub came: Clocked,
    /// When they last went; not yet, while they are in.
    pub left: Option<Clocked>,
    /// For how long they were in, or have been so far, in seconds.
    pub seconds: u32,
}

impl Attendance {
    /// The first of both lists, and how many are left out.
    #[must_use]
    pub fn first(mut self, most: usize) -> Self {
        let all = self.came.len() + self.absent.len();
        self.came.truncate(most);
        self.absent.truncate(most);
        let left_out = all - self.came.len() - self.absent.len();
        self.left_out = u32::try_from(left_out).unwrap_or(u32::MAX);
        self
    }

    /// Where a stay lies on the line that stands for the meeting.
    #[must_use]
    pub fn stretch(&self, stay: &ShownStay) -> Stretch {
        let left = stay.left.as_ref().unwrap_or(&self.until);
        Stretch::between(self.meeting.began.at, self.until.at, (stay.came.at, left.at))
    }
}

/// A part of a line, in thousandths of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub start: u32,
    /// How long it is.
    pub length: u32,
}

impl Stretch {
    /// A whole line.
    pub const LINE: u32 = 1_000;
    /// Shorter ones could not be seen.
    const SHORTEST: u32 = 6;

    /// Where that part lies on a line from the one moment to the other.
    fn between(from: Timestamp, until: Timestamp, (start, end): (Timestamp, Timestamp)) -> Self {
        let whole = (until.micros() - from.micros()).max(1);
        let place = |at: Timestamp| {
            let beyond = i128::from(at.micros()) - i128::from(from.micros());
            let place = beyond * i128::from(Self::LINE) / i128::from(whole);
            u32::try_from(place.clamp(0, i128::from(Self::LINE))).unwrap_or_default()
        };
        let (start, end) = (place(start), place(end));
        let length = end.saturating_sub(start).max(Self::SHORTEST);
        Self { start: start.min(Self::LINE - length), length }
    }
}

/// A number of seconds as minutes, to the nearest.
#[must_use]
pub const fn minutes(seconds: u32) -> u32 {
    seconds.saturating_add(30) / 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_addresses_have_them_and_no_other_way() {
        for (text, number) in [("1", 1), ("40", 40), ("4294967295", u32::MAX)] {
            assert_eq!(MeetingNumber::parse(text), Some(MeetingNumber(number)));
        }
        for text in ["", "0", "01", "+1", "-1", " 1", "1.0", "x", "4294967296", "١"] {
            assert_eq!(MeetingNumber::parse(text), None, "{text}");
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(1_800_000_000_000_000).plus_seconds(seconds)
    }

    #[test]
    fn stays_lie_where_they_were_on_the_line() {
        for (came, left, start, length) in [
            (0, 1_000, 0, 1_000),
            (250, 750, 250, 500),
            (-50, 5_000, 0, 1_000),
            (100, 100, 100, 6),
            (999, 1_000, 994, 6),
            (1_000, 1_000, 994, 6),
            (800, 200, 800, 6),
        ] {
            let stretch = Stretch::between(at(0), at(1_000), (at(came), at(left)));
            assert_eq!(stretch, Stretch { start, length }, "{came} to {left}");
        }
        let none = Stretch::between(at(0), at(0), (at(0), at(0)));
        assert_eq!(none, Stretch { start: 0, length: 6 });
    }

    #[test]
    fn minutes_are_the_nearest() {
        for (seconds, expected) in [(0, 0), (29, 0), (30, 1), (89, 1), (2_997, 50)] {
            assert_eq!(minutes(seconds), expected);
        }
        assert_eq!(minutes(u32::MAX), u32::MAX / 60);
    }

    fn person(nickname: &str) -> Person {
        let nickname = Nickname::parse(nickname).unwrap();
        Person { nickname, user_id: None, exists: false, image: None, colour: 0 }
    }

    #[test]
    fn of_very_many_the_first_are_shown_and_the_others_counted() {
        let clocked = |seconds| Clocked { at: at(seconds), shown: None };
        let attendee = || Attendee {
            who: person("Kim"),
            standing: Standing::Guest,
            stays: Vec::new(),
            seconds: 0,
            late: false,
            early: false,
        };
        let meeting = HeldMeeting {
            number: MeetingNumber(1),
            began: clocked(0),
            seconds: 10,
            ended: None,
            people: 3,
            turnout: None,
        };
        let attendance = Attendance {
            room: RoomId::parse("0123456789ab").unwrap(),
            name: RoomName::parse("Algebra").unwrap(),
            meeting,
            until: clocked(10),
            came: vec![attendee(), attendee(), attendee()],
            absent: vec![person("Lee")],
            left_out: 0,
        };
        let first = |most| {
            let it = attendance.clone().first(most);
            (it.came.len(), it.absent.len(), it.left_out)
        };
        assert_eq!(first(3), (3, 1, 0));
        assert_eq!(first(1), (1, 1, 2));
    }
}
