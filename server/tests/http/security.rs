//! Headers, foreign hosts and other sites.

use axum::{body::Body, http::Method};

use crate::{
    browser::Answer,
    house::{House, PASSWORD},
};

fn assert_protected(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe-inline"), "{what}: {policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
}

#[tokio::test]
async fn every_kind_of_response_is_protected_and_kept_out_of_caches() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut visitor = house.visitor();
    for (what, answer) in [
        ("page", admin.get("/users").await),
        ("page at the door", visitor.get("/sign-in").await),
        ("redirect", visitor.get("/users").await),
        ("no such page", admin.get("/nowhere").await),
        ("no such image", visitor.get("/images/96/x.png").await),
        ("form done", admin.post("/preferences", &[("theme", "dark")]).await),
        ("form refused", visitor.sign_in("nobody", "wrong horse").await),
        ("form unreadable", admin.post("/rooms/new", &[("owner", "me")]).await),
        ("server function", admin.script().get("/api/users/list?search=&at=").await),
        ("no such function", admin.script().get("/api/nothing").await),
        ("wrong method", admin.post("/users", &[]).await),
        ("foreign host", admin.with("host", "evil.example").get("/").await),
        ("other site", admin.with("sec-fetch-site", "cross-site").post("/sign-out", &[]).await),
        ("health", visitor.get("/healthz").await),
        ("readiness", visitor.get("/readyz").await),
    ] {
        assert_protected(&answer, what);
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    }
}

#[tokio::test]
async fn scripts_of_a_page_run_by_the_nonce_of_that_response_alone() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let nonce = |answer: &Answer| {
        let policy = answer.header("content-security-policy").to_owned();
        let (_, rest) = policy.split_once("script-src 'nonce-").unwrap();
        rest.split_once("' 'strict-dynamic' 'wasm-unsafe-eval';").unwrap().0.to_owned()
    };
    let (one, other) = (visitor.get("/sign-in").await, visitor.get("/sign-in").await);
    assert_ne!(nonce(&one), nonce(&other));
    let scripts: Vec<&str> = one.body.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        assert!(script.contains(&format!("nonce=\"{}\"", nonce(&one))), "{script}");
    }
}

#[tokio::test]
async fn only_over_tls_browsers_are_told_to_stay_there() {
    let (plain, tls) = (House::new().await, House::at("https://rollcall.example.org").await);
    let said = |answer: &Answer| answer.header("strict-transport-security").to_owned();
    assert_eq!(said(&plain.visitor().get("/sign-in").await), "");
    assert_eq!(said(&tls.visitor().get("/sign-in").await), "max-age=63072000");
}

#[tokio::test]
async fn foreign_hosts_are_misdirected() {
    let house = House::at("https://rollcall.example.org").await;
    for (host, status) in [
        ("rollcall.example.org", 200),
        ("localhost:3000", 200),
        ("127.0.0.1:3000", 200),
        ("evil.example", 421),
        ("rollcall.example.org.evil.example", 421),
        ("not a host", 421),
    ] {
        let answer = house.visitor().with("host", host).get("/sign-in").await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let house = House::at("https://rollcall.example.org").await;
    let admin = house.admin().await;
    for (headers, status) in [
        (vec![("sec-fetch-site", "same-origin")], 303),
        (vec![("sec-fetch-site", "none")], 303),
        (vec![("sec-fetch-site", "same-site")], 403),
        (vec![("sec-fetch-site", "cross-site")], 403),
        (vec![("sec-fetch-site", "cross-site"), ("origin", "https://rollcall.example.org")], 403),
        (vec![("origin", "https://rollcall.example.org")], 303),
        (vec![("origin", "https://evil.example")], 403),
        (vec![("origin", "null")], 403),
        (vec![("referer", "https://rollcall.example.org/users")], 303),
        (vec![("referer", "https://evil.example/rollcall.example.org")], 403),
        (vec![], 403),
    ] {
        let mut browser = admin.with("sec-fetch-site", "");
        for (name, value) in &headers {
            browser = browser.with(name, value);
        }
        let answer = browser.post("/preferences", &[("theme", "dark")]).await;
        assert_eq!(answer.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn other_sites_cannot_call_functions_that_change_something() {
    let house = House::new().await;
    let admin = house.admin().await;
    let mut other = admin.script().with("sec-fetch-site", "cross-site");
    let form = [("user_id", "A-hana"), ("active", "false")];
    assert_eq!(other.post("/api/users/set-active", &form).await.status, 403);
    assert_eq!(house.visitor().sign_in("A-hana", PASSWORD).await.status, 303);
}

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
    for path in ["/nowhere", "/users/ghost", "/users/%FF", "/rooms/%00", "//evil.example/", "/%"] {
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
