//! How what is asked for wrongly is answered: paths, methods, functions, and in which form.

use axum::{body::Body, http::Method};

use crate::house::House;

#[tokio::test]
async fn errors_are_pages_for_people_and_json_for_scripts() {
    let house = House::new().await;
    let admin = house.admin().await;
    let answer = admin.with("accept", "text/html").post("/rooms/new", &[("owner", "me")]).await;
    assert_eq!(answer.status, 400);
    assert!(answer.header("content-type").starts_with("text/html"));
    let answer = admin.script().post("/rooms/new", &[("owner", "me")]).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["error"], "unreadable");
    assert_eq!(answer.json()["detail"], "unknown field: owner");
    assert_eq!(answer.json()["request_id"], answer.header("x-request-id"));
}

#[tokio::test]
async fn paths_that_lead_nowhere_are_told_alike() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for path in [
        "/nowhere",
        "/users/ghost",
        "/users/%FF",
        "/rooms/%00",
        "/images/96/%FF",
        "/help/%FF",
        "//evil.example/",
        "/%",
    ] {
        assert_eq!(admin.get(path).await.status, 404, "{path}");
    }
    assert_eq!(admin.post("/users/%FF", &[]).await.status, 404);
    let answer = admin.get("/users/").await;
    assert_eq!((answer.status, answer.location()), (303, "/users"));
}

#[tokio::test]
async fn functions_answer_scripts_and_tell_what_they_cannot_read() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for path in ["/api/users/list", "/api/users/find?user_id=%3Cb%3E", "/api/users/list?search=x"] {
        assert_eq!(admin.get(path).await.status, 400, "{path}");
    }
    let mut strayed = admin.with("referer", "https://evil.example");
    let answer = strayed.get("/api/users/list?search=&at=").await;
    assert_eq!((answer.status, answer.location()), (200, ""));
}

#[tokio::test]
async fn methods_that_a_path_does_not_know_are_refused() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    assert_eq!(admin.post("/users", &[]).await.status, 405);
    assert_eq!(admin.post("/nowhere", &[]).await.status, 404);
    assert_eq!(admin.send(Method::DELETE, "/users/new", None, Body::empty()).await.status, 405);
    assert_eq!(admin.send(Method::HEAD, "/users", None, Body::empty()).await.status, 200);
}
