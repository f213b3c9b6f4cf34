//! What limits a room: kept, noted, copied, and what the rule of entry makes of it.

use crate::common::{School, draft, user_id};
use domain::{
    Problem, RoomId, RoomName, RoomType, Timestamp,
    entry::Refusal,
    history::{Deed, RoomChange},
    local_time::{Edge, LocalTime},
    room::{Capacity, RoomDetails, RoomDraft, RoomLimits, TimeLimit, WindowProblem},
    settings::{Settings, ZoneName},
};

/// The clock of the tests stands there.
const NOW: i64 = 1_800_000_000_000_000;

fn limits() -> RoomLimits {
    RoomLimits {
        capacity: Capacity::new(24),
        time_limit: TimeLimit::new(90),
        opens: Some(Timestamp::from_micros(NOW).plus_seconds(60)),
        closes: Some(Timestamp::from_micros(NOW).plus_seconds(120)),
    }
}

fn limited(name: &str, limits: RoomLimits) -> RoomDraft {
    RoomDraft { limits, ..draft(name, RoomType::Public, &[]) }
}

async fn details(school: &School, room: &RoomId) -> RoomDetails {
    school.backend.rooms.details(&school.reader(room).await).await.unwrap()
}

#[tokio::test]
async fn a_room_keeps_its_limits_and_loses_them_by_an_edit() {
    let school = School::open().await;
    let rooms = &school.backend.rooms;
    let room = rooms.create(&school.admin, &limited("Exam", limits())).await.unwrap();
    assert_eq!(details(&school, &room).await.limits, limits());
    let without = limited("Exam", RoomLimits::default());
    rooms.edit(&school.owner(&room).await, &without, None).await.unwrap();
    assert_eq!(details(&school, &room).await.limits, RoomLimits::default());
}

#[tokio::test]
async fn a_copy_has_capacity_and_time_limit_but_no_window() {
    let school = School::open().await;
    let rooms = &school.backend.rooms;
    let room = rooms.create(&school.admin, &limited("Exam", limits())).await.unwrap();
    let name = RoomName::parse("Copy").unwrap();
    let copy = rooms.duplicate(&school.owner(&room).await, &name).await.unwrap();
    let expected = RoomLimits { opens: None, closes: None, ..limits() };
    assert_eq!(details(&school, &copy.id).await.limits, expected);
}

#[tokio::test]
async fn history_tells_which_limits_changed() {
    let school = School::open().await;
    let rooms = &school.backend.rooms;
    let room = rooms.create(&school.admin, &limited("Exam", limits())).await.unwrap();
    let change = RoomLimits {
        capacity: None,
        closes: limits().closes.map(|it| it.plus_seconds(1)),
        ..limits()
    };
    rooms.edit(&school.owner(&room).await, &limited("Exam", change), None).await.unwrap();
    let told = school.backend.history.of_room(&school.reader(&room).await, None).await.unwrap();
    let changes = vec![RoomChange::Capacity(Capacity::new(24), None), RoomChange::Window];
    assert_eq!(told.rows[0].deed, Deed::RoomEdited(changes));
}

#[tokio::test]
async fn a_window_lets_guests_in_from_its_beginning_until_its_end() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.backend.rooms.create(&school.admin, &limited("Exam", limits())).await;
    let room = room.unwrap();
    let ask = async |who: &str| {
        let answer =
            school.backend.entry.can_enter(&school.reader(&room).await, &user_id(who)).await;
        answer.unwrap().unwrap()
    };
    let opens = limits().opens.unwrap();
    assert_eq!(ask("S-1").await, Err(Refusal::NotYet { opens }));
    assert!(ask("A-hana").await.is_ok(), "the owner passes");
    school.clock.advance(60);
    assert!(ask("S-1").await.is_ok());
    school.clock.advance(60);
    let closed = limits().closes.unwrap();
    assert_eq!(ask("S-1").await, Err(Refusal::Over { closed }));
}

#[tokio::test]
async fn another_host_is_one_who_is_active() {
    let school = School::open().await;
    school.user("T-1").await;
    let room = school.room("Algebra", &["T-1"]).await;
    let backend = &school.backend;
    assert!(!details(&school, &room).await.other_host);
    let host = domain::EntryPermission::Host;
    backend.rooms.set_permission(&school.owner(&room).await, &user_id("T-1"), host).await.unwrap();
    assert!(details(&school, &room).await.other_host);
    backend.users.deactivate(&school.admin, &user_id("T-1")).await.unwrap();
    assert!(!details(&school, &room).await.other_host);
}

#[tokio::test]
async fn times_are_read_by_the_clocks_of_the_school() {
    let school = School::open().await;
    let settings = &school.backend.settings;
    let berlin = ZoneName::parse("Europe/Berlin").unwrap();
    let berlin = Settings { time_zone: berlin, ..Settings::default() };
    settings.change(&school.admin, &berlin).await.unwrap();
    let read = |time: &str, edge| {
        settings.zone().moment(&LocalTime::parse(time).unwrap(), edge).map(Timestamp::to_rfc3339)
    };
    assert_eq!(read("2026-07-01T09:00", Edge::From).unwrap(), "2026-07-01T07:00:00Z");
    assert_eq!(read("2026-12-01T09:00", Edge::From).unwrap(), "2026-12-01T08:00:00Z");
    let skipped = Err(Problem::Window(WindowProblem::Skipped));
    assert_eq!(read("2026-03-29T02:30", Edge::Until), skipped);
}
