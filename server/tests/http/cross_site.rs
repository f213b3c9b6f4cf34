//! What pages of other sites have the browsers of their visitors send: nothing is done by it.

use axum::{body::Body, http::Method};
use serde_json::Value;

use crate::{
    audit::entries,
    authorisation::{
        Principal::{Admin, SignedOut},
        Row, School, TABLE, expected, form,
    },
    browser::Browser,
    house::House,
};

const HOUSE: &str = "https://rollcall.example.org";

/// A browser with these headers in place of what tells where its requests come from.
fn told(browser: &Browser, headers: &[(&'static str, &str)]) -> Browser {
    let untold = browser.with("sec-fetch-site", "");
    headers.iter().fold(untold, |it, (name, value)| it.with(name, value))
}

/// What stood in the log last that somebody did.
async fn last_done(admin: &Browser) -> Value {
    let entries = entries(admin, "search=&at=").await;
    let mut done = entries.into_iter().filter(|it| it["action"] != "authz_fail");
    done.next().expect("somebody did something")
}

/// The rows of that method.
fn rows(method: &str) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.0 == method)
}

/// A row as it would be asked for by GET.
fn by_get(row: &Row) -> Row {
    let page = rows("GET").find(|it| it.1 == row.1);
    let unknown = if row.1.starts_with("/api/") { 404 } else { 405 };
    ("GET", row.1, page.map_or([unknown; 5], |it| it.2))
}

/// How pages of other sites look to the server of `http://127.0.0.1:3000`.
const HOSTILE: [&[(&str, &str)]; 13] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")],
    &[("sec-fetch-site", "nonsense")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "null"), ("referer", "http://127.0.0.1:3000/users")],
    &[],
    &[("origin", "http://127.0.0.1:4000")],
    &[("origin", "http://127.0.0.1:3000.evil.example")],
    &[("origin", "http://localhost:3000")],
    &[("referer", "https://evil.example/http://127.0.0.1:3000/")],
    &[("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
];

#[tokio::test]
async fn no_operation_is_carried_out_for_another_site() {
    let school = School::new().await;
    let house = school.copy().await;
    let admin = school.browser(Admin).at(house.router.clone());
    let before = last_done(&admin).await;
    for row in rows("POST") {
        for principal in [Admin, SignedOut] {
            let browser = school.browser(principal).at(house.router.clone());
            for headers in HOSTILE {
                let status = school.operate(&told(&browser, headers), row).await;
                assert_eq!(status, 403, "{principal:?} {} {headers:?}", row.1);
            }
        }
    }
    assert_eq!(last_done(&admin).await, before);
}

#[tokio::test]
async fn nothing_is_done_by_get() {
    let school = School::new().await;
    let house = school.copy().await;
    let admin = school.browser(Admin).at(house.router.clone());
    let overriding = admin.with("x-http-method-override", "POST").with("x-http-method", "POST");
    let before = last_done(&admin).await;
    for row in rows("POST").map(by_get) {
        let status = school.operate(&overriding, &row).await;
        assert_eq!(status, expected(&row, Admin), "{}", row.1);
        let path = row.1.replace("{room}", &school.room).replace("{user_id}", "S-2");
        let path = path.replace("{group}", "7B");
        let asked = format!("{path}?_method=POST&user_id=S-2&active=false&name=7B&theme=dark");
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let answer = overriding.clone().send(method, &asked, None, Body::empty()).await;
            assert!(answer.status != 500 && answer.header("set-cookie").is_empty(), "{asked}");
        }
    }
    // What is taken out of the console leaves a line, as the next test says.
    for row in rows("GET").filter(|it| it.1.rsplit('.').next() != Some("csv")) {
        assert_eq!(school.operate(&admin, row).await, expected(row, Admin), "{}", row.1);
    }
    assert_eq!(last_done(&admin).await, before);
}

#[tokio::test]
async fn other_sites_lead_to_pages_and_to_nothing_else() {
    let school = School::new().await;
    let house = school.copy().await;
    let admin = school.browser(Admin).at(house.router.clone());
    let before = last_done(&admin).await;
    for site in ["cross-site", "same-site"] {
        let led = admin.with("sec-fetch-site", site);
        for row in rows("GET").filter(|it| it.1.rsplit('.').next() != Some("csv")) {
            let is_page = !["/api/", "/images/", "/live", "/door/{link}/image"]
                .iter()
                .any(|it| row.1.starts_with(it));
            let expected = if is_page { expected(row, Admin) } else { 403 };
            assert_eq!(school.operate(&led, row).await, expected, "{site} {}", row.1);
        }
        // An export leaves a line in the name of whoever asks for it: that is theirs to do.
        let answer = led.clone().get("/audit.csv?kind=users").await;
        assert_eq!((answer.status, answer.location()), (303, "/audit?kind=users"), "{site}");
        let page = format!("/rooms/{}/meetings/1", school.room);
        let answer = led.clone().get(&format!("{page}/attendance.csv")).await;
        assert_eq!((answer.status, answer.location()), (303, &*page), "{site}");
    }
    assert_eq!(last_done(&admin).await, before);
}

#[tokio::test]
async fn where_a_request_comes_from_is_told_by_the_browser_or_the_origin() {
    let house = House::at(HOUSE).await;
    let admin = house.admin().await;
    for (headers, status) in [
        (&[("sec-fetch-site", "same-origin")][..], 303),
        (&[("sec-fetch-site", "none")], 303),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "cross-site"), ("origin", HOUSE)], 403),
        (&[("origin", HOUSE)], 303),
        (&[("origin", "https://ROLLCALL.example.org:443")], 303),
        // Whoever is on the way may have written a page of that name over http.
        (&[("origin", "http://rollcall.example.org")], 403),
        (&[("origin", "rollcall.example.org")], 403),
        (&[("origin", "https://rollcall.example.org:8443")], 403),
        (&[("origin", "https://evil.example")], 403),
        (&[("origin", "null")], 403),
        (&[("referer", "https://rollcall.example.org/users")], 303),
        (&[("referer", "http://rollcall.example.org/users")], 403),
        (&[("referer", "https://evil.example/rollcall.example.org")], 403),
        // On the machine itself, without the proxy, and through another port of it.
        (&[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:3000")], 303),
        (&[("host", "127.0.0.1:3000"), ("origin", "http://127.0.0.1:4000")], 403),
        (
            &[
                ("host", "rollcall.example.org:8443"),
                ("origin", "https://rollcall.example.org:8443"),
            ],
            303,
        ),
        (&[], 403),
    ] {
        let answer = told(&admin, headers).post("/preferences", &[("theme", "dark")]).await;
        assert_eq!(answer.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn forms_are_read_in_no_coding_but_their_own() {
    let school = School::new().await;
    let house = school.copy().await;
    let admin = school.browser(Admin).at(house.router.clone());
    let before = last_done(&admin).await;
    for row in rows("POST").filter(|it| !form(it.1).is_empty()) {
        let path = row.1.replace("{room}", &school.room).replace("{user_id}", "S-2");
        let path = path.replace("{group}", "7B");
        for kind in [Some("text/plain"), Some("application/json"), Some(""), None] {
            let body =
                form_urlencoded::Serializer::new(String::new()).extend_pairs(form(row.1)).finish();
            let answer = admin.clone().send(Method::POST, &path, kind, body.into()).await;
            assert_eq!(answer.status, 400, "{path} {kind:?}");
        }
    }
    assert_eq!(last_done(&admin).await, before);
}
