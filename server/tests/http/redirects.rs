//! Where the console leads: nowhere but to itself, whatever it was asked for.

use axum::http::Method;
use leptos::server_fn::axum::server_fn_paths;

use crate::{
    browser::Answer,
    house::{House, PASSWORD},
};

/// What browsers take for the address of another site, or for a script.
const ELSEWHERE: [&str; 22] = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "evil.example",
    "@evil.example",
    ".evil.example",
    ":80",
    "\t//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/users\r\nset-cookie: a=b",
    "／／evil.example",
    "\u{0}//evil.example",
];

/// What looks like it, and is a path of the console.
const HERE: [&str; 7] = [
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "/%09/evil.example",
    "/@evil.example",
    "/javascript:alert(1)",
    "/users?next=//evil.example",
    "/#//evil.example",
];

#[tokio::test]
async fn signing_in_and_preferences_lead_to_no_other_site() {
    let house = House::new().await;
    house.admin().await;
    let asked = ELSEWHERE.map(|it| (it, "/")).into_iter().chain(HERE.map(|it| (it, it)));
    for (asked, leads) in asked {
        let form = [("user_id", "A-hana"), ("password", PASSWORD), ("next", asked)];
        let answer = house.visitor().post("/sign-in", &form).await;
        assert_eq!((answer.status, answer.location()), (303, leads), "{asked:?}");
        let answer = house.visitor().script().post("/sign-in", &form).await;
        assert_eq!(answer.json()["done"]["location"], leads, "{asked:?}");
        let form = [("theme", "dark"), ("back", asked)];
        let answer = house.visitor().post("/preferences", &form).await;
        assert_eq!((answer.status, answer.location()), (303, leads), "{asked:?}");
    }
}

/// Where links, forms and pictures of a page lead.
fn leads(answer: &Answer) -> Vec<&str> {
    let mut all = Vec::new();
    for name in ["href", "action", "formaction", "src"] {
        let start = format!(" {name}=\"");
        all.extend(answer.body.split(&*start).skip(1).filter_map(|it| it.split('"').next()));
    }
    all
}

#[tokio::test]
async fn no_page_links_to_another_site_whatever_its_address_says() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1"), ("group", "7B")], None).await;
    let made = admin.post("/rooms/new", &[("name", "Algebra")]).await;
    let room = made.location().strip_prefix("/rooms/").unwrap().split('?').next().unwrap();
    let help = ["/help/{topic}".to_owned()];
    for path in server::page_paths().iter().chain(&help) {
        let path = path.replace("{user_id}", "S-1").replace("{room}", room);
        let path = path.replace("{group}", "7B").replace("{topic}", "rooms");
        for asked in ELSEWHERE {
            let names = ["next", "back", "from", "at", "search", "secret", "redirect", "return_to"];
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(names.map(|it| (it, asked)))
                .finish();
            let answer = admin.get(&format!("{path}?{query}")).await;
            assert!(!answer.location().contains("//"), "{path}?{query}: {}", answer.location());
            for lead in leads(&answer) {
                let inside = lead.is_empty() || lead.starts_with(['/', '?', '#']);
                let own = inside && !lead.starts_with("//") && !lead.starts_with("/\\");
                assert!(own, "{path}?{query}: {lead}");
            }
        }
    }
}

#[tokio::test]
async fn one_slash_too_many_leads_to_no_other_site() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for path in ["//evil.example/", "//evil.example//", "/\\evil.example/", "///", "//"] {
        let answer = admin.get(path).await;
        assert_eq!((answer.status, answer.location()), (404, ""), "{path}");
        assert!(leads(&answer).iter().all(|it| !it.starts_with("//")), "{path}");
    }
    // To the door, and back from there.
    let led = house.visitor().get("/users?next=//evil.example").await;
    assert_eq!(led.location(), "/sign-in?next=%2Fusers%3Fnext%3D%2F%2Fevil.example");
}

#[tokio::test]
async fn no_function_leads_back_to_where_it_was_called_from() {
    let house = House::new().await;
    let mut strayed = house.admin().await.with("referer", "https://evil.example/");
    for (path, method) in server_fn_paths() {
        let answer = if method == Method::GET {
            strayed.get(path).await
        } else {
            strayed.post(path, &[]).await
        };
        assert_eq!(answer.location(), "", "{path}");
        assert!(!(300..400).contains(&answer.status), "{path}: {}", answer.status);
    }
}
