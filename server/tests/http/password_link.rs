//! The one-time link by which somebody sets their password.

use serde_json::Value;
use tokio::task::JoinSet;

use crate::{
    browser::{Answer, Browser},
    house::{House, PASSWORD},
    live::Stream,
};

const NEW: &str = "battery staple";

/// Makes a user with that role, who has no password.
async fn user(admin: &mut Browser, user_id: &str, role: &str) {
    let form = [("user_id", user_id), ("nickname", "Kim"), ("role", role)];
    assert_eq!(admin.upload("/users/new", &form, None).await.status, 303);
}

async fn made(admin: &Browser, user_id: &str) -> Value {
    let answer = admin.script().post("/api/users/password-link", &[("user_id", user_id)]).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    answer.json()
}

/// The path of a new link, and its secret.
async fn link(admin: &Browser, user_id: &str) -> (String, String) {
    let address = made(admin, user_id).await["address"].as_str().unwrap().to_owned();
    let path = address.strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
    let secret = path.strip_prefix("/password?secret=").unwrap().to_owned();
    (path, secret)
}

fn form<'a>(secret: &'a str, password: &'a str) -> [(&'a str, &'a str); 3] {
    [("secret", secret), ("password", password), ("password_again", password)]
}

/// What tells one answer from another, but for when and under which id it was given.
fn told(answer: &Answer) -> (u16, String) {
    let id = answer.header("x-request-id");
    let nonce = answer.body.split("nonce=\"").nth(1).and_then(|it| it.split('"').next());
    let body = answer.body.replace(id, "").replace(nonce.unwrap_or("?"), "");
    (answer.status, body)
}

#[tokio::test]
async fn the_link_sets_a_password_and_leads_to_the_door() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    user(&mut admin, "T-kim", "teacher").await;
    let (path, secret) = link(&admin, "T-kim").await;
    let mut kim = house.visitor();
    for _ in 0..10 {
        let opened = kim.get(&path).await;
        assert_eq!(opened.status, 200);
        assert!(opened.body.contains("value=\"T-kim\"") && opened.body.contains(&secret));
        assert_eq!(opened.header("referrer-policy"), "same-origin");
        assert_eq!(opened.header("cache-control"), "no-store");
        assert!(!opened.body.contains("hydrate("), "no script runs at the door");
    }
    assert!(kim.cookies.is_empty(), "opening signs nobody in");
    let set = kim.post("/password", &form(&secret, NEW)).await;
    assert_eq!((set.status, set.location()), (303, "/sign-in?password-set=&user_id=T-kim"));
    assert!(kim.cookies.is_empty(), "setting signs nobody in");
    let door = kim.get(set.location()).await;
    assert!(door.body.contains("The password is set.") && door.body.contains("value=\"T-kim\""));
    assert_eq!(kim.sign_in("T-kim", NEW).await.status, 303);
    assert_eq!(kim.get("/account").await.status, 200);
}

