//! What is done to many members of a room at once, undoing it, and searching among thousands.

use domain::{
    EntryPermission::{self, Guest, Host, Monitoring},
    Nickname, RoomId, UserId,
    history::Deed,
    members::{MembersAct, MembersChanged, Seat, Which},
    room::Specified,
};
use sqlx::Row;

use crate::common::{School, specified, term, user_id};

const TO_HOST: MembersAct = MembersAct::Permission(Host);

fn these(ids: &[&str]) -> Which {
    Which::These(ids.iter().map(|it| user_id(it)).collect())
}

fn seat(id: &str, permission: EntryPermission) -> Seat {
    (user_id(id), permission)
}

async fn change(school: &School, room: &RoomId, which: &Which, act: MembersAct) -> MembersChanged {
    let rooms = &school.backend.rooms;
    let mut changed = rooms.change_members(&school.owner(room).await, which, act).await.unwrap();
    changed.before.sort_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
    changed
}

async fn undo(school: &School, room: &RoomId, before: &[Seat], act: MembersAct) -> Vec<UserId> {
    school.backend.rooms.put_back(&school.owner(room).await, before, act).await.unwrap()
}

async fn seats(school: &School, room: &RoomId) -> Vec<Seat> {
    let page = school.backend.rooms.members(&school.reader(room).await, None).await.unwrap();
    page.rows.into_iter().map(|it| (it.user.user_id, it.permission)).collect()
}

async fn count(school: &School, room: &RoomId) -> u32 {
    school.backend.rooms.reader(&school.admin, room).await.unwrap().room().clone().members
}

/// A room with a Host, a Guest and a monitor.
async fn room_of_three(school: &School) -> RoomId {
    for (id, permission) in [("S-1", Host), ("S-2", Guest), ("S-3", Monitoring)] {
        school.user_with(id, |it| it.permission = permission).await;
    }
    school.room("Algebra", &["S-1", "S-2", "S-3"]).await
}

async fn deeds(school: &School, room: &RoomId) -> Vec<Deed> {
    let told = school.backend.history.of_room(&school.reader(room).await, None).await.unwrap();
    told.rows.into_iter().map(|it| it.deed).collect()
}

#[tokio::test]
async fn members_get_a_permission_at_once_and_get_back_what_they_had() {
    let school = School::open().await;
    let room = room_of_three(&school).await;
    let which = these(&["s-1", "S-2", "S-3", "S-9", "A-hana"]);
    let changed = change(&school, &room, &which, TO_HOST).await;
    assert_eq!(changed.before, [seat("S-2", Guest), seat("S-3", Monitoring)]);
    assert_eq!(changed.same, 1);
    assert_eq!(changed.missing, [user_id("S-9"), user_id("A-hana")]);
    let all_host = ["S-1", "S-2", "S-3"].map(|it| seat(it, Host));
    assert_eq!(seats(&school, &room).await, all_host);
    assert_eq!(deeds(&school, &room).await[0], Deed::PermissionsSet(2, Host));

    assert!(undo(&school, &room, &changed.before, TO_HOST).await.is_empty());
    let as_before = [seat("S-1", Host), seat("S-2", Guest), seat("S-3", Monitoring)];
    assert_eq!(seats(&school, &room).await, as_before);
    assert_eq!(deeds(&school, &room).await[0], Deed::PermissionsRestored(2));
    assert_eq!(count(&school, &room).await, 3);
}

#[tokio::test]
async fn all_members_are_removed_at_once_and_come_back_as_they_were() {
    let school = School::open().await;
    let room = room_of_three(&school).await;
    let changed = change(&school, &room, &Which::All, MembersAct::Remove).await;
    assert_eq!(changed.before.len(), 3);
    assert_eq!((changed.same, changed.missing.len()), (0, 0));
    assert!(seats(&school, &room).await.is_empty());
    assert_eq!(count(&school, &room).await, 0);
    assert_eq!(deeds(&school, &room).await[0], Deed::MembersRemoved(3));

    // One is deactivated meanwhile, one is added as something else, one is gone for good.
    let rooms = &school.backend.rooms;
    school.backend.users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
    let again = Specified { permission: Some(Monitoring), ..specified("S-2") };
    rooms.add_members(&school.owner(&room).await, &[again]).await.unwrap();
    school.backend.users.delete(&school.admin, &user_id("S-3"), None).await.unwrap();
    let missing = undo(&school, &room, &changed.before, MembersAct::Remove).await;
    assert_eq!(missing, [user_id("S-3")]);
    assert_eq!(seats(&school, &room).await, [seat("S-1", Host), seat("S-2", Monitoring)]);
    assert_eq!(count(&school, &room).await, 2);
}

