//! What Teachers may do: with their own rooms everything, with others nothing, with the directory little.

use backend::{
    Backend, InternalKind,
    accounts::Staff,
    picker::PickerRefusal,
    rooms::{AccessRefusal, EditRefusal, RoomRefusal},
};
use domain::{ConsoleRole, EntryPermission, Page, RoomId, RoomOrder, RoomType, RoomsAsked, UserId};

use crate::common::{School, draft, group, ids, term, user_id};

async fn staff(school: &School, id: &str) -> Staff {
    let secret = school.sign_in(id).await;
    school.session(&secret).await.unwrap().staff()
}

/// A Teacher who is signed in.
async fn teacher(school: &School, id: &str) -> Staff {
    school.user_with(id, |it| it.role = ConsoleRole::Teacher).await;
    school.give_password(id).await;
    staff(school, id).await
}

async fn make(school: &School, staff: &Staff, name: &str, members: &[&str]) -> RoomId {
    let draft = draft(name, RoomType::Private, members);
    school.backend.rooms.create(staff, &draft).await.unwrap()
}

async fn listed(backend: &Backend, staff: &Staff, asked: &RoomsAsked) -> Vec<String> {
    let page = backend.rooms.list(staff, asked, None).await.unwrap();
    page.rows.into_iter().map(|it| it.name.to_string()).collect()
}

#[tokio::test]
async fn a_teacher_owns_what_they_make_and_changes_it() {
    let school = School::open().await;
    school.user("S-1").await;
    let kim = teacher(&school, "T-kim").await;
    let rooms = &school.backend.rooms;
    let room = make(&school, &kim, "Algebra", &["S-1"]).await;
    let owner = rooms.owner(&kim, &room).await.unwrap();
    assert_eq!(owner.reader().room().owner.user_id, user_id("T-kim"));
    rooms.edit(&owner, &draft("Algebra II", RoomType::Private, &[]), None).await.unwrap();
    rooms.end(&owner).await.unwrap();
    rooms.remove_member(&owner, &user_id("S-1")).await.unwrap();
    let log = school.db_audit().await;
    let by_kim = log.iter().filter(|it| it.split(' ').nth(1) == Some("T-kim"));
    let by_kim: Vec<_> = by_kim.map(|it| it.split(' ').next().unwrap()).collect();
    let expected =
        ["authn_login_success", "room.create", "room.edit", "room.end", "room.members.remove"];
    assert_eq!(by_kim, expected);
}

#[tokio::test]
async fn another_teachers_room_is_as_one_that_never_was_and_asking_is_noted() {
    let school = School::open().await;
    let (kim, lee) = (teacher(&school, "T-kim").await, teacher(&school, "T-lee").await);
    let room = make(&school, &kim, "Algebra", &[]).await;
    let rooms = &school.backend.rooms;
    for id in [&room, &RoomId::from_bits(7)] {
        assert!(matches!(rooms.reader(&lee, id).await, Err(AccessRefusal::NotFound)));
        assert!(matches!(rooms.owner(&lee, id).await, Err(AccessRefusal::NotFound)));
    }
    let log = school.db_audit().await;
    let refused: Vec<_> = log.iter().filter(|it| it.starts_with("authz_fail")).collect();
    assert_eq!(refused, [&format!("authz_fail T-lee - {room}"); 2]);
    assert!(listed(&school.backend, &lee, &RoomsAsked::default()).await.is_empty());
    assert_eq!(rooms.total(&lee).await.unwrap(), 0);
    let all = RoomsAsked::default();
    assert!(rooms.search(&lee, &term("algebra"), &all, 20).await.unwrap().rows.is_empty());
}

#[tokio::test]
async fn a_host_sees_the_room_and_changes_nothing() {
    let school = School::open().await;
    let (kim, lee) = (teacher(&school, "T-kim").await, teacher(&school, "T-lee").await);
    let room = make(&school, &kim, "Algebra", &["T-lee"]).await;
    let rooms = &school.backend.rooms;
    let owner = rooms.owner(&kim, &room).await.unwrap();
    for (permission, sees) in [
        (EntryPermission::Guest, false),
        (EntryPermission::Monitoring, false),
        (EntryPermission::Host, true),
    ] {
        rooms.set_permission(&owner, &user_id("T-lee"), permission).await.unwrap();
        let seen = rooms.reader(&lee, &room).await;
        assert_eq!(seen.is_ok(), sees, "{permission:?}");
        let names = listed(&school.backend, &lee, &RoomsAsked::default()).await;
        assert_eq!(names.len(), usize::from(sees), "{permission:?}");
    }
    assert!(matches!(rooms.owner(&lee, &room).await, Err(AccessRefusal::Forbidden)));
    let reader = rooms.reader(&lee, &room).await.unwrap();
    assert_eq!(rooms.members(&reader, None).await.unwrap().rows.len(), 1);
    rooms.remove_member(&owner, &user_id("T-lee")).await.unwrap();
    assert!(matches!(rooms.reader(&lee, &room).await, Err(AccessRefusal::NotFound)));
}

