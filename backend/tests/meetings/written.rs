//! Batches: all of each or nothing, and however many by as many statements.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use backend::{InternalKind, classroom::scribe::Batch};
use domain::{
    EntryPermission, RoomId,
    classroom::{Act, Change, Ending, Identity, MeetingNumber, SentMark, Standing},
    room::Specified,
};

use super::{Hall, at, db_rows, seconds, settings, user};
use crate::common::{School, specified, user_id};

/// A meeting that Kim has just entered.
async fn entered(school: &School, name: &str) -> Hall {
    let room = school.room(name, &[]).await;
    let mut hall = Hall::of(&room, name);
    hall.enter(user("S-1"), Standing::Guest, 0);
    hall
}

fn say(sent: &str) -> Act {
    Act::Say { text: "hello".to_owned(), sent: SentMark::parse(sent).unwrap() }
}

/// Hands these in together, and says of each whether it was written.
async fn write_together(school: &School, batches: impl IntoIterator<Item = Batch>) -> Vec<bool> {
    // The scribe runs only once something waits.
    let batches = batches.into_iter();
    let answers: Vec<_> = batches.map(|it| school.backend.scribe.write(it)).collect();
    let mut written = Vec::new();
    for it in answers {
        written.push(it.await.unwrap().is_ok());
    }
    written
}

#[tokio::test]
async fn one_that_fails_spoils_no_other() {
    let school = School::open().await;
    let nowhere = RoomId::parse("0123456789ab").unwrap();
    let mut lost = Hall::of(&nowhere, "Nowhere");
    lost.enter(user("S-1"), Standing::Guest, 0);
    let mut first = entered(&school, "Algebra").await;
    // While one meeting goes on in a room, no other begins.
    let mut second = Hall::numbered(&first.room, "Algebra", 2);
    second.enter(user("S-1"), Standing::Guest, 0);
    let mut third = entered(&school, "Biology").await;
    let halls = [&mut first, &mut lost, &mut second, &mut third];
    let written = write_together(&school, halls.map(|it| it.batch(0))).await;
    assert_eq!(written, [true, false, false, true]);
    let meetings = db_rows(
        &school,
        "SELECT r.name, m.number FROM meetings m JOIN rooms r ON r.id = m.room_id ORDER BY r.name",
    );
    assert_eq!(meetings.await, ["Algebra 1", "Biology 1"]);
    // Nothing of a batch is kept where one row can't be.
    let mut stray = Hall::of(&first.room, "Algebra");
    let kim = stray.enter(user("S-2"), Standing::Host, 1);
    stray.act(kim, &Act::LockRoom { on: true }, 1);
    let mut batch = stray.batch(1);
    let record = batch.record.as_mut().unwrap();
    record.stays[0].who = domain::classroom::ParticipantId(9);
    third.act(domain::classroom::ParticipantId(1), &say("mark-001"), 1);
    let written = write_together(&school, [batch, third.batch(1)]).await;
    assert_eq!(written, [false, true]);
    let locked =
        db_rows(&school, "SELECT locked, people, chat_lines FROM meetings ORDER BY room_id");
    assert_eq!(locked.await, ["0 1 0", "0 1 1"]);
    assert_eq!(db_rows(&school, "SELECT user_id FROM participants").await, ["S-1", "S-1"]);
    assert!(!school.db_audit().await.iter().any(|it| it.starts_with("meeting.lock")));
}

#[tokio::test]
async fn where_the_database_cannot_be_reached_nobody_waits_for_it_twice() {
    let school = School::open().await;
    let (mut one, mut other) =
        (entered(&school, "Algebra").await, entered(&school, "Biology").await);
    let scribe = school.backend.scribe.clone();
    school.backend.close().await;
    let answers = [one.batch(0), other.batch(0)].map(|it| scribe.write(it));
    for it in answers {
        assert_eq!(it.await.unwrap().unwrap_err().kind(), InternalKind::Unavailable);
    }
}

#[tokio::test]
async fn a_meeting_that_ended_or_whose_room_is_gone_is_written_no_more() {
    let school = School::open().await;
    let mut hall = entered(&school, "Algebra").await;
    hall.write(&school, 0).await.unwrap();
    let mut late = Hall::of(&hall.room, "Algebra");
    late.enter(user("S-2"), Standing::Guest, 1);
    hall.apply(&[Change::Ended(Ending::ByHost, at(2))]);
    hall.write(&school, 2).await.unwrap();
    assert!(late.write(&school, 3).await.is_err());
    let mut gone = entered(&school, "Biology").await;
    gone.write(&school, 3).await.unwrap();
    school.backend.rooms.delete(&school.owner(&gone.room).await, |_| true).await.unwrap();
    gone.enter(user("S-2"), Standing::Guest, 4);
    assert!(gone.write(&school, 4).await.is_err());
    let left = db_rows(&school, "SELECT user_id FROM participants").await;
    assert_eq!(left, ["S-1"], "a room takes its meetings along");
}

#[tokio::test]
async fn rooms_and_users_know_when_they_last_met() {
    let school = School::open().await;
    school.user("S-1").await;
    let mut hall = entered(&school, "Algebra").await;
    let scribe = &school.backend.scribe;
    let latest = async |room: &RoomId| scribe.latest_meeting(room).await.unwrap();
    assert_eq!(latest(&hall.room).await, Some(MeetingNumber(0)));
    hall.enter(Identity::Guest("g".to_owned()), Standing::Guest, 1);
    hall.write(&school, 1).await.unwrap();
    assert_eq!(latest(&hall.room).await, Some(MeetingNumber(1)));
    // Typed otherwise, they are the same user.
    hall.enter(user("s-1"), Standing::Guest, 30);
    hall.write(&school, 30).await.unwrap();
    let rooms = concat!("SELECT meetings, ", seconds!("last_meeting"), " FROM rooms");
    assert_eq!(db_rows(&school, rooms).await, ["1 0"]);
    let users = concat!("SELECT user_id, ", seconds!("last_entry"), " FROM users ORDER BY user_id");
    assert_eq!(db_rows(&school, users).await, ["A-hana -", "S-1 30"]);
    assert_eq!(latest(&RoomId::parse("0123456789ab").unwrap()).await, None);
}

