//! Signing in and out, how long sessions last, and the first Admin.

use crate::common::{PASSWORD, School, context, context_from, empty, new_admin, profile, user_id};
use backend::{
    accounts::{AccountRefusal, Forbidden, NewAdmin, SetupRefusal, SignInRefusal},
    users::ImageChange,
};
use domain::{ConsoleRole, Password, Problem};

const HOUR: i64 = 60 * 60;

#[tokio::test]
async fn the_first_admin_is_made_by_the_link_and_signed_in() {
    let (backend, _, _folder) = empty().await;
    let link = backend.accounts.setup_link().await.unwrap().unwrap();
    assert!(backend.accounts.setup_link_valid(link.reveal()).await.unwrap());
    let new = new_admin("A-hana");
    let secret =
        backend.accounts.create_first_admin(link.reveal(), &new, &context()).await.unwrap();
    let session = backend.accounts.session(secret.reveal(), context()).await.unwrap().unwrap();
    assert_eq!(session.user().user_id, new.user_id);
    assert!(session.admin().is_ok());
    assert!(!backend.accounts.setup_link_valid(link.reveal()).await.unwrap());
    assert_eq!(backend.accounts.setup_link().await.unwrap(), None);
    let again =
        backend.accounts.create_first_admin(link.reveal(), &new_admin("B"), &context()).await;
    assert!(matches!(again, Err(SetupRefusal::DeadLink)));
}

#[tokio::test]
async fn the_link_dies_after_an_hour_and_when_another_is_made() {
    let (backend, clock, _folder) = empty().await;
    let first = backend.accounts.setup_link().await.unwrap().unwrap();
    let second = backend.accounts.setup_link().await.unwrap().unwrap();
    assert!(!backend.accounts.setup_link_valid(first.reveal()).await.unwrap());
    clock.advance(HOUR - 1);
    assert!(backend.accounts.setup_link_valid(second.reveal()).await.unwrap());
    clock.advance(1);
    assert!(!backend.accounts.setup_link_valid(second.reveal()).await.unwrap());
    for wrong in [second.reveal(), "", "x"] {
        let new = new_admin("A-hana");
        let refused = backend.accounts.create_first_admin(wrong, &new, &context()).await;
        assert!(matches!(refused, Err(SetupRefusal::DeadLink)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_use_the_link_at_once_one_becomes_admin() {
    let (backend, _, _folder) = empty().await;
    let link = backend.accounts.setup_link().await.unwrap().unwrap();
    let attempts = (0..50).map(|number| {
        let (backend, link) = (backend.clone(), link.clone());
        tokio::spawn(async move {
            let new = new_admin(&format!("A-{number}"));
            backend.accounts.create_first_admin(link.reveal(), &new, &context()).await
        })
    });
    let mut made = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => made += 1,
            Err(refusal) => assert!(matches!(refusal, SetupRefusal::DeadLink), "{refusal:?}"),
        }
    }
    assert_eq!(made, 1);
}

#[tokio::test]
async fn signing_in_makes_a_new_session_each_time() {
    let school = School::open().await;
    let one = school.sign_in("A-hana").await;
    let other = school.sign_in("a-HANA ").await;
    assert_ne!(one, other);
    assert_eq!(school.session(&one).await.unwrap().user().user_id.as_str(), "A-hana");
    assert!(school.session(&other).await.is_some());
}

#[tokio::test]
async fn whoever_may_not_sign_in_is_told_the_same() {
    let school = School::open().await;
    school.user("S-1").await;
    school.other_admin("A-off").await;
    school.backend.users.deactivate(&school.admin, &user_id("A-off")).await.unwrap();
    school.other_admin("A-none").await;
    let none = profile("None");
    let users = &school.backend.users;
    users.edit(&school.admin, &user_id("A-none"), &none, ImageChange::Keep, None).await.unwrap();
    let too_long = "x".repeat(300);
    for (id, password) in [
        ("A-hana", "wrong horse"),
        ("A-hana", ""),
        ("A-hana", too_long.as_str()),
        ("S-1", PASSWORD),
        ("S-404", PASSWORD),
        ("not an id", PASSWORD),
        ("A-off", PASSWORD),
        ("A-none", PASSWORD),
    ] {
        let refused = school.backend.accounts.sign_in(id, password, &context()).await;
        assert!(matches!(refused, Err(SignInRefusal::Wrong)), "{id}");
    }
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("authn_login_fail")).count(), 8);
    assert!(!log.iter().any(|it| it.contains("404")), "what nobody is called isn't kept");
}