#[tokio::test]
async fn a_dead_link_says_what_to_do_and_never_why() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let off = async |admin: &mut Browser, id: &str| {
        let form = [("user_id", id), ("active", "false")];
        assert_eq!(admin.script().post("/api/users/set-active", &form).await.status, 200);
    };
    let mut dead = vec![("/password?secret=guess".to_owned(), "guess".to_owned())];
    for end in ["used", "replaced", "deactivated", "role lost", "deleted", "expired"] {
        let id = format!("T-{}", end.replace(' ', "-"));
        user(&mut admin, &id, "teacher").await;
        let (path, secret) = link(&admin, &id).await;
        match end {
            "used" => {
                let set = house.visitor().post("/password", &form(&secret, NEW)).await;
                assert_eq!(set.status, 303);
            }
            "replaced" => drop(link(&admin, &id).await),
            "deactivated" => off(&mut admin, &id).await,
            "role lost" => {
                let form = [("nickname", "Kim"), ("permission", "guest"), ("role", "none")];
                assert_eq!(admin.upload(&format!("/users/{id}"), &form, None).await.status, 303);
            }
            "deleted" => {
                let path = format!("/users/{id}/delete");
                assert_eq!(admin.post(&path, &[("user_id", &id)]).await.status, 303);
            }
            _ => {}
        }
        dead.push((path, secret));
    }
    house.clock.advance(48 * 60 * 60);
    let mut opened = Vec::new();
    let mut sent = Vec::new();
    for (path, secret) in &dead {
        let answer = house.visitor().get(path).await;
        assert!(answer.body.contains("Ask an administrator of this school for a new one."));
        assert!(!answer.body.contains("name=\"password\""));
        // Whoever switches the language comes back to the same address.
        let (status, body) = told(&answer);
        opened.push((status, body.replace(secret, "")));
        sent.push(told(&house.visitor().script().post("/password", &form(secret, NEW)).await));
    }
    assert_eq!(opened[0].0, 404);
    assert!(opened.iter().all(|it| *it == opened[0]), "{opened:#?}");
    insta::assert_snapshot!(sent[0].1, @r#"{"refused":[["link","dead_password_link"]]}"#);
    assert!(sent.iter().all(|it| *it == sent[0]), "{sent:#?}");
    assert_eq!(house.visitor().get("/password").await.status, 404);
}

#[tokio::test]
async fn the_link_leads_to_the_configured_address_under_whatever_name_it_was_asked_for() {
    let house = House::at("https://rollcall.example.org").await;
    let mut admin = house.admin().await;
    user(&mut admin, "T-kim", "teacher").await;
    for host in ["rollcall.example.org", "127.0.0.1:3000", "localhost", "ROLLCALL.example.org:8443"]
    {
        let asked = admin.with("host", host).with("x-forwarded-host", "evil.example");
        let made = made(&asked, "T-kim").await;
        let address = made["address"].as_str().unwrap();
        assert!(address.starts_with("https://rollcall.example.org/password?secret="), "{address}");
        assert_eq!(made["code"]["side"], 41);
    }
    let evil = admin.with("host", "evil.example").script();
    let refused = evil.clone().post("/api/users/password-link", &[("user_id", "T-kim")]).await;
    assert_eq!(refused.status, 421);
}

#[tokio::test]
async fn a_link_is_made_for_those_who_may_sign_in_alone() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    user(&mut admin, "S-1", "none").await;
    for (id, status) in [("S-1", 422), ("S-404", 404), ("not an id", 400)] {
        let made = admin.script().post("/api/users/password-link", &[("user_id", id)]).await;
        assert_eq!(made.status, status, "{id}: {}", made.body);
    }
    assert_eq!(admin.get("/api/users/password-link?user_id=A-hana").await.status, 404);
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_and_shows_whose_it_is() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    user(&mut admin, "T-longer-id", "teacher").await;
    let (_, secret) = link(&admin, "T-longer-id").await;
    let mut kim = house.visitor();
    for (password, again, problem) in [
        ("short", "short", "At least 8 characters."),
        ("Password1", "Password1", "tried first"),
        ("t-LONGER-id", "t-LONGER-id", "must not be the User ID"),
        (NEW, "battery stable", "differ"),
    ] {
        let form = [("secret", &*secret), ("password", password), ("password_again", again)];
        let refused = kim.post("/password", &form).await;
        assert_eq!(refused.status, 422, "{password}");
        assert!(refused.body.contains(problem), "{password}: {}", refused.body);
        assert!(refused.body.contains("value=\"T-longer-id\"") && refused.body.contains(&secret));
        let shown = format!("value=\"{password}\"");
        assert!(!refused.body.contains(&shown), "passwords are never shown again");
    }
    let more = [("secret", &*secret), ("password", NEW), ("user_id", "A-hana")];
    assert_eq!(kim.post("/password", &more).await.status, 400, "unknown fields are refused");
    assert_eq!(kim.post("/password", &form(&secret, NEW)).await.status, 303);
}

