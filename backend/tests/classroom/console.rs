//! What the console shows of meetings that go on, and when it is told that it shows something else.

use backend::accounts::Proof;
use domain::{
    ConsoleRole, EntryPermission, RoomStatus, RoomType, RoomsAsked, SearchTerm,
    classroom::{Act, MeetingNumber, Standing},
    entry::{Intent, Refusal},
    live::Kind,
    room::Capacity,
};

use super::{class, lesson, lesson_in, pass, sit, user_id};
use crate::{
    classroom::seat::Browser,
    common::{School, draft, specified},
};

/// The rooms that are doing so, with how many are in.
async fn rooms(
    school: &School,
    staff: &impl Proof,
    status: RoomStatus,
) -> Vec<(String, Option<u32>)> {
    let asked = RoomsAsked { status: Some(status), ..RoomsAsked::default() };
    let rooms = &school.backend.rooms;
    let page = rooms.list(staff, &asked, None).await.unwrap();
    let listed = rooms.listed(staff, page.rows);
    listed.into_iter().map(|it| (it.room.name.to_string(), it.inside)).collect()
}

/// How often meetings have changed, for whoever may not see the log.
fn changes(school: &School) -> u64 {
    school.backend.classroom.tick();
    school.backend.live.now(false).of(Kind::Meetings)
}

fn algebra(inside: Option<u32>) -> Vec<(String, Option<u32>)> {
    vec![("Algebra".to_owned(), inside)]
}

#[tokio::test]
async fn a_room_is_in_progress_while_its_meeting_goes_on() {
    let (school, room) = lesson().await;
    let listed = async |status| rooms(&school, &school.admin, status).await;
    assert_eq!(listed(RoomStatus::Waiting).await, algebra(None));
    assert_eq!(listed(RoomStatus::InProgress).await, []);
    let [mut teacher, mina, _joon] = class(&school, &room).await;
    assert_eq!(listed(RoomStatus::InProgress).await, algebra(Some(3)));
    assert_eq!(listed(RoomStatus::Waiting).await, []);
    let reader = school.reader(&room).await;
    let meeting = school.backend.classroom.meeting(&reader).unwrap();
    assert_eq!((meeting.number, meeting.inside), (MeetingNumber(1), 3));
    assert_eq!(Some(meeting.began), reader.room().last_meeting);
    mina.say(domain::classroom::ClientMessage::Leave).await;
    teacher.until(|it| it.names().len() == 2).await;
    let ids = ["S-1", "S-2", "M-1", "T-1"].map(user_id);
    let inside = school.backend.classroom.inside(&reader, &ids);
    assert_eq!(inside, ["S-2", "T-1"].map(user_id));
    teacher.act(Act::End).await.unwrap();
    teacher.end().await;
    assert_eq!(listed(RoomStatus::InProgress).await, []);
    assert_eq!(listed(RoomStatus::Waiting).await, algebra(None));
    assert_eq!(school.backend.classroom.meeting(&reader), None);
}

