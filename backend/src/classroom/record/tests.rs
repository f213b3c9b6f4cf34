//! What is written of changes, and what is not.

use domain::{
    Nickname, RoomName,
    classroom::{
        Arrival, ChatText, Identity, Newcomer, NewcomerId, Office, Profile, RoomSettings, SentMark,
        Standing,
    },
};

use super::*;

const KIM: ParticipantId = ParticipantId(1);
const LEE: ParticipantId = ParticipantId(2);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000).plus_seconds(seconds)
}

fn settings() -> RoomSettings {
    RoomSettings {
        name: RoomName::parse("Algebra").unwrap(),
        capacity: None,
        time_limit: None,
        for_anyone: true,
        newcomers_wait: false,
    }
}

fn profile(nickname: &str) -> Profile {
    Profile {
        nickname: Nickname::parse(nickname).unwrap(),
        image: None,
        office: Office::None,
        admitted: Standing::Guest,
    }
}

fn user(who: ParticipantId) -> UserId {
    UserId::parse(&format!("S-{}", who.0)).unwrap()
}

fn came(id: ParticipantId, seconds: i64) -> Change {
    let (who, profile) = (Identity::User(user(id)), profile("Kim"));
    Change::Came(Arrival { id, who, profile, at: at(seconds) })
}

fn stay(who: ParticipantId, came: i64, left: Option<i64>) -> NewStay {
    NewStay { who, user: Some(user(who)), came: at(came), left: left.map(at) }
}

fn line(number: u32) -> Line {
    Line {
        number,
        at: at(1),
        by: KIM,
        nickname: Nickname::parse("Kim").unwrap(),
        text: ChatText::parse("hello").unwrap(),
        sent: SentMark::parse("mark-001").unwrap(),
    }
}

/// A meeting of which something was written.
struct Written {
    meeting: Meeting,
    recorder: Recorder,
}

impl Written {
    fn empty() -> Self {
        let meeting = Meeting::new(MeetingNumber(3), 1, settings());
        Self { meeting, recorder: Recorder::default() }
    }

    /// One in which Kim is.
    fn with_kim() -> Self {
        let mut written = Self::empty();
        written.record(&[came(KIM, 0)]).unwrap();
        written
    }

    fn record(&mut self, changes: &[Change]) -> Option<Record> {
        for it in changes {
            self.recorder.apply(&mut self.meeting, it);
        }
        self.recorder.take(&self.meeting, at(99))
    }
}

fn ids(record: &Record) -> Vec<ParticipantId> {
    record.people.iter().map(|it| it.0).collect()
}

#[test]
fn it_begins_with_whoever_comes_first() {
    let mut written = Written::empty();
    assert_eq!(written.record(&[Change::Locked(false)]), None, "nobody came yet");
    let record = written.record(&[came(KIM, 0), came(LEE, 1)]).unwrap();
    assert!(record.began);
    assert_eq!(
        record.meeting,
        MeetingNow {
            number: MeetingNumber(3),
            run: 1,
            began: at(0),
            seen: at(99),
            locked: false,
            denied: Capabilities::NONE,
            announcement: None,
            people: 2,
            lines: 0,
        }
    );
    assert_eq!(ids(&record), [KIM, LEE]);
    assert_eq!(record.stays, [stay(KIM, 0, None), stay(LEE, 1, None)]);
    let later = written.record(&[Change::Locked(true)]).unwrap();
    assert!(!later.began && later.meeting.locked && later.people.is_empty());
}

#[test]
fn what_a_restart_does_not_need_is_not_written() {
    let mut written = Written::with_kim();
    let newcomer = Newcomer { id: NewcomerId(1), nickname: "New".into(), since: at(1) };
    let nothing = [
        Change::Away { who: KIM, since: at(1), until: at(61) },
        Change::Returned(KIM),
        Change::NewcomerCame(newcomer),
        Change::NewcomerGone(NewcomerId(1)),
        Change::NewcomersWait(true),
        Change::Settings(settings()),
    ];
    assert_eq!(written.record(&nothing), None);
    // Nor is what changes nothing.
    let nothing = [
        came(KIM, 5),
        Change::Hand(KIM, None),
        Change::Hand(LEE, Some(at(1))),
        Change::Went(LEE, at(1)),
        Change::Profile(KIM, profile("Kim")),
    ];
    assert_eq!(written.record(&nothing), None);
}

#[test]
fn a_person_is_written_once_as_they_are_in_the_end() {
    let mut written = Written::with_kim();
    let record = written.record(&[
        Change::Hand(KIM, Some(at(1))),
        Change::Renamed(KIM, Nickname::parse("Minjun").ok()),
        Change::Hand(KIM, None),
        Change::Granted(KIM, Some(Standing::Host)),
        Change::DeniedTo(KIM, Capabilities::from_bits(1)),
        Change::Profile(KIM, Profile { office: Office::Admin, ..profile("Kim") }),
    ]);
    let record = record.unwrap();
    let now = written.meeting.participant(KIM).unwrap().clone();
    assert_eq!(record.people, [(KIM, now)]);
    assert!(record.stays.is_empty() && record.left.is_empty());
    assert_eq!(written.record(&[]), None, "it is written once");
}

#[test]
fn stays_begin_and_end_wherever_a_batch_does() {
    let mut written = Written::with_kim();
    // Kim goes and is back at once; Lee comes and goes.
    let record = written.record(&[
        Change::Went(KIM, at(10)),
        came(KIM, 11),
        came(LEE, 12),
        Change::Went(LEE, at(13)),
    ]);
    let record = record.unwrap();
    assert_eq!(record.left, [(KIM, at(10))]);
    assert_eq!(record.stays, [stay(KIM, 11, None), stay(LEE, 12, Some(13))]);
    // Who is away goes on with the same stay, and went when they dropped out.
    let away = Change::Away { who: KIM, since: at(20), until: at(80) };
    assert_eq!(written.record(&[away, came(KIM, 30)]), None);
    let record = written.record(&[Change::Went(KIM, at(20)), Change::Went(KIM, at(25))]);
    let record = record.unwrap();
    assert_eq!((record.left.as_slice(), record.stays.len()), (&[(KIM, at(20))][..], 0));
}

#[test]
fn who_is_not_who_they_say_came_not() {
    let mut written = Written::with_kim();
    written.record(&[Change::Went(KIM, at(1))]).unwrap();
    let other = Change::Came(Arrival {
        id: KIM,
        who: Identity::Guest("g".into()),
        profile: profile("Other"),
        at: at(2),
    });
    assert_eq!(written.record(&[other]), None);
}

#[test]
fn a_line_is_said_once() {
    let mut written = Written::with_kim();
    let said = [1, 2, 2, 1].map(|it| Change::Said(line(it)));
    let record = written.record(&said).unwrap();
    assert_eq!(record.said, [line(1), line(2)]);
    assert_eq!(record.meeting.lines, 2);
    assert_eq!(written.record(&said), None);
}

#[test]
fn after_the_end_nothing_is_written() {
    let mut written = Written::with_kim();
    let end = written.meeting.end(Ending::ByHost, at(50));
    let record = written.record(&end).unwrap();
    assert_eq!(record.ended, Some((Ending::ByHost, at(50))));
    let more = [Change::Said(line(1)), came(LEE, 60), Change::Ended(Ending::Empty, at(70))];
    assert_eq!(written.record(&more), None);
}

#[test]
fn that_a_server_took_it_up_is_written_at_once() {
    let mut written = Written::with_kim();
    written.recorder = Recorder::taken_up();
    assert!(written.record(&[]).is_some());
}
