//! Meetings on record: to whom they are shown, who came to one, and how long they are kept.

use backend::{
    accounts::Staff,
    rooms::{AccessRefusal, RoomReader},
};
use domain::{
    AtLeast, ConsoleRole, EntryPermission, RoomId, RoomType, Timestamp,
    classroom::{Act, Change, Ending, Identity, Meeting, MeetingNumber, Standing},
    history::{Deed, MeetingDeed},
    meeting_record::{Attendance, Attendee, HeldMeeting, Turnout},
    room::Specified,
    settings::{Retention, Settings, ZoneName},
};

use super::{Hall, at, user};
use crate::{
    classroom::seat::Browser,
    common::{School, draft, specified, user_id},
};

const FIRST: MeetingNumber = MeetingNumber(1);

fn with(id: &str, permission: EntryPermission) -> Specified {
    Specified { permission: Some(permission), ..specified(id) }
}

/// A school by whose clocks it is 17:00 when its own clock begins, and a room for a Host, three Guests, one
/// who is deactivated and one who observes.
async fn class() -> (School, RoomId) {
    let school = School::open().await;
    for id in ["T-1", "S-1", "S-2", "S-3", "S-4", "M-1"] {
        school.user(id).await;
    }
    let settings = &school.backend.settings;
    let time_zone = ZoneName::parse("Asia/Seoul").unwrap();
    settings.change(&school.admin, &Settings { time_zone, ..settings.now() }).await.unwrap();
    let room = school.room("Algebra", &["S-1", "S-2", "S-3", "S-4"]).await;
    let others = [with("T-1", EntryPermission::Host), with("M-1", EntryPermission::Monitoring)];
    school.backend.rooms.add_members(&school.owner(&room).await, &others).await.unwrap();
    school.backend.users.deactivate(&school.admin, &user_id("S-4")).await.unwrap();
    (school, room)
}

/// A meeting of 50 minutes: somebody in time who is away twice, somebody late who goes early and has that name,
/// a stranger, and one who never comes.
async fn lesson_with(school: &School, room: &RoomId, name: &str) {
    let mut hall = Hall::of(room, "Algebra");
    let teacher = hall.enter(user("T-1"), Standing::Host, 0);
    let mina = hall.enter(user("S-1"), Standing::Guest, 60);
    hall.apply(&[Change::Went(mina, at(600))]);
    hall.enter(user("S-1"), Standing::Guest, 630);
    hall.apply(&[Change::Went(mina, at(1_200))]);
    hall.enter(user("S-1"), Standing::Guest, 1_500);
    let joon = hall.enter(user("S-2"), Standing::Guest, 400);
    hall.act(teacher, &Act::Rename { who: joon, to: name.to_owned() }, 500);
    hall.apply(&[Change::Went(joon, at(1_000))]);
    hall.enter(Identity::Guest("g-1".to_owned()), Standing::Guest, 20);
    hall.write(school, 1_600).await.unwrap();
    hall.act(teacher, &Act::End, 3_000);
    hall.write(school, 3_000).await.unwrap();
}

async fn lesson(school: &School, room: &RoomId) {
    lesson_with(school, room, "S-2").await;
}

async fn attendance(school: &School, reader: &RoomReader, number: u32) -> Option<Attendance> {
    school.backend.meetings.attendance(reader, MeetingNumber(number)).await.unwrap()
}

/// Somebody's line: name, stays in seconds, how long, and what they missed.
fn told(it: &Attendee) -> String {
    let seconds = |at: Timestamp| (at.micros() - self::at(0).micros()) / 1_000_000;
    let stays = it.stays.iter().map(|it| {
        let left =
            it.left.as_ref().map_or_else(|| "now".to_owned(), |it| seconds(it.at).to_string());
        format!("{}-{left}", seconds(it.came.at))
    });
    let stays = stays.collect::<Vec<_>>().join(" ");
    let late = if it.late { " late" } else { "" };
    let early = if it.early { " early" } else { "" };
    format!("{} {stays} = {}{late}{early}", it.who.nickname, it.seconds)
}

