//! What Teachers may do: with their own rooms everything, with others nothing, with the directory little.

use backend::{
    Backend, InternalKind, ShownRefusal,
    accounts::Staff,
    links::{LinksRefusal, Whose},
    picker::PickerRefusal,
    rooms::{AccessRefusal, EditRefusal, MembersRefusal, OwnerRefusal, RoomRefusal},
    users::{EditRefusal as UserRefusal, HandOverRefusal, ImageChange, StatusRefusal},
};
use domain::{
    ConsoleRole, EntryPermission, Page, Problem, RoomId, RoomName, RoomOrder, RoomType, RoomsAsked,
    UserId, UserStatus,
    entry_link::LinkAct,
    history::Deed,
    members::{MembersAct, Which},
    room::{Capacity, RoomDraft, RoomField, RoomLimits, Specified},
    settings::{MostMembers, MostRooms, Settings, TeacherLimits},
};

use crate::common::{School, context, draft, group, ids, profile, specified, term, user_id};

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
    // Once for each request, however much of the room it asks for.
    assert_eq!(refused, [&format!("authz_fail T-lee - {room}")]);
    // The log has it, not the page of the room, which is for colleagues too.
    let reader = rooms.reader(&kim, &room).await.unwrap();
    let told = school.backend.history.of_room(&reader, None).await.unwrap();
    assert_eq!(told.rows.into_iter().map(|it| it.deed).collect::<Vec<_>>(), [Deed::RoomCreated]);
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

/// Who was refused what is for the log, and anybody can be refused very often.
#[tokio::test]
async fn whatever_others_were_refused_hides_the_history_from_no_owner() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let room = make(&school, &kim, "Algebra", &[]).await;
    let refused = "INSERT INTO audit (at, actor, action, kind, room_id, detail, request_id, address) \
        SELECT at + 1, 'S-1', 'authz_fail', kind, room_id, '{\"path\":\"/\"}', request_id, address \
        FROM audit WHERE room_id = $1 AND action = 'room.create'";
    for _ in 0..45 {
        let noted = sqlx::query(refused).bind(room.as_str());
        assert_eq!(noted.execute(&mut school.db().await).await.unwrap().rows_affected(), 1);
    }
    let history = &school.backend.history;
    let reader = school.backend.rooms.reader(&kim, &room).await.unwrap();
    let told = history.of_room(&reader, None).await.unwrap();
    assert_eq!((told.rows.len(), told.older_than), (1, None));
    let all = history.of_room(&school.reader(&room).await, None).await.unwrap();
    assert_eq!(all.rows.len(), 20);
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
    let (kim_id, lee_id) = (user_id("T-kim"), user_id("T-lee"));
    school.backend.users.hand_over(&school.admin, &kim_id, &lee_id, true).await.unwrap();
    let late = rooms.edit(&owner, &draft("x", RoomType::Private, &[]), None).await;
    let Err(EditRefusal::Room(RoomRefusal::Internal(error))) = late else { panic!("{late:?}") };
    assert_eq!(error.kind(), InternalKind::Revoked);
    assert!(rooms.create(&kim, &draft("x", RoomType::Private, &[])).await.is_err());
}

#[tokio::test]
async fn whoever_signed_out_meanwhile_changes_nothing() {
    let school = School::open().await;
    teacher(&school, "T-kim").await;
    let secret = school.sign_in("T-kim").await;
    let kim = school.session(&secret).await.unwrap().staff();
    school.backend.accounts.sign_out(secret.reveal(), &context()).await.unwrap();
    let late = school.backend.rooms.create(&kim, &draft("x", RoomType::Private, &[])).await;
    let Err(MembersRefusal::Internal(error)) = late else { panic!("{late:?}") };
    assert_eq!(error.kind(), InternalKind::Revoked);
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

#[tokio::test]
async fn what_a_teacher_does_with_many_members_of_theirs_is_no_looking_up() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let all: Vec<String> = (0..501).map(|it| format!("S-{it}")).collect();
    for id in &all {
        school.user(id).await;
    }
    let id = make(&school, &kim, "Algebra", &[]).await;
    let rooms = &school.backend.rooms;
    let specified: Vec<_> = all.iter().map(|it| specified(it)).collect();
    rooms.add_members(&school.owner(&id).await, &specified).await.unwrap();
    let owner = rooms.owner(&kim, &id).await.unwrap();
    let act = MembersAct::Permission(EntryPermission::Host);
    let changed = rooms.change_members(&owner, &Which::All, act).await.unwrap();
    rooms.put_back(&owner, &changed.before, act).await.unwrap();
    let log = school.db_audit().await;
    assert!(!log.iter().any(|it| it.starts_with("users.seen")));
}

