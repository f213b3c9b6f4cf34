//! Making rooms and specifying users for them.

use crate::common::{School, draft, ids, specified, user_id};
use backend::{
    accounts::Admin,
    rooms::{AccessRefusal, EditRefusal, MembersRefusal, OwnerRefusal, RoomRefusal},
};
use domain::{
    EntryPermission, Problem, RoomId, RoomOrder, RoomState, RoomStatus, RoomType, RoomsAsked,
    members::{MembersAct, Which},
    room::{Member, Specified},
};

fn as_what(members: &[Member]) -> Vec<(&str, EntryPermission)> {
    members.iter().map(|it| (it.user.user_id.as_str(), it.permission)).collect()
}

async fn members(school: &School, room: &RoomId) -> Vec<Member> {
    let page = school.backend.rooms.members(&school.reader(room).await, None).await;
    page.unwrap().rows
}

#[tokio::test]
async fn a_room_belongs_to_who_makes_it_and_keeps_who_is_specified() {
    let school = School::open().await;
    school.user("S-1").await;
    school.user_with("T-1", |it| it.permission = EntryPermission::Host).await;
    let mut plan = draft("Algebra II", RoomType::Private, &["s-1", "T-1", "A-HANA"]);
    plan.members[0].permission = Some(EntryPermission::Monitoring);
    let rooms = &school.backend.rooms;
    let id = rooms.create(&school.admin, &plan).await.unwrap();
    let room = school.reader(&id).await.room().clone();
    assert_eq!((room.owner.user_id.as_str(), room.members), ("A-hana", 2));
    assert_eq!((room.room_type, room.state), (RoomType::Private, RoomState::Open));
    assert_eq!(rooms.total(&school.admin).await.unwrap(), 1);
    assert_eq!(
        as_what(&members(&school, &id).await),
        [("S-1", EntryPermission::Monitoring), ("T-1", EntryPermission::Host)]
    );
}

#[tokio::test]
async fn unknown_users_are_named_and_no_room_is_made() {
    let school = School::open().await;
    school.user("S-1").await;
    let plan = draft("Algebra", RoomType::Private, &["S-1", "S-404", "kim7"]);
    let rooms = &school.backend.rooms;
    let refused = rooms.create(&school.admin, &plan).await.unwrap_err();
    let MembersRefusal::Members(problem) = refused else { panic!("{refused:?}") };
    assert_eq!(problem, Problem::UnknownUsers(vec!["S-404".into(), "kim7".into()]));
    assert!(rooms.list(&school.admin, &RoomsAsked::default(), None).await.unwrap().rows.is_empty());
    assert_eq!(rooms.total(&school.admin).await.unwrap(), 0);
}

#[tokio::test]
async fn deactivated_users_are_named_and_nobody_is_added() {
    let school = School::open().await;
    for id in ["S-1", "S-2"] {
        school.user(id).await;
    }
    school.backend.users.deactivate(&school.admin, &user_id("S-2")).await.unwrap();
    let room = school.room("Algebra", &[]).await;
    let both = ["S-1", "s-2"].map(specified);
    let refused =
        school.backend.rooms.add_members(&school.owner(&room).await, &both).await.unwrap_err();
    let MembersRefusal::Members(problem) = refused else { panic!("{refused:?}") };
    assert_eq!(problem, Problem::DeactivatedUsers(vec![user_id("S-2")]));
    assert!(members(&school, &room).await.is_empty());
}

#[tokio::test]
async fn members_are_added_once_and_stay_as_they_are() {
    let school = School::open().await;
    for id in ["S-1", "S-2"] {
        school.user(id).await;
    }
    let rooms = &school.backend.rooms;
    let room = school.room("Algebra", &["S-1"]).await;
    let as_host = |id: &str| Specified { permission: Some(EntryPermission::Host), ..specified(id) };
    let specified = ["S-1", "S-2", "A-hana"].map(as_host);
    assert_eq!(rooms.add_members(&school.owner(&room).await, &specified).await.unwrap(), 1);
    assert_eq!(rooms.add_members(&school.owner(&room).await, &specified).await.unwrap(), 0);
    assert_eq!(
        as_what(&members(&school, &room).await),
        [("S-1", EntryPermission::Guest), ("S-2", EntryPermission::Host)]
    );
    assert_eq!(rooms.reader(&school.admin, &room).await.unwrap().room().clone().members, 2);
    let asked = ["s-2", "S-9", "A-hana"].map(user_id);
    let known = rooms.members_among(&school.reader(&room).await, &asked).await.unwrap();
    assert_eq!(known, [user_id("s-2")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_add_one_member_at_once_one_adds_them() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &[]).await;
    let attempts = (0..50).map(|_| {
        let (backend, admin) = (school.backend.clone(), school.admin.clone());
        let room = room.clone();
        tokio::spawn(async move {
            backend
                .rooms
                .add_members(
                    &backend.rooms.owner(&admin, &room).await.unwrap(),
                    &[specified("S-1")],
                )
                .await
                .unwrap()
        })
    });
    let mut added = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        added += attempt.await.unwrap();
    }
    assert_eq!(added, 1);
    let room = school.backend.rooms.reader(&school.admin, &room).await.unwrap().room().clone();
    assert_eq!(room.members, 1);
}