#[tokio::test]
async fn what_is_sent_twice_changes_nothing_the_second_time() {
    let school = School::open().await;
    let room = room_of_three(&school).await;
    let both = these(&["S-2", "S-3"]);
    let first = change(&school, &room, &both, TO_HOST).await;
    let noted = school.db_audit().await;
    let second = change(&school, &room, &both, TO_HOST).await;
    assert_eq!((second.before.len(), second.same), (0, 2));
    undo(&school, &room, &first.before, TO_HOST).await;
    let undone = school.db_audit().await;
    assert_eq!(undone.len(), noted.len() + 1);
    undo(&school, &room, &first.before, TO_HOST).await;
    assert_eq!(school.db_audit().await, undone);

    let removed = change(&school, &room, &both, MembersAct::Remove).await;
    let again = change(&school, &room, &both, MembersAct::Remove).await;
    assert_eq!((again.before.len(), again.missing.len()), (0, 2));
    undo(&school, &room, &removed.before, MembersAct::Remove).await;
    undo(&school, &room, &removed.before, MembersAct::Remove).await;
    assert_eq!(count(&school, &room).await, 3);
    assert_eq!(deeds(&school, &room).await[0], Deed::MembersAdded(2));
}

#[tokio::test]
async fn one_alone_is_noted_in_their_own_history() {
    let school = School::open().await;
    let room = room_of_three(&school).await;
    let one = these(&["S-2"]);
    let changed = change(&school, &room, &one, TO_HOST).await;
    undo(&school, &room, &changed.before, TO_HOST).await;
    let removed = change(&school, &room, &one, MembersAct::Remove).await;
    undo(&school, &room, &removed.before, MembersAct::Remove).await;
    let of = user_id("S-2");
    let told = school.backend.history.of_user(&school.admin, &of, None).await.unwrap();
    let told: Vec<_> = told.rows.into_iter().take(4).map(|it| it.deed).collect();
    assert_eq!(
        told,
        [
            Deed::MembersAdded(1),
            Deed::MemberRemoved,
            Deed::PermissionChanged { before: Host, after: Guest },
            Deed::PermissionChanged { before: Guest, after: Host },
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_remove_the_same_members_at_once_one_does() {
    let school = School::open().await;
    let room = room_of_three(&school).await;
    let attempts = (0..50).map(|_| {
        let (backend, admin, room) = (school.backend.clone(), school.admin.clone(), room.clone());
        tokio::spawn(async move {
            let which = these(&["S-1", "S-2"]);
            backend
                .rooms
                .change_members(
                    &backend.rooms.owner(&admin, &room).await.unwrap(),
                    &which,
                    MembersAct::Remove,
                )
                .await
                .unwrap()
        })
    });
    let (mut removed, mut missing) = (0, 0);
    for attempt in attempts.collect::<Vec<_>>() {
        let changed = attempt.await.unwrap();
        removed += changed.before.len();
        missing += changed.missing.len();
    }
    assert_eq!((removed, missing), (2, 98));
    assert_eq!(count(&school, &room).await, 1);
}

/// How many members a room has in which no search walks through all of them.
const THOUSAND: usize = 1_010;

/// A room with that many members, beside users who are none. Every tenth member is a Kim.
async fn room_of_a_thousand(school: &School) -> RoomId {
    let ids: Vec<String> = (0..THOUSAND).map(|it| format!("S-{it:04}")).collect();
    for (at, id) in ids.iter().enumerate() {
        let nickname = if at % 10 == 0 { format!("Kim Jiho {at}") } else { format!("Lee {at}") };
        school.user_with(id, |it| it.nickname = Nickname::parse(&nickname).unwrap()).await;
    }
    for id in ["T-kim", "T-jiho"] {
        school.user_with(id, |it| it.nickname = Nickname::parse("Kim Jiho").unwrap()).await;
    }
    school.room("Hall", &ids.iter().map(String::as_str).collect::<Vec<_>>()).await
}

#[tokio::test]
async fn in_a_room_of_a_thousand_members_alone_are_found_and_a_hundred_are_noted() {
    let school = School::open().await;
    let room = room_of_a_thousand(&school).await;
    let rooms = &school.backend.rooms;
    for (raw, limit, first, found, more) in [
        ("s-0999", 5, "S-0999", 1, false),
        ("0999", 5, "S-0999", 1, false),
        ("099", 50, "S-0990", 11, false),
        ("kim", 100, "S-0000", 100, true),
        ("kim", 200, "S-0000", 101, false),
        ("jiho 50", 5, "S-0050", 2, false),
        ("iho", 200, "S-0000", 101, false),
        ("t-kim", 5, "", 0, false),
        ("nobody", 5, "", 0, false),
    ] {
        let matches =
            rooms.find_members(&school.reader(&room).await, &term(raw), limit).await.unwrap();
        let ids: Vec<_> = matches.rows.iter().map(|it| it.user.user_id.as_str()).collect();
        assert_eq!((ids.len(), matches.more), (found, more), "{raw}");
        assert_eq!(ids.first().copied().unwrap_or_default(), first, "{raw}");
    }

    let changed = change(&school, &room, &Which::All, TO_HOST).await;
    assert_eq!(changed.before.len(), THOUSAND);
    let noted = sqlx::query("SELECT detail FROM audit ORDER BY id DESC LIMIT 1")
        .fetch_one(&mut school.db().await)
        .await
        .unwrap();
    let noted: serde_json::Value = serde_json::from_str(noted.get("detail")).unwrap();
    assert_eq!(noted["count"], THOUSAND);
    assert_eq!(noted["members"].as_array().unwrap().len(), 100);
    assert!(undo(&school, &room, &changed.before, TO_HOST).await.is_empty());
    assert!(seats(&school, &room).await.iter().all(|it| it.1 == Guest));
}
