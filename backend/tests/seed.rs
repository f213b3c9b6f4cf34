//! Seeding: the same school every time, with everything in it that is kept in step elsewhere.

use std::collections::HashSet;

use backend::{
    Backend,
    accounts::Admin,
    clock::{Clock, SystemClock},
    seed::{Plan, SeedRefusal, seed},
};
use domain::{
    RoomsAsked, Timestamp, UserStatus, UserSummary, UsersAsked, image::ImageSize, room::RoomSummary,
};
use sqlx::{AnyConnection, Connection, Row};
use tempfile::TempDir;

use crate::common::{config, ids, profile, term, user_id};

const PLAN: Plan = Plan { users: 130, rooms: 40 };

async fn seeded(plan: Plan) -> (Backend, TempDir) {
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    seed(&backend, plan, |_| {}).await.unwrap();
    (backend, folder)
}

async fn all_users(backend: &Backend) -> Vec<UserSummary> {
    let mut users = Vec::new();
    let mut cursor = None;
    loop {
        let page = backend
            .users
            .list(&Admin::operator(), &UsersAsked::default(), cursor.as_ref())
            .await
            .unwrap();
        users.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return users,
        }
    }
}

async fn all_rooms(backend: &Backend) -> Vec<RoomSummary> {
    let mut rooms = Vec::new();
    let mut cursor = None;
    loop {
        let page = backend
            .rooms
            .list(&Admin::operator(), &RoomsAsked::default(), cursor.as_ref())
            .await
            .unwrap();
        rooms.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return rooms,
        }
    }
}

async fn db_count(folder: &TempDir, question: &'static str) -> i64 {
    sqlx::any::install_default_drivers();
    let file = folder.path().join("rollcall.db");
    let mut db = AnyConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(question).fetch_one(&mut db).await.unwrap().get(0)
}

#[tokio::test]
async fn the_same_plan_makes_the_same_school() {
    let (first, _first) = seeded(PLAN).await;
    let (second, _second) = seeded(PLAN).await;
    assert_eq!(all_users(&first).await, all_users(&second).await);
    assert_eq!(all_rooms(&first).await, all_rooms(&second).await);
}

#[tokio::test]
async fn totals_and_sizes_are_what_a_count_says() {
    let (backend, folder) = seeded(PLAN).await;
    let admin = Admin::operator();
    let users = all_users(&backend).await;
    let active = users.iter().filter(|it| it.status == UserStatus::Active).count();
    let totals = backend.users.totals(&admin).await.unwrap();
    assert_eq!((totals.users, totals.active), (130, u64::try_from(active).unwrap()));
    assert!(active < users.len());
    assert_eq!(backend.rooms.total(&admin).await.unwrap(), 40);
    assert_eq!(all_rooms(&backend).await.len(), 40);
    let groups = db_count(&folder, "SELECT count(*) FROM groups").await;
    assert_eq!(backend.groups.total(&admin).await.unwrap(), u64::try_from(groups).unwrap());
    let wrong_sizes = "SELECT count(*) FROM groups WHERE size <> \
        (SELECT count(*) FROM group_users WHERE group_id = groups.id)";
    let wrong_rooms = "SELECT count(*) FROM rooms WHERE members <> \
        (SELECT count(*) FROM members WHERE room_id = rooms.id)";
    let wrong_members = "SELECT count(*) FROM members m JOIN users u ON u.id = m.user_id \
        WHERE m.nickname_key <> u.nickname_key OR m.user_id = \
        (SELECT owner FROM rooms WHERE id = m.room_id)";
    let wrong_groups = "SELECT count(*) FROM group_users gu JOIN users u ON u.id = gu.user_id \
        WHERE (gu.nickname_key, gu.user_id_key, gu.permission, gu.role, gu.status) \
        <> (u.nickname_key, u.user_id_key, u.permission, u.role, u.status)";
    for question in [wrong_sizes, wrong_rooms, wrong_members, wrong_groups] {
        assert_eq!(db_count(&folder, question).await, 0, "{question}");
    }
    let seedings = "SELECT count(*) FROM audit WHERE action = 'seed' AND actor IS NULL";
    assert_eq!(db_count(&folder, seedings).await, 1);
    assert!(db_count(&folder, "SELECT count(*) FROM members").await > 100);
}

#[tokio::test]
async fn seeded_people_groups_and_rooms_are_found() {
    let (backend, _folder) = seeded(PLAN).await;
    let admin = Admin::operator();
    let found =
        backend.users.search(&admin, &term("s-000001"), &UsersAsked::default(), 20).await.unwrap();
    assert_eq!(ids(&found.rows), ["S-000001"]);
    let someone = &all_users(&backend).await[70];
    for raw in [someone.user_id.as_str(), someone.nickname.as_str()] {
        let found =
            backend.users.search(&admin, &term(raw), &UsersAsked::default(), 50).await.unwrap();
        assert!(found.rows.contains(someone), "{raw}");
    }
    // Any part: the middle of a User ID.
    let found =
        backend.users.search(&admin, &term("00009"), &UsersAsked::default(), 50).await.unwrap();
    assert!(ids(&found.rows).contains(&"S-000098"));
    let class = backend.groups.search(&admin, &term("2a 2026"), 5).await.unwrap();
    assert_eq!(class.rows[0].size, 28);
    let members = backend.picker.group(&admin, &class.rows[0].name).await.unwrap().rows;
    assert_eq!(members.len(), 28);
    let room = &all_rooms(&backend).await[7];
    let found = backend
        .rooms
        .search(&admin, &term(room.name.as_str()), &RoomsAsked::default(), 50)
        .await
        .unwrap();
    assert!(found.rows.contains(room));
}

