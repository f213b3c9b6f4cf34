//! What the console role of somebody is worth while they are signed in.

use crate::house::House;

#[tokio::test]
async fn somebody_without_a_role_cannot_sign_in() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut nobody = house.signed_in_as(&mut admin, "none").await;
    assert_eq!(nobody.get("/users").await.status, 303);
}

#[tokio::test]
async fn a_lost_role_ends_the_session_at_once() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut other = house.signed_in_as(&mut admin, "admin").await;
    assert_eq!(other.get("/users").await.status, 200);
    let answer = admin
        .upload(
            "/users/as-admin",
            &[("nickname", "Now a teacher"), ("permission", "host"), ("role", "teacher")],
            None,
        )
        .await;
    assert_eq!((answer.status, answer.location()), (303, "/users/as-admin?saved"));
    assert_eq!(other.get("/users").await.status, 303);
}
