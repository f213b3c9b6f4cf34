//! Whoever is refused at the door learns nothing from it, however they came to be refused: in words,
//! headers, what is done for them, and what stands in the log.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    audit::entries,
    browser::{Answer, Browser},
    headers,
    house::{House, PASSWORD},
    process::rollcall,
    served::{Served, free_address},
};

/// Who is refused, and with which password.
const REFUSED: [(&str, &str); 5] = [
    ("T-known", "wrong horse"),
    ("T-nobody", PASSWORD),
    ("T-deactivated", PASSWORD),
    ("T-without-role", PASSWORD),
    ("T-password-less", PASSWORD),
];

/// Makes all who are refused, but for the one who never was. Passwords are set by the one-time link.
async fn make(admin: &mut Browser) {
    for (id, _) in REFUSED.into_iter().filter(|it| it.0 != "T-nobody") {
        let made = admin.upload("/users/new", &[("user_id", id), ("role", "teacher")], None).await;
        assert_eq!(made.status, 303, "{}", made.body);
        if id == "T-password-less" {
            continue;
        }
        let link = admin.script().post("/api/users/password-link", &[("user_id", id)]).await.json();
        let secret = link["address"].as_str().unwrap().split_once("secret=").unwrap().1.to_owned();
        let form = [("secret", &*secret), ("password", PASSWORD), ("password_again", PASSWORD)];
        assert_eq!(admin.clone().post("/password", &form).await.status, 303);
    }
    let gone = [("user_id", "T-deactivated"), ("active", "false")];
    assert_eq!(admin.script().post("/api/users/set-active", &gone).await.status, 200);
    let none = [("nickname", "x"), ("permission", "guest"), ("role", "none")];
    assert_eq!(admin.upload("/users/T-without-role", &none, None).await.status, 303);
}

/// All that an answer tells, but for what is another in each: its own ids, and who was typed.
fn told(answer: &Answer, id: &str) -> (u16, BTreeMap<String, String>, String) {
    let own =
        [answer.header("x-request-id").to_owned(), headers::nonce(answer).unwrap_or_default()];
    let without = |text: &str| {
        let named = own.iter().filter(|it| !it.is_empty());
        named.fold(text.replace(id, "ID"), |it, own| it.replace(own.as_str(), "OWN"))
    };
    let headers = answer.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), without(value.to_str().unwrap())));
    (answer.status, headers.collect(), without(&answer.body))
}

#[tokio::test]
async fn whoever_is_refused_at_the_door_is_told_the_same() {
    let house = House::at("https://rollcall.example.org").await;
    let mut admin = house.admin().await;
    make(&mut admin).await;
    for mut visitor in [house.visitor(), house.visitor().script()] {
        for _ in 0..5 {
            let mut all = Vec::new();
            for (id, password) in REFUSED {
                all.push(told(&visitor.sign_in(id, password).await, id));
            }
            assert_eq!(all[0].0, 422);
            assert!(!all[0].1.contains_key("set-cookie"));
            assert!(all.iter().all(|it| *it == all[0]), "{all:#?}");
        }
    }
    // Whoever goes on is told to wait, whether they exist or not.
    for mut visitor in [house.visitor(), house.visitor().script()] {
        let mut all = Vec::new();
        for (id, _) in REFUSED {
            all.push(told(&visitor.sign_in(id, PASSWORD).await, id));
        }
        assert_eq!((all[0].0, &*all[0].1["retry-after"]), (429, "2"));
        assert!(all.iter().all(|it| *it == all[0]), "{all:#?}");
    }
}

#[tokio::test]
async fn the_log_tells_of_each_who_was_refused_in_the_same_way() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    make(&mut admin).await;
    for (id, password) in REFUSED {
        house.visitor().sign_in(id, password).await;
    }
    let entries = entries(&admin, "search=&at=&asked[kind]=sign_in").await;
    let mut lines: Vec<Value> = entries.into_iter().take(REFUSED.len()).collect();
    // Of whom it was is kept only where a password could have been right.
    let known = lines.iter().filter(|it| it["event"]["user"]["user_id"] == "T-known");
    assert_eq!(known.count(), 1);
    for line in &mut lines {
        assert_eq!(line["action"], "authn_login_fail");
        for own in ["number", "request_id"] {
            line[own].take();
        }
        for own in ["number", "user"] {
            line["event"][own].take();
        }
    }
    assert!(lines.iter().all(|it| *it == lines[0]), "{lines:#?}");
}

/// The statements that were run for each request, by the ids of these.
fn statements(log: &str) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in log.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok()) {
        if let (Some(id), Some(done)) = (line["span"]["id"].as_str(), line["summary"].as_str()) {
            all.entry(id.to_owned()).or_default().push(done.to_owned());
        }
    }
    all
}

#[tokio::test]
async fn the_database_is_asked_the_same_for_each_who_is_refused() {
    let (folder, address) = (tempfile::tempdir().unwrap(), free_address());
    let arguments = ["--listen", &address.to_string(), "--log", "info,sqlx=trace"];
    let command = rollcall(folder.path(), &arguments);
    let Some(mut server) = Served::start(command, address) else { return };
    let mut admin = server.admin().await;
    make(&mut admin).await;
    let mut ids = Vec::new();
    for (id, password) in REFUSED {
        let answer = server.visitor().sign_in(id, password).await;
        assert_eq!(answer.status, 422);
        ids.push(answer.header("x-request-id").to_owned());
    }
    server.kill();
    let statements = statements(&server.log());
    let asked: Vec<_> = ids.iter().map(|it| &statements[it]).collect();
    assert_eq!(asked[0].len(), 2, "{asked:#?}");
    assert!(asked.iter().all(|it| *it == asked[0]), "{asked:#?}");
}
