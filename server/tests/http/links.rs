//! Entry links: shown one by one, and to a whole class on paper and in files.

use axum::http::Method;
use domain::{EntryPermission, UserId, user::UserProfile};
use serde_json::{Value, json};

use crate::{
    browser::{Answer, Browser},
    house::House,
};

/// A house at a public address, and a room of that type with a member.
async fn house(room_type: &str) -> (House, Browser, String) {
    let house = House::at("https://school.example").await;
    let mut admin = house.admin().await.with("x-forwarded-proto", "https");
    for (user_id, nickname) in [("S-1", "Sofia <b>Rossi</b>"), ("S-2", "=1+1")] {
        let form = [("user_id", user_id), ("nickname", nickname)];
        admin.upload("/users/new", &form, None).await;
    }
    let made = admin.post("/rooms/new", &[("name", "Algebra"), ("type", room_type)]).await;
    let room = made.location().trim_start_matches("/rooms/").trim_end_matches("?created");
    let room = room.to_owned();
    let added = admin.post(&format!("/rooms/{room}/add"), &[("member", "S-1")]).await;
    assert_eq!(added.status, 303, "{}", added.body);
    (house, admin, room)
}

async fn call(admin: &Browser, path: &str, arguments: Value) -> Answer {
    let kind = Some("application/json");
    admin.script().send(Method::POST, path, kind, arguments.to_string().into()).await
}

async fn shown(admin: &Browser, room: &str) -> Value {
    let asked = json!({ "room": room, "user_id": "S-1" });
    call(admin, "/api/links/show", asked).await.json()
}

/// The addresses in a document or file.
fn addresses(text: &str) -> Vec<&str> {
    let starts = text.match_indices("https://school.example/e/").map(|it| it.0);
    let ends = |it: char| !it.is_ascii_alphanumeric() && !"/:.".contains(it);
    starts.map(|at| text[at..].split(ends).next().unwrap()).collect()
}

#[tokio::test]
async fn a_link_begins_with_the_configured_address_and_comes_with_its_code() {
    let (_house, admin, room) = house("private").await;
    let shown = shown(&admin.with("x-forwarded-host", "evil.example"), &room).await;
    let address = shown["address"].as_str().unwrap();
    assert!(address.starts_with("https://school.example/e/rc1"), "{address}");
    assert_eq!(address.len(), "https://school.example/e/".len() + 48);
    assert!(shown["code"]["path"].as_str().unwrap().starts_with('M'));
    assert_eq!(shown["link"]["standing"], "valid");
    assert_eq!(shown["link"]["holder"]["personal"]["user_id"], "S-1");
}

#[tokio::test]
async fn how_a_link_stands_is_told_without_making_it_or_noting_it() {
    let (_house, mut admin, room) = house("open").await;
    let path = format!("/api/links/standing?room={room}");
    assert_eq!(admin.script().get(&path).await.json(), Value::Null);
    let of_member = format!("{path}&user_id=S-1");
    assert_eq!(admin.script().get(&of_member).await.json(), Value::Null);
    let asked = json!({ "room": room, "user_id": null, "act": "revoke" });
    assert_eq!(call(&admin, "/api/links/change", asked).await.status, 200);
    let standing = admin.script().get(&path).await.json();
    assert_eq!(standing, json!({ "holder": "shared", "standing": "revoked", "expires": null }));
    // Whoever has no link there is answered as one whose link was never made.
    let nobody = format!("{path}&user_id=nobody");
    assert_eq!(admin.script().get(&nobody).await.json(), Value::Null);
    let log = admin.get("/audit").await.body;
    assert!(!log.contains("looked at"), "{log}");
}

#[tokio::test]
async fn a_link_expires_by_the_schools_clocks_and_not_in_the_past() {
    let (_house, admin, room) = house("private").await;
    let expire = async |expiry: Value| {
        let asked = json!({ "room": room, "user_id": "S-1", "expiry": expiry });
        call(&admin, "/api/links/expire", asked).await
    };
    let set = expire(json!({ "on": "2030-01-02T03:04" })).await;
    assert_eq!(set.json()["expires"], 1_893_553_440_000_000_i64);
    let refused = expire(json!({ "on": "2020-01-02T03:04" })).await;
    assert_eq!((refused.status, refused.json()), (422, json!({ "refused": "past" })));
    assert_eq!(expire(json!({ "on": "soon" })).await.status, 400);
    assert_eq!(shown(&admin, &room).await["link"]["expires"], 1_893_553_440_000_000_i64);
    assert_eq!(expire(json!("never")).await.json()["expires"], Value::Null);
}

