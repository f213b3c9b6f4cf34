//! Many at once: lists of User IDs that are looked up, and members who are changed together.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Answer, Browser},
    house::House,
};

/// A house with its Admin, three users of whom one is deactivated, and a room with the first of them.
async fn house() -> (House, Browser, String) {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for user_id in ["S-1", "S-2", "S-3"] {
        admin.upload("/users/new", &[("user_id", user_id)], None).await;
    }
    admin.post("/api/users/set-active", &[("user_id", "S-3"), ("active", "false")]).await;
    let made = admin.post("/rooms/new", &[("name", "A"), ("type", "private"), ("member", "S-1")]);
    let made = made.await;
    let room = made.location().trim_start_matches("/rooms/").trim_end_matches("?created");
    (house, admin.script(), room.to_owned())
}

async fn call(admin: &mut Browser, path: &str, arguments: Value) -> Answer {
    let kind = Some("application/json");
    admin.send(Method::POST, path, kind, arguments.to_string().into()).await
}

fn ids(users: &Value) -> Vec<&str> {
    users.as_array().unwrap().iter().map(|it| it["user_id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_list_is_looked_up_at_once_and_tells_who_is_there_and_who_is_unknown() {
    let (_house, mut admin, room) = house().await;
    let list = "s-2\nS-1\nS-3\nghost\nA-hana\n<b>\nS-2";
    let answer = admin.post("/api/rooms/look-up", &[("pasted", list), ("room", &room)]).await;
    let offer = answer.json();
    assert_eq!(ids(&offer["users"]), ["S-2", "S-1", "S-3", "A-hana"]);
    assert_eq!(offer["users"][2]["status"], "deactivated");
    assert_eq!(offer["specified"], json!(["S-1"]));
    assert_eq!(offer["owner"], "A-hana");
    assert_eq!(offer["unknown"], json!(["ghost", "<b>"]));
}

#[tokio::test]
async fn a_list_of_more_than_ten_thousand_is_refused_in_words() {
    let (_house, mut admin, _) = house().await;
    let list: Vec<String> = (0..=10_000).map(|it| format!("X-{it}")).collect();
    let answer = admin.post("/api/rooms/look-up", &[("pasted", &list.join("\n"))]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json(), json!({ "refused": { "too_many": { "max": 10_000 } } }));
}

#[tokio::test]
async fn ten_thousand_of_the_longest_user_ids_fit_into_a_form() {
    let (_house, mut admin, room) = house().await;
    let ids: Vec<String> = (10_000..20_000).map(|it| format!("{it}{}", "가".repeat(59))).collect();
    let rows = ids.iter().flat_map(|it| [("member", it.as_str()), ("permission", "monitoring")]);
    let answer = admin.post(&format!("/rooms/{room}/add"), &rows.collect::<Vec<_>>()).await;
    assert_eq!(answer.status, 422);
    let unknown = &answer.json()["refused"][0][1]["unknown_users"];
    assert_eq!(unknown.as_array().map(Vec::len), Some(10_000));
}

#[tokio::test]
async fn members_are_changed_together_and_put_back() {
    let (_house, mut admin, room) = house().await;
    let act = json!({ "permission": "host" });
    let arguments = json!({ "room": room, "which": { "these": ["S-1", "S-2"] }, "act": act });
    let answer = call(&mut admin, "/api/rooms/change-members", arguments).await;
    let before = json!([["S-1", "guest"]]);
    assert_eq!(answer.json(), json!({ "before": before, "same": 0, "missing": ["S-2"] }));
    let back = json!({ "room": room, "before": before, "act": act });
    assert_eq!(call(&mut admin, "/api/rooms/put-back", back).await.json(), json!([]));
    let all = json!({ "room": room, "which": "all", "act": "remove" });
    let answer = call(&mut admin, "/api/rooms/change-members", all).await;
    assert_eq!(answer.json()["before"], before);
    let nowhere = json!({ "room": "0123456789ab", "which": "all", "act": "remove" });
    assert_eq!(call(&mut admin, "/api/rooms/change-members", nowhere).await.status, 404);
    let broken = json!({ "room": room, "which": "some", "act": "remove" });
    assert_eq!(call(&mut admin, "/api/rooms/change-members", broken).await.status, 400);
}