#[tokio::test]
async fn the_first_people_have_portraits_of_their_own() {
    let (backend, _folder) = seeded(PLAN).await;
    let users = all_users(&backend).await;
    let images: Vec<_> = users.iter().filter_map(|it| it.image.as_ref()).collect();
    assert_eq!(images.len(), 130);
    assert_eq!(images.iter().collect::<HashSet<_>>().len(), 130);
    for size in ImageSize::ALL {
        let file = backend.images.read(images[0], size).await.unwrap().unwrap();
        assert_eq!(image::load_from_memory(&file).unwrap().width(), size.side());
    }
    assert_eq!(backend.images.sweep().await.unwrap(), 0);
}

#[tokio::test]
async fn a_school_is_added_to_what_is_there() {
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    let admin = Admin::operator();
    let id = user_id("kim");
    backend.users.create(&admin, &id, &profile("Kim"), None).await.unwrap();
    seed(&backend, Plan { users: 50, rooms: 2 }, |_| {}).await.unwrap();
    assert_eq!(backend.users.totals(&admin).await.unwrap().users, 51);
    let found =
        backend.users.search(&admin, &term("kim"), &UsersAsked::default(), 1).await.unwrap();
    assert_eq!(ids(&found.rows), ["kim"]);
    // Later changes are filed as ever.
    backend.users.create(&admin, &user_id("lee"), &profile("Zzyzx"), None).await.unwrap();
    let found =
        backend.users.search(&admin, &term("zyz"), &UsersAsked::default(), 5).await.unwrap();
    assert_eq!(ids(&found.rows), ["lee"]);
}

#[tokio::test]
async fn a_school_is_made_only_once() {
    let (backend, _folder) = seeded(Plan { users: 30, rooms: 1 }).await;
    let again = seed(&backend, Plan { users: 30, rooms: 1 }, |_| {}).await;
    assert!(matches!(again, Err(SeedRefusal::GroupExists(_))), "{again:?}");
    let admin = Admin::operator();
    assert_eq!(backend.users.totals(&admin).await.unwrap().users, 30);
    assert_eq!(backend.rooms.total(&admin).await.unwrap(), 1);
}

#[tokio::test]
async fn a_taken_user_id_undoes_everything() {
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    let admin = Admin::operator();
    let id = user_id("s-000040");
    backend.users.create(&admin, &id, &profile("Kim"), None).await.unwrap();
    let refusal = seed(&backend, Plan { users: 100, rooms: 1 }, |_| {}).await.unwrap_err();
    assert_eq!(refusal.to_string().lines().count(), 1);
    assert!(matches!(refusal, SeedRefusal::UserExists(taken) if taken == id));
    assert_eq!(backend.users.totals(&admin).await.unwrap().users, 1);
    assert_eq!(db_count(&folder, "SELECT count(*) FROM groups").await, 0);
    assert_eq!(db_count(&folder, "SELECT count(*) FROM user_parts WHERE place = 0").await, 3);
}

#[tokio::test]
async fn rooms_alone_belong_to_nobody() {
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    let refusal = seed(&backend, Plan { users: 0, rooms: 1 }, |_| {}).await;
    assert!(matches!(refusal, Err(SeedRefusal::NobodyToOwnRooms)));
}

#[tokio::test]
async fn it_tells_how_far_it_is() {
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    let mut told = Vec::new();
    seed(&backend, Plan { users: 40, rooms: 3 }, |it| told.push(it.to_owned())).await.unwrap();
    assert!(told.contains(&"40 of 40 users".to_owned()), "{told:?}");
    assert!(told.contains(&"3 of 3 rooms".to_owned()), "{told:?}");
}

/// Run with `--ignored --nocapture` to see how long a large school takes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn what_a_million_users_cost() {
    let folder = TempDir::new().unwrap();
    let backend = Backend::open(config(&folder)).await.unwrap();
    let begin = SystemClock.now();
    let tell = |it: &str| println!("{:>6} ms {it}", micros_since(begin) / 1000);
    seed(&backend, Plan { users: 1_000_000, rooms: 10_000 }, tell).await.unwrap();
    let file = folder.path().join("rollcall.db");
    println!("{} bytes", file.metadata().unwrap().len());
    for raw in ["kim", "s-0", "a", "지", "500", "zzzz", "okafor", "S-012345"] {
        let begin = SystemClock.now();
        let found = backend
            .users
            .search(&Admin::operator(), &term(raw), &UsersAsked::default(), 20)
            .await
            .unwrap();
        println!("{raw}: {} in {} µs", found.rows.len(), micros_since(begin));
    }
}

fn micros_since(before: Timestamp) -> i64 {
    SystemClock.now().micros() - before.micros()
}
