//! A form that is sent twice makes one thing.

use crate::{browser::Browser, house::House, images::picture};

const ALGEBRA: [(&str, &str); 3] = [("name", "Algebra"), ("type", "private"), ("once", "page-1")];

async fn rooms(admin: &mut Browser) -> usize {
    admin.get("/rooms").await.body.matches(">Algebra<").count()
}

#[tokio::test]
async fn a_form_sent_again_is_answered_as_before() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let first = admin.post("/rooms/new", &ALGEBRA).await;
    let again = admin.post("/rooms/new", &ALGEBRA).await;
    assert_eq!((again.status, again.location()), (303, first.location()));
    let script = admin.script().post("/rooms/new", &ALGEBRA).await;
    assert_eq!(script.json()["done"]["location"], first.location());
    assert_eq!(rooms(&mut admin).await, 1);
}

#[tokio::test]
async fn another_page_or_other_content_is_another_form() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.post("/rooms/new", &ALGEBRA).await;
    let mut other_page = ALGEBRA;
    other_page[2].1 = "page-2";
    admin.post("/rooms/new", &other_page).await;
    let mut other_content = ALGEBRA;
    other_content[1].1 = "public";
    admin.post("/rooms/new", &other_content).await;
    admin.post("/rooms/new", &ALGEBRA[..2]).await;
    admin.post("/rooms/new", &ALGEBRA[..2]).await;
    assert_eq!(rooms(&mut admin).await, 5);
}

#[tokio::test]
async fn a_user_who_is_created_twice_by_one_form_is_not_taken() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("user_id", "S-1"), ("nickname", "Kim"), ("once", "page-1")];
    for _ in 0..2 {
        let answer = admin.upload("/users/new", &form, None).await;
        assert_eq!((answer.status, answer.location()), (303, "/users/S-1?created"));
    }
    let other = [("user_id", "S-1"), ("nickname", "Kim"), ("once", "page-2")];
    assert_eq!(admin.upload("/users/new", &other, None).await.status, 422);
}

#[tokio::test]
async fn a_refused_form_can_be_sent_again() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("name", "Algebra"), ("pasted", "S-1"), ("once", "page-1")];
    assert_eq!(admin.post("/rooms/new", &form).await.status, 422);
    admin.upload("/users/new", &[("user_id", "S-1")], None).await;
    assert_eq!(admin.post("/rooms/new", &form).await.status, 303);
    assert_eq!(rooms(&mut admin).await, 1);
}

#[tokio::test]
async fn of_fifty_at_once_one_makes_a_room_and_all_are_led_to_it() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let sent = (0..50).map(|_| {
        let mut admin = admin.clone();
        tokio::spawn(async move { admin.post("/rooms/new", &ALGEBRA).await })
    });
    let sent: Vec<_> = sent.collect();
    let mut led_to = Vec::new();
    for answer in sent {
        led_to.push(answer.await.unwrap().location().to_owned());
    }
    led_to.dedup();
    assert_eq!(led_to.len(), 1, "{led_to:?}");
    assert_eq!(rooms(&mut admin).await, 1);
}

#[tokio::test]
async fn what_one_sent_is_no_answer_to_another() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut other = house.signed_in_as(&mut admin, "admin").await;
    let first = admin.post("/rooms/new", &ALGEBRA).await;
    let second = other.post("/rooms/new", &ALGEBRA).await;
    assert_ne!(first.location(), second.location());
}

#[tokio::test]
async fn after_a_day_a_form_is_forgotten() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.post("/rooms/new", &ALGEBRA).await;
    house.backend.accounts.forget_sent().await.unwrap();
    admin.post("/rooms/new", &ALGEBRA).await;
    assert_eq!(rooms(&mut admin).await, 1);
    house.clock.advance(24 * 60 * 60 + 1);
    house.backend.accounts.forget_sent().await.unwrap();
    admin.sign_in("A-hana", crate::house::PASSWORD).await;
    admin.post("/rooms/new", &ALGEBRA).await;
    assert_eq!(rooms(&mut admin).await, 2);
}

#[tokio::test]
async fn another_picture_is_another_form() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("user_id", "S-1"), ("once", "page-1")];
    assert_eq!(admin.upload("/users/new", &form, None).await.status, 303);
    // It isn't taken for the form that made the user, and so finds the User ID taken.
    let other = admin.script().upload("/users/new", &form, Some(&picture(30, 30))).await;
    assert_eq!(other.json()["refused"][0][0], "user_id");
}
