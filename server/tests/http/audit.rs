//! The audit log: its page, its file, and what leaves a line in it that nobody sent a form for.

use axum::{body::Body, http::Method};
use serde_json::Value;

use crate::{
    browser::Browser,
    house::{House, PASSWORD},
};

/// The entries that the page asks for.
pub async fn entries(browser: &Browser, asked: &str) -> Vec<Value> {
    let answer = browser.script().get(&format!("/api/audit/list?{asked}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["page"]["rows"].as_array().unwrap().clone()
}

const REFUSED: &str = "search=&at=&asked[kind]=refused";

#[tokio::test]
async fn what_a_teacher_is_refused_stands_in_the_log_with_what_it_was_about() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    assert_eq!(teacher.post("/users/A-hana/delete", &[("secret", "canary")]).await.status, 403);
    assert_eq!(teacher.get("/users?search=canary").await.status, 403);
    let path = "/api/users/set-active";
    let sent = teacher.post(path, &[("user_id", "A-hana"), ("active", "false")]).await;
    assert_eq!(sent.status, 403);
    let entries = entries(&admin, REFUSED).await;
    let told: Vec<_> = entries.iter().map(|it| it["event"]["deed"]["refused"].clone()).collect();
    let asked: Vec<_> = told.iter().map(|it| it["asked"].as_str().unwrap()).collect();
    let expected = ["POST /api/users/set-active", "GET /users", "POST /users/{user_id}/delete"];
    assert_eq!(asked, expected);
    assert_eq!(entries[2]["event"]["actor"]["user_id"], "as-teacher");
    assert_eq!(entries[2]["event"]["user"]["user_id"], "A-hana");
    assert_eq!(entries[2]["action"], "authz_fail");
    assert_eq!(entries[2]["request_id"].as_str().unwrap().len(), 16);
    assert!(!entries.iter().any(|it| it.to_string().contains("canary")));
}

#[tokio::test]
async fn what_other_sites_send_in_somebodys_name_stands_in_the_log() {
    let house = House::new().await;
    let admin = house.admin().await;
    let mut lured = admin.with("sec-fetch-site", "cross-site");
    assert_eq!(lured.post("/users/new", &[("user_id", "S-1")]).await.status, 403);
    let entries = entries(&admin, REFUSED).await;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["event"]["actor"]["user_id"], "A-hana");
    // Of visitors there is nobody to tell.
    let mut visitor = house.visitor().with("sec-fetch-site", "cross-site");
    assert_eq!(visitor.post("/sign-in", &[]).await.status, 403);
    assert_eq!(self::entries(&admin, REFUSED).await.len(), 1);
}

#[tokio::test]
async fn a_flood_of_refused_requests_leaves_a_bounded_number_of_lines() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    for _ in 0..200 {
        assert_eq!(teacher.post("/users/new", &[]).await.status, 403);
    }
    assert_eq!(entries(&admin, REFUSED).await.len(), 20);
}

#[tokio::test]
async fn the_page_tells_what_was_done_and_the_filters_stand_in_its_address() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", "Kim <b>")], None).await;
    let page = admin.get("/audit").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("created Kim &lt;b&gt; (S-1)"), "{}", page.body);
    let page = admin.get("/audit?kind=sign_in").await;
    assert!(page.body.contains("signed in") && !page.body.contains("(S-1)"));
    for nonsense in ["kind=king", "person=%00", "room=x", "from=never", "at=sideways", "search=%F0"]
    {
        assert_eq!(admin.get(&format!("/audit?{nonsense}")).await.status, 200, "{nonsense}");
    }
}

#[tokio::test]
async fn the_file_holds_what_the_page_asks_for_and_cannot_be_run() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", "=cmd()")], None).await;
    let file = admin.get("/audit.csv?kind=users&from=&until=").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"audit.csv\"");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("cache-control"), "no-store");
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 2, "{}", file.body);
    assert!(lines[1].contains("\"user.create\",\"A-hana\",\"S-1\""), "{}", lines[1]);
    assert!(!file.body.contains(PASSWORD));
    for unknown in ["kind=king", "owner=A-hana", "from=never", "person=%00"] {
        assert_eq!(admin.get(&format!("/audit.csv?{unknown}")).await.status, 400, "{unknown}");
    }
    let sent = admin.send(Method::POST, "/audit.csv", None, Body::empty()).await;
    assert_eq!(sent.status, 405);
    assert_eq!(house.visitor().get("/audit.csv").await.status, 303);
}