#[tokio::test]
async fn a_members_permission_changes_and_a_removed_member_is_gone() {
    let school = School::open().await;
    school.user("S-1").await;
    let rooms = &school.backend.rooms;
    let (room, kim) = (school.room("Algebra", &["S-1"]).await, user_id("s-1"));
    let host = EntryPermission::Host;
    let member = rooms.set_permission(&school.owner(&room).await, &kim, host).await.unwrap();
    assert_eq!((member.user.user_id.as_str(), member.permission), ("S-1", host));
    let removed = rooms.remove_member(&school.owner(&room).await, &kim).await.unwrap();
    assert_eq!(removed, Some(host));
    assert_eq!(rooms.remove_member(&school.owner(&room).await, &kim).await.unwrap(), None);
    let gone = rooms.set_permission(&school.owner(&room).await, &kim, host).await;
    assert!(matches!(gone, Err(RoomRefusal::NotFound)));
    assert_eq!(rooms.reader(&school.admin, &room).await.unwrap().room().clone().members, 0);
}

#[tokio::test]
async fn an_edited_room_keeps_its_members_whatever_its_type() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let rooms = &school.backend.rooms;
    let change = draft("Zoology", RoomType::Public, &[]);
    let after = rooms.edit(&school.owner(&room).await, &change, None).await.unwrap();
    assert_eq!((after.name.as_str(), after.room_type), ("Zoology", RoomType::Public));
    assert_eq!(
        rooms.reader(&school.admin, &room).await.ok().map(|it| it.room().clone()),
        Some(after)
    );
    assert_eq!(members(&school, &room).await.len(), 1);
}

#[tokio::test]
async fn rooms_end_and_reopen_and_both_can_be_sent_twice() {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    let rooms = &school.backend.rooms;
    for _ in 0..2 {
        let state = rooms.end(&school.owner(&room).await).await.unwrap().state;
        assert_eq!(state, RoomState::Ended);
    }
    for _ in 0..2 {
        let state = rooms.reopen(&school.owner(&room).await).await.unwrap().state;
        assert_eq!(state, RoomState::Open);
    }
    let log = school.db_audit().await;
    assert_eq!(
        log[log.len() - 2..],
        [format!("room.end A-hana - {room}"), format!("room.reopen A-hana - {room}")]
    );
}

#[tokio::test]
async fn rooms_that_do_not_exist_are_refused() {
    let school = School::open().await;
    let (rooms, nowhere) = (&school.backend.rooms, RoomId::from_bits(7));
    let seen = rooms.reader(&school.admin, &nowhere).await;
    assert!(matches!(seen, Err(AccessRefusal::NotFound)));
    let changed = rooms.owner(&school.admin, &nowhere).await;
    assert!(matches!(changed, Err(AccessRefusal::NotFound)));

    // Gone since it was looked at.
    let room = school.room("Algebra", &[]).await;
    let owner = school.owner(&room).await;
    rooms.delete(&owner, |_| true).await.unwrap();
    let change = draft("x", RoomType::Private, &[]);
    let edit = rooms.edit(&owner, &change, None).await;
    assert!(matches!(edit, Err(EditRefusal::Room(RoomRefusal::NotFound))));
    assert!(matches!(rooms.end(&owner).await, Err(RoomRefusal::NotFound)));
    let add = rooms.add_members(&owner, &[]).await;
    assert!(matches!(add, Err(MembersRefusal::NotFound)));
    let many = rooms.change_members(&owner, &Which::All, MembersAct::Remove).await;
    assert!(matches!(many, Err(RoomRefusal::NotFound)));
    let back = rooms.put_back(&owner, &[], MembersAct::Remove).await;
    assert!(matches!(back, Err(MembersRefusal::NotFound)));
    let heir = rooms.hand_over(&owner, &user_id("A-hana")).await;
    assert!(matches!(heir, Err(OwnerRefusal::Room(RoomRefusal::NotFound))));
    let copy = rooms.duplicate(&owner, &change.name).await;
    assert!(matches!(copy, Err(MembersRefusal::NotFound)));
    rooms.delete(&owner, |_| true).await.unwrap();
}

#[tokio::test]
async fn the_command_line_owns_no_rooms() {
    let school = School::open().await;
    let plan = draft("Algebra", RoomType::Private, &[]);
    let refused = school.backend.rooms.create(&Admin::operator(), &plan).await;
    assert!(matches!(refused, Err(MembersRefusal::NotFound)));
}

