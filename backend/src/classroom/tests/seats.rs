//! Seats: who takes one first, how many strangers have one, and what becomes of them when a task breaks off.

use domain::{
    classroom::{
        Arrival, Change, ClientMessage, Closing, Meeting, MeetingNumber, Office, ParticipantId,
        Place, Profile, RoomSettings, ServerMessage, Standing,
    },
    room::Capacity,
};

use super::*;
use crate::classroom::{
    Connection, Heard,
    room::{Room, Socket, SocketId},
    whereabouts::{Whereabouts, whereabouts},
};

fn meeting(capacity: Option<Capacity>) -> Meeting {
    let name = RoomName::parse("Algebra").unwrap();
    Meeting::new(
        MeetingNumber(1),
        1,
        RoomSettings { name, capacity, time_limit: None, for_anyone: true, newcomers_wait: false },
    )
}

#[tokio::test]
async fn whoever_waits_gets_in_before_whoever_has_just_come() {
    let school = School::open().await;
    let (members, capacity) = (["S-1", "S-2", "S-3"], Capacity::new(1));
    for id in members {
        school.user(id, ConsoleRole::None).await;
    }
    let specified = |id: &str| Specified { user_id: user_id(id), permission: None };
    let draft = RoomDraft {
        name: RoomName::parse("Algebra").unwrap(),
        room_type: RoomType::Private,
        limits: RoomLimits { capacity, ..RoomLimits::default() },
        members: members.map(specified).to_vec(),
    };
    let id = school.backend.rooms.create(&school.admin, &draft).await.unwrap();
    let mut entries = Vec::new();
    for member in members {
        entries.push(school.enter(&id, Some(member)).await.unwrap().entry());
    }
    let held = school.backend.classroom.hub.held(entries.clone()).await.unwrap();
    let now = school.clock.now();
    let mut room = Room::new(meeting(capacity));
    let come = |room: &mut Room, number: u32| {
        let (id, entry) = (SocketId(number.into()), entries[number as usize]);
        let context = Arc::new(school.context.clone());
        room.connect(id, Socket::new(entry, (None, "v"), context, Arc::default()));
        room.find_places(vec![id], &held, now);
        id
    };
    let is_in = |room: &Room, id| room.socket(id).unwrap().role.participant().is_some();
    let (first, second) = (come(&mut room, 0), come(&mut room, 1));
    assert!(is_in(&room, first) && !is_in(&room, second));
    room.hear(first, ClientMessage::Leave, now);
    let third = come(&mut room, 2);
    assert!(is_in(&room, second) && !is_in(&room, third));
}

#[tokio::test]
async fn so_many_strangers_take_part_in_one_meeting() {
    let school = School::open().await;
    let room = school.room(RoomType::Open, &["S-1"]).await;
    let kim = school.enter(&room, None).await.unwrap();
    let member = school.enter(&room, Some("S-1")).await.unwrap();
    let held = school.backend.classroom.hub.held(vec![kim.entry(), member.entry()]).await.unwrap();
    let place = |who: &Entrant, meeting: &Meeting| whereabouts(&held[&who.entry()], meeting);
    let is_in = |it: Whereabouts| matches!(it, Whereabouts::In(_));
    let now = school.clock.now();
    let come = |meeting: &mut Meeting, number: u32, who: Identity| {
        let (nickname, office) = (name("Lee"), Office::None);
        let profile = Profile { nickname, image: None, office, admitted: Standing::Guest };
        let id = ParticipantId(number);
        meeting.apply(&Change::Came(Arrival { id, who, profile, at: now }));
    };
    let (mut full, last) = (meeting(None), Meeting::STRANGERS);
    for number in 1..last {
        come(&mut full, number, Identity::Guest(format!("lee-{number}")));
    }
    assert!(is_in(place(&kim, &full)));
    let mut with_kim = full.clone();
    come(&mut with_kim, last, kim.who().clone());
    come(&mut full, last, Identity::Guest("lee".to_owned()));
    for it in [&mut full, &mut with_kim] {
        it.apply(&Change::Went(ParticipantId(last), now));
        assert!(is_in(place(&member, it)), "who is known is no stranger");
    }
    let refusal = Refusal::Full { capacity: Meeting::STRANGERS };
    assert_eq!(place(&kim, &full), Whereabouts::Waiting(refusal));
    assert!(is_in(place(&kim, &with_kim)), "they have been here");
}