#[tokio::test]
async fn a_new_password_ends_sessions_and_streams_and_old_cookies_are_dead() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut other = house.signed_in_as(&mut admin, "admin").await;
    let mut stream = Stream::open(&house, &other).await;
    stream.next().await.unwrap();
    let (_, secret) = link(&admin, "as-admin").await;
    assert_eq!(other.get("/users").await.status, 200, "making a link ends nothing");
    house.visitor().post("/password", &form(&secret, NEW)).await;
    let mut told = Vec::new();
    while let Some(event) = stream.next().await {
        told.push(event);
    }
    // The link may have been told of, and then nothing more.
    assert_eq!(told.pop().unwrap(), "signed_out");
    assert!(told.iter().all(|it| it["changes"].is_object()));
    assert_eq!(other.get("/users").await.status, 303);
    assert_eq!(other.script().get("/live").await.status, 401);
    assert_eq!(house.visitor().script().sign_in("as-admin", PASSWORD).await.status, 422);
    assert_eq!(admin.get("/users").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_send_the_form_at_once_one_sets_the_password() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    user(&mut admin, "T-kim", "teacher").await;
    let (_, secret) = link(&admin, "T-kim").await;
    let mut attempts = JoinSet::new();
    for number in 0..50 {
        let (mut script, secret) = (house.visitor().script(), secret.clone());
        attempts.spawn(async move {
            let password = format!("{NEW} {number}");
            (script.post("/password", &form(&secret, &password)).await.status, password)
        });
    }
    let statuses = attempts.join_all().await;
    let (won, lost): (Vec<_>, Vec<_>) = statuses.into_iter().partition(|it| it.0 == 200);
    assert_eq!((won.len(), lost.len()), (1, 49));
    assert!(lost.iter().all(|it| it.0 == 422));
    assert_eq!(house.visitor().sign_in("T-kim", &won[0].1).await.status, 303);
}

#[tokio::test]
async fn whoever_guesses_links_waits_as_those_who_guess_passwords() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    user(&mut admin, "T-kim", "teacher").await;
    let (path, secret) = link(&admin, "T-kim").await;
    let mut stranger = house.visitor();
    stranger.peer = ([198, 51, 100, 7], 50_000).into();
    for _ in 0..100 {
        assert_eq!(stranger.post("/password", &form("guess", NEW)).await.status, 422);
    }
    // A page elsewhere that opens links over and over keeps nobody out.
    for _ in 0..200 {
        assert_eq!(stranger.get("/password?secret=guess").await.status, 404);
    }
    assert_eq!(stranger.get(&path).await.status, 200);
    let sent = stranger.post("/password", &form(&secret, NEW)).await;
    assert_eq!((sent.status, sent.header("retry-after")), (429, "1"));
    assert!(!sent.body.contains("T-kim"));
    assert_eq!(stranger.sign_in("A-hana", PASSWORD).await.status, 429);
    assert_eq!(house.visitor().get(&path).await.status, 200);
}

#[tokio::test]
async fn the_page_of_a_user_says_what_comes_next() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    user(&mut admin, "T-kim", "teacher").await;
    user(&mut admin, "S-1", "none").await;
    let page = admin.get("/users/T-kim?created").await.body;
    assert!(page.contains("No password yet.") && page.contains("Make a one-time link"));
    assert!(!admin.get("/users/S-1").await.body.contains("Make a one-time link"));
    let (_, secret) = link(&admin, "T-kim").await;
    let page = admin.get("/users/T-kim").await.body;
    assert!(page.contains("A one-time link waits until") && !page.contains(&secret));
    house.visitor().post("/password", &form(&secret, NEW)).await;
    let page = admin.get("/users/T-kim").await.body;
    assert!(page.contains("Has a password.") && !page.contains("waits until"));
}
