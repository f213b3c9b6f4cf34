//! The classroom's rules: tables of what is allowed, and laws that hold whatever happens.

mod acts;
mod laws;
mod life;
mod messages;
mod script;
mod table;
mod told;
mod view;
mod wire;

use super::*;
use crate::{EntryPermission, Nickname, Timestamp, UserId};

/// So many seconds after the meeting began.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000).plus_seconds(seconds)
}

fn settings() -> RoomSettings {
    RoomSettings {
        name: crate::RoomName::parse("Algebra II").unwrap(),
        capacity: None,
        time_limit: None,
        for_anyone: true,
        newcomers_wait: false,
    }
}

fn user(number: u32) -> Identity {
    Identity::User(UserId::parse(&format!("S-{number}")).unwrap())
}

fn guest(number: u32) -> Identity {
    Identity::Guest(format!("guest {number}"))
}

fn profile(nickname: &str, office: Office, admitted: Standing) -> Profile {
    let nickname = Nickname::parse(nickname).unwrap();
    Profile { nickname, image: None, office, admitted }
}

/// Who is who in the room of most tests.
const OWNER: ParticipantId = ParticipantId(1);
const ADMIN: ParticipantId = ParticipantId(2);
const TEACHER: ParticipantId = ParticipantId(3);
const KIM: ParticipantId = ParticipantId(4);
const LEE: ParticipantId = ParticipantId(5);
const STRANGER: ParticipantId = ParticipantId(6);
const NOBODY: ParticipantId = ParticipantId(99);
const NEWCOMER: NewcomerId = NewcomerId(1);

/// A room with an owner, an Admin and a teacher as Hosts, two students and somebody unknown as
/// Guests, and another who waits to be let in.
fn class() -> Meeting {
    let mut meeting = Meeting::new(MeetingNumber(3), 1, settings());
    for (who, profile) in [
        (user(1), profile("Owner", Office::Owner, Standing::Host)),
        (user(2), profile("Admin", Office::Admin, Standing::Host)),
        (user(3), profile("Teacher", Office::None, Standing::Host)),
        (user(4), profile("Kim", Office::None, Standing::Guest)),
        (user(5), profile("Lee", Office::None, Standing::Guest)),
        (guest(6), profile("Stranger", Office::None, Standing::Guest)),
    ] {
        let (_, changes) = meeting.enter(who, profile, at(0));
        apply(&mut meeting, &changes);
    }
    let newcomer = Newcomer { id: NEWCOMER, nickname: "New".into(), since: at(0) };
    meeting.apply(&Change::NewcomerCame(newcomer));
    meeting
}

fn apply(meeting: &mut Meeting, changes: &[Change]) {
    for it in changes {
        meeting.apply(it);
    }
}

/// Somebody does something that they may do.
fn act(meeting: &mut Meeting, by: ParticipantId, act: &Act) -> Decision {
    let decision = meeting.decide(by, act, at(10)).unwrap();
    apply(meeting, &decision.changes);
    decision
}

fn mark(text: &str) -> SentMark {
    SentMark::parse(text).unwrap()
}

fn say(text: &str, sent: &str) -> Act {
    Act::Say { text: text.into(), sent: mark(sent) }
}
