//! How a meeting goes on by itself.

use super::*;
use crate::room::TimeLimit;

fn pass(meeting: &mut Meeting, seconds: i64) -> Vec<Change> {
    let changes = meeting.overdue(at(seconds));
    apply(meeting, &changes);
    changes
}

fn alone() -> Meeting {
    let mut meeting = Meeting::new(MeetingNumber(1), 1, settings());
    let (_, came) = meeting.enter(user(4), profile("Kim", Office::None, Standing::Guest), at(0));
    apply(&mut meeting, &came);
    meeting
}

const FIRST: ParticipantId = ParticipantId(1);

#[test]
fn a_meeting_begins_with_the_first_who_comes() {
    let mut meeting = Meeting::new(MeetingNumber(1), 1, settings());
    assert_eq!((meeting.began(), meeting.due(), meeting.inside()), (None, None, 0));
    assert!(pass(&mut meeting, 100_000).is_empty(), "nobody has come, so nobody is missed");
    let (id, came) = meeting.enter(user(4), profile("Kim", Office::None, Standing::Guest), at(7));
    apply(&mut meeting, &came);
    assert_eq!((id, meeting.began(), meeting.inside()), (FIRST, Some(at(7)), 1));
}

#[test]
fn a_second_tab_is_the_same_participant() {
    let meeting = class();
    let (id, changes) =
        meeting.enter(user(4), profile("Kim", Office::None, Standing::Guest), at(9));
    assert_eq!((id, changes), (KIM, vec![]));
}

#[test]
fn a_seat_is_kept_for_a_minute() {
    let mut meeting = class();
    let kim = || profile("Kim", Office::None, Standing::Guest);
    meeting.apply(&Meeting::lose(KIM, at(100)));
    assert_eq!((meeting.inside(), meeting.seated(&user(4))), (6, true));
    assert!(pass(&mut meeting, 159).is_empty());
    assert_eq!(meeting.enter(user(4), kim(), at(159)), (KIM, vec![Change::Returned(KIM)]));
    assert_eq!(
        pass(&mut meeting, 160),
        [Change::Went(KIM, at(100))],
        "they went when they dropped"
    );
    assert_eq!((meeting.inside(), meeting.seated(&user(4))), (5, false));
    let (id, changes) = meeting.enter(user(4), kim(), at(161));
    assert_eq!(id, KIM);
    assert!(matches!(&changes[..], [Change::Came(arrival)] if arrival.at == at(161)));
}

#[test]
fn what_the_console_says_is_heard_on_the_way_back() {
    let mut meeting = class();
    meeting.apply(&Meeting::lose(KIM, at(100)));
    let renamed = profile("Kim 2", Office::None, Standing::Guest);
    let (_, changes) = meeting.enter(user(4), renamed.clone(), at(110));
    assert_eq!(changes, [Change::Returned(KIM), Change::Profile(KIM, renamed)]);
}

#[test]
fn a_meeting_that_is_empty_for_ten_minutes_ended_when_the_last_one_went() {
    let mut meeting = alone();
    meeting.apply(&Meeting::lose(FIRST, at(100)));
    assert_eq!(pass(&mut meeting, 160), [Change::Went(FIRST, at(100))]);
    assert!(pass(&mut meeting, 699).is_empty());
    assert_eq!(meeting.due(), Some(at(700)));
    assert_eq!(pass(&mut meeting, 700), [Change::Ended(Ending::Empty, at(100))]);
    assert_eq!((meeting.ended(), meeting.due()), (Some(Ending::Empty), None));
}

#[test]
fn a_meeting_is_empty_since_the_last_connection_was_lost() {
    let mut meeting = class();
    for who in [OWNER, ADMIN, TEACHER, KIM, LEE] {
        meeting.apply(&Change::Went(who, at(50)));
    }
    meeting.apply(&Change::Returned(KIM));
    meeting.apply(&Meeting::lose(STRANGER, at(90)));
    meeting.apply(&Change::Went(STRANGER, at(80)));
    assert_eq!(meeting.empty_since(), Some(at(90)));
}

/// Each names nobody, or says what can't be of whom it names.
#[test]
fn a_change_that_cannot_be_changes_nothing() {
    let mut meeting = class();
    act(&mut meeting, KIM, &say("hello", "mark-001"));
    meeting.apply(&Change::Went(LEE, at(20)));
    let (since, until) = (at(30), at(90));
    let guest = || profile("X", Office::None, Standing::Guest);
    let came = |id, who| Change::Came(Arrival { id, who, profile: guest(), at: at(30) });
    for change in [
        came(KIM, user(9)),
        came(NOBODY, user(4)),
        came(KIM, user(5)),
        Change::Returned(LEE),
        Change::Away { who: LEE, since, until },
        Change::Went(LEE, at(30)),
        Change::Hand(LEE, Some(at(30))),
        Change::Said(meeting_line(1)),
        Change::Said(meeting_line(0)),
        Change::Returned(NOBODY),
        Change::Away { who: NOBODY, since, until },
        Change::Went(NOBODY, at(30)),
        Change::Hand(NOBODY, Some(at(30))),
        Change::Profile(NOBODY, guest()),
        Change::Granted(NOBODY, Some(Standing::Host)),
        Change::DeniedTo(NOBODY, Capabilities::GUEST),
        Change::Renamed(NOBODY, None),
        Change::NewcomerGone(NewcomerId(9)),
    ] {
        let before = meeting.clone();
        meeting.apply(&change);
        assert_eq!(meeting, before, "{change:?}");
    }
}

