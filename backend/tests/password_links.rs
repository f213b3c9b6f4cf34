//! The one-time link by which somebody sets their password.

use backend::{
    Secret,
    accounts::{LinkRefusal, MakeLinkRefusal, SignInRefusal},
    users::ImageChange,
};
use domain::{ConsoleRole, Password, Problem, UserId, account::SignIn, history::Deed};

use crate::common::{PASSWORD, School, context, profile, user_id};

const HOUR: i64 = 60 * 60;
const NEW: &str = "battery staple";

/// A school with the teacher `T-kim`, who has no password.
async fn school() -> School {
    let school = School::open().await;
    school.user_with("T-kim", |it| it.role = ConsoleRole::Teacher).await;
    school
}

async fn link(school: &School, id: &str) -> Secret {
    let made = school.backend.accounts.make_password_link(&school.admin, &user_id(id)).await;
    made.unwrap().secret
}

async fn set(school: &School, link: &str, password: &str) -> Result<UserId, LinkRefusal> {
    let password = Password::parse(password, None).unwrap();
    school.backend.accounts.set_password(link, &password, &context()).await
}

async fn sign_in_of(school: &School, id: &str) -> Option<SignIn> {
    let details = school.backend.users.details(&school.admin, &user_id(id)).await.unwrap();
    details.unwrap().sign_in
}

/// That nothing can be done by that link, and that it isn't said why.
async fn assert_dead(school: &School, link: &str, why: &str) {
    let accounts = &school.backend.accounts;
    let opened = accounts.password_link_holder(link).await;
    assert!(matches!(opened, Err(LinkRefusal::DeadLink)), "{why}: {opened:?}");
    let set = set(school, link, NEW).await;
    assert!(matches!(set, Err(LinkRefusal::DeadLink)), "{why}: {set:?}");
}