/// Hears what is said until everything was told, or it is closed.
async fn told(connection: &Connection) -> Result<Place, Closing> {
    loop {
        let text = match connection.next().await {
            Heard::Text(text) => text,
            Heard::Closed(closing) => return Err(closing),
        };
        if let ServerMessage::Snapshot(it) = serde_json::from_slice(&text).unwrap() {
            return Ok(it.place);
        }
    }
}

#[tokio::test]
async fn a_room_whose_task_breaks_off_goes_live_again_with_its_meeting() {
    let school = School::open().await;
    let room = school.room(RoomType::Private, &["S-1"]).await;
    let kim = school.enter(&room, Some("S-1")).await.unwrap();
    let classroom = &school.backend.classroom;
    let connect = async || classroom.connect(&kim, None, "v", school.context.clone()).await;
    let connection = connect().await;
    let first = told(&connection).await.unwrap();
    classroom.hub.break_off(&room);
    assert_eq!(told(&connection).await, Err(Closing::Restarting));
    assert_eq!(told(&connect().await).await, Err(Closing::Restarting), "another doesn't begin");
    classroom.tick();
    classroom.hub.mended().await;
    let again = told(&connect().await).await.unwrap();
    assert_eq!((first.meeting, first.run), (MeetingNumber(1), 1));
    assert_eq!((again.meeting, again.run), (MeetingNumber(1), 2));
}

#[tokio::test]
async fn a_room_whose_task_breaks_off_ends_by_itself_though_nobody_comes_back() {
    let school = School::open().await;
    let room = school.room(RoomType::Private, &["S-1", "M-1"]).await;
    let (rooms, monitor) = (&school.backend.rooms, EntryPermission::Monitoring);
    rooms.set_permission(&school.owner(&room).await, &user_id("M-1"), monitor).await.unwrap();
    let classroom = &school.backend.classroom;
    for id in ["S-1", "M-1"] {
        let entrant = school.enter(&room, Some(id)).await.unwrap();
        let connection = classroom.connect(&entrant, None, "v", school.context.clone()).await;
        told(&connection).await.unwrap();
        std::mem::forget(connection);
    }
    let observed = async || {
        let actions = sqlx::query_scalar("SELECT action FROM audit WHERE id < 0 ORDER BY id DESC");
        let mut db = school.backend.store.read().await.unwrap();
        let actions: Vec<String> = actions.fetch_all(&mut *db).await.unwrap();
        actions
    };
    assert_eq!(observed().await, ["observe.begin"]);
    classroom.hub.break_off(&room);
    while classroom.hub.status(&room).is_some() {
        tokio::task::yield_now().await;
    }
    classroom.tick();
    classroom.hub.mended().await;
    assert_eq!(observed().await, ["observe.begin", "observe.end"]);
    school.clock.advance(600);
    classroom.tick();
    classroom.stop().await.unwrap();
    assert!(classroom.hub.scribe().open_meetings().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_room_does_not_wait_until_the_use_of_its_entries_is_noted() {
    let school = School::open().await;
    let room = school.room(RoomType::Private, &["S-1"]).await;
    let entry = school.enter(&room, Some("S-1")).await.unwrap().entry();
    school.clock.advance(60 * 60);
    let (others, _) = school.begin(&room).await;
    // Waiting here, it would be given up before the others are through.
    assert!(school.backend.classroom.hub.held(vec![entry]).await.unwrap().contains_key(&entry));
    drop(others);
    let noted = async {
        while school.backend.entry.held(&[entry]).await.unwrap()[0].used != school.clock.now() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), noted).await.unwrap();
}
