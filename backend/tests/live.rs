//! Live: what is told of what was done, and to whom.

use backend::{
    links::Whose,
    live::{Concerned, LiveRoom, Pending},
};
use domain::{
    EntryPermission, UserId,
    entry_link::LinkAct,
    live::{Changes, Kind},
};
use futures_util::FutureExt;

use crate::common::{School, context, group, profile, specified, user_id};

/// Whether something of each kind was told: users, groups, rooms.
fn told(before: Changes, after: Changes) -> [bool; 3] {
    [Kind::Users, Kind::Groups, Kind::Rooms].map(|it| before.of(it) != after.of(it))
}

#[tokio::test]
async fn every_act_is_told_of_as_what_it_concerns() {
    let school = School::open().await;
    let live = &school.backend.live;
    let before = live.now(true);
    school.user("S-1").await;
    let users = live.now(true);
    assert_eq!(told(before, users), [true, true, true]);
    school.backend.groups.create(&school.admin, &group("7B")).await.unwrap();
    let groups = live.now(true);
    assert_eq!(told(users, groups), [true, true, false]);
    school.room("Algebra", &["S-1"]).await;
    assert_eq!(told(groups, live.now(true)), [false, false, true]);
}

#[tokio::test]
async fn what_was_refused_or_changed_nothing_is_not_told() {
    let school = School::open().await;
    school.user("S-1").await;
    let live = &school.backend.live;
    let (before, log) = (live.now(false), live.now(true));
    let users = &school.backend.users;
    users.create(&school.admin, &user_id("s-1"), &profile("x"), None).await.unwrap_err();
    users.reactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(live.now(true), log);
    school.sign_in("A-hana").await;
    assert_eq!(live.now(false), before);
    assert_ne!(live.now(true), log, "the log shows it");
}

#[tokio::test]
async fn what_another_process_does_is_told_of() {
    let school = School::open().await;
    let mut elsewhere = school.backend.elsewhere();
    elsewhere.look().await.unwrap();
    school.user("S-1").await;
    let before = school.backend.live.now(true);
    elsewhere.look().await.unwrap();
    assert_eq!(school.backend.live.now(true), before);
    let other = school.beside().await;
    other.users.create(&school.admin, &user_id("S-2"), &profile("x"), None).await.unwrap();
    assert_eq!(school.backend.live.now(true), before);
    elsewhere.look().await.unwrap();
    let after = school.backend.live.now(true);
    assert_eq!(told(before, after), [true, true, true]);
    elsewhere.look().await.unwrap();
    assert_eq!(school.backend.live.now(true), after);
}

#[tokio::test]
async fn whoever_is_late_hears_the_latest_once() {
    let school = School::open().await;
    let mut following = school.backend.live.follow(true);
    for id in ["S-1", "S-2", "S-3"] {
        school.user(id).await;
    }
    assert_eq!(following.next().await, Some(school.backend.live.now(true)));
    school.backend.live.end();
    assert_eq!(following.next().await, None);
    assert_eq!(school.backend.live.follow(true).next().await, None, "nor whoever is too late");
}

#[tokio::test]
async fn a_sign_out_wakes_whoever_follows() {
    let school = School::open().await;
    let before = school.backend.live.now(false);
    let mut following = school.backend.live.follow(false);
    school.backend.accounts.sign_out(school.secret.reveal(), &context()).await.unwrap();
    assert_eq!(following.next().await, Some(before));
    let looked = school.backend.accounts.look(school.secret.reveal(), context()).await.unwrap();
    assert!(looked.is_none());
}

#[tokio::test]
async fn whoever_may_not_see_the_log_is_not_woken_for_it() {
    let school = School::open().await;
    let live = &school.backend.live;
    let (mut admin, mut teacher) = (live.follow(true), live.follow(false));
    school.sign_in("A-hana").await;
    assert_eq!(admin.next().await, Some(live.now(true)));
    assert_eq!(teacher.next().now_or_never(), None);
    school.user("S-1").await;
    assert_eq!(teacher.next().await, Some(live.now(false)));
    assert_eq!(live.now(false).of(Kind::Log), 0);
}

#[tokio::test]
async fn looking_keeps_no_session_alive() {
    let school = School::open().await;
    let accounts = &school.backend.accounts;
    for _ in 0..12 {
        let looked = accounts.look(school.secret.reveal(), context()).await.unwrap();
        assert_eq!(looked.unwrap().user().user_id, UserId::parse("A-hana").unwrap());
        school.clock.advance(60 * 60);
    }
    assert!(accounts.look(school.secret.reveal(), context()).await.unwrap().is_none());
}

#[tokio::test]
async fn rooms_that_are_live_hear_of_whatever_may_put_somebody_out() {
    let school = School::open().await;
    school.user("S-1").await;
    school.user("S-2").await;
    let room = school.room("Algebra", &["S-1"]).await;
    let other = school.room("Biology", &[]).await;
    let backend = &school.backend;
    let entries = backend.live.entries();
    let live = [entries.register(room.clone()), entries.register(other)];
    let heard = || live.each_ref().map(LiveRoom::take_pending);
    let kim = || Pending::Of([Concerned::User(user_id("S-1"))].into());
    let owner = school.owner(&room).await;

    backend.users.deactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(heard(), [kim(), kim()]);
    backend.users.reactivate(&school.admin, &user_id("S-1")).await.unwrap();
    assert_eq!(heard(), [kim(), kim()]);
    let host = EntryPermission::Host;
    backend.rooms.set_permission(&owner, &user_id("S-1"), host).await.unwrap();
    assert_eq!(heard(), [kim(), Pending::Nothing]);
    let members = [specified("S-2")];
    backend.rooms.add_members(&owner, &members).await.unwrap();
    backend.rooms.end(&owner).await.unwrap();
    assert_eq!(heard(), [Pending::Everybody, Pending::Nothing]);
    backend.links.change(&owner, &Whose::User(user_id("S-1")), LinkAct::Renew).await.unwrap();
    assert_eq!(heard(), [Pending::Everybody, Pending::Nothing]);
    let version = entries.version();
    backend.groups.create(&school.admin, &group("7B")).await.unwrap();
    backend.rooms.end(&owner).await.unwrap();
    assert_eq!((heard(), entries.version()), ([Pending::Nothing, Pending::Nothing], version));

    let mut elsewhere = backend.elsewhere();
    elsewhere.look().await.unwrap();
    let beside = school.beside().await;
    beside.users.create(&school.admin, &user_id("S-3"), &profile("x"), None).await.unwrap();
    assert_eq!(heard(), [Pending::Nothing, Pending::Nothing]);
    elsewhere.look().await.unwrap();
    assert_eq!(heard(), [Pending::Everybody, Pending::Everybody]);
    beside.close().await;
}

#[tokio::test]
async fn whoever_hands_over_all_rooms_is_asked_about_in_each() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let room = school.room("Algebra", &[]).await;
    let live = school.backend.live.entries().register(room);
    let users = &school.backend.users;
    let (hana, juno) = (user_id("A-hana"), user_id("A-juno"));
    users.hand_over(&school.admin, &hana, &juno, false).await.unwrap();
    assert_eq!(live.take_pending(), Pending::Everybody);
}
