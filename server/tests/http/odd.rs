//! What nobody means to type: odd text, odd addresses, odd arguments.

use axum::http::Method;
use domain::Nickname;
use leptos::server_fn::axum::server_fn_paths;
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::{
    browser::{Answer, Browser},
    house::House,
};

/// Text that breaks programs which take it for something else.
const TEXTS: [&str; 20] = [
    "%",
    "_",
    "'; DROP TABLE users; --",
    "\" OR 1=1",
    "\\",
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;",
    "{{7*7}} ${7*7} #{7*7}",
    "=HYPERLINK(\"http://evil.example\")",
    "+1 -1 @SUM(A1)",
    "null",
    "undefined",
    "../../etc/passwd",
    "🧑🏽\u{200d}🤝\u{200d}🧑🏻 👩\u{200d}👩\u{200d}👧\u{200d}👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "عَرَبِيّ עברית",
    "Z\u{351}\u{36b}\u{33d}A\u{31c}\u{334}\u{335}",
    "ⅷ ﬁ ㎏ İ ſ",
    "김지호 山田太郎",
    "a  b",
];

/// Text as a page shows it.
fn shown(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Runs a property on a house of its own, as often as there is time for.
fn always<S: Strategy>(
    cases: u32,
    strategy: &S,
    check: impl AsyncFn(&mut Browser, S::Value) -> Result<(), TestCaseError>,
) {
    let runtime = Runtime::new().unwrap();
    let (house, admin) = runtime.block_on(async {
        let house = House::new().await;
        let admin = house.admin().await;
        (house, admin)
    });
    let mut runner =
        TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    runner.run(strategy, |value| runtime.block_on(check(&mut admin.clone(), value))).unwrap();
    runtime.block_on(house.backend.close());
}

async fn create(admin: &mut Browser, user_id: &str, nickname: &str) -> Answer {
    admin.upload("/users/new", &[("user_id", user_id), ("nickname", nickname)], None).await
}

#[tokio::test]
async fn odd_text_is_stored_exactly_and_shown_as_text() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for (number, text) in TEXTS.iter().enumerate() {
        let answer = create(&mut admin, &format!("S-{number}"), text).await;
        assert_eq!(answer.status, 303, "{text}: {}", answer.body);
        // As it was typed, composed.
        let text = Nickname::parse(text).unwrap();
        let page = admin.get(&format!("/users/S-{number}")).await.body;
        assert!(page.contains(&shown(text.as_str())), "{text}: {page}");
        let text = text.as_str();
        let answer = admin.post("/rooms/new", &[("name", text), ("type", "private")]).await;
        assert_eq!(answer.status, 303, "{text}");
        let room = admin.get(answer.location()).await.body;
        assert!(room.contains(&shown(text)), "{text}: {room}");
        let query = form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let found = admin.script().get(&format!("/api/users/list?search={query}&at=")).await;
        assert_eq!(found.status, 200, "{text}");
    }
}