#[tokio::test]
async fn a_room_or_role_that_is_lost_meanwhile_is_changed_no_more() {
    let school = School::open().await;
    let (kim, _) = (teacher(&school, "T-kim").await, teacher(&school, "T-lee").await);
    let room = make(&school, &kim, "Algebra", &[]).await;
    let rooms = &school.backend.rooms;
    let owner = rooms.owner(&kim, &room).await.unwrap();
    rooms.hand_over(&school.owner(&room).await, &user_id("T-lee")).await.unwrap();
    let late = rooms.end(&owner).await;
    let Err(RoomRefusal::Internal(error)) = late else { panic!("{late:?}") };
    assert_eq!(error.kind(), InternalKind::Revoked);

    let own = make(&school, &kim, "Biology", &[]).await;
    let owner = rooms.owner(&kim, &own).await.unwrap();
    school.backend.users.deactivate(&school.admin, &user_id("T-kim")).await.unwrap();
    let late = rooms.edit(&owner, &draft("x", RoomType::Private, &[]), None).await;
    let Err(EditRefusal::Room(RoomRefusal::Internal(error))) = late else { panic!("{late:?}") };
    assert_eq!(error.kind(), InternalKind::Revoked);
    assert!(rooms.create(&kim, &draft("x", RoomType::Private, &[])).await.is_err());
}

#[tokio::test]
async fn pages_give_every_room_of_a_teacher_once_in_both_directions() {
    let school = School::open().await;
    let (kim, lee) = (teacher(&school, "T-kim").await, teacher(&school, "T-lee").await);
    for number in 0..70 {
        make(&school, &kim, &format!("Room {:02}", 69 - number), &[]).await;
    }
    for number in 0..50 {
        let room = make(&school, &lee, &format!("Room {number:02}b"), &["T-kim"]).await;
        let owner = school.owner(&room).await;
        let host = EntryPermission::Host;
        school.backend.rooms.set_permission(&owner, &user_id("T-kim"), host).await.unwrap();
    }
    let rooms = &school.backend.rooms;
    assert_eq!(rooms.total(&kim).await.unwrap(), 120);
    for order in RoomOrder::ALL {
        let asked = RoomsAsked { order, ..RoomsAsked::default() };
        let page = async |cursor: Option<_>| -> Page<_> {
            rooms.list(&kim, &asked, cursor.as_ref()).await.unwrap()
        };
        let mut pages = vec![page(None).await];
        while let Some(next) = pages.last().unwrap().next.clone() {
            pages.push(page(Some(next)).await);
        }
        assert_eq!(pages.iter().map(|it| it.rows.len()).collect::<Vec<_>>(), [50, 50, 20]);
        let all: Vec<_> = pages.iter().flat_map(|it| it.rows.clone()).collect();
        let mut ids: Vec<_> = all.iter().map(|it| it.id.to_string()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 120);
        if order == RoomOrder::Name {
            assert!(all.is_sorted_by_key(|it| it.name.to_string()));
        }
        let back = page(pages[2].previous.clone()).await;
        assert_eq!(back.rows, pages[1].rows);
        let first = page(back.previous).await;
        assert_eq!((first.rows, first.previous), (pages[0].rows.clone(), None));
    }
    let found = rooms.search(&kim, &term("07"), &RoomsAsked::default(), 20).await.unwrap();
    assert_eq!(found.rows.len(), 2);
}

#[tokio::test]
async fn a_teacher_picks_whoever_is_active_and_sees_others_by_their_exact_user_id() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    for id in ["S-1", "S-2", "S-22"] {
        school.user_with(id, |it| it.groups = vec![group("7B")]).await;
    }
    school.backend.users.deactivate(&school.admin, &user_id("S-2")).await.unwrap();
    let picker = &school.backend.picker;
    let found = async |proof: &Staff, raw: &str| {
        let found = picker.users(proof, Some(&term(raw))).await.unwrap();
        ids(&found.rows).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(&kim, "s-").await, ["S-1", "S-22"]);
    assert_eq!(found(&kim, "s-2").await, ["S-2", "S-22"]);
    let first = picker.users(&kim, None).await.unwrap();
    assert_eq!(ids(&first.rows), ["A-hana", "S-1", "S-22", "T-kim"]);
    let group = picker.group(&kim, &group("7B")).await.unwrap();
    assert_eq!(ids(&group.rows), ["S-1", "S-22"]);
    let named = picker.named(&kim, &[user_id("s-2")]).await.unwrap();
    assert_eq!(ids(&named), ["S-2"]);
    let all = picker.users(&school.admin, Some(&term("s-"))).await.unwrap();
    assert_eq!(all.rows.len(), 3);
}

#[tokio::test]
async fn whoever_copies_the_directory_is_noted_and_stopped() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let all: Vec<UserId> = (0..600).map(|it| user_id(&format!("S-{it}"))).collect();
    for id in &all {
        school.user(id.as_str()).await;
    }
    let picker = &school.backend.picker;
    let noted = async || {
        let log = school.db_audit().await;
        log.into_iter().filter(|it| it.starts_with("users.seen")).collect::<Vec<_>>()
    };
    picker.named(&kim, &all[..500]).await.unwrap();
    assert!(noted().await.is_empty());
    picker.named(&kim, &all).await.unwrap();
    picker.named(&kim, &all).await.unwrap();
    assert_eq!(noted().await, ["users.seen T-kim T-kim -"]);
    picker.named(&school.admin, &all).await.unwrap();
    assert_eq!(noted().await.len(), 1);
    let nowhere = picker.group(&kim, &group("9C")).await;
    assert!(matches!(nowhere, Err(PickerRefusal::NotFound)));
}