#[tokio::test]
async fn pages_give_every_member_and_every_room_once_in_both_directions() {
    let school = School::open().await;
    let users: Vec<String> = (0..205).map(|it| format!("S-{it}")).collect();
    for id in &users {
        school.user(id).await;
    }
    let users: Vec<&str> = users.iter().map(String::as_str).collect();
    let room = school.room("Algebra", &users).await;
    let other = school.room("Biology", &users[..1]).await;
    let rooms = &school.backend.rooms;
    let page = async |cursor: Option<domain::Cursor>| {
        rooms.members(&school.reader(&room).await, cursor.as_ref()).await.unwrap()
    };
    let first = page(None).await;
    let second = page(first.next.clone()).await;
    let third = page(second.next.clone()).await;
    let sizes = [&first, &second, &third].map(|it| it.rows.len());
    assert_eq!((sizes, third.next.clone()), ([100, 100, 5], None));
    let mut seen: Vec<_> = [&first, &second, &third]
        .into_iter()
        .flat_map(|it| ids(it.rows.iter().map(|member| &member.user)))
        .collect();
    seen.sort_unstable();
    let mut expected = users.clone();
    expected.sort_unstable();
    assert_eq!(seen, expected);
    assert_eq!(page(third.previous).await.rows, second.rows);
    assert_eq!(page(second.previous).await.rows, first.rows);
    let list = rooms.list(&school.admin, &RoomsAsked::default(), None).await.unwrap();
    let listed: Vec<_> = list.rows.iter().map(|it| &it.id).collect();
    assert_eq!(listed, [&room, &other]);
}

#[tokio::test]
async fn ten_thousand_members_fit_into_one_request() {
    let school = School::open().await;
    let mut db = school.db().await;
    sqlx::raw_sql(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10000) \
         INSERT INTO users (user_id, user_id_key, nickname, nickname_key, permission, role, status, \
         created_at, changed_at) SELECT 'S-' || n, 's-' || n, 'S-' || n, 's-' || n, 1, 0, 0, 0, 0 \
         FROM n",
    )
    .execute(&mut db)
    .await
    .unwrap();
    let everybody: Vec<String> = (1..=10_000).map(|it| format!("S-{it}")).collect();
    let everybody: Vec<&str> = everybody.iter().map(String::as_str).collect();
    let room = school.room("Assembly", &everybody).await;
    let room = school.backend.rooms.reader(&school.admin, &room).await.unwrap().room().clone();
    assert_eq!(room.members, 10_000);
}

#[tokio::test]
async fn lists_hold_the_rooms_of_the_kinds_asked_for_in_the_order_asked_for() {
    let school = School::open().await;
    let rooms = &school.backend.rooms;
    for number in 0..60_usize {
        let draft = draft(&format!("Room {:02}", 59 - number), RoomType::ALL[number % 3], &[]);
        let made = rooms.create(&school.admin, &draft).await.unwrap();
        if number % 4 == 0 {
            rooms.end(&school.owner(&made).await).await.unwrap();
        }
    }
    let names = async |asked: RoomsAsked| {
        let first = rooms.list(&school.admin, &asked, None).await.unwrap();
        let mut all = first.rows;
        if let Some(next) = first.next {
            all.extend(rooms.list(&school.admin, &asked, Some(&next)).await.unwrap().rows);
        }
        all.iter().map(|it| it.name.to_string()).collect::<Vec<_>>()
    };
    let newest = RoomsAsked { order: RoomOrder::Newest, ..RoomsAsked::default() };
    let by_name = names(RoomsAsked::default()).await;
    assert_eq!((by_name.len(), by_name.is_sorted()), (60, true));
    assert_eq!(names(newest).await, by_name, "the last made comes first in the alphabet");
    let ended = RoomsAsked { status: Some(RoomStatus::Ended), ..RoomsAsked::default() };
    assert_eq!(names(ended).await.len(), 15);
    let public = RoomsAsked { room_type: Some(RoomType::Public), ..ended };
    assert_eq!(names(public).await.len(), 5);
    assert_eq!(names(RoomsAsked { order: RoomOrder::Newest, ..public }).await, names(public).await);
}

#[tokio::test]
async fn whoever_edits_a_room_that_another_has_changed_since_is_refused() {
    let school = School::open().await;
    let room = school.room("Algebra", &[]).await;
    let rooms = &school.backend.rooms;
    let seen = rooms.details(&school.reader(&room).await).await.unwrap().edition;
    let theirs = draft("Theirs", RoomType::Private, &[]);
    rooms.edit(&school.owner(&room).await, &theirs, Some(&seen)).await.unwrap();
    let mine = draft("Mine", RoomType::Private, &[]);
    let refused = rooms.edit(&school.owner(&room).await, &mine, Some(&seen)).await;
    assert!(matches!(refused, Err(EditRefusal::Outdated)));
    let now = rooms.details(&school.reader(&room).await).await.unwrap();
    assert_eq!(now.summary.name.as_str(), "Theirs");
    rooms.edit(&school.owner(&room).await, &mine, Some(&now.edition)).await.unwrap();
}
