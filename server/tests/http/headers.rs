//! Headers that protect: whatever is asked for, by whomever, and however it is answered.

use axum::{
    Router,
    body::Body,
    http::{Method, header::CONTENT_SECURITY_POLICY},
    routing::get,
};

use crate::{browser::Answer, house::House, images::one_colour};

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

/// What an answer may load and run, whose scripts are allowed by that.
fn policy(scripts: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob:; \
         font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// What an image may load and run, whatever is in it.
const NOTHING: &str = "default-src 'none'; sandbox";

/// The answers that show one.
const IMAGES: [&str; 2] = ["image", "image at a door"];

/// The nonce by which the scripts of an answer run.
pub fn nonce(answer: &Answer) -> Option<String> {
    let policy = answer.header(CONTENT_SECURITY_POLICY.as_str());
    let nonce = policy.split_once("'nonce-")?.1.split_once('\'')?.0;
    Some(nonce.to_owned())
}

/// Checks what every answer says, each once.
pub fn assert_protected(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", if what.starts_with("link") { "no-referrer" } else { "same-origin" }),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        let said: Vec<_> = answer.headers.get_all(name).iter().collect();
        assert_eq!(said, [value], "{what}: {name}");
    }
    assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
    let said: Vec<_> = answer.headers.get_all(CONTENT_SECURITY_POLICY).iter().collect();
    let nonce = nonce(answer);
    let expected = match &nonce {
        Some(it) => policy(&format!("'nonce-{it}' 'strict-dynamic' 'wasm-unsafe-eval'")),
        None if IMAGES.contains(&what) => NOTHING.to_owned(),
        None => policy("'none'"),
    };
    assert_eq!(said, [expected.as_str()], "{what}");
    for script in answer.body.split("<script").skip(1) {
        let nonce = nonce.as_ref().unwrap_or_else(|| panic!("{what}: {script}"));
        // 128 random bits.
        assert!(nonce.len() >= 22, "{what}: {nonce}");
        assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{what}: {script}");
    }
}

