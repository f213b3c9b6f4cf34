//! Meetings on record: the page of one, its file, and where they are listed.

use axum::{body::Body, http::Method};
use backend::classroom::{record::Recorder, scribe::Batch};
use domain::{
    Nickname, RoomId, RoomName, UserId,
    classroom::{
        Change, Ending, Identity, Meeting, MeetingNumber, Office, Profile, RoomSettings, Standing,
    },
};

use crate::house::House;

/// Holds the first meeting of a room: those users come as Guests, a minute after each other, and after ten
/// minutes nobody is left.
pub async fn db_hold(house: &House, room: &str, user_ids: &[&str]) {
    let settings = RoomSettings {
        name: RoomName::parse("Algebra").unwrap(),
        capacity: None,
        time_limit: None,
        for_anyone: false,
        newcomers_wait: false,
    };
    let (mut meeting, mut recorder) =
        (Meeting::new(MeetingNumber(1), 1, settings), Recorder::default());
    let mut now = backend::clock::Clock::now(&*house.clock);
    for user_id in user_ids {
        let profile = Profile {
            nickname: Nickname::parse(user_id).unwrap(),
            image: None,
            office: Office::None,
            admitted: Standing::Guest,
        };
        let who = Identity::User(UserId::parse(user_id).unwrap());
        for change in meeting.enter(who, profile, now).1 {
            recorder.apply(&mut meeting, &change);
        }
        now = now.plus_seconds(60);
    }
    let end = meeting.began().unwrap().plus_seconds(600);
    recorder.apply(&mut meeting, &Change::Ended(Ending::Empty, end));
    let record = recorder.take(&meeting, end);
    let batch = Batch { room: RoomId::parse(room).unwrap(), record, notes: Vec::new() };
    house.backend.scribe.write(batch).await.unwrap().unwrap();
}

/// A house with an Admin, a room for two, and a meeting to which one of them came.
async fn school() -> (House, crate::browser::Browser, String) {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for (user_id, nickname) in [("S-1", "Kim <b>"), ("S-2", "Lee")] {
        admin.upload("/users/new", &[("user_id", user_id), ("nickname", nickname)], None).await;
    }
    let members = [
        ("name", "Algebra"),
        ("member", "S-1"),
        ("permission", "guest"),
        ("member", "S-2"),
        ("permission", "guest"),
    ];
    let made = admin.post("/rooms/new", &members).await;
    let room = made.location().strip_prefix("/rooms/").unwrap().split('?').next().unwrap();
    let room = room.to_owned();
    db_hold(&house, &room, &["S-1"]).await;
    (house, admin, room)
}

#[tokio::test]
async fn a_meeting_has_a_page_and_is_listed_with_its_room_and_whoever_came() {
    let (_house, mut admin, room) = school().await;
    let path = format!("/rooms/{room}/meetings/1");
    let page = admin.get(&path).await;
    assert_eq!(page.status, 200);
    for told in ["1 of 2 came", "S-1", "Lee", "Absent", "10 minutes", "ended when nobody was left"]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(!page.body.contains("style="), "{}", page.body);
    for listed in [format!("/rooms/{room}"), "/users/S-1".to_owned()] {
        assert!(admin.get(&listed).await.body.contains(&path), "{listed}");
    }
    assert!(!admin.get("/users/S-2").await.body.contains(&path));
    let delete = admin.get(&format!("/rooms/{room}/delete")).await;
    assert!(delete.body.contains("1 meeting with its attendance"), "{}", delete.body);
    for missing in ["2", "0", "01", "x", "%FF", "1%2F2"] {
        let path = format!("/rooms/{room}/meetings/{missing}");
        assert_eq!(admin.get(&path).await.status, 404, "{path}");
        assert_eq!(admin.get(&format!("{path}/attendance.csv")).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_file_holds_who_came_and_who_did_not() {
    let (house, mut admin, room) = school().await;
    let path = format!("/rooms/{room}/meetings/1/attendance.csv");
    let file = admin.get(&path).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"attendance-1.csv\"");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("cache-control"), "no-store");
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{}", file.body);
    assert!(lines[1].starts_with("\"S-1\",\"S-1\",\"guest\",\"present\","), "{}", lines[1]);
    assert_eq!(lines[2], "\"Lee\",\"S-2\",\"\",\"absent\",\"\",\"\",\"0\",\"no\",\"no\",\"0\"");
    let sent = admin.send(Method::POST, &path, None, Body::empty()).await;
    assert_eq!(sent.status, 405);
    assert_eq!(house.visitor().get(&path).await.status, 303);
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    assert_eq!(teacher.get(&path).await.status, 404);
}