#[tokio::test]
async fn a_search_finds_rooms_in_progress_alone_where_these_are_asked_for() {
    let (school, room) = lesson().await;
    school.room("Algebra, too", &[]).await;
    let _seats = class(&school, &room).await;
    let found = async |status| {
        let asked = RoomsAsked { status: Some(status), ..RoomsAsked::default() };
        let term = SearchTerm::parse("algebra").unwrap();
        let found = school.backend.rooms.search(&school.admin, &term, &asked, 9).await.unwrap();
        found.rows.into_iter().map(|it| it.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found(RoomStatus::InProgress).await, ["Algebra"]);
    assert_eq!(found(RoomStatus::Waiting).await, ["Algebra, too"]);
}

#[tokio::test]
async fn a_page_of_waiting_rooms_is_not_empty_because_meetings_go_on_in_all_of_the_first() {
    let (school, room) = lesson().await;
    let _seats = class(&school, &room).await;
    // As many as a page holds stand before the one that waits.
    let mut seats = Vec::new();
    for it in 0..50 {
        let room = school.room(&format!("A {it:02}"), &["S-1"]).await;
        seats.push(sit(&school, &room, "S-1").await);
    }
    school.room("Zoology", &[]).await;
    assert_eq!(
        rooms(&school, &school.admin, RoomStatus::Waiting).await,
        [("Zoology".to_owned(), None)]
    );
    assert_eq!(rooms(&school, &school.admin, RoomStatus::InProgress).await.len(), 50);
}

#[tokio::test]
async fn teachers_see_meetings_in_their_own_rooms_alone() {
    let (school, room) = lesson().await;
    let _seats = class(&school, &room).await;
    school.user_with("T-kim", |it| it.role = ConsoleRole::Teacher).await;
    school.give_password("T-kim").await;
    let secret = school.sign_in("T-kim").await;
    let kim = school.session(&secret).await.unwrap().staff();
    assert_eq!(rooms(&school, &kim, RoomStatus::InProgress).await, []);
    let draft = draft("Biology", RoomType::Private, &["S-1"]);
    let own = school.backend.rooms.create(&kim, &draft).await.unwrap();
    assert_eq!(rooms(&school, &kim, RoomStatus::InProgress).await, []);
    let _seat = sit(&school, &own, "S-1").await;
    let biology = [("Biology".to_owned(), Some(1))];
    assert_eq!(rooms(&school, &kim, RoomStatus::InProgress).await, biology);
    assert_eq!(rooms(&school, &kim, RoomStatus::Waiting).await, []);
    assert_eq!(rooms(&school, &school.admin, RoomStatus::InProgress).await.len(), 2);
}

#[tokio::test]
async fn pages_are_told_when_somebody_comes_or_goes_and_never_of_who_observes() {
    let (school, room) = lesson().await;
    let before = changes(&school);
    let observer = Browser::signed_in(&school, &room, &school.secret, Intent::Observe).await;
    let mut watching = observer.unwrap().open().await;
    assert_eq!(changes(&school), before);
    let mina = sit(&school, &room, "S-1").await;
    let came = changes(&school);
    assert!(came > before);
    assert_eq!(changes(&school), came, "once for each change");
    watching.until(|it| it.names() == ["S-1"]).await;
    watching.say(domain::classroom::ClientMessage::Leave).await;
    watching.end().await;
    assert_eq!(changes(&school), came);
    drop(mina);
    // Whoever drops keeps their seat for a minute, and counts as being in.
    pass(&school, 1);
    assert_eq!((changes(&school), school.inside(&room)), (came, 1));
}

#[tokio::test]
async fn whether_somebody_can_enter_goes_by_the_meeting_and_pages_are_told_when_that_changes() {
    let (school, room) = lesson_in(|it| it.limits.capacity = Capacity::new(3)).await;
    school.user("S-3").await;
    let owner = school.owner(&room).await;
    school.backend.rooms.add_members(&owner, &[specified("S-3")]).await.unwrap();
    let ask = async |id| {
        let answer = school.backend.entry.can_enter(owner.reader(), &user_id(id)).await;
        answer.unwrap().unwrap().map(|it| it.permission)
    };
    let (guest, host) = (Ok(EntryPermission::Guest), Ok(EntryPermission::Host));
    assert_eq!(ask("S-3").await, guest);
    let [mut teacher, mina, _joon] = class(&school, &room).await;
    assert_eq!(ask("S-3").await, Err(Refusal::Full { capacity: 3 }));
    assert_eq!(ask("S-1").await, guest, "they keep their seat");
    mina.say(domain::classroom::ClientMessage::Leave).await;
    teacher.until(|it| it.names().len() == 2).await;
    assert_eq!(ask("S-3").await, guest);
    let before = changes(&school);
    teacher.act(Act::LockRoom { on: true }).await.unwrap();
    let locked = changes(&school);
    assert!(locked > before);
    assert_eq!((ask("S-3").await, ask("S-1").await), (Err(Refusal::Locked), Err(Refusal::Locked)));
    assert_eq!(ask("S-2").await, guest);
    let who = teacher.find("S-2");
    teacher.act(Act::SetPermission { who, to: Standing::Host }).await.unwrap();
    assert!(changes(&school) > locked);
    assert_eq!(ask("S-2").await, host);
}

#[tokio::test]
async fn users_and_rooms_keep_when_they_last_met() {
    let (school, room) = lesson().await;
    let _seats = class(&school, &room).await;
    let now = school.backend.classroom.now();
    let users = &school.backend.users;
    let find = async |id: &str| users.find(&school.admin, &user_id(id)).await.unwrap().unwrap();
    let listed = vec![find("S-1").await, find("M-1").await];
    let listed = users.listed(&school.admin, listed).await.unwrap();
    let last: Vec<_> = listed.iter().map(|it| it.last_entry).collect();
    assert_eq!(last, [Some(now), None]);
    assert_eq!(school.reader(&room).await.room().last_meeting, Some(now));
}
