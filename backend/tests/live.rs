//! Live: what is told of what was done, and to whom.

use domain::{
    UserId,
    live::{Changes, Kind},
};
use futures_util::FutureExt;

use crate::common::{School, context, group, profile, user_id};

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
