//! Deleting users and rooms, handing rooms over, and copying them.

use crate::common::{School, config, draft, group, ids, profile, specified, term, user_id};
use backend::{
    Backend,
    accounts::Admin,
    rooms::{self, OwnerRefusal},
    users::{self, CreateRefusal, Totals},
};
use domain::{
    EntryPermission, Problem, RoomId, RoomName, RoomState, RoomType, RoomsAsked, UsersAsked,
    room::Specified,
};

fn name(raw: &str) -> RoomName {
    RoomName::parse(raw).unwrap()
}

async fn member_count(school: &School, room: &RoomId) -> u32 {
    school.backend.rooms.reader(&school.admin, room).await.unwrap().room().clone().members
}

async fn members(school: &School, room: &RoomId) -> Vec<(String, EntryPermission)> {
    let page = school.backend.rooms.members(&school.reader(room).await, None).await.unwrap();
    page.rows.into_iter().map(|it| (it.user.user_id.to_string(), it.permission)).collect()
}

#[tokio::test]
async fn nobody_deletes_the_last_admin_themselves_or_nobody() {
    let school = School::open().await;
    let users = &school.backend.users;
    let nobody = users.delete(&school.admin, &user_id("S-404"), None).await;
    assert!(matches!(nobody, Err(users::DeleteRefusal::NotFound)));
    let last = users.delete(&school.admin, &user_id("A-hana"), None).await;
    assert!(matches!(last, Err(users::DeleteRefusal::LastAdmin)));
    let last = users.delete(&Admin::operator(), &user_id("A-hana"), None).await;
    assert!(matches!(last, Err(users::DeleteRefusal::LastAdmin)));
    school.other_admin("A-juno").await;
    let oneself = users.delete(&school.admin, &user_id("a-hana"), None).await;
    assert!(matches!(oneself, Err(users::DeleteRefusal::Oneself)));
    users.delete(&school.admin, &user_id("A-juno"), None).await.unwrap();
    assert!(users.find(&school.admin, &user_id("A-hana")).await.unwrap().is_some());
}

#[tokio::test]
async fn rooms_need_an_owner_who_exists_is_active_and_another() {
    let school = School::open().await;
    for id in ["T-1", "T-2", "T-3"] {
        school.user(id).await;
    }
    let (users, rooms) = (&school.backend.users, &school.backend.rooms);
    let room = school.room("Algebra", &["T-1", "T-2"]).await;
    rooms.hand_over(&school.owner(&room).await, &user_id("T-1")).await.unwrap();
    users.deactivate(&school.admin, &user_id("T-3")).await.unwrap();
    for (owner, expected) in [
        (None, Problem::RoomsNeedOwner),
        (Some("T-404"), Problem::NoSuchUser { user_id: "T-404".into() }),
        (Some("t-3"), Problem::DeactivatedUser { user_id: user_id("T-3") }),
        (Some("t-1"), Problem::StillTheSame),
    ] {
        let owner = owner.map(user_id);
        let refused = users.delete(&school.admin, &user_id("T-1"), owner.as_ref()).await;
        let Err(users::DeleteRefusal::Owner(problem)) = refused else { panic!("{refused:?}") };
        assert_eq!(problem, expected);
    }
    assert!(users.find(&school.admin, &user_id("T-1")).await.unwrap().is_some());
    users.delete(&school.admin, &user_id("T-1"), Some(&user_id("T-2"))).await.unwrap();
    let room = rooms.reader(&school.admin, &room).await.unwrap().room().clone();
    // The new owner is a member no more, and the former one is nothing.
    assert_eq!((room.owner.user_id.as_str(), room.members), ("T-2", 1));
    assert_eq!(members(&school, &room.id).await, [("A-hana".into(), EntryPermission::Host)]);
    let log = school.db_audit().await;
    let last = log[log.len() - 2..].to_vec();
    let handed = format!("room.owner A-hana T-2 {}", room.id);
    assert_eq!(last, [handed, "user.delete A-hana T-1 -".to_owned()]);
}

