//! Signing in and out.

use tokio::task::JoinSet;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn the_right_password_signs_in_and_leads_on() {
    let house = House::new().await;
    house.admin().await;
    let mut browser = house.visitor();
    let led = browser.get("/users?search=kim").await;
    assert_eq!((led.status, led.location()), (303, "/sign-in?next=%2Fusers%3Fsearch%3Dkim"));
    let form = [("user_id", "a-HANA"), ("password", PASSWORD), ("next", "/users?search=kim")];
    let answer = browser.post("/sign-in", &form).await;
    assert_eq!((answer.status, answer.location()), (303, "/users?search=kim"));
    assert_eq!(browser.get("/users").await.status, 200);
}

#[tokio::test]
async fn wrong_passwords_and_unknown_users_are_told_alike() {
    let house = House::new().await;
    house.admin().await;
    let mut script = house.visitor().script();
    let wrong = script.sign_in("A-hana", "wrong horse").await;
    let unknown = script.sign_in("nobody", "wrong horse").await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(wrong.body, unknown.body);
    insta::assert_snapshot!(wrong.body, @r#"{"refused":[["password","wrong_sign_in"]]}"#);
    assert!(script.cookies.is_empty());
}

#[tokio::test]
async fn a_refused_sign_in_shows_the_user_id_again_but_not_the_password() {
    let house = House::new().await;
    house.admin().await;
    let answer = house.visitor().sign_in("A-hana", "wrong horse").await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("A-hana"));
    assert!(!answer.body.contains("wrong horse"));
}

#[tokio::test]
async fn too_many_attempts_are_told_to_wait() {
    let house = House::new().await;
    house.admin().await;
    let mut script = house.visitor().script();
    for _ in 0..10 {
        assert_eq!(script.sign_in("A-hana", "wrong horse").await.status, 422);
    }
    let answer = script.sign_in("A-hana", PASSWORD).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "2"));
    house.clock.advance(2);
    assert_eq!(script.sign_in("A-hana", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn whoever_goes_on_at_one_account_keeps_nobody_out_behind_the_same_address() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    house.signed_in_as(&mut admin, "teacher").await;
    let mut script = house.visitor().script();
    script.peer = ([198, 51, 100, 7], 50_000).into();
    let mut statuses = Vec::new();
    for _ in 0..200 {
        statuses.push(script.sign_in("A-hana", "wrong horse").await.status);
    }
    assert_eq!(statuses[..10], [422; 10]);
    assert_eq!(statuses[10..], [429; 190]);
    assert_eq!(script.sign_in("as-teacher", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_address_is_limited_and_only_trusted_proxies_can_name_another() {
    let house = House::new().await;
    let attempt = |peer: [u8; 4], said: u8| {
        let forwarded = format!("203.0.113.{said}");
        let mut script = house.visitor().script().with("x-forwarded-for", &forwarded);
        script.peer = (peer, 50_000).into();
        async move { script.sign_in(&format!("nobody-{said}"), "wrong horse").await.status }
    };
    let (stranger, proxy) = ([198, 51, 100, 7], [127, 0, 0, 1]);
    let mut attempts = JoinSet::new();
    (0..101).for_each(|said| drop(attempts.spawn(attempt(stranger, said))));
    let statuses = attempts.join_all().await;
    assert_eq!(statuses.iter().filter(|it| **it == 422).count(), 100);
    assert_eq!(statuses.iter().filter(|it| **it == 429).count(), 1);
    assert_eq!(attempt(proxy, 7).await, 422);
}

#[tokio::test]
async fn the_session_ends_with_signing_out_for_every_copy_of_the_cookie() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut copy = admin.clone();
    let answer = admin.post("/sign-out", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in"));
    assert!(admin.cookies.is_empty());
    assert_eq!(copy.get("/users").await.status, 303);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut before = admin.clone();
    admin.sign_in("A-hana", PASSWORD).await;
    assert_eq!(before.get("/users").await.status, 303);
    assert_eq!(admin.get("/users").await.status, 200);
}

#[tokio::test]
async fn a_session_that_somebody_else_chose_is_not_taken() {
    let house = House::new().await;
    let admin = house.admin().await;
    let planted = "x".repeat(43);
    let mut victim = house.visitor();
    victim.cookies.insert("rollcall_session".to_owned(), planted.clone());
    assert_eq!(victim.sign_in("A-hana", PASSWORD).await.status, 303);
    assert_ne!(victim.cookies["rollcall_session"], planted);
    let mut attacker = house.visitor();
    attacker.cookies.insert("rollcall_session".to_owned(), planted);
    assert_eq!(attacker.get("/users").await.status, 303);
    // Nor is one that is somebody's: it ends with the sign-in of another.
    let mut victim = admin.clone();
    victim.sign_in("A-hana", PASSWORD).await;
    assert_eq!(admin.clone().get("/users").await.status, 303);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_for_twelve_hours() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    house.clock.advance(11 * 60 * 60);
    assert_eq!(admin.get("/users").await.status, 200);
    house.clock.advance(12 * 60 * 60);
    assert_eq!(admin.get("/users").await.status, 303);
}

#[tokio::test]
async fn the_session_cookie_is_kept_from_scripts_and_other_sites() {
    let house = House::new().await;
    house.admin().await;
    let cookie = house.visitor().sign_in("A-hana", PASSWORD).await.header("set-cookie").to_owned();
    let (value, flags) = cookie.split_once(';').unwrap();
    assert!(value.starts_with("rollcall_session=") && value.len() > 50, "{value}");
    assert_eq!(flags, " HttpOnly; SameSite=Lax; Path=/");
}

#[tokio::test]
async fn over_tls_the_session_cookie_never_travels_without_it() {
    let house = House::at("https://rollcall.example.org").await;
    house.admin().await;
    let cookie = house.visitor().sign_in("A-hana", PASSWORD).await.header("set-cookie").to_owned();
    let (value, flags) = cookie.split_once(';').unwrap();
    assert!(value.starts_with("__Host-rollcall_session="), "{value}");
    assert_eq!(flags, " HttpOnly; SameSite=Lax; Secure; Path=/");
}