#[tokio::test]
async fn whoever_holds_the_link_sets_the_password_once() {
    let school = school().await;
    let before = sign_in_of(&school, "T-kim").await.unwrap();
    assert_eq!(before, SignIn { password: false, link_until: None });
    let made = school.backend.accounts.make_password_link(&school.admin, &user_id("t-KIM")).await;
    let made = made.unwrap();
    let waiting = sign_in_of(&school, "T-kim").await.unwrap();
    assert_eq!(waiting, SignIn { password: false, link_until: Some(made.until) });
    for _ in 0..10 {
        let accounts = &school.backend.accounts;
        let holder = accounts.password_link_holder(made.secret.reveal()).await;
        assert_eq!(holder.unwrap().as_str(), "T-kim");
    }
    let holder = set(&school, made.secret.reveal(), NEW).await.unwrap();
    assert_eq!(holder.as_str(), "T-kim");
    assert_dead(&school, made.secret.reveal(), "used").await;
    let after = sign_in_of(&school, "T-kim").await.unwrap();
    assert_eq!(after, SignIn { password: true, link_until: None });
    school.backend.accounts.sign_in("T-kim", NEW, &context()).await.unwrap();
    let log = school.db_audit().await;
    assert!(log.contains(&"password.link A-hana T-kim -".to_owned()), "{log:?}");
    assert!(log.contains(&"authn_password_change - T-kim -".to_owned()), "{log:?}");
    let history = &school.backend.history;
    let told = history.of_user(&school.admin, &user_id("T-kim"), None).await.unwrap();
    let told: Vec<_> = told.rows.into_iter().map(|it| it.deed).collect();
    let expected =
        [Deed::SignedIn, Deed::PasswordSetByLink, Deed::PasswordLinkMade, Deed::UserCreated];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_link_serves_a_forgotten_password_and_ends_all_sessions() {
    let school = School::open().await;
    school.other_admin("A-juno").await;
    let (here, there) = (school.sign_in("A-juno").await, school.sign_in("A-juno").await);
    let link = link(&school, "A-juno").await;
    assert!(school.session(&here).await.is_some(), "making it ends nothing");
    set(&school, link.reveal(), NEW).await.unwrap();
    for secret in [here, there] {
        assert!(school.session(&secret).await.is_none());
    }
    assert!(school.session(&school.secret).await.is_some(), "others stay");
    let old = school.backend.accounts.sign_in("A-juno", PASSWORD, &context()).await;
    assert!(matches!(old, Err(SignInRefusal::Wrong)));
}

#[tokio::test]
async fn a_link_is_over_after_two_days() {
    let school = school().await;
    let link = link(&school, "T-kim").await;
    school.clock.advance(48 * HOUR - 1);
    assert!(school.backend.accounts.password_link_holder(link.reveal()).await.is_ok());
    assert!(sign_in_of(&school, "T-kim").await.unwrap().link_until.is_some());
    school.clock.advance(1);
    assert_dead(&school, link.reveal(), "too old").await;
    assert_eq!(sign_in_of(&school, "T-kim").await.unwrap().link_until, None);
}

#[tokio::test]
async fn a_newer_link_takes_the_place_of_the_older() {
    let school = school().await;
    let (older, newer) = (link(&school, "T-kim").await, link(&school, "T-kim").await);
    assert_dead(&school, older.reveal(), "replaced").await;
    set(&school, newer.reveal(), NEW).await.unwrap();
}

#[tokio::test]
async fn links_that_were_never_made_open_nothing() {
    let school = school().await;
    link(&school, "T-kim").await;
    for wrong in ["", "guess", "' OR 1=1 --", &"x".repeat(100_000), school.secret.reveal()] {
        assert_dead(&school, wrong, wrong).await;
    }
}

#[tokio::test]
async fn a_link_is_over_with_its_user_and_does_not_come_back() {
    for end in ["deactivated", "without a role", "deleted", "another password"] {
        let school = school().await;
        let link = link(&school, "T-kim").await;
        let (users, id) = (&school.backend.users, user_id("T-kim"));
        let none = profile("Kim");
        let teacher = domain::user::UserProfile { role: ConsoleRole::Teacher, ..none.clone() };
        match end {
            "deactivated" => drop(users.deactivate(&school.admin, &id).await.unwrap()),
            "without a role" => {
                users.edit(&school.admin, &id, &none, ImageChange::Keep, None).await.unwrap();
            }
            "deleted" => users.delete(&school.admin, &id, None).await.unwrap(),
            _ => {
                let password = Password::parse(PASSWORD, None).unwrap();
                let accounts = &school.backend.accounts;
                accounts.reset_password(&school.admin, &id, &password).await.unwrap();
            }
        }
        assert_dead(&school, link.reveal(), end).await;
        match end {
            "deactivated" => drop(users.reactivate(&school.admin, &id).await.unwrap()),
            "without a role" => {
                users.edit(&school.admin, &id, &teacher, ImageChange::Keep, None).await.unwrap();
            }
            _ => {}
        }
        assert_dead(&school, link.reveal(), end).await;
    }
}

/// Whatever takes a role or deactivates, today or some day: the link itself asks.
#[tokio::test]
async fn a_link_asks_who_its_user_is_when_it_is_used() {
    for change in ["status = 1", "role = 0"] {
        let school = school().await;
        let link = link(&school, "T-kim").await;
        let update = format!("UPDATE users SET {change} WHERE user_id = 'T-kim'");
        sqlx::query(sqlx::AssertSqlSafe(update)).execute(&mut school.db().await).await.unwrap();
        assert_dead(&school, link.reveal(), change).await;
    }
}

#[tokio::test]
async fn links_are_made_for_active_people_with_a_role_alone() {
    let school = school().await;
    school.user("S-1").await;
    school.backend.users.deactivate(&school.admin, &user_id("T-kim")).await.unwrap();
    let accounts = &school.backend.accounts;
    for id in ["S-1", "T-kim"] {
        let made = accounts.make_password_link(&school.admin, &user_id(id)).await;
        assert!(matches!(made, Err(MakeLinkRefusal::MayNotSignIn)), "{id}");
    }
    let made = accounts.make_password_link(&school.admin, &user_id("S-404")).await;
    assert!(matches!(made, Err(MakeLinkRefusal::NotFound)));
    assert_eq!(sign_in_of(&school, "S-1").await, None);
    assert!(!school.db_audit().await.iter().any(|it| it.starts_with("password.link")));
}

#[tokio::test]
async fn an_admin_who_is_none_any_more_makes_no_link() {
    let school = school().await;
    school.other_admin("A-juno").await;
    let secret = school.sign_in("A-juno").await;
    let proof = school.session(&secret).await.unwrap().admin().unwrap();
    school.backend.users.deactivate(&school.admin, &user_id("A-juno")).await.unwrap();
    let made = school.backend.accounts.make_password_link(&proof, &user_id("T-kim")).await;
    let Err(MakeLinkRefusal::Internal(error)) = made else { panic!("{made:?}") };
    assert_eq!(error.kind(), backend::InternalKind::Revoked);
}

#[tokio::test]
async fn passwords_that_are_guessed_first_leave_the_link_as_it_was() {
    let school = school().await;
    school.user_with("T-longer-id", |it| it.role = ConsoleRole::Teacher).await;
    let link = link(&school, "T-longer-id").await;
    for (password, problem) in
        [("Password1", Problem::CommonPassword), ("t-LONGER-id", Problem::SameAsUserId)]
    {
        let refused = set(&school, link.reveal(), password).await;
        let Err(LinkRefusal::Password(found)) = refused else { panic!("{refused:?}") };
        assert_eq!(found, problem);
    }
    set(&school, link.reveal(), NEW).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_use_a_link_at_once_one_sets_the_password() {
    let school = school().await;
    let link = link(&school, "T-kim").await;
    let attempts = (0..50).map(|number| {
        let (backend, link) = (school.backend.clone(), link.clone());
        tokio::spawn(async move {
            let password = Password::parse(&format!("{NEW} {number}"), None).unwrap();
            let set = backend.accounts.set_password(link.reveal(), &password, &context()).await;
            set.map(|_| number)
        })
    });
    let mut winners = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(number) => winners.push(number),
            Err(refusal) => assert!(matches!(refusal, LinkRefusal::DeadLink), "{refusal:?}"),
        }
    }
    let [winner] = winners[..] else { panic!("{winners:?}") };
    let password = format!("{NEW} {winner}");
    school.backend.accounts.sign_in("T-kim", &password, &context()).await.unwrap();
}