fn came(attendance: &Attendance) -> Vec<String> {
    attendance.came.iter().map(told).collect()
}

fn absent(attendance: &Attendance) -> Vec<&str> {
    attendance.absent.iter().map(|it| it.nickname.as_str()).collect()
}

async fn staff(school: &School, id: &str) -> Staff {
    school.give_password(id).await;
    let secret = school.sign_in(id).await;
    school.session(&secret).await.unwrap().staff()
}

#[tokio::test]
async fn who_may_not_see_a_room_sees_no_meeting_of_it() {
    let (school, room) = class().await;
    lesson(&school, &room).await;
    for id in ["T-other", "T-host"] {
        school.user_with(id, |it| it.role = ConsoleRole::Teacher).await;
    }
    let host = [with("T-host", EntryPermission::Host)];
    school.backend.rooms.add_members(&school.owner(&room).await, &host).await.unwrap();
    let rooms = &school.backend.rooms;
    let (other, host) = (staff(&school, "T-other").await, staff(&school, "T-host").await);
    let refused = rooms.reader(&other, &room).await;
    assert!(matches!(refused, Err(AccessRefusal::NotFound)), "{refused:?}");
    let reader = rooms.reader(&host, &room).await.unwrap();
    assert_eq!(school.backend.meetings.of_room(&reader, None).await.unwrap().rows.len(), 1);
    assert!(attendance(&school, &reader, 1).await.is_some());
    // Of a room that they may see, and of their own, there is no more than there was.
    assert_eq!(attendance(&school, &reader, 2).await, None);
    assert_eq!(attendance(&school, &reader, 0).await, None);
    let own = rooms.create(&other, &draft("Biology", RoomType::Private, &[])).await.unwrap();
    let reader = rooms.reader(&other, &own).await.unwrap();
    assert_eq!(attendance(&school, &reader, 1).await, None);
    let log = school.db_audit().await;
    assert_eq!(school.backend.meetings.export(&reader, FIRST).await.unwrap(), None);
    assert_eq!(school.db_audit().await, log, "nothing was taken out");
    assert_eq!(school.backend.meetings.of_room(&reader, None).await.unwrap().rows, []);
}

#[tokio::test]
async fn stays_are_merged_and_who_came_late_went_early_or_not_at_all_is_told() {
    let (school, room) = class().await;
    lesson(&school, &room).await;
    let reader = school.reader(&room).await;
    let attendance = attendance(&school, &reader, 1).await.unwrap();
    let expected = [
        "T-1 0-3000 = 3000",
        "g-1 20-3000 = 2980",
        "S-1 60-1200 1500-3000 = 2640",
        "S-2 400-1000 = 600 late early",
    ];
    assert_eq!(came(&attendance), expected);
    assert_eq!(absent(&attendance), ["S-3"]);
    let meeting = &attendance.meeting;
    assert_eq!(meeting.turnout, Some(Turnout { expected: 4, came: 3 }));
    assert_eq!((meeting.people, meeting.seconds), (4, 3_000));
    let ended = meeting.ended.as_ref().unwrap();
    assert_eq!((ended.ending, &ended.at), (Ending::ByHost, &attendance.until));
    assert_eq!(ended.by.as_ref().unwrap().user_id, user_id("T-1"));
    assert_eq!(meeting.began.shown.as_ref().unwrap().as_str(), "2027-01-15T17:00");
    let stranger = &attendance.came[1].who;
    assert_eq!((&stranger.user_id, stranger.exists), (&None, false));
    assert_eq!(attendance.came[0].standing, Standing::Host);
}