#[tokio::test]
async fn whoever_guesses_user_ids_is_stopped_wherever_they_ask() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    school.user("S-1").await;
    let (rooms, entry) = (&school.backend.rooms, &school.backend.entry);
    let id = rooms.create(&kim, &draft("Biology", RoomType::Private, &[])).await.unwrap();
    let room = rooms.owner(&kim, &id).await.unwrap();
    let guesses: Vec<Specified> = (0..10_000)
        .map(|it| Specified { user_id: user_id(&format!("G-{it}")), permission: None })
        .collect();
    let refused = rooms.add_members(&room, &guesses).await;
    assert!(matches!(refused, Err(MembersRefusal::Members(Problem::UnknownUsers(_)))));

    // None of these says any more whether there is an S-1.
    let one = vec![Specified { user_id: user_id("S-1"), permission: None }];
    let wait =
        |problem: &Problem| assert!(matches!(problem, Problem::ShownEnough { .. }), "{problem:?}");
    let Err(MembersRefusal::Members(problem)) = rooms.add_members(&room, &one).await else {
        panic!("added")
    };
    wait(&problem);
    let with = RoomDraft { members: one, ..draft("Physics", RoomType::Private, &[]) };
    let Err(MembersRefusal::Members(problem)) = rooms.create(&kim, &with).await else {
        panic!("created")
    };
    wait(&problem);
    let back = [(user_id("S-1"), EntryPermission::Guest)];
    let back = rooms.put_back(&room, &back, MembersAct::Remove).await;
    let Err(MembersRefusal::Members(problem)) = back else { panic!("put back") };
    wait(&problem);
    let Err(OwnerRefusal::Owner(problem)) = rooms.hand_over(&room, &user_id("S-1")).await else {
        panic!("handed over")
    };
    wait(&problem);
    let asked = entry.can_enter(room.reader(), &user_id("S-1")).await;
    assert!(matches!(asked, Err(ShownRefusal::Wait { .. })));
    let whose = Whose::User(user_id("S-1"));
    let link = school.backend.links.show(&room, &whose).await;
    assert!(matches!(link, Err(LinksRefusal::Shown(ShownRefusal::Wait { .. }))));
    let link = school.backend.links.change(&room, &whose, LinkAct::Revoke).await;
    assert!(matches!(link, Err(LinksRefusal::Shown(ShownRefusal::Wait { .. }))));
    let named = school.backend.picker.named(&kim, &[user_id("S-1")]).await;
    assert!(matches!(named, Err(PickerRefusal::Shown(ShownRefusal::Wait { .. }))));
    let noted = school.db_audit().await;
    let noted = noted.iter().filter(|it| it.starts_with("excess_rate_limit_exceeded")).count();
    assert_eq!(noted, 1);
    let admin = rooms.owner(&school.admin, &id).await.unwrap();
    assert!(entry.can_enter(admin.reader(), &user_id("S-1")).await.unwrap().is_some());
}