#[tokio::test]
async fn guessing_links_is_slowed_down_by_address_as_signing_in_is() {
    let school = school().await;
    let link = link(&school, "T-kim").await;
    let accounts = &school.backend.accounts;
    // The first Admin, who came by such a link, took the one that lacks.
    for _ in 0..99 {
        let guessed = set(&school, "guess", NEW).await;
        assert!(matches!(guessed, Err(LinkRefusal::DeadLink)));
    }
    let set = set(&school, link.reveal(), NEW).await;
    assert!(matches!(set, Err(LinkRefusal::Wait { .. })), "{set:?}");
    let sign_in = accounts.sign_in("A-hana", PASSWORD, &context()).await;
    assert!(matches!(sign_in, Err(SignInRefusal::Wait { .. })), "the same tokens");
    // Opening it uses nothing.
    assert!(accounts.password_link_holder(link.reveal()).await.is_ok());
}

#[tokio::test]
async fn no_secret_of_a_link_stands_in_the_database() {
    let school = school().await;
    let link = link(&school, "T-kim").await;
    let mut db = school.db().await;
    let hash: Vec<u8> = sqlx::query_scalar("SELECT secret_hash FROM password_links")
        .fetch_one(&mut db)
        .await
        .unwrap();
    assert_ne!(hash, link.reveal().as_bytes());
    let details: Vec<String> =
        sqlx::query_scalar("SELECT detail FROM audit").fetch_all(&mut db).await.unwrap();
    assert!(!details.join("\n").contains(link.reveal()));
}