#[tokio::test]
async fn what_became_of_members_later_changes_no_meeting_that_ended() {
    let (school, room) = class().await;
    lesson(&school, &room).await;
    let before = attendance(&school, &school.reader(&room).await, 1).await.unwrap();
    let (rooms, owner) = (&school.backend.rooms, school.owner(&room).await);
    school.user("S-5").await;
    rooms.add_members(&owner, &[specified("S-5")]).await.unwrap();
    for id in ["S-1", "S-3"] {
        rooms.remove_member(&owner, &user_id(id)).await.unwrap();
    }
    rooms.set_permission(&owner, &user_id("S-2"), EntryPermission::Monitoring).await.unwrap();
    let reader = school.reader(&room).await;
    assert_eq!(attendance(&school, &reader, 1).await.unwrap(), before);
    // Who is deleted stays as they were called.
    for id in ["S-2", "S-3", "T-1"] {
        school.backend.users.delete(&school.admin, &user_id(id), None).await.unwrap();
    }
    let after = attendance(&school, &reader, 1).await.unwrap();
    assert_eq!((came(&after), absent(&after)), (came(&before), absent(&before)));
    assert!(!after.came[3].who.exists && !after.absent[0].exists);
    assert_eq!(after.came[3].who.user_id, Some(user_id("S-2")));
    let by = after.meeting.ended.unwrap().by.unwrap();
    assert_eq!((by.user_id, by.nickname), (user_id("T-1"), None));
}

async fn open_from(school: &School, room: &RoomId, opens: Option<Timestamp>) {
    let mut draft = draft("Algebra", RoomType::Private, &[]);
    draft.limits.opens = opens;
    school.backend.rooms.edit(&school.owner(room).await, &draft, None).await.unwrap();
}

#[tokio::test]
async fn what_became_of_the_window_later_changes_no_meeting_that_ended() {
    let (school, room) = class().await;
    open_from(&school, &room, Some(at(200))).await;
    lesson(&school, &room).await;
    let before = attendance(&school, &school.reader(&room).await, 1).await.unwrap();
    assert_eq!(came(&before)[3], "S-2 400-1000 = 600 early", "it opened late");
    for opens in [None, Some(at(0)), Some(at(1_000))] {
        open_from(&school, &room, opens).await;
        let after = attendance(&school, &school.reader(&room).await, 1).await.unwrap();
        assert_eq!(after, before, "{opens:?}");
    }
    // One that goes on has the window that the room has.
    let mut hall = Hall::numbered(&room, "Algebra", 2);
    hall.enter(user("T-1"), Standing::Host, 4_000);
    hall.enter(user("S-2"), Standing::Guest, 4_400);
    hall.write(&school, 4_400).await.unwrap();
    school.clock.advance(5_000);
    for (opens, late) in [(None, true), (Some(at(4_200)), false)] {
        open_from(&school, &room, opens).await;
        let now = attendance(&school, &school.reader(&room).await, 2).await.unwrap();
        assert_eq!(now.came[1].late, late, "{opens:?}");
    }
}

#[tokio::test]
async fn while_it_goes_on_those_are_missing_who_are_expected_now() {
    let (school, room) = class().await;
    let mut hall = Hall::of(&room, "Algebra");
    hall.enter(user("S-1"), Standing::Guest, 0);
    hall.write(&school, 0).await.unwrap();
    school.clock.advance(90);
    let owner = school.owner(&room).await;
    let reader = owner.reader();
    let now = attendance(&school, reader, 1).await.unwrap();
    assert_eq!(came(&now), ["S-1 0-now = 90"]);
    assert_eq!(absent(&now), ["S-2", "S-3", "T-1"]);
    assert_eq!(now.meeting.turnout, Some(Turnout { expected: 4, came: 1 }));
    assert_eq!((now.meeting.ended, now.until.at), (None, at(90)));
    school.backend.rooms.remove_member(&owner, &user_id("S-2")).await.unwrap();
    let then = attendance(&school, reader, 1).await.unwrap();
    assert_eq!(absent(&then), ["S-3", "T-1"]);
    let listed = school.backend.meetings.of_room(reader, None).await.unwrap();
    assert_eq!((listed.rows[0].people, listed.rows[0].turnout), (1, None));
}

