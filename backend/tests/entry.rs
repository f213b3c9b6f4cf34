//! Whether a user may enter a room, as the console asks it. The rule itself is tested in `domain`.

use crate::common::{School, draft, user_id};
use domain::{
    EntryPermission, RoomId, RoomType,
    entry::{Admission, Ground, Refusal},
};

async fn ask(school: &School, room: &RoomId, user: &str) -> Option<Result<Admission, Refusal>> {
    school.backend.entry.can_enter(&school.reader(room).await, &user_id(user)).await.unwrap()
}

const fn as_what(permission: EntryPermission, ground: Ground) -> Admission {
    Admission { permission, ground }
}

#[tokio::test]
async fn specified_users_owners_and_admins_may_enter_and_others_may_not() {
    let school = School::open().await;
    for id in ["S-1", "S-2"] {
        school.user(id).await;
    }
    school.other_admin("A-juno").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let guest = Some(Ok(as_what(EntryPermission::Guest, Ground::Member)));
    assert_eq!(ask(&school, &room, "s-1").await, guest);
    assert_eq!(ask(&school, &room, "S-2").await, Some(Err(Refusal::NotSpecified)));
    let owner = Some(Ok(as_what(EntryPermission::Host, Ground::Owner)));
    assert_eq!(ask(&school, &room, "A-hana").await, owner);
    let monitoring = Some(Ok(as_what(EntryPermission::Monitoring, Ground::Admin)));
    assert_eq!(ask(&school, &room, "A-juno").await, monitoring);
    assert_eq!(ask(&school, &room, "S-404").await, None);
}

#[tokio::test]
async fn a_removed_member_is_no_longer_admitted() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let rooms = &school.backend.rooms;
    let (kim, host) = (user_id("S-1"), EntryPermission::Host);
    rooms.set_permission(&school.owner(&room).await, &kim, host).await.unwrap();
    assert_eq!(ask(&school, &room, "S-1").await, Some(Ok(as_what(host, Ground::Member))));
    rooms.remove_member(&school.owner(&room).await, &kim).await.unwrap();
    assert_eq!(ask(&school, &room, "S-1").await, Some(Err(Refusal::NotSpecified)));
}

#[tokio::test]
async fn ended_rooms_and_deactivated_users_are_refused_until_it_is_undone() {
    let school = School::open().await;
    school.user("S-1").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let backend = &school.backend;
    backend.users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(ask(&school, &room, "S-1").await, Some(Err(Refusal::Deactivated)));
    backend.rooms.end(&school.owner(&room).await).await.unwrap();
    assert_eq!(ask(&school, &room, "S-1").await, Some(Err(Refusal::RoomEnded)));
    backend.users.reactivate(&school.admin, &user_id("S-1")).await.unwrap();
    backend.rooms.reopen(&school.owner(&room).await).await.unwrap();
    assert!(ask(&school, &room, "S-1").await.unwrap().is_ok());
}

#[tokio::test]
async fn rooms_for_all_users_go_by_the_default_permission() {
    let school = School::open().await;
    school.user_with("T-1", |it| it.permission = EntryPermission::Host).await;
    let plan = draft("Hall", RoomType::Public, &[]);
    let room = school.backend.rooms.create(&school.admin, &plan).await.unwrap();
    let host = Some(Ok(as_what(EntryPermission::Host, Ground::AllUsers)));
    assert_eq!(ask(&school, &room, "T-1").await, host);
}
