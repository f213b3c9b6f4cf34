//! One's own account: changing the password, and the devices on which one is signed in.

use backend::{
    InternalKind, Secret,
    accounts::{ChangeRefusal, Context, Session, SignInRefusal},
};
use domain::{
    ConsoleRole, Password, Problem,
    account::{Device, DeviceName, SignOut},
    browser::Browser,
    history::Deed,
};

use crate::common::{PASSWORD, School, context, context_from, profile, user_id};

const NEW: &str = "battery staple";
const HOUR: i64 = 60 * 60;

async fn own(school: &School) -> Session {
    school.session(&school.secret).await.unwrap()
}

async fn change(school: &School, old: &str, new: &str) -> Result<Secret, ChangeRefusal> {
    let new = Password::parse(new, None).unwrap();
    school.backend.accounts.change_password(&own(school).await, old, &new).await
}

async fn devices(school: &School, session: &Session) -> Vec<Device> {
    school.backend.accounts.devices(session).await.unwrap()
}

async fn sign_out(school: &School, session: &Session, which: SignOut) -> bool {
    school.backend.accounts.sign_out_devices(session, &which).await.unwrap()
}

#[tokio::test]
async fn a_changed_password_ends_all_sessions_and_begins_one() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let (there, others) = (school.sign_in("A-hana").await, school.sign_in("A-juno").await);
    let new = change(&school, PASSWORD, NEW).await.unwrap();
    for dead in [&there, &school.secret] {
        assert!(school.session(dead).await.is_none());
    }
    assert_eq!(school.session(&new).await.unwrap().user().user_id.as_str(), "A-hana");
    assert!(school.session(&others).await.is_some());
    let accounts = &school.backend.accounts;
    let old = accounts.sign_in("A-hana", PASSWORD, &context()).await;
    assert!(matches!(old, Err(SignInRefusal::Wrong)));
    accounts.sign_in("A-hana", NEW, &context()).await.unwrap();
    let log = school.db_audit().await;
    assert!(log.contains(&"authn_password_change A-hana A-hana -".to_owned()), "{log:?}");
    let history = &school.backend.history;
    let told = history.of_user(&school.admin, &user_id("A-hana"), None).await.unwrap();
    assert!(told.rows.iter().any(|it| it.deed == Deed::PasswordChanged));
}

#[tokio::test]
async fn a_teacher_changes_their_password_too() {
    let school = School::open().await;
    school.other_admin("T-kim").await;
    let teacher = domain::user::UserProfile { role: ConsoleRole::Teacher, ..profile("Kim") };
    let keep = backend::users::ImageChange::Keep;
    school
        .backend
        .users
        .edit(&school.admin, &user_id("T-kim"), &teacher, keep, None)
        .await
        .unwrap();
    let secret = school.sign_in("T-kim").await;
    let session = school.session(&secret).await.unwrap();
    let new = Password::parse(NEW, None).unwrap();
    let accounts = &school.backend.accounts;
    let new = accounts.change_password(&session, PASSWORD, &new).await.unwrap();
    assert_eq!(school.session(&new).await.unwrap().role(), ConsoleRole::Teacher);
}

#[tokio::test]
async fn without_the_old_password_nothing_changes() {
    let school = School::open().await;
    let there = school.sign_in("A-hana").await;
    let too_long = "x".repeat(300);
    for wrong in ["", "wrong horse", "Correct horse", too_long.as_str()] {
        let refused = change(&school, wrong, NEW).await;
        assert!(matches!(refused, Err(ChangeRefusal::Wrong)), "{wrong}");
    }
    assert!(school.session(&there).await.is_some());
    let log = school.db_audit().await;
    assert_eq!(log.iter().filter(|it| *it == "authn_login_fail - A-hana -").count(), 4);
    assert!(!log.iter().any(|it| it.starts_with("authn_password_change")));
    school.sign_in("A-hana").await;
}