#[test]
fn who_comes_back_in_time_keeps_the_meeting() {
    let mut meeting = alone();
    meeting.apply(&Change::Went(FIRST, at(100)));
    let (_, came) = meeting.enter(user(4), profile("Kim", Office::None, Standing::Guest), at(650));
    apply(&mut meeting, &came);
    assert!(pass(&mut meeting, 5_000).is_empty());
}

#[test]
fn the_time_limit_ends_a_meeting_and_moves_with_the_settings() {
    let mut meeting = class();
    let limit = |minutes| RoomSettings { time_limit: TimeLimit::new(minutes), ..settings() };
    meeting.apply(&Change::Settings(limit(60)));
    assert_eq!((meeting.ends(), meeting.due()), (Some(at(3_600)), Some(at(3_600))));
    meeting.apply(&Meeting::lose(KIM, at(1_750)));
    assert!(pass(&mut meeting, 1_800).is_empty());
    meeting.apply(&Change::Settings(limit(30)));
    let ended = [Change::Went(KIM, at(1_750)), Change::Ended(Ending::TimeLimit, at(1_801))];
    assert_eq!(pass(&mut meeting, 1_801), ended);
}

#[test]
fn a_meeting_that_was_empty_before_its_time_was_up_ended_then_however_late_that_is_noticed() {
    let mut meeting = alone();
    let limit = RoomSettings { time_limit: TimeLimit::new(60), ..settings() };
    meeting.apply(&Change::Settings(limit));
    meeting.apply(&Change::Went(FIRST, at(100)));
    assert_eq!(pass(&mut meeting, 50_000), [Change::Ended(Ending::Empty, at(100))]);
}

#[test]
fn a_meeting_whose_time_was_up_while_nobody_was_in_ended_then_however_late_that_is_noticed() {
    let mut meeting = alone();
    let limit = RoomSettings { time_limit: TimeLimit::new(60), ..settings() };
    meeting.apply(&Change::Settings(limit));
    meeting.apply(&Meeting::lose(FIRST, at(3_300)));
    let ended = [Change::Went(FIRST, at(3_300)), Change::Ended(Ending::TimeLimit, at(3_600))];
    assert_eq!(pass(&mut meeting, 50_000), ended);
}

/// A limit that is lowered while somebody is in may have been up before they went.
#[test]
fn nobody_goes_after_the_meeting_has_ended() {
    let mut meeting = alone();
    meeting.apply(&Change::Went(FIRST, at(3_400)));
    let limit = RoomSettings { time_limit: TimeLimit::new(30), ..settings() };
    meeting.apply(&Change::Settings(limit));
    assert_eq!(pass(&mut meeting, 3_500), [Change::Ended(Ending::TimeLimit, at(3_400))]);
}

#[test]
fn after_the_end_nothing_happens() {
    let mut meeting = class();
    act(&mut meeting, OWNER, &Act::End);
    let ended = meeting.clone();
    apply(&mut meeting, &[Change::Locked(true), Change::Went(KIM, at(20)), Change::Returned(LEE)]);
    let (_, came) = meeting.enter(user(9), profile("X", Office::None, Standing::Guest), at(20));
    apply(&mut meeting, &came);
    assert_eq!(meeting, ended);
    assert_eq!(meeting.decide(OWNER, &Act::End, at(20)), Err(ActRefusal::NotIn));
    assert!(meeting.overdue(at(1_000_000)).is_empty());
}

/// What the store kept of a meeting, as the changes that take it up again: who was in is away since
/// it was last known, and has a minute from when the server is back.
#[test]
fn a_meeting_goes_on_after_a_restart() {
    let mut meeting = Meeting::new(MeetingNumber(3), 2, settings());
    let kim = profile("Kim", Office::None, Standing::Guest);
    let arrival = Arrival { id: KIM, who: user(4), profile: kim.clone(), at: at(0) };
    let (since, until) = (at(95), at(170));
    let said = meeting_line(40);
    apply(
        &mut meeting,
        &[
            Change::Came(arrival),
            Change::Granted(KIM, Some(Standing::Host)),
            Change::Hand(KIM, Some(at(50))),
            Change::Said(said),
            Change::Away { who: KIM, since, until },
        ],
    );
    assert_eq!((meeting.began(), meeting.inside()), (Some(at(0)), 1));
    assert!(meeting.overdue(at(169)).is_empty());
    assert_eq!(meeting.overdue(at(170)), [Change::Went(KIM, at(95))]);
    let (id, back) = meeting.enter(user(4), kim, at(112));
    apply(&mut meeting, &back);
    assert_eq!(id, KIM);
    let there = meeting.participant(KIM).unwrap();
    assert_eq!((there.standing(), there.hand), (Standing::Host, Some(at(50))));
    let next = act(&mut meeting, KIM, &say("on we go", "mark-002")).changes;
    assert!(matches!(&next[..], [Change::Said(line)] if line.number == 41));
}

fn meeting_line(number: u32) -> Line {
    Line {
        number,
        at: at(60),
        by: KIM,
        nickname: Nickname::parse("Kim").unwrap(),
        text: ChatText::parse("hello").unwrap(),
        sent: mark("mark-001"),
    }
}