async fn limit(school: &School, teachers: TeacherLimits) {
    let settings = Settings { teachers, ..school.backend.settings.now() };
    school.backend.settings.change(&school.admin, &settings).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_rooms_made_at_once_do_not_pass_a_teachers_limit() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    limit(&school, TeacherLimits { rooms: MostRooms::new(3), ..TeacherLimits::default() }).await;
    let attempts = (0..50).map(|number| {
        let (backend, kim) = (school.backend.clone(), kim.clone());
        tokio::spawn(async move {
            let draft = draft(&format!("Room {number}"), RoomType::Private, &[]);
            backend.rooms.create(&kim, &draft).await
        })
    });
    let mut made = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => made += 1,
            Err(MembersRefusal::Limit(passed)) => {
                assert_eq!(passed, (RoomField::Owner, Problem::RoomLimit { max: 3 }));
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(made, 3);
    let rooms = &school.backend.rooms;
    assert_eq!(rooms.total(&kim).await.unwrap(), 3);
    let allowance = rooms.allowance(&kim).await.unwrap();
    assert_eq!((allowance.owned, allowance.limits.rooms), (3, MostRooms::new(3)));
    assert_eq!(rooms.allowance(&school.admin).await.unwrap().limits, TeacherLimits::default());
    let id = rooms.list(&kim, &RoomsAsked::default(), None).await.unwrap().rows[0].id.clone();
    let owner = rooms.owner(&kim, &id).await.unwrap();
    let copy = rooms.duplicate(&owner, &RoomName::parse("Copy").unwrap()).await;
    assert!(matches!(copy, Err(MembersRefusal::Limit((RoomField::Owner, _)))));
    // An Admin gives them as many as they like.
    let own = school.room("Of an Admin", &[]).await;
    rooms.hand_over(&school.owner(&own).await, &user_id("T-kim")).await.unwrap();
    assert_eq!(rooms.total(&kim).await.unwrap(), 4);
}

#[tokio::test]
async fn members_and_capacity_of_a_teachers_room_are_limited() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    for id in ["S-1", "S-2", "S-3"] {
        school.user(id).await;
    }
    let rooms = &school.backend.rooms;
    let earlier = make(&school, &kim, "Earlier", &["S-1", "S-2", "S-3"]).await;
    let (members, capacity) = (MostMembers::new(2), Capacity::new(10));
    limit(&school, TeacherLimits { rooms: None, members, capacity }).await;
    let with = |capacity, members: &[&str]| {
        let limits = RoomLimits { capacity, ..RoomLimits::default() };
        RoomDraft { limits, ..draft("Algebra", RoomType::Private, members) }
    };
    for (draft, field) in [
        (with(capacity, &["S-1", "S-2", "S-3"]), RoomField::Members),
        (with(None, &[]), RoomField::Capacity),
        (with(Capacity::new(11), &[]), RoomField::Capacity),
    ] {
        let refused = rooms.create(&kim, &draft).await;
        let Err(MembersRefusal::Limit((of, _))) = refused else { panic!("{refused:?}") };
        assert_eq!(of, field);
    }
    let room = rooms.create(&kim, &with(capacity, &["S-1", "T-kim"])).await.unwrap();
    let owner = rooms.owner(&kim, &room).await.unwrap();
    rooms.add_members(&owner, &[specified("S-2")]).await.unwrap();
    let refused = rooms.add_members(&owner, &[specified("S-3")]).await;
    assert!(matches!(refused, Err(MembersRefusal::Limit((RoomField::Members, _)))));
    assert_eq!(rooms.members(&school.reader(&room).await, None).await.unwrap().rows.len(), 2);
    let refused = rooms.edit(&owner, &with(None, &[]), None).await;
    assert!(matches!(refused, Err(EditRefusal::Limit((RoomField::Capacity, _)))));
    rooms.add_members(&school.owner(&room).await, &[specified("S-3")]).await.unwrap();
    // What was there before stays, and a copy has the capacity that is allowed now.
    let owner = rooms.owner(&kim, &earlier).await.unwrap();
    let name = RoomName::parse("Copy").unwrap();
    let copy = rooms.duplicate(&owner, &name).await;
    assert!(matches!(copy, Err(MembersRefusal::Limit((RoomField::Members, _)))));
    rooms.remove_member(&owner, &user_id("S-3")).await.unwrap();
    let copy = rooms.duplicate(&owner, &name).await.unwrap();
    assert_eq!(copy.members, 2);
    // Nor by the way back.
    let third = [(user_id("S-3"), EntryPermission::Guest)];
    let back = rooms.put_back(&owner, &third, MembersAct::Remove).await;
    assert!(matches!(back, Err(MembersRefusal::Limit((RoomField::Members, _)))));
    rooms.remove_member(&owner, &user_id("S-2")).await.unwrap();
    school.backend.users.deactivate(&school.admin, &user_id("S-3")).await.unwrap();
    let missing = rooms.put_back(&owner, &third, MembersAct::Remove).await.unwrap();
    assert_eq!(missing, [user_id("S-3")]);
    let copy = rooms.details(&school.reader(&copy.id).await).await.unwrap();
    assert_eq!(copy.limits.capacity, capacity);
}