#[tokio::test]
async fn guessing_is_slowed_down_for_the_account_and_nobody_else() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let accounts = &school.backend.accounts;
    for _ in 0..10 {
        let refused = accounts.sign_in("A-hana", "wrong horse", &context()).await;
        assert!(matches!(refused, Err(SignInRefusal::Wrong)));
    }
    for _ in 0..3 {
        let refused = accounts.sign_in("a-hana", PASSWORD, &context()).await;
        assert!(matches!(refused, Err(SignInRefusal::Wait { seconds: 2 })));
    }
    school.sign_in("A-juno").await;
    school.clock.advance(2);
    school.sign_in("A-hana").await;
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("authn_login_lock")).count(), 1);
}

#[tokio::test]
async fn signing_in_rightly_forgives_earlier_mistakes() {
    let school = School::open().await;
    let accounts = &school.backend.accounts;
    for _ in 0..3 {
        for _ in 0..9 {
            accounts.sign_in("A-hana", "wrong horse", &context()).await.unwrap_err();
        }
        school.sign_in("A-hana").await;
    }
    let elsewhere = context_from("10.0.0.2");
    assert!(accounts.sign_in("A-hana", PASSWORD, &elsewhere).await.is_ok());
}

#[tokio::test]
async fn a_session_is_dead_after_sign_out() {
    let school = School::open().await;
    let other = school.sign_in("A-hana").await;
    for _ in 0..2 {
        school.backend.accounts.sign_out(school.secret.reveal(), &context()).await.unwrap();
        assert!(school.session(&school.secret).await.is_none());
    }
    assert!(school.session(&other).await.is_some());
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| it.starts_with("session.end A-hana")).count(), 1);
}

#[tokio::test]
async fn a_session_is_dead_after_deactivation_and_stays_so() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let secret = school.sign_in("A-juno").await;
    let users = &school.backend.users;
    users.deactivate(&school.admin, &user_id("A-juno")).await.unwrap();
    assert!(school.session(&secret).await.is_none());
    users.reactivate(&school.admin, &user_id("A-juno")).await.unwrap();
    assert!(school.session(&secret).await.is_none());
}

#[tokio::test]
async fn signing_in_while_being_deactivated_leaves_no_session_behind() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let sign_in = || {
        let backend = school.backend.clone();
        tokio::spawn(async move { backend.accounts.sign_in("A-juno", PASSWORD, &context()).await })
    };
    let first = sign_in();
    let under_way: Vec<_> = (0..8).map(|_| sign_in()).collect();
    // Two passwords are compared at a time: when the first is, the others still wait for it.
    first.await.unwrap().unwrap();
    let users = &school.backend.users;
    users.deactivate(&school.admin, &user_id("A-juno")).await.unwrap();
    let ended = futures_util::future::join_all(under_way).await;
    users.reactivate(&school.admin, &user_id("A-juno")).await.unwrap();
    assert!(ended.iter().any(|it| matches!(it, Ok(Err(SignInRefusal::Wrong)))), "{ended:?}");
    for secret in ended.into_iter().filter_map(|it| it.unwrap().ok()) {
        assert!(school.session(&secret).await.is_none());
    }
}