#[tokio::test]
async fn no_link_stands_in_a_page_that_nobody_asked_to_show_it() {
    let (_house, mut admin, room) = house("open").await;
    let secret = shown(&admin, &room).await["address"].as_str().unwrap()[40..].to_owned();
    let shared = call(&admin, "/api/links/show", json!({ "room": room, "user_id": null })).await;
    let shared = shared.json()["address"].as_str().unwrap()[40..].to_owned();
    for path in [format!("/rooms/{room}"), format!("/rooms/{room}/sheet"), "/audit".to_owned()] {
        let page = admin.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains(&secret) && !page.body.contains(&shared), "{path}");
        assert!(addresses(&page.body).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_sheet_holds_each_link_with_its_code_and_names_as_text() {
    let (_house, mut admin, room) = house("private").await;
    let path = format!("/rooms/{room}/sheet");
    let sheet = admin.post(&path, &[]).await;
    assert_eq!(sheet.status, 200, "{}", sheet.body);
    assert_eq!(sheet.header("cache-control"), "no-store");
    let link = shown(&admin, &room).await;
    assert_eq!(addresses(&sheet.body), [link["address"].as_str().unwrap()]);
    assert!(sheet.body.contains(link["code"]["path"].as_str().unwrap()));
    assert!(sheet.body.contains("Sofia &lt;b&gt;Rossi&lt;/b&gt;"), "{}", sheet.body);
    assert!(!sheet.body.contains("hydrate"), "it comes to no life");
    assert!(admin.get("/audit").await.body.contains("the entry links of all members"));
    let asked = json!({ "room": room, "user_id": "S-1", "act": "revoke" });
    assert_eq!(call(&admin, "/api/links/change", asked).await.status, 200);
    let sheet = admin.post(&path, &[]).await;
    assert!(addresses(&sheet.body).is_empty());
    assert!(sheet.body.contains("This link was revoked."));
    assert_eq!(admin.post(&path, &[("user_id", "S-2")]).await.status, 400);
}

#[tokio::test]
async fn the_sheet_of_an_open_room_begins_with_the_link_that_all_share() {
    let (_house, mut admin, room) = house("open").await;
    let sheet = admin.post(&format!("/rooms/{room}/sheet"), &[]).await;
    let shared = call(&admin, "/api/links/show", json!({ "room": room, "user_id": null })).await;
    let (shared, link) = (shared.json(), shown(&admin, &room).await);
    let both = [shared["address"].as_str().unwrap(), link["address"].as_str().unwrap()];
    assert_eq!(addresses(&sheet.body), both);
}

#[tokio::test]
async fn a_class_of_many_fills_several_sheets() {
    let (house, mut admin, room) = house("private").await;
    let operator = backend::accounts::Admin::operator();
    let mut members = Vec::new();
    for number in 0..130 {
        let user_id = UserId::parse(&format!("M-{number:03}")).unwrap();
        let profile = UserProfile {
            nickname: domain::Nickname::parse(user_id.as_str()).unwrap(),
            permission: EntryPermission::Guest,
            groups: Vec::new(),
            role: domain::ConsoleRole::None,
        };
        house.backend.users.create(&operator, &user_id, &profile, None).await.unwrap();
        members.push(user_id.to_string());
    }
    let form: Vec<_> = members.iter().map(|it| ("member", it.as_str())).collect();
    assert_eq!(admin.post(&format!("/rooms/{room}/add"), &form).await.status, 303);
    let path = format!("/rooms/{room}/sheet");
    let first = admin.post(&path, &[]).await.body;
    assert_eq!(addresses(&first).len(), 120);
    let at = first.split("name=\"at\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = admin.post(&path, &[("at", at)]).await.body;
    assert_eq!(addresses(&second).len(), 11);
    let all = [addresses(&first), addresses(&second)].concat();
    let file = admin.post(&format!("/rooms/{room}/links"), &[("as", "csv")]).await.body;
    assert_eq!(addresses(&file), all);
}

#[tokio::test]
async fn files_are_kept_and_never_shown() {
    let (_house, mut admin, room) = house("private").await;
    let path = format!("/rooms/{room}/links");
    admin.post(&format!("/rooms/{room}/add"), &[("member", "S-2")]).await;
    let table = admin.post(&path, &[("as", "csv")]).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"entry-links.csv\"");
    assert_eq!(table.header("cache-control"), "no-store");
    assert!(table.body.contains("\"'=1+1\",\"S-2\""), "{}", table.body);
    let text = admin.post(&path, &[("as", "text")]).await;
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(text.header("content-disposition"), "attachment; filename=\"entry-links.txt\"");
    assert_eq!(addresses(&text.body), addresses(&table.body));
    assert_eq!(addresses(&text.body).len(), 2);
    for wrong in [&[][..], &[("as", "html")], &[("as", "csv"), ("user_id", "S-1")]] {
        assert_eq!(admin.post(&path, wrong).await.status, 400, "{wrong:?}");
    }
}