#[test]
fn any_nickname_is_kept_as_typed_or_refused() {
    let count = std::sync::atomic::AtomicU32::new(0);
    let text = prop_oneof!["\\PC{1,20}", ".{1,20}", select(TEXTS.to_vec()).prop_map(str::to_owned)];
    always(64, &text, async |admin, text| {
        let user_id = format!("S-{}", count.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        let answer = create(admin, &user_id, &text).await;
        let page = admin.get(&format!("/users/{user_id}")).await;
        match Nickname::parse(&text) {
            Ok(nickname) => {
                prop_assert_eq!(answer.status, 303);
                prop_assert!(page.body.contains(&shown(nickname.as_str())));
            }
            Err(_) if text.trim().is_empty() => prop_assert_eq!(answer.status, 303),
            Err(_) => prop_assert_eq!((answer.status, page.status), (422, 404)),
        }
        Ok(())
    });
}

/// The names that stand in addresses and arguments, with values that some mean and others.
fn any_query() -> impl Strategy<Value = String> {
    const NAMES: [&str; 24] = [
        "search",
        "at",
        "group",
        "permission",
        "role",
        "status",
        "order",
        "type",
        "state",
        "created",
        "saved",
        "next",
        "secret",
        "from",
        "user_id",
        "room",
        "name",
        "term",
        "older_than",
        "pasted",
        "active",
        "limit",
        "offset",
        "asked",
    ];
    const VALUES: [&str; 16] = [
        "",
        "A-hana",
        "after.1.x",
        "before.-1.",
        "after.9223372036854775807.z",
        "1e308",
        "-0",
        "1000000000",
        "99999999999999999999",
        "[]",
        "{\"a\":1}",
        "admin",
        "guest",
        "\0",
        "%",
        "0123456789ab",
    ];
    let value = prop_oneof![select(VALUES.to_vec()).prop_map(str::to_owned), ".{0,12}"];
    vec((select(NAMES.to_vec()), value), 0..6).prop_map(|pairs| {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    })
}

#[test]
fn every_address_of_a_page_is_answered() {
    let name = prop_oneof![
        select(vec!["A-hana", "0123456789ab", "..", "%"]).prop_map(str::to_owned),
        ".{1,8}"
    ];
    let pages = server::page_paths().to_vec();
    always(256, &(select(pages), name, any_query()), async |admin, (page, name, query)| {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let named = |part: &str| if part.starts_with('{') { name.clone() } else { part.to_owned() };
        let path = page.split('/').map(named).collect::<Vec<_>>().join("/");
        let answer = admin.get(&format!("{path}?{query}")).await;
        prop_assert!(answer.status < 500, "{path}?{query}: {}", answer.status);
        Ok(())
    });
}

#[test]
fn every_call_of_a_function_is_answered() {
    let functions: Vec<_> = server_fn_paths().collect();
    always(512, &(select(functions), any_query()), async |admin, ((path, method), query)| {
        let mut script = admin.script();
        let answer = if method == Method::GET {
            script.get(&format!("{path}?{query}")).await
        } else {
            let kind = Some("application/x-www-form-urlencoded");
            script.send(method, path, kind, query.clone().into()).await
        };
        prop_assert!(answer.status < 500, "{path}?{query}: {} {}", answer.status, answer.body);
        Ok(())
    });
}

#[tokio::test]
async fn functions_take_no_arguments_but_their_own() {
    let house = House::new().await;
    let mut script = house.admin().await.script();
    for (path, method) in server_fn_paths() {
        let answer = if method == Method::GET {
            script.get(&format!("{path}?role=admin")).await
        } else {
            script.post(path, &[("role", "admin")]).await
        };
        assert_eq!(answer.status, 400, "{path}");
    }
    let refused = script.get("/api/users/list?search=&at=&role=admin").await;
    assert_eq!(refused.json(), json!("unreadable"));
    for query in ["search=&at=", "search=&at=&asked[role]=admin"] {
        assert_eq!(script.get(&format!("/api/users/list?{query}")).await.status, 200);
    }
    assert_eq!(script.get("/api/users/list?search=&at=&role=admin").await.status, 400);
    let given = [("user_id", "A-hana"), ("active", "true")];
    assert_eq!(script.post("/api/users/set-active", &given).await.status, 200);
    let more = [given[0], given[1], ("status[0]", "deactivated")];
    assert_eq!(script.post("/api/users/set-active", &more).await.status, 400);
    for (more, status) in [("", 404), (r#","owner":"A-hana""#, 400)] {
        let json = format!(r#"{{"room":"0123456789ab","which":"all","act":"remove"{more}}}"#);
        let (path, kind) = ("/api/rooms/change-members", Some("application/json"));
        let answer = script.send(Method::POST, path, kind, json.into()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[tokio::test]
async fn odd_json_is_refused() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let deep = "[".repeat(100_000);
    let broken = [deep.clone(), format!("{{\"room\":{deep}"), String::new(), "null".to_owned()];
    let values = [
        r#""\ud800""#,
        "1e308",
        "-0",
        "\"promote\"",
        "{\"permission\":\"king\"}",
        "[[]]",
        "\"\\u0000\"",
    ];
    for (path, other) in [
        ("/api/rooms/change-members", r#""which":"all""#),
        ("/api/rooms/put-back", r#""before":[]"#),
    ] {
        let with = |act: &str| format!(r#"{{"room":"0123456789ab",{other},"act":{act}}}"#);
        let odd = values.into_iter().chain([r#""remove","act":"remove""#]).map(with);
        for body in &broken.iter().cloned().chain(odd).collect::<Vec<_>>() {
            let answer = admin
                .script()
                .send(Method::POST, path, Some("application/json"), body.clone().into())
                .await;
            assert!((400..500).contains(&answer.status), "{path} {:.80}: {}", body, answer.status);
        }
    }
    let answer = admin.script().post("/api/users/many", &[("orders", &deep)]).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert_eq!(admin.get("/users").await.status, 200);
}

/// What a page shows, without what is its own in every answer, and without the data that come with it for
/// the script.
fn same(answer: &Answer) -> String {
    let own = answer.header("x-request-id");
    let nonce =
        answer.header("content-security-policy").split("'nonce-").nth(1).unwrap_or_default();
    let nonce = nonce.split('\'').next().filter(|it| !it.is_empty()).unwrap_or("-");
    let shown = answer.body.split("</main>").next().unwrap_or_default();
    shown.replace(own, "ID").replace(nonce, "NONCE")
}

#[tokio::test]
async fn what_is_gone_looks_like_what_never_was() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    create(&mut admin, "S-1", "Kim").await;
    let made = admin.post("/rooms/new", &[("name", "Algebra"), ("type", "private")]).await;
    let room = made.location().strip_suffix("?created").unwrap().to_owned();
    admin.post("/groups/new", &[("name", "7B")]).await;
    for (path, typed) in [
        ("/users/S-1", ("user_id", "S-1")),
        (&room, ("name", "Algebra")),
        ("/groups/7B", ("name", "7B")),
    ] {
        let deleted = admin.post(&format!("{path}/delete"), &[typed]).await;
        assert!([303, 400].contains(&deleted.status), "{path}: {}", deleted.body);
        if deleted.status == 400 {
            assert_eq!(admin.post(&format!("{path}/delete"), &[]).await.status, 303, "{path}");
        }
    }
    for [gone, never, malformed] in [
        ["/users/S-1", "/users/S-9", "/users/%3Cb%3E"],
        [&room, "/rooms/0123456789ab", "/rooms/nonsense"],
        ["/groups/7B", "/groups/8C", "/groups/%00"],
    ] {
        let mut answers = Vec::new();
        for path in [gone, never, malformed] {
            let page = admin.get(path).await;
            assert_eq!(page.status, 404, "{path}");
            answers.push(same(&page).replace(path, "PATH"));
        }
        assert_eq!(answers[0], answers[1], "{gone}");
        assert_eq!(answers[0], answers[2], "{malformed}");
    }
    let limits = ["capacity", "time_limit", "opens", "closes"].map(|it| (it, ""));
    let room_form = [&[("name", "Algebra"), ("type", "private")], &limits[..]].concat();
    for user in ["S-1", "S-9", "%3Cb%3E"] {
        let form = [("nickname", "Kim"), ("permission", "guest"), ("role", "none")];
        assert_eq!(
            admin.upload(&format!("/users/{user}"), &form, None).await.status,
            404,
            "{user}"
        );
    }
    for room in [&room, "/rooms/0123456789ab", "/rooms/nonsense"] {
        assert_eq!(admin.post(&format!("{room}/settings"), &room_form).await.status, 404, "{room}");
    }
    for group in ["7B", "8C", "%00"] {
        let renamed = admin.post(&format!("/groups/{group}/rename"), &[("name", "9")]).await;
        assert_eq!(renamed.status, 404, "{group}");
    }
}