#[tokio::test]
async fn guessing_the_old_password_takes_the_tokens_of_signing_in() {
    let school = School::open().await;
    for _ in 0..10 {
        let refused = change(&school, "wrong horse", NEW).await;
        assert!(matches!(refused, Err(ChangeRefusal::Wrong)));
    }
    let refused = change(&school, PASSWORD, NEW).await;
    assert!(matches!(refused, Err(ChangeRefusal::Wait { seconds: 2 })), "{refused:?}");
    let sign_in = school.backend.accounts.sign_in("A-hana", PASSWORD, &context()).await;
    assert!(matches!(sign_in, Err(SignInRefusal::Wait { .. })));
    school.clock.advance(2);
    change(&school, PASSWORD, NEW).await.unwrap();
}

#[tokio::test]
async fn passwords_that_are_guessed_first_are_not_chosen() {
    let school = School::open().await;
    let refused = change(&school, PASSWORD, "Password1").await;
    assert!(matches!(refused, Err(ChangeRefusal::Password(Problem::CommonPassword))));
    assert!(school.session(&school.secret).await.is_some());
}

#[tokio::test]
async fn a_session_that_has_ended_changes_nothing_any_more() {
    let school = School::open().await;
    let session = own(&school).await;
    let accounts = &school.backend.accounts;
    accounts.sign_out(school.secret.reveal(), &context()).await.unwrap();
    let new = Password::parse(NEW, None).unwrap();
    let changed = accounts.change_password(&session, PASSWORD, &new).await;
    let Err(ChangeRefusal::Internal(error)) = changed else { panic!("{changed:?}") };
    assert_eq!(error.kind(), InternalKind::Revoked);
    let ended = accounts.sign_out_devices(&session, &SignOut::All).await;
    assert_eq!(ended.unwrap_err().kind(), InternalKind::Revoked);
    school.sign_in("A-hana").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_change_a_password_at_once_one_does() {
    let school = School::open().await;
    let session = own(&school).await;
    let attempts = (0..6).map(|number| {
        let (backend, session) = (school.backend.clone(), session.clone());
        tokio::spawn(async move {
            let new = Password::parse(&format!("{NEW} {number}"), None).unwrap();
            backend.accounts.change_password(&session, PASSWORD, &new).await
        })
    });
    let mut changed = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        changed.extend(attempt.await.unwrap().ok());
    }
    assert_eq!(changed.len(), 1);
    assert!(school.session(&changed[0]).await.is_some());
}

#[tokio::test]
async fn devices_are_those_on_which_one_is_signed_in_now() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    school.sign_in("A-juno").await;
    let accounts = &school.backend.accounts;
    school.clock.advance(HOUR);
    let phone = Context { browser: "curl/8.5.0".to_owned(), ..context_from("10.0.0.9") };
    let phone = accounts.sign_in("A-hana", PASSWORD, &phone).await.unwrap();
    school.session(&school.secret).await.unwrap();
    let shown = devices(&school, &own(&school).await).await;
    let addresses: Vec<_> = shown.iter().map(|it| (it.address.as_str(), it.here)).collect();
    assert_eq!(addresses, [("10.0.0.1", true), ("10.0.0.9", false)]);
    assert_eq!(shown[1].browser, Browser::Other("curl/8.5.0".to_owned()));
    assert_eq!(shown[0].since.plus_seconds(HOUR), shown[1].since);
    assert_eq!(shown[0].last_seen, shown[1].last_seen);
    let session = school.session(&phone).await.unwrap();
    assert!(devices(&school, &session).await[0].address == "10.0.0.9", "one's own comes first");
    school.clock.advance(12 * HOUR);
    let again = school.sign_in("A-hana").await;
    let session = school.session(&again).await.unwrap();
    assert_eq!(devices(&school, &session).await.len(), 1, "the others are over");
}