#[tokio::test]
async fn a_session_is_dead_after_another_role_and_the_next_has_it() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let secret = school.sign_in("A-juno").await;
    let mut teacher = profile("Juno");
    teacher.role = ConsoleRole::Teacher;
    let users = &school.backend.users;
    users.edit(&school.admin, &user_id("A-juno"), &teacher, ImageChange::Keep, None).await.unwrap();
    assert!(school.session(&secret).await.is_none());
    let again = school.sign_in("A-juno").await;
    let session = school.session(&again).await.unwrap();
    assert_eq!(session.role(), ConsoleRole::Teacher);
    assert_eq!(session.admin().unwrap_err(), Forbidden);
    users.edit(&school.admin, &user_id("A-juno"), &teacher, ImageChange::Keep, None).await.unwrap();
    assert!(school.session(&again).await.is_some(), "the role is the same");
}

#[tokio::test]
async fn a_session_ends_when_idle_for_twelve_hours() {
    let school = School::open().await;
    school.clock.advance(12 * HOUR - 1);
    assert!(school.session(&school.secret).await.is_some());
    school.clock.advance(12 * HOUR - 1);
    assert!(school.session(&school.secret).await.is_some());
    school.clock.advance(12 * HOUR);
    assert!(school.session(&school.secret).await.is_none());
}

#[tokio::test]
async fn a_clock_that_is_set_back_throws_nobody_out_and_lets_nobody_stay_for_ever() {
    let school = School::open().await;
    school.clock.advance(-HOUR);
    assert!(school.session(&school.secret).await.is_some());
    school.clock.advance(-365 * 24 * HOUR);
    assert!(school.session(&school.secret).await.is_none());
}

#[tokio::test]
async fn a_session_ends_after_seven_days_however_busy() {
    let school = School::open().await;
    for _ in 0..7 * 24 - 1 {
        school.clock.advance(HOUR);
        assert!(school.session(&school.secret).await.is_some());
    }
    school.clock.advance(HOUR);
    assert!(school.session(&school.secret).await.is_none());
}

#[tokio::test]
async fn the_use_of_a_session_is_noted_every_five_minutes_at_most() {
    let school = School::open().await;
    let seen = async || -> i64 {
        let mut db = school.db().await;
        sqlx::query_scalar("SELECT last_seen_at FROM sessions").fetch_one(&mut db).await.unwrap()
    };
    let start = seen().await;
    school.clock.advance(299);
    school.session(&school.secret).await;
    assert_eq!(seen().await, start);
    school.clock.advance(1);
    school.session(&school.secret).await;
    assert_eq!(seen().await, start + 300_000_000);
}

#[tokio::test]
async fn secrets_that_belong_to_nothing_open_nothing() {
    let school = School::open().await;
    for wrong in ["", "x", "' OR 1=1 --", &"x".repeat(100_000)] {
        let session = school.backend.accounts.session(wrong, context()).await.unwrap();
        assert!(session.is_none());
        school.backend.accounts.sign_out(wrong, &context()).await.unwrap();
    }
}

#[tokio::test]
async fn another_password_ends_every_session_and_the_old_one() {
    let school = School::open().await;
    let accounts = &school.backend.accounts;
    let hana = user_id("a-hana");
    let new = Password::parse("battery staple", Some(&hana)).unwrap();
    accounts.reset_password(&school.admin, &hana, &new).await.unwrap();
    assert!(school.session(&school.secret).await.is_none());
    let old = accounts.sign_in("A-hana", PASSWORD, &context()).await;
    assert!(matches!(old, Err(SignInRefusal::Wrong)));
    assert!(accounts.sign_in("A-hana", "battery staple", &context()).await.is_ok());
    let nobody = accounts.reset_password(&school.admin, &user_id("S-404"), &new).await;
    assert!(matches!(nobody, Err(AccountRefusal::NotFound)));
}

