//! Many users at once: what is done, what isn't and why, and taking it back.

use crate::common::{School, group, user_id};
use backend::users::{ManyRefusal, Totals};
use domain::{
    AtLeast, ConsoleRole, EntryPermission, GroupName, Problem, RoomId, UserId, UserStatus,
    history::{Deed, UserChange},
    many::{Act, Became, Order, Reason, Report},
};

impl School {
    async fn many(&self, act: Act, users: &[&str]) -> Report {
        let users = users.iter().map(|it| user_id(it)).collect();
        self.carry_out(&[Order { act, users }]).await
    }

    async fn carry_out(&self, orders: &[Order]) -> Report {
        self.backend.users.many(&self.admin, orders).await.unwrap()
    }

    async fn permission_of(&self, id: &str) -> EntryPermission {
        let user = self.backend.users.find(&self.admin, &user_id(id)).await.unwrap();
        user.unwrap().permission
    }

    async fn groups_of(&self, id: &str) -> Vec<GroupName> {
        let user = self.backend.users.details(&self.admin, &user_id(id)).await.unwrap();
        user.unwrap().groups
    }

    async fn users_named(&self, ids: &[&str]) {
        for id in ids {
            self.user(id).await;
        }
    }

    async fn room_of(&self, owner: &str) -> RoomId {
        let room = self.room("Algebra", &[]).await;
        self.backend
            .rooms
            .hand_over(
                &self.backend.rooms.owner(&self.admin, &room).await.unwrap(),
                &user_id(owner),
            )
            .await
            .unwrap();
        room
    }
}

fn set(to: EntryPermission) -> Act {
    Act::SetPermission { to, from: None }
}

/// Who became what, by User ID.
fn became(report: &Report) -> Vec<(&str, Became)> {
    let mut all: Vec<_> =
        report.outcomes.iter().map(|it| (it.user_id.as_str(), it.became)).collect();
    all.sort_by_key(|it| it.0);
    all
}

const NOT_FOUND: Became = Became::Refused(Reason::NotFound);