#[tokio::test]
async fn whoever_observes_stands_in_no_record() {
    let (school, room) = class().await;
    let open = async |id| Browser::by_link(&school, &room, id).await.open().await;
    let mut observer = open("M-1").await;
    let mut teacher = open("T-1").await;
    teacher.until(|it| it.names() == ["T-1"]).await;
    observer.until(|it| it.names() == ["T-1"]).await;
    let reader = school.reader(&room).await;
    let goes_on = attendance(&school, &reader, 1).await.unwrap();
    teacher.act(Act::End).await.unwrap();
    observer.end().await;
    let ended = attendance(&school, &reader, 1).await.unwrap();
    for it in [&goes_on, &ended] {
        assert_eq!((it.came.len(), absent(it)), (1, vec!["S-1", "S-2", "S-3"]));
        assert_eq!(it.meeting.turnout, Some(Turnout { expected: 4, came: 1 }));
        assert_eq!(it.meeting.people, 1);
    }
    let meetings = &school.backend.meetings;
    let of_observer = meetings.of_user(&school.admin, &user_id("M-1"), None).await.unwrap();
    assert_eq!(of_observer.unwrap().rows, []);
    let table = meetings.export(&reader, FIRST).await.unwrap().unwrap();
    assert!(!table.contains("M-1"), "{table}");
}

/// Holds so many meetings of a second, one every day.
async fn hold(school: &School, room: &RoomId, number: std::ops::RangeInclusive<u32>) {
    for number in number {
        let mut hall = Hall::numbered(room, "Algebra", number);
        let day = i64::from(number) * 86_400;
        hall.enter(user("S-1"), Standing::Guest, day);
        hall.apply(&[Change::Ended(Ending::Empty, at(day + 1))]);
        hall.write(school, day).await.unwrap();
    }
}

fn numbers(meetings: &[HeldMeeting]) -> Vec<u32> {
    meetings.iter().map(|it| it.number.0).collect()
}

#[tokio::test]
async fn the_newest_meetings_come_first_and_older_ones_a_page_at_a_time() {
    let (school, room) = class().await;
    hold(&school, &room, 1..=21).await;
    let reader = school.reader(&room).await;
    let meetings = &school.backend.meetings;
    let newest = meetings.of_room(&reader, None).await.unwrap();
    assert_eq!(numbers(&newest.rows), (12..=21).rev().collect::<Vec<_>>());
    let older = meetings.of_room(&reader, newest.older_than).await.unwrap();
    assert_eq!(numbers(&older.rows), (2..=11).rev().collect::<Vec<_>>());
    let oldest = meetings.of_room(&reader, older.older_than).await.unwrap();
    assert_eq!((numbers(&oldest.rows), oldest.older_than), (vec![1], None));
    let ended = oldest.rows[0].ended.as_ref().unwrap();
    assert_eq!((ended.ending, &ended.by), (Ending::Empty, &None));
    let lost = meetings.lost_with(&school.owner(&room).await).await.unwrap();
    assert_eq!(lost, AtLeast { count: 21, more: false });
}

#[tokio::test]
async fn a_user_has_the_meetings_in_which_they_took_part() {
    let (school, room) = class().await;
    hold(&school, &room, 1..=10).await;
    let other = school.room("Biology", &[]).await;
    let mut hall = Hall::of(&other, "Biology");
    let mina = hall.enter(user("S-1"), Standing::Guest, 0);
    hall.apply(&[Change::Went(mina, at(100)), Meeting::lose(mina, at(100))]);
    hall.enter(user("S-1"), Standing::Guest, 300);
    hall.write(&school, 300).await.unwrap();
    let meetings = &school.backend.meetings;
    let of =
        async |id: &str, older| meetings.of_user(&school.admin, &user_id(id), older).await.unwrap();
    school.clock.advance(310);
    let newest = of("s-1", None).await.unwrap();
    let first = &newest.rows[0];
    assert_eq!((first.name.as_str(), first.number), ("Biology", FIRST));
    assert_eq!((first.came.at, &first.left, first.seconds), (at(0), &None, 110), "still in");
    assert_eq!(newest.rows.len(), 10);
    for it in &newest.rows[1..] {
        let left = it.left.as_ref().map(|it| it.at);
        assert_eq!((&it.room, left, it.seconds), (&room, Some(it.came.at.plus_seconds(1)), 1));
    }
    let older = of("S-1", newest.older_than).await.unwrap();
    assert_eq!((older.rows.len(), older.older_than), (1, None));
    assert_eq!(of("S-2", None).await.unwrap().rows, []);
    assert_eq!(of("S-none", None).await, None);
}

