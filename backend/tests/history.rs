//! What the pages of users and rooms tell of what was done.

use crate::common::{School, group, profile, specified, user_id};
use backend::users::ImageChange;
use domain::{
    EntryPermission, Nickname, RoomId, RoomName,
    history::{Deed, UserChange},
};

#[tokio::test]
async fn a_users_history_tells_what_was_done_to_them_newest_first() {
    let school = School::open().await;
    school.user("S-1").await;
    school.user("S-2").await;
    let (backend, admin) = (&school.backend, &school.admin);
    let user = user_id("S-1");
    backend.users.edit(admin, &user, &profile("Mina"), ImageChange::Keep, None).await.unwrap();
    backend.users.deactivate(admin, &user).await.unwrap();
    let history = backend.history.of_user(admin, &user_id("s-1"), None).await.unwrap();
    let name = |raw: &str| Nickname::parse(raw).unwrap();
    let changes = vec![UserChange::Nickname(name("S-1"), name("Mina"))];
    let deeds: Vec<_> = history.rows.iter().map(|it| it.deed.clone()).collect();
    assert_eq!(deeds, [Deed::UserDeactivated, Deed::UserEdited(changes), Deed::UserCreated]);
    let event = &history.rows[0];
    let (actor, user) = (event.actor.as_ref().unwrap(), event.user.as_ref().unwrap());
    assert_eq!((actor.user_id.as_str(), user.nickname.clone()), ("A-hana", Some(name("Mina"))));
    assert_eq!(event.at.micros(), 1_800_000_000_000_000);
    assert_eq!(history.older_than, None);
}

#[tokio::test]
async fn a_rooms_history_names_members_and_outlives_them() {
    let school = School::open().await;
    school.user("S-1").await;
    let (backend, admin) = (&school.backend, &school.admin);
    let room = school.room("Algebra", &[]).await;
    let user = user_id("S-1");
    backend
        .rooms
        .add_members(&backend.rooms.owner(admin, &room).await.unwrap(), &[specified("s-1")])
        .await
        .unwrap();
    let permission = EntryPermission::Host;
    backend
        .rooms
        .set_permission(&backend.rooms.owner(admin, &room).await.unwrap(), &user, permission)
        .await
        .unwrap();
    let of_user = backend.history.of_user(admin, &user, None).await.unwrap();
    let there = of_user.rows[0].room.as_ref().unwrap();
    assert_eq!(there.name, Some(RoomName::parse("Algebra").unwrap()));
    assert_eq!(of_user.rows.len(), 3);
    backend.users.delete(admin, &user, None).await.unwrap();
    let history = backend
        .history
        .of_room(&backend.rooms.reader(admin, &room).await.unwrap(), None)
        .await
        .unwrap();
    let before = EntryPermission::Guest;
    let deeds: Vec<_> = history.rows.iter().map(|it| it.deed.clone()).collect();
    let changed = Deed::PermissionChanged { before, after: permission };
    assert_eq!(deeds, [changed, Deed::MembersAdded(1), Deed::RoomCreated]);
    let named = history.rows[0].user.as_ref().unwrap();
    assert_eq!((named.user_id.as_str(), &named.nickname), ("S-1", &None));
    let of_gone = backend.history.of_user(admin, &user, None).await.unwrap();
    assert_eq!(of_gone.rows[0].deed, Deed::UserDeleted);
}

#[tokio::test]
async fn a_users_history_tells_what_became_of_their_groups() {
    let school = School::open().await;
    school.user("S-1").await;
    let (groups, admin, user) = (&school.backend.groups, &school.admin, user_id("S-1"));
    let (b, c) = (group("7B"), group("7C"));
    groups.create(admin, &b).await.unwrap();
    groups.create(admin, &c).await.unwrap();
    groups.add_users(admin, &b, &[&user]).await.unwrap();
    groups.merge(admin, &b, &c).await.unwrap();
    groups.remove_user(admin, &c, &user).await.unwrap();
    groups.put_back(admin, &c, &user).await.unwrap();
    groups.delete(admin, &c).await.unwrap();
    let history = school.backend.history.of_user(admin, &user, None).await.unwrap();
    let deeds: Vec<_> = history.rows.into_iter().map(|it| it.deed).collect();
    let expected = [
        Deed::GroupDeleted(c.clone()),
        Deed::GroupJoined(c.clone()),
        Deed::GroupLeft(c.clone()),
        Deed::GroupMerged { group: b.clone(), into: c },
        Deed::GroupJoined(b),
        Deed::UserCreated,
    ];
    assert_eq!(deeds, expected);
}

#[tokio::test]
async fn pages_give_every_event_and_every_room_once() {
    let school = School::open().await;
    school.user("S-1").await;
    let (backend, admin) = (&school.backend, &school.admin);
    let mut rooms: Vec<RoomId> = Vec::new();
    for number in 0..45 {
        let members = if number % 3 == 0 { &["S-1"][..] } else { &[] };
        rooms.push(school.room(&format!("Room {number}"), members).await);
    }
    let page = async |older_than| {
        backend.rooms.of_user(admin, &user_id("A-hana"), older_than).await.unwrap().unwrap()
    };
    let first = page(None).await;
    let second = page(first.older_than).await;
    let third = page(second.older_than).await;
    assert_eq!([&first, &second, &third].map(|it| it.rows.len()), [20, 20, 5]);
    assert_eq!(third.older_than, None);
    let all = [first, second, third].into_iter().flat_map(|it| it.rows);
    let seen: Vec<_> = all.map(|it| (it.room.id, it.owner, it.permission)).collect();
    rooms.reverse();
    let host = EntryPermission::Host;
    let expected: Vec<_> = rooms.iter().map(|it| (it.clone(), true, host)).collect();
    assert_eq!(seen, expected);
    let as_member = backend.rooms.of_user(admin, &user_id("s-1"), None).await.unwrap().unwrap();
    assert_eq!(as_member.rows.len(), 15);
    assert!(as_member.rows.iter().all(|it| !it.owner));
    assert_eq!(as_member.rows[0].permission, EntryPermission::Guest);
    let nobody = backend.rooms.of_user(admin, &user_id("S-404"), None).await.unwrap();
    assert_eq!(nobody, None);

    let room = &rooms[0];
    for _ in 0..11 {
        backend.rooms.end(&backend.rooms.owner(admin, room).await.unwrap()).await.unwrap();
        backend.rooms.reopen(&backend.rooms.owner(admin, room).await.unwrap()).await.unwrap();
    }
    let first = backend
        .history
        .of_room(&backend.rooms.reader(admin, room).await.unwrap(), None)
        .await
        .unwrap();
    let second = backend
        .history
        .of_room(&backend.rooms.reader(admin, room).await.unwrap(), first.older_than)
        .await
        .unwrap();
    assert_eq!((first.rows.len(), second.rows.len()), (20, 3));
    assert_eq!(second.rows[2].deed, Deed::RoomCreated);
    assert_eq!(second.older_than, None);
}