#[tokio::test]
async fn the_end_closes_stays_forgets_chat_and_lists_who_was_absent() {
    let school = School::open().await;
    for id in ["S-1", "S-2", "S-3", "S-4", "S-5", "M-1"] {
        school.user(id).await;
    }
    let observes = Specified { permission: Some(EntryPermission::Monitoring), ..specified("M-1") };
    let room = school.room("Algebra", &["S-1", "S-2", "S-3", "S-4"]).await;
    let owner = school.owner(&room).await;
    school.backend.rooms.add_members(&owner, &[observes]).await.unwrap();
    school.backend.users.deactivate(&school.admin, &user_id("S-4")).await.unwrap();
    let mut hall = Hall::of(&room, "Algebra");
    let kim = hall.enter(user("S-1"), Standing::Host, 0);
    // Came, and went; came without being specified; is away.
    let lee = hall.enter(user("S-2"), Standing::Guest, 1);
    let other = hall.enter(user("S-5"), Standing::Guest, 2);
    hall.act(kim, &say("mark-001"), 3);
    hall.apply(&[Change::Went(lee, at(10))]);
    hall.apply(&[domain::classroom::Meeting::lose(other, at(20))]);
    hall.write(&school, 20).await.unwrap();
    assert_eq!(db_rows(&school, "SELECT text FROM chat").await, ["hello"]);
    hall.act(kim, &Act::End, 50);
    hall.write(&school, 50).await.unwrap();
    let stays = concat!(
        "SELECT participant, ",
        seconds!("came_at"),
        ", ",
        seconds!("left_at"),
        " FROM meeting_sessions ORDER BY participant"
    );
    assert_eq!(db_rows(&school, stays).await, ["1 0 50", "2 1 10", "3 2 20"]);
    let absent = "SELECT user_id, nickname FROM meeting_absent";
    assert_eq!(db_rows(&school, absent).await, ["S-3 S-3"]);
    assert_eq!(db_rows(&school, "SELECT number FROM chat").await, [""; 0]);
    let meeting =
        concat!("SELECT ", seconds!("ended_at"), ", ending, people, chat_lines FROM meetings");
    assert_eq!(db_rows(&school, meeting).await, ["50 0 3 1"]);
    // Then another begins.
    let mut next = Hall::numbered(&room, "Algebra", 2);
    next.enter(user("S-3"), Standing::Guest, 60);
    next.write(&school, 60).await.unwrap();
}

#[tokio::test]
async fn who_is_deleted_stays_by_user_id() {
    let school = School::open().await;
    school.user("S-1").await;
    let mut hall = entered(&school, "Algebra").await;
    hall.write(&school, 0).await.unwrap();
    let linked = "SELECT user_id, user_number IS NULL FROM participants";
    assert_eq!(db_rows(&school, linked).await, ["S-1 0"]);
    school.backend.users.delete(&school.admin, &user_id("S-1"), None).await.unwrap();
    assert_eq!(db_rows(&school, linked).await, ["S-1 1"]);
    let raised = Change::Hand(domain::classroom::ParticipantId(1), Some(at(1)));
    hall.apply(&[raised]);
    hall.write(&school, 1).await.unwrap();
    let open = school.backend.scribe.open_meetings().await.unwrap();
    assert!(open[0].take_up(&settings("Algebra"), at(2)).find(&user("S-1")).is_some());
}

/// How many statements wrote just as many rows as only this test has written at once.
struct Statements {
    wrote: AtomicUsize,
    texts: Mutex<Vec<String>>,
}

/// So many people come at once: no other test does so much.
const CROWD: u32 = 1_009;
static STATEMENTS: Statements =
    Statements { wrote: AtomicUsize::new(0), texts: Mutex::new(Vec::new()) };

impl log::Log for Statements {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn log(&self, record: &log::Record<'_>) {
        let text = record.args().to_string();
        if self.enabled(record.metadata()) && text.contains(&format!("rows_affected={CROWD} ")) {
            self.wrote.fetch_add(1, Ordering::Relaxed);
            self.texts.lock().unwrap().push(text);
        }
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn a_thousand_who_come_at_once_take_as_many_statements_as_one() {
    let school = School::open().await;
    school.user("S-1").await;
    let mut halls = Vec::new();
    for name in ["Algebra", "Biology", "Chemistry"] {
        halls.push(entered(&school, name).await);
    }
    for number in 3..CROWD {
        let hall = usize::try_from(number).unwrap() % halls.len();
        halls[hall].enter(Identity::Guest(format!("guest-{number}")), Standing::Guest, 1);
    }
    log::set_logger(&STATEMENTS).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let written = write_together(&school, halls.iter_mut().map(|it| it.batch(1))).await;
    log::set_max_level(log::LevelFilter::Off);
    assert_eq!(written, [true; 3]);
    let count = db_rows(&school, "SELECT COUNT(*) FROM meeting_sessions").await;
    assert_eq!(count, [CROWD.to_string()]);
    let texts = STATEMENTS.texts.lock().unwrap();
    assert_eq!(STATEMENTS.wrote.load(Ordering::Relaxed), 2, "{texts:#?}");
    assert!(texts[0].contains("INSERT INTO participants"), "{texts:#?}");
    assert!(texts[1].contains("INSERT INTO meeting_sessions"), "{texts:#?}");
}