#[tokio::test]
async fn of_too_many_sessions_those_end_that_were_not_used_for_the_longest() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let of_another = school.sign_in("A-juno").await;
    let first = school.sign_in("A-hana").await;
    for _ in 0..48 {
        school.clock.advance(60);
        school.sign_in("A-hana").await;
    }
    assert_eq!(devices(&school, &own(&school).await).await.len(), 50);
    // One's own was used since; so the next to begin ends the first.
    school.clock.advance(5 * 60);
    own(&school).await;
    let last = school.sign_in("A-hana").await;
    assert!(school.session(&first).await.is_none());
    for lasting in [&last, &school.secret, &of_another] {
        assert!(school.session(lasting).await.is_some());
    }
    assert_eq!(devices(&school, &own(&school).await).await.len(), 50);
    let history = &school.backend.history;
    let told = history.of_user(&school.admin, &user_id("A-hana"), None).await;
    assert!(told.unwrap().rows.iter().any(|it| it.deed == Deed::SignedOutUnused));
    let ended = school.db_audit().await;
    let ended = ended.iter().filter(|it| it.starts_with("session.end A-hana A-hana"));
    assert_eq!(ended.count(), 1);
}

#[tokio::test]
async fn a_device_is_named_by_neither_secret_nor_hash() {
    let school = School::open().await;
    let shown = devices(&school, &own(&school).await).await;
    let hash: Vec<u8> = sqlx::query_scalar("SELECT secret_hash FROM sessions")
        .fetch_one(&mut school.db().await)
        .await
        .unwrap();
    for part in hash.windows(16) {
        assert_ne!(DeviceName::of(part.try_into().unwrap()), shown[0].name);
    }
    assert!(!school.secret.reveal().contains(shown[0].name.as_str()));
}

#[tokio::test]
async fn one_device_the_others_or_all_are_signed_out() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let foreign = school.sign_in("A-juno").await;
    let (phone, tablet) = (school.sign_in("A-hana").await, school.sign_in("A-hana").await);
    let session = own(&school).await;
    let name = {
        let phone = school.session(&phone).await.unwrap();
        devices(&school, &phone).await.into_iter().find(|it| it.here).unwrap().name
    };
    assert!(sign_out(&school, &session, SignOut::One(name.clone())).await);
    assert!(school.session(&phone).await.is_none());
    assert!(school.session(&tablet).await.is_some());
    assert!(!sign_out(&school, &session, SignOut::One(name)).await, "it is there no more");
    assert!(sign_out(&school, &session, SignOut::Others).await);
    assert!(school.session(&tablet).await.is_none());
    assert!(school.session(&school.secret).await.is_some());
    assert!(sign_out(&school, &session, SignOut::All).await);
    assert!(school.session(&school.secret).await.is_none());
    assert!(school.session(&foreign).await.is_some());
    let history = &school.backend.history;
    let told = history.of_user(&school.admin, &user_id("A-hana"), None).await.unwrap();
    let told: Vec<_> = told.rows.into_iter().map(|it| it.deed).take(3).collect();
    let elsewhere = Deed::SignedOutElsewhere;
    assert_eq!(told, [Deed::SignedOutEverywhere, elsewhere.clone(), elsewhere]);
}

#[tokio::test]
async fn nobody_signs_another_persons_device_out() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let foreign = school.sign_in("A-juno").await;
    let theirs = devices(&school, &school.session(&foreign).await.unwrap()).await;
    let session = own(&school).await;
    assert!(!sign_out(&school, &session, SignOut::One(theirs[0].name.clone())).await);
    assert!(!sign_out(&school, &session, SignOut::One(DeviceName::of([7; 16]))).await);
    assert!(school.session(&foreign).await.is_some());
    assert!(!school.db_audit().await.iter().any(|it| it.starts_with("session.end")));
}

#[tokio::test]
async fn signing_out_everywhere_leaves_a_link_that_waits() {
    let school = School::open().await;
    let accounts = &school.backend.accounts;
    let link = accounts.make_password_link(&school.admin, &user_id("A-hana")).await.unwrap();
    assert!(sign_out(&school, &own(&school).await, SignOut::All).await);
    assert!(accounts.password_link_holder(link.secret.reveal()).await.is_ok());
    let again = school.sign_in("A-hana").await;
    let session = school.session(&again).await.unwrap();
    let new = Password::parse(NEW, None).unwrap();
    accounts.change_password(&session, PASSWORD, &new).await.unwrap();
    let opened = accounts.password_link_holder(link.secret.reveal()).await;
    assert!(opened.is_err(), "whoever holds it was not to change it again");
}