#[tokio::test]
async fn everything_that_counted_or_found_a_deleted_user_is_in_step() {
    let school = School::open().await;
    let users = &school.backend.users;
    school.user_with("S-1", |it| it.groups = vec![group("7B")]).await;
    school.user_with("S-2", |it| it.groups = vec![group("7B")]).await;
    school.user("S-3").await;
    users.deactivate(&school.admin, &user_id("S-3")).await.unwrap();
    let rooms =
        [school.room("Algebra", &["S-1", "S-2"]).await, school.room("Biology", &["S-1"]).await];
    let losses = users.losses(&school.admin, &user_id("s-1")).await.unwrap().unwrap();
    assert_eq!((losses.memberships.count, losses.owned.count, losses.groups), (2, 0, 1));
    assert_eq!(users.losses(&school.admin, &user_id("S-404")).await.unwrap(), None);

    users.delete(&school.admin, &user_id("s-1"), None).await.unwrap();
    users.delete(&school.admin, &user_id("S-3"), None).await.unwrap();
    let totals = users.totals(&school.admin).await.unwrap();
    assert_eq!(totals, Totals { users: 2, active: 2 });
    assert_eq!(users.find(&school.admin, &user_id("S-1")).await.unwrap(), None);
    for gone in ["s", "s-1", "-1"] {
        let found =
            users.search(&school.admin, &term(gone), &UsersAsked::default(), 20).await.unwrap();
        assert!(!ids(&found.rows).contains(&"S-1"), "{gone}");
    }
    let listed = users.list(&school.admin, &UsersAsked::default(), None).await.unwrap();
    assert_eq!(ids(&listed.rows), ["A-hana", "S-2"]);
    assert_eq!(member_count(&school, &rooms[0]).await, 1);
    assert_eq!(member_count(&school, &rooms[1]).await, 0);
    let groups = school.backend.groups.all_names(&school.admin, 9).await.unwrap();
    assert_eq!(groups[0].size, 1);
    let mut db = school.db().await;
    for left in ["user_parts", "members", "group_users", "sessions"] {
        let left = sqlx::AssertSqlSafe(format!(
            "SELECT 1 FROM {left} WHERE user_id NOT IN (SELECT id FROM users)"
        ));
        assert!(sqlx::query(left).fetch_all(&mut db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_deleted_users_sessions_end_at_once() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let secret = school.sign_in("A-juno").await;
    let juno = school.session(&secret).await.unwrap().admin().unwrap();
    school.backend.users.delete(&school.admin, &user_id("A-juno"), None).await.unwrap();
    assert!(school.session(&secret).await.is_none());
    let late = school.backend.users.create(&juno, &user_id("S-1"), &profile("x"), None).await;
    let Err(CreateRefusal::Internal(error)) = late else { panic!("{late:?}") };
    assert_eq!(error.kind(), backend::InternalKind::Revoked);
}

#[tokio::test]
async fn a_user_id_is_never_given_again() {
    let school = School::open().await;
    let users = &school.backend.users;
    school.user("S-Kim").await;
    users.delete(&school.admin, &user_id("s-kim"), None).await.unwrap();
    for id in ["S-Kim", "s-KIM"] {
        let again = users.create(&school.admin, &user_id(id), &profile("Kim"), None).await;
        let Err(CreateRefusal::Taken { by, nickname }) = again else { panic!("{again:?}") };
        assert_eq!((by.as_str(), nickname), ("S-Kim", None));
        let taken = users.taken(&school.admin, &user_id(id)).await.unwrap().unwrap();
        assert_eq!((taken.by.as_str(), taken.nickname), ("S-Kim", None));
    }
    let accounts = &school.backend.accounts;
    let new = crate::common::new_admin("S-KIM");
    assert!(accounts.create_admin(&school.admin, &new).await.is_err());
    assert_eq!(users.totals(&school.admin).await.unwrap().users, 1);
    // Nor after everything was closed and opened again.
    let folder = school.close().await;
    let again = Backend::open(config(&folder)).await.unwrap();
    let (operator, id) = (Admin::operator(), user_id("S-Kim"));
    let taken = again.users.create(&operator, &id, &profile("Kim"), None).await;
    assert!(matches!(taken, Err(CreateRefusal::Taken { .. })));
}

#[tokio::test]
async fn deleting_can_be_sent_twice() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.owner(&school.room("Algebra", &[]).await).await;
    for _ in 0..2 {
        school.backend.users.delete(&school.admin, &user_id("S-1"), None).await.unwrap();
        school.backend.rooms.delete(&room, |_| true).await.unwrap();
    }
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.contains(".delete")).count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_delete_one_user_at_once_one_does() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let attempts = [(); 2].map(|()| {
        let (backend, admin) = (school.backend.clone(), school.admin.clone());
        tokio::spawn(async move { backend.users.delete(&admin, &user_id("S-1"), None).await })
    });
    for attempt in attempts {
        attempt.await.unwrap().unwrap();
    }
    let totals = school.backend.users.totals(&school.admin).await.unwrap();
    assert_eq!(totals, Totals { users: 1, active: 1 });
    assert_eq!(member_count(&school, &room).await, 0);
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("user.delete")).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_admins_who_delete_each_other_leave_one() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let secret = school.sign_in("A-juno").await;
    let juno = school.session(&secret).await.unwrap().admin().unwrap();
    let (one, other, hana) = (school.backend.clone(), school.backend.clone(), school.admin.clone());
    let first =
        tokio::spawn(async move { one.users.delete(&hana, &user_id("A-juno"), None).await });
    let second =
        tokio::spawn(async move { other.users.delete(&juno, &user_id("A-hana"), None).await });
    assert!(first.await.unwrap().is_ok() ^ second.await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_made_while_its_member_is_deleted_has_them_or_refuses_them() {
    let school = School::open().await;
    for number in 0..20 {
        school.user(&format!("S-{number}")).await;
    }
    for number in 0..20 {
        let id = format!("S-{number}");
        let (one, other) = (school.backend.clone(), school.backend.clone());
        let (admin, also) = (school.admin.clone(), school.admin.clone());
        let (gone, wanted) = (user_id(&id), id.clone());
        let deleted = tokio::spawn(async move { one.users.delete(&admin, &gone, None).await });
        let made = tokio::spawn(async move {
            let draft = draft("Algebra", RoomType::Private, &[&wanted]);
            other.rooms.create(&also, &draft).await
        });
        deleted.await.unwrap().unwrap();
        match made.await.unwrap() {
            Ok(room) => assert_eq!(member_count(&school, &room).await, 0),
            Err(rooms::MembersRefusal::Members(problem)) => {
                assert_eq!(problem, Problem::UnknownUsers(vec![id]));
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_room_is_handed_over_only_to_active_users() {
    let school = School::open().await;
    school.user("T-1").await;
    let rooms = &school.backend.rooms;
    let room = school.room("Algebra", &[]).await;
    school.backend.users.deactivate(&school.admin, &user_id("T-1")).await.unwrap();
    for (to, expected) in [
        ("T-404", Problem::NoSuchUser { user_id: "T-404".into() }),
        ("T-1", Problem::DeactivatedUser { user_id: user_id("T-1") }),
    ] {
        let refused = rooms.hand_over(&school.owner(&room).await, &user_id(to)).await;
        let Err(OwnerRefusal::Owner(problem)) = refused else { panic!("{refused:?}") };
        assert_eq!(problem, expected);
    }
    let kept = rooms.reader(&school.admin, &room).await.unwrap().room().clone();
    assert_eq!((kept.owner.user_id.as_str(), kept.members), ("A-hana", 0));
}

#[tokio::test]
async fn the_former_owner_becomes_a_host_and_the_new_one_no_member() {
    let school = School::open().await;
    for id in ["T-1", "S-1"] {
        school.user(id).await;
    }
    let rooms = &school.backend.rooms;
    let room = school.room("Algebra", &["T-1", "S-1"]).await;
    for _ in 0..2 {
        let after = rooms.hand_over(&school.owner(&room).await, &user_id("t-1")).await.unwrap();
        assert_eq!((after.owner.user_id.as_str(), after.members), ("T-1", 2));
    }
    assert_eq!(
        members(&school, &room).await,
        [("A-hana".into(), EntryPermission::Host), ("S-1".into(), EntryPermission::Guest)]
    );
    let back = rooms.hand_over(&school.owner(&room).await, &user_id("A-hana")).await.unwrap();
    assert_eq!(back.members, 2);
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("room.owner")).count(), 2);
}

#[tokio::test]
async fn a_room_is_deleted_only_by_its_name() {
    let school = School::open().await;
    school.user("S-1").await;
    let rooms = &school.backend.rooms;
    let room = school.room("Algebra", &["S-1"]).await;
    let refused = rooms.delete(&school.owner(&room).await, |it| *it == name("Biology")).await;
    let Err(rooms::DeleteRefusal::OtherName(is)) = refused else { panic!("{refused:?}") };
    assert_eq!(is, name("Algebra"));
    assert_eq!(rooms.total(&school.admin).await.unwrap(), 1);

    rooms.delete(&school.owner(&room).await, |it| *it == name("Algebra")).await.unwrap();
    assert_eq!(rooms.total(&school.admin).await.unwrap(), 0);
    assert_eq!(rooms.reader(&school.admin, &room).await.ok().map(|it| it.room().clone()), None);
    assert!(rooms.list(&school.admin, &RoomsAsked::default(), None).await.unwrap().rows.is_empty());
    for gone in ["a", "algebra", "geb"] {
        let found =
            rooms.search(&school.admin, &term(gone), &RoomsAsked::default(), 20).await.unwrap();
        assert!(found.rows.is_empty(), "{gone}");
    }
    let left = school.backend.rooms.of_user(&school.admin, &user_id("S-1"), None).await.unwrap();
    assert!(left.unwrap().rows.is_empty());
    let log = school.db_audit().await;
    assert_eq!(log.last().unwrap(), &format!("room.delete A-hana - {room}"));
}

#[tokio::test]
async fn a_copy_has_the_same_owner_type_members_and_permissions() {
    let school = School::open().await;
    for id in ["T-1", "S-1"] {
        school.user(id).await;
    }
    let rooms = &school.backend.rooms;
    let room = school.room("Algebra", &["T-1"]).await;
    let host = Specified { permission: Some(EntryPermission::Host), ..specified("S-1") };
    rooms.add_members(&school.owner(&room).await, &[host]).await.unwrap();
    rooms.hand_over(&school.owner(&room).await, &user_id("T-1")).await.unwrap();
    rooms.end(&school.owner(&room).await).await.unwrap();
    let copy = rooms.duplicate(&school.owner(&room).await, &name("Copy of Algebra")).await.unwrap();
    assert_ne!(copy.id, room);
    assert_eq!((copy.name.as_str(), copy.state), ("Copy of Algebra", RoomState::Open));
    assert_eq!((copy.owner.user_id.as_str(), copy.members), ("T-1", 2));
    assert_eq!(members(&school, &copy.id).await, members(&school, &room).await);
    assert_eq!(rooms.total(&school.admin).await.unwrap(), 2);
    let found =
        rooms.search(&school.admin, &term("copy"), &RoomsAsked::default(), 20).await.unwrap();
    assert_eq!(found.rows.len(), 1);
}