#[tokio::test]
async fn meetings_are_kept_for_as_long_as_the_school_says() {
    const DAY: i64 = 24 * 60 * 60;
    let (school, room) = class().await;
    hold(&school, &room, 1..=120).await;
    let mut goes_on = Hall::numbered(&room, "Algebra", 121);
    goes_on.enter(user("S-1"), Standing::Guest, 0);
    goes_on.write(&school, 0).await.unwrap();
    let (settings, meetings) = (&school.backend.settings, &school.backend.meetings);
    let keep = async |retention| {
        settings.change(&school.admin, &Settings { retention, ..settings.now() }).await.unwrap();
    };
    keep(Retention::Forever).await;
    school.clock.advance(1_000 * DAY);
    assert_eq!(meetings.forget().await.unwrap(), 0);
    school.clock.advance(-850 * DAY);
    keep(Retention::Month).await;
    // To the second it is still kept: a month ago the last one ended.
    assert_eq!(meetings.forget().await.unwrap(), 119);
    assert_eq!(meetings.forget().await.unwrap(), 0);
    let left = meetings.of_room(&school.reader(&room).await, None).await.unwrap();
    assert_eq!(numbers(&left.rows), [121, 120]);
    school.clock.advance(2);
    assert_eq!(meetings.forget().await.unwrap(), 1);
    // Nothing is left of those who were there, and no number is given again.
    for table in ["participants", "meeting_sessions", "meetings"] {
        let query = format!("SELECT COUNT(*) FROM {table}");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .fetch_one(&mut school.db().await)
            .await
            .unwrap();
        assert_eq!(count, 1, "{table}");
    }
    let latest = school.backend.scribe.latest_meeting(&room).await.unwrap();
    assert_eq!(latest, Some(MeetingNumber(121)));
}

#[tokio::test]
async fn the_table_says_the_same_by_the_clocks_of_the_school_and_cannot_be_run() {
    let (school, room) = class().await;
    lesson_with(&school, &room, "=cmd(\"x\")").await;
    // It ended after 50 minutes.
    school.clock.advance(3_600);
    let reader = school.reader(&room).await;
    let table = school.backend.meetings.export(&reader, FIRST).await.unwrap().unwrap();
    let expected = [
        r#""nickname","user_id","permission","presence","came","left","minutes","late","early","stays""#,
        r#""T-1","T-1","host","present","2027-01-15T17:00:00+09:00","2027-01-15T17:50:00+09:00","50","no","no","1""#,
        r#""'=cmd(""x"")","S-2","guest","present","2027-01-15T17:06:40+09:00","2027-01-15T17:16:40+09:00","10","yes","yes","1""#,
        r#""g-1","","guest","present","2027-01-15T17:00:20+09:00","2027-01-15T17:50:00+09:00","50","no","no","1""#,
        r#""S-1","S-1","guest","present","2027-01-15T17:01:00+09:00","2027-01-15T17:50:00+09:00","44","no","no","2""#,
        r#""S-3","S-3","","absent","","","0","no","no","0""#,
        "",
    ];
    assert_eq!(table, format!("\u{feff}{}", expected.join("\r\n")));
    // That it was taken out of the console, and by whom, stands in the log and in the history of the room.
    let noted = format!("attendance.export A-hana - {}", room.as_str());
    assert_eq!(school.db_audit().await.pop(), Some(noted));
    let told = school.backend.history.of_room(&reader, None).await.unwrap().rows.remove(0);
    let (deed, guest) = (MeetingDeed::AttendanceExported, None);
    assert_eq!(told.deed, Deed::Meeting { deed, guest });
}