#[tokio::test]
async fn a_teacher_hands_a_room_to_whoever_can_look_after_it() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    let lee = teacher(&school, "T-lee").await;
    school.user("S-1").await;
    let rooms = &school.backend.rooms;
    make(&school, &lee, "Biology", &[]).await;
    let room = make(&school, &kim, "Algebra", &[]).await;
    let owner = rooms.owner(&kim, &room).await.unwrap();
    let refused = rooms.hand_over(&owner, &user_id("S-1")).await;
    let Err(OwnerRefusal::Owner(problem)) = refused else { panic!("{refused:?}") };
    assert_eq!(problem, Problem::NotStaff { user_id: user_id("S-1") });
    limit(&school, TeacherLimits { rooms: MostRooms::new(1), ..TeacherLimits::default() }).await;
    let refused = rooms.hand_over(&owner, &user_id("T-lee")).await;
    let Err(OwnerRefusal::Owner(problem)) = refused else { panic!("{refused:?}") };
    assert_eq!(problem, Problem::HeirLimit { user_id: user_id("T-lee"), max: 1 });
    rooms.hand_over(&owner, &user_id("A-hana")).await.unwrap();
    // Host in it from now on, and no more.
    assert!(matches!(rooms.owner(&kim, &room).await, Err(AccessRefusal::Forbidden)));
}

#[tokio::test]
async fn nobody_makes_rooms_without_end_by_handing_them_over() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    limit(&school, TeacherLimits { rooms: MostRooms::new(2), ..TeacherLimits::default() }).await;
    let rooms = &school.backend.rooms;
    let hand_over = async || {
        let room = make(&school, &kim, "Algebra", &[]).await;
        let owner = rooms.owner(&kim, &room).await.unwrap();
        rooms.hand_over(&owner, &user_id("A-hana")).await
    };
    hand_over().await.unwrap();
    hand_over().await.unwrap();
    let refused = hand_over().await;
    let Err(OwnerRefusal::Owner(problem)) = refused else { panic!("{refused:?}") };
    assert_eq!(problem, Problem::HandOverLimit { max: 2 });
    school.clock.advance(24 * 60 * 60);
    let kim = staff(&school, "T-kim").await;
    let room = make(&school, &kim, "Biology", &[]).await;
    let owner = rooms.owner(&kim, &room).await.unwrap();
    rooms.hand_over(&owner, &user_id("A-hana")).await.unwrap();
}

#[tokio::test]
async fn whoever_owns_rooms_keeps_role_and_status_until_somebody_takes_them() {
    let school = School::open().await;
    let kim = teacher(&school, "T-kim").await;
    teacher(&school, "T-lee").await;
    for name in ["Algebra", "Biology"] {
        make(&school, &kim, name, &["T-lee"]).await;
    }
    let (users, admin) = (&school.backend.users, &school.admin);
    let (kim_id, lee_id) = (user_id("T-kim"), user_id("T-lee"));
    let refused = users.deactivate(admin, &kim_id).await;
    assert!(matches!(refused, Err(StatusRefusal::OwnsRooms)));
    let none = profile("T-kim");
    let refused = users.edit(admin, &kim_id, &none, ImageChange::Keep, None).await;
    assert!(matches!(refused, Err(UserRefusal::OwnsRooms)));
    for (heir, expected) in [
        ("T-404", Problem::NoSuchUser { user_id: "T-404".into() }),
        ("t-KIM", Problem::StillTheSame),
    ] {
        let refused = users.hand_over(admin, &kim_id, &user_id(heir), true).await;
        let Err(HandOverRefusal::Owner(problem)) = refused else { panic!("{refused:?}") };
        assert_eq!(problem, expected);
    }
    assert!(school.backend.rooms.create(&kim, &draft("x", RoomType::Private, &[])).await.is_ok());

    users.hand_over(admin, &kim_id, &lee_id, false).await.unwrap();
    let lee = staff(&school, "T-lee").await;
    let names = listed(&school.backend, &lee, &RoomsAsked::default()).await;
    assert_eq!(names, ["Algebra", "Biology", "x"]);
    assert!(listed(&school.backend, &kim, &RoomsAsked::default()).await.is_empty());
    users.edit(admin, &kim_id, &none, ImageChange::Keep, None).await.unwrap();

    users.hand_over(admin, &lee_id, &user_id("A-hana"), true).await.unwrap();
    let after = users.details(admin, &lee_id).await.unwrap().unwrap();
    assert_eq!(after.summary.status, UserStatus::Deactivated);
    let last = users.hand_over(admin, &user_id("A-hana"), &kim_id, true).await;
    assert!(matches!(last, Err(HandOverRefusal::LastAdmin)));
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("room.owner")).count(), 6);
    assert_eq!(log.last().unwrap(), "user.deactivate A-hana T-lee -");
}