#[tokio::test]
async fn nobody_is_given_a_password_that_everybody_guesses() {
    let school = School::open().await;
    let accounts = &school.backend.accounts;
    let common = Password::parse("PASSWORD1", None).unwrap();
    let new = NewAdmin { password: common.clone(), ..new_admin("A-juno") };
    let created = accounts.create_admin(&school.admin, &new).await;
    let reset = accounts.reset_password(&school.admin, &user_id("A-hana"), &common).await;
    for refused in [created.map(drop), reset] {
        let Err(AccountRefusal::Password(problem)) = refused else { panic!("{refused:?}") };
        assert_eq!(problem, Problem::CommonPassword);
    }
    assert!(school.session(&school.secret).await.is_some());
    let (backend, _, _folder) = empty().await;
    let link = backend.accounts.setup_link().await.unwrap().unwrap();
    let first = backend.accounts.create_first_admin(link.reveal(), &new, &context()).await;
    assert!(matches!(first, Err(SetupRefusal::Password(Problem::CommonPassword))));
    assert!(backend.accounts.setup_link_valid(link.reveal()).await.unwrap());
}

#[tokio::test]
async fn an_admin_of_a_taken_user_id_is_not_made() {
    let school = School::open().await;
    school.user("S-1").await;
    let refused = school.backend.accounts.create_admin(&school.admin, &new_admin("s-1")).await;
    assert!(matches!(refused, Err(AccountRefusal::Taken { by }) if by.as_str() == "S-1"));
}

#[tokio::test]
async fn no_secret_or_password_stands_in_the_database() {
    let school = School::open().await;
    let mut db = school.db().await;
    let hash: Vec<u8> =
        sqlx::query_scalar("SELECT secret_hash FROM sessions").fetch_one(&mut db).await.unwrap();
    assert_ne!(hash, school.secret.reveal().as_bytes());
    let password: String =
        sqlx::query_scalar("SELECT password FROM users").fetch_one(&mut db).await.unwrap();
    assert!(password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    let details: Vec<String> =
        sqlx::query_scalar("SELECT detail FROM audit").fetch_all(&mut db).await.unwrap();
    let details = details.join("\n");
    assert!(!details.contains("argon2") && !details.contains(PASSWORD));
    assert!(!details.contains(school.secret.reveal()));
}

#[tokio::test]
async fn an_admin_who_is_none_any_more_changes_nothing_with_an_old_proof() {
    let school = School::open().await;
    school.other_admin("A-other").await;
    let secret = school.sign_in("A-other").await;
    let proof = school.session(&secret).await.unwrap().admin().unwrap();
    school.backend.users.deactivate(&school.admin, &user_id("A-other")).await.unwrap();
    let back = ConsoleRole::Admin;
    let again = domain::user::UserProfile { role: back, ..profile("Other") };
    let edited = school
        .backend
        .users
        .edit(&proof, &user_id("A-other"), &again, ImageChange::Keep, None)
        .await;
    let Err(backend::users::EditRefusal::Internal(error)) = edited else { panic!("{edited:?}") };
    assert_eq!(error.kind(), backend::InternalKind::Revoked);
    let draft = crate::common::draft("Hall", domain::RoomType::Open, &[]);
    let room = school.backend.rooms.create(&proof, &draft);
    assert!(room.await.is_err());
    assert_eq!(school.backend.rooms.total(&school.admin).await.unwrap(), 0);
}

#[tokio::test]
async fn whoever_guesses_elsewhere_keeps_nobody_out() {
    let school = School::open().await;
    school.other_admin("A-other").await;
    for attempt in 0..30 {
        let from = context_from(&format!("2001:db8:0:1::{attempt:x}"));
        let refused = school.backend.accounts.sign_in("A-other", "wrong wrong", &from).await;
        assert!(refused.is_err());
    }
    // All from one network: the last ones were not even looked at.
    let from = context_from("2001:db8:0:1::ffff");
    let waits = school.backend.accounts.sign_in("A-other", PASSWORD, &from).await;
    assert!(matches!(waits, Err(SignInRefusal::Wait { .. })), "{waits:?}");
    let home = context_from("192.0.2.7");
    assert!(school.backend.accounts.sign_in("A-other", PASSWORD, &home).await.is_ok());
}