/// One answer of each kind that the console has.
async fn every_kind(house: &House) -> Vec<(&'static str, u16, Answer)> {
    let mut admin = house.admin().await;
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    admin.upload("/users/new", &[("user_id", "S-1")], Some(&one_colour(7))).await;
    let user = admin.script().get("/api/users/find?user_id=S-1").await.json();
    let image = format!("/images/96/{}", user["image"].as_str().unwrap());
    let (mut visitor, mut script) = (house.visitor(), admin.script());
    for _ in 0..10 {
        visitor.sign_in("nobody", "wrong horse").await;
    }
    let room = [("name", "Algebra"), ("member", "S-1"), ("permission", "guest")];
    let made = admin.post("/rooms/new", &room).await;
    let room = made.location().split(['/', '?']).nth(2).unwrap().to_owned();
    let token = house.db_link(&room, Some("S-1")).await;
    let (door, leave) = (format!("/door/{}", token.id()), format!("/classroom/{room}/leave"));
    let mut holder = house.visitor();
    let large = || Body::from("x".repeat(65 * 1024));
    let mut foreign = admin.with("host", "evil.example");
    let mut lured = admin.with("sec-fetch-site", "cross-site");
    let list = "/api/users/list?search=&at=";
    let link = "/api/users/password-link";
    vec![
        ("page", 200, admin.get("/users").await),
        (
            "page without its body",
            200,
            admin.send(Method::HEAD, "/users", None, Body::empty()).await,
        ),
        ("page at the door", 200, visitor.get("/sign-in").await),
        ("dead link", 404, visitor.get("/password?secret=x").await),
        ("help", 200, admin.get("/help/rooms").await),
        ("no such page", 404, admin.get("/nowhere").await),
        ("nobody of that name", 404, admin.get("/users/S-404").await),
        ("led to the door", 303, visitor.get("/users").await),
        ("led on", 303, admin.get("/users/").await),
        ("led home", 302, admin.get("/").await),
        ("page that is not for them", 403, teacher.get("/users").await),
        ("image", 200, admin.get(&image).await),
        ("image for nobody", 404, visitor.get(&image).await),
        ("link", 303, holder.get(&format!("/e/{}", token.reveal())).await),
        ("link that never was", 404, holder.get("/e/rc1").await),
        ("page at the door of a link", 200, holder.get(&door).await),
        ("image at a door", 200, holder.get(&format!("{door}/image")).await),
        ("door that is closed", 404, visitor.get(&door).await),
        ("door of a room", 200, admin.get(&format!("/rooms/{room}/enter")).await),
        ("led to the door of a room", 303, admin.get(&format!("/classroom/{room}")).await),
        ("led into the classroom", 303, holder.post(&door, &[("as", "link")]).await),
        ("classroom", 200, holder.get(&format!("/classroom/{room}")).await),
        ("led out of the classroom", 303, holder.post(&leave, &[]).await),
        ("page about having left", 200, visitor.get("/left").await),
        ("file", 200, admin.get("/audit.csv").await),
        ("stream", 200, admin.head("/live").await),
        ("function", 200, script.get(list).await),
        ("function that changes something", 422, script.post(link, &[("user_id", "S-1")]).await),
        ("function that cannot be read", 400, script.get("/api/users/list?owner=x").await),
        ("no such function", 404, script.get("/api/nothing").await),
        ("function for nobody", 401, visitor.script().get(list).await),
        ("function that is not for them", 403, teacher.script().get(list).await),
        ("form done", 303, admin.post("/preferences", &[("theme", "dark")]).await),
        ("form of a script done", 200, script.post("/preferences", &[("theme", "dark")]).await),
        ("form refused", 422, house.visitor().sign_in("A-hana", "wrong horse").await),
        ("form of a script refused", 422, house.visitor().script().sign_in("A-hana", "x").await),
        ("form that came too early", 429, visitor.sign_in("nobody", "wrong horse").await),
        ("form unreadable", 400, admin.post("/rooms/new", &[("owner", "me")]).await),
        ("form of a script unreadable", 400, script.post("/rooms/new", &[("owner", "me")]).await),
        ("form too large", 413, admin.send(Method::POST, "/sign-in", FORM, large()).await),
        ("wrong method", 405, admin.post("/users", &[]).await),
        ("wrong method of a function", 404, admin.get(link).await),
        ("wrong method of a watcher", 405, visitor.post("/healthz", &[]).await),
        ("odd method", 405, admin.send(Method::TRACE, "/users", None, Body::empty()).await),
        ("what is possible", 405, admin.send(Method::OPTIONS, "/users", None, Body::empty()).await),
        ("foreign host", 421, foreign.get("/").await),
        ("sent by another site", 403, lured.post("/sign-out", &[]).await),
        ("embedded by another site", 403, lured.get(list).await),
        ("alive", 200, visitor.get("/healthz").await),
        ("ready", 200, visitor.get("/readyz").await),
        ("panic", 500, of_panic(house).await),
    ]
}

/// How a handler that panics is answered.
async fn of_panic(house: &House) -> Answer {
    async fn panics() -> &'static str {
        panic!("on purpose")
    }
    let routes = Router::new().route("/panics", get(panics));
    let routes = server::observed(server::guarded(routes, &house.server), house.server.clone());
    house.visitor_of(routes).get("/panics").await
}

#[tokio::test]
async fn every_kind_of_answer_is_protected_and_kept_out_of_caches() {
    let house = House::at("https://rollcall.example.org").await;
    for (what, status, answer) in every_kind(&house).await {
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        assert_protected(&answer, what);
        assert!(answer.body.contains("<script") || !what.starts_with("page at"), "{what}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000", "{what}");
        let kept =
            if what == "image" { "private, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), kept, "{what}");
    }
    house.backend.close().await;
    let answer = house.visitor().get("/readyz").await;
    assert_eq!(answer.status, 503);
    assert_protected(&answer, "not ready");
}

#[tokio::test]
async fn no_two_answers_have_the_same_nonce() {
    let house = House::new().await;
    let (mut admin, mut visitor) = (house.admin().await, house.visitor());
    let mut nonces = Vec::new();
    for _ in 0..2 {
        for path in ["/users", "/users/new", "/rooms", "/account", "/nowhere"] {
            nonces.extend(nonce(&admin.get(path).await));
        }
        nonces.extend(nonce(&visitor.get("/sign-in").await));
        nonces.extend(nonce(&visitor.sign_in("A-hana", "").await));
    }
    assert_eq!(nonces.len(), 14);
    nonces.sort_unstable();
    nonces.dedup();
    assert_eq!(nonces.len(), 14);
}

#[tokio::test]
async fn only_over_tls_browsers_are_told_to_stay_there() {
    let house = House::new().await;
    for path in ["/sign-in", "/users", "/healthz", "/nowhere"] {
        let answer = house.visitor().get(path).await;
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}