#[tokio::test]
async fn a_permission_is_set_for_all_but_those_who_cannot_be_changed() {
    let school = School::open().await;
    school.users_named(&["S-1", "S-2", "S-3"]).await;
    school.user_with("T-1", |it| it.role = ConsoleRole::Teacher).await;
    school.many(set(EntryPermission::Monitoring), &["S-2"]).await;
    school.many(set(EntryPermission::Host), &["S-3"]).await;
    let asked = ["s-1", "S-2", "S-3", "T-1", "A-hana", "S-404", "S-1"];
    let report = school.many(set(EntryPermission::Host), &asked).await;
    let expected = [
        ("A-hana", Became::Refused(Reason::HasRole(ConsoleRole::Admin))),
        ("S-1", Became::Done),
        ("S-2", Became::Done),
        ("S-3", Became::AlreadySo),
        ("S-404", NOT_FOUND),
        ("T-1", Became::Refused(Reason::HasRole(ConsoleRole::Teacher))),
    ];
    assert_eq!(became(&report), expected);
    assert_eq!(school.permission_of("T-1").await, EntryPermission::Guest);
    let again = school.many(set(EntryPermission::Host), &asked).await;
    assert!(again.outcomes.iter().all(|it| it.became != Became::Done));
    assert!(again.undo.is_empty());
    // Taken back, everybody has what they had, and S-3 keeps what they have.
    let back = school.carry_out(&report.undo).await;
    assert_eq!(became(&back), [("S-1", Became::Done), ("S-2", Became::Done)]);
    for (id, expected) in [
        ("S-1", EntryPermission::Guest),
        ("S-2", EntryPermission::Monitoring),
        ("S-3", EntryPermission::Host),
    ] {
        assert_eq!(school.permission_of(id).await, expected, "{id}");
    }
    let history = school.backend.history.of_user(&school.admin, &user_id("S-1"), None).await;
    let (guest, host) = (EntryPermission::Guest, EntryPermission::Host);
    let changes = |before, after| Deed::UserEdited(vec![UserChange::Permission(before, after)]);
    let deeds: Vec<_> = history.unwrap().rows.into_iter().map(|it| it.deed).collect();
    assert_eq!(deeds, [changes(host, guest), changes(guest, host), Deed::UserCreated]);
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_not_taken_back() {
    let school = School::open().await;
    school.users_named(&["S-1", "S-2"]).await;
    let report = school.many(set(EntryPermission::Host), &["S-1", "S-2"]).await;
    school.many(set(EntryPermission::Monitoring), &["S-1"]).await;
    school.backend.users.delete(&school.admin, &user_id("S-2"), None).await.unwrap();
    let back = school.carry_out(&report.undo).await;
    assert_eq!(became(&back), [("S-1", Became::Refused(Reason::Changed)), ("S-2", NOT_FOUND)]);
    assert_eq!(school.permission_of("S-1").await, EntryPermission::Monitoring);
}

#[tokio::test]
async fn groups_are_joined_and_left_and_both_are_taken_back_exactly() {
    let school = School::open().await;
    school.users_named(&["S-1", "S-2", "S-3"]).await;
    let (b, c) = (group("7B"), group("7C"));
    school.many(Act::Join(vec![b.clone()]), &["S-1"]).await;
    school.backend.users.deactivate(&school.admin, &user_id("S-3")).await.unwrap();
    let everybody = ["S-1", "S-2", "S-3", "A-hana"];
    let report = school.many(Act::Join(vec![group("7b"), c.clone()]), &everybody).await;
    assert_eq!(became(&report)[1..], ["S-1", "S-2", "S-3"].map(|it| (it, Became::Done)));
    assert_eq!(school.groups_of("S-3").await, [b.clone(), c.clone()]);
    let again = school.many(Act::Join(vec![b.clone()]), &["S-1"]).await;
    assert_eq!(became(&again), [("S-1", Became::AlreadySo)]);
    school.carry_out(&report.undo).await;
    // S-1 was in 7B before.
    assert_eq!(school.groups_of("S-1").await, std::slice::from_ref(&b));
    assert_eq!(school.groups_of("S-2").await, []);
    let groups = &school.backend.groups;
    assert_eq!(groups.get(&school.admin, &c).await.unwrap().unwrap().size, 0);
    let report = school.many(Act::Leave(vec![b.clone(), group("none")]), &["S-1", "S-2"]).await;
    assert_eq!(became(&report), [("S-1", Became::Done), ("S-2", Became::AlreadySo)]);
    assert_eq!(groups.get(&school.admin, &b).await.unwrap().unwrap().size, 0);
    assert_eq!(groups.get(&school.admin, &group("none")).await.unwrap(), None);
    school.carry_out(&report.undo).await;
    assert_eq!(school.groups_of("S-1").await, std::slice::from_ref(&b));
    let history = school.backend.history.of_user(&school.admin, &user_id("S-1"), None).await;
    let deeds: Vec<_> = history.unwrap().rows.into_iter().map(|it| it.deed).collect();
    let told = [Deed::GroupJoined(b.clone()), Deed::GroupLeft(b.clone()), Deed::GroupLeft(c)];
    assert_eq!(deeds[..3], told);
}

#[tokio::test]
async fn whom_nothing_can_be_done_to_makes_no_group() {
    let school = School::open().await;
    let report = school.many(Act::Join(vec![group("7B")]), &["A-hana", "S-404"]).await;
    assert!(report.undo.is_empty());
    assert_eq!(school.backend.groups.total(&school.admin).await.unwrap(), 0);
}

#[tokio::test]
async fn deactivating_many_is_taken_back_for_those_alone() {
    let school = School::open().await;
    school.users_named(&["S-1", "S-2", "S-3"]).await;
    school.many(Act::Deactivate, &["S-3"]).await;
    let report = school.many(Act::Deactivate, &["S-1", "S-2", "S-3"]).await;
    let done = [("S-1", Became::Done), ("S-2", Became::Done), ("S-3", Became::AlreadySo)];
    assert_eq!(became(&report), done);
    let users = &school.backend.users;
    assert_eq!(users.totals(&school.admin).await.unwrap(), Totals { users: 4, active: 1 });
    school.carry_out(&report.undo).await;
    let third = users.find(&school.admin, &user_id("S-3")).await.unwrap().unwrap();
    assert_eq!(third.status, UserStatus::Deactivated);
    assert_eq!(users.totals(&school.admin).await.unwrap(), Totals { users: 4, active: 3 });
    let log = school.db_audit().await;
    assert_eq!(
        log[log.len() - 2..],
        ["S-1", "S-2"].map(|it| format!("user.reactivate A-hana {it} -"))
    );
}

#[tokio::test]
async fn rooms_of_the_deleted_go_to_whoever_was_named_if_they_can_take_them() {
    let school = School::open().await;
    school.users_named(&["S-1", "S-2", "S-3", "T-1", "T-2"]).await;
    school.backend.users.deactivate(&school.admin, &user_id("T-2")).await.unwrap();
    let room = school.room_of("S-1").await;
    let delete = |owner: Option<&str>| Act::Delete { owner: owner.map(user_id) };
    let report = school.many(delete(None), &["S-1", "S-3", "A-hana"]).await;
    let admin = Became::Refused(Reason::HasRole(ConsoleRole::Admin));
    let owns = Became::Refused(Reason::OwnsRooms);
    assert_eq!(became(&report), [("A-hana", admin), ("S-1", owns), ("S-3", Became::Done)]);
    assert!(report.undo.is_empty());
    for unfit in ["T-2", "T-404"] {
        let report = school.many(delete(Some(unfit)), &["S-1"]).await;
        assert_eq!(became(&report), [("S-1", Became::Refused(Reason::UnfitOwner))]);
    }
    let report = school.many(delete(Some("T-1")), &["S-1", "S-2", "T-1", "S-3", "S-404"]).await;
    let expected = [
        ("S-1", Became::Done),
        ("S-2", Became::Done),
        ("S-3", Became::AlreadySo),
        ("S-404", NOT_FOUND),
        ("T-1", Became::Refused(Reason::TakesRooms)),
    ];
    assert_eq!(became(&report), expected);
    let room = school.backend.rooms.reader(&school.admin, &room).await.unwrap().room().clone();
    assert_eq!(room.owner.user_id, user_id("T-1"));
    let again = school.many(delete(Some("T-1")), &["S-1", "S-2"]).await;
    assert_eq!(became(&again), [("S-1", Became::AlreadySo), ("S-2", Became::AlreadySo)]);
    let totals = school.backend.users.totals(&school.admin).await.unwrap();
    assert_eq!(totals, Totals { users: 3, active: 2 });
}

#[tokio::test]
async fn what_is_lost_with_many_is_told_before() {
    let school = School::open().await;
    school.users_named(&["S-1", "S-2"]).await;
    school.many(Act::Join(vec![group("7B"), group("7C")]), &["S-1"]).await;
    school.room_of("S-1").await;
    school.room("Geometry", &["S-1", "S-2"]).await;
    let ids: Vec<UserId> = ["S-1", "S-2", "A-hana", "S-404"].map(user_id).into();
    let losses = school.backend.users.losses_of_many(&school.admin, &ids).await.unwrap();
    let count = |count| AtLeast { count, more: false };
    assert_eq!((losses.users, losses.images), (2, 0));
    assert_eq!((losses.memberships, losses.groups, losses.owned), (count(2), count(2), count(1)));
    let refused: Vec<_> = losses.refused.iter().map(|it| it.user_id.as_str()).collect();
    assert_eq!(refused, ["A-hana", "S-404"]);
}

#[tokio::test]
async fn more_than_a_thousand_at_once_are_refused() {
    let school = School::open().await;
    let users: Vec<UserId> = (0..1_001).map(|it| user_id(&format!("S-{it}"))).collect();
    let too_many =
        |refusal| matches!(refusal, ManyRefusal::TooMany(Problem::TooMany { max: 1_000 }));
    let losses = school.backend.users.losses_of_many(&school.admin, &users).await;
    assert!(too_many(losses.unwrap_err()));
    let orders = [Order { act: Act::Deactivate, users }];
    assert!(too_many(school.backend.users.many(&school.admin, &orders).await.unwrap_err()));
}

#[tokio::test]
async fn of_two_who_change_the_same_at_once_each_change_is_one_persons() {
    let school = School::open().await;
    let ids: Vec<String> = (0..30).map(|it| format!("S-{it}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    school.users_named(&ids).await;
    let (first, second) = tokio::join!(
        school.many(Act::Deactivate, &ids),
        school.many(Act::Delete { owner: None }, &ids[..20])
    );
    let done = |it: &Report| it.outcomes.iter().filter(|it| it.became == Became::Done).count();
    assert_eq!(done(&second), 20);
    assert!([10, 30].contains(&done(&first)));
    let totals = school.backend.users.totals(&school.admin).await.unwrap();
    assert_eq!(totals, Totals { users: 11, active: 1 });
}
