//! First start: the one-time link and the first Admin.

use crate::house::{House, first_admin};

#[tokio::test]
async fn the_first_admin_is_created_by_the_printed_link_and_signed_in() {
    let house = House::new().await;
    let secret = house.printed_secret().await.unwrap();
    let mut browser = house.visitor();
    assert_eq!(browser.get(&format!("/setup?secret={secret}")).await.status, 200);
    let answer = browser.post("/setup", &first_admin(&secret)).await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
    assert_eq!(browser.get("/users").await.status, 200);
    assert!(house.printed_secret().await.is_none());
}

#[tokio::test]
async fn the_link_dies_with_its_use() {
    let house = House::new().await;
    let secret = house.printed_secret().await.unwrap();
    house.visitor().post("/setup", &first_admin(&secret)).await;
    let mut late = house.visitor().script();
    let mut form = first_admin(&secret);
    form[1].1 = "A-late";
    let answer = late.post("/setup", &form).await;
    assert_eq!(answer.status, 422);
    insta::assert_snapshot!(answer.body, @r#"{"refused":[["link","dead_link"]]}"#);
}

#[tokio::test]
async fn the_link_dies_after_an_hour() {
    let house = House::new().await;
    let secret = house.printed_secret().await.unwrap();
    house.clock.advance(60 * 60);
    let answer = house.visitor().post("/setup", &first_admin(&secret)).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn nobody_becomes_admin_without_the_link() {
    let house = House::new().await;
    house.printed_secret().await.unwrap();
    for wrong in ["", "guess"] {
        let answer = house.visitor().post("/setup", &first_admin(wrong)).await;
        assert_eq!(answer.status, 422);
    }
}

#[tokio::test]
async fn whoever_guesses_the_link_waits_as_those_who_guess_passwords() {
    let house = House::new().await;
    let secret = house.printed_secret().await.unwrap();
    let mut stranger = house.visitor();
    stranger.peer = ([198, 51, 100, 7], 50_000).into();
    for _ in 0..100 {
        assert_eq!(stranger.post("/setup", &first_admin("guess")).await.status, 422);
    }
    let sent = stranger.post("/setup", &first_admin(&secret)).await;
    assert_eq!((sent.status, sent.header("retry-after")), (429, "1"));
    assert!(sent.body.contains("Too many attempts."), "{}", sent.body);
    assert_eq!(house.visitor().post("/setup", &first_admin(&secret)).await.status, 303);
}

#[tokio::test]
async fn the_first_admin_has_no_password_that_everybody_guesses() {
    let house = House::new().await;
    let secret = house.printed_secret().await.unwrap();
    let mut form = first_admin(&secret);
    (form[3].1, form[4].1) = ("Password1", "Password1");
    let answer = house.visitor().script().post("/setup", &form).await;
    assert_eq!(answer.status, 422);
    insta::assert_snapshot!(answer.body, @r#"{"refused":[["password","common_password"]]}"#);
    assert_eq!(house.visitor().post("/setup", &first_admin(&secret)).await.status, 303);
}

#[tokio::test]
async fn the_form_shows_again_what_was_typed_but_no_password() {
    let house = House::new().await;
    let secret = house.printed_secret().await.unwrap();
    let mut form = first_admin(&secret);
    form[4].1 = "something else";
    let answer = house.visitor().post("/setup", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("A-hana") && answer.body.contains("Hana Lee"));
    assert!(!answer.body.contains("correct horse"));
    assert_eq!(house.visitor().post("/setup", &first_admin(&secret)).await.status, 303);
}
