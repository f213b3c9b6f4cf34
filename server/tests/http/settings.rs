//! What holds for the whole school, and the limits of rooms that go by it.

use serde_json::json;

use crate::{browser::Browser, house::House};

const SEOUL: [(&str, &str); 8] = [
    ("school", "Hana Academy"),
    ("time_zone", "Asia/Seoul"),
    ("retention", "quarter"),
    ("notice", "The head may look in."),
    ("language", "ko"),
    ("teacher_rooms", "20"),
    ("teacher_members", ""),
    ("teacher_capacity", ""),
];

/// The settings with one of them changed.
fn with<'a>(field: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    SEOUL.map(|(name, it)| if name == field { (name, value) } else { (name, it) }).to_vec()
}

/// The form that edits a room.
fn room<'a>(opens: &'a str, closes: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("name", "Exam"),
        ("type", "public"),
        ("capacity", "24"),
        ("time_limit", "90"),
        ("opens", opens),
        ("closes", closes),
    ]
}

async fn made_room(admin: &mut Browser) -> String {
    let made = admin.post("/rooms/new", &[("name", "Exam"), ("type", "public")]).await;
    made.location().strip_suffix("?created").unwrap().to_owned()
}

#[tokio::test]
async fn settings_are_changed_by_a_plain_form_and_stand_in_every_frame() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let answer = admin.post("/settings", &with("language", "en")).await;
    assert_eq!((answer.status, answer.location()), (303, "/settings?saved"));
    let page = admin.get("/settings?saved").await;
    assert!(page.body.contains("The settings are saved.") && page.body.contains("Asia/Seoul"));
    assert!(admin.get("/users").await.body.contains("Hana Academy"));
    assert!(!house.visitor().get("/sign-in").await.body.contains("Hana Academy"));
}

#[tokio::test]
async fn a_zone_that_does_not_exist_is_refused_beside_its_field() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let answer = admin.script().post("/settings", &with("time_zone", "Mars/Olympus")).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json(), json!({ "refused": [["time_zone", "choice"]] }));
    let page = admin.post("/settings", &with("time_zone", "Mars/Olympus")).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("Choose a zone from the list"));
    assert!(page.body.contains("The head may look in."), "what was typed stays");
}

#[tokio::test]
async fn settings_of_unknown_names_are_refused_and_none_may_be_left_out() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let more = [&SEOUL[..], &[("theme", "dark")]].concat();
    assert_eq!(admin.post("/settings", &more).await.status, 400);
    assert_eq!(admin.post("/settings", &SEOUL[..4]).await.status, 400);
    assert!(!admin.get("/users").await.body.contains("Hana Academy"));
}

#[tokio::test]
async fn the_default_language_is_for_browsers_that_ask_for_none_of_ours() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let language = async |asked: &str| {
        let page = house.visitor().with("accept-language", asked).get("/sign-in").await;
        if page.body.contains("<html lang=\"ko\"") { "ko" } else { "en" }
    };
    assert_eq!((language("fr").await, language("").await), ("en", "en"));
    admin.post("/settings", &SEOUL).await;
    assert_eq!((language("fr, de;q=0.5").await, language("").await), ("ko", "ko"));
    assert_eq!((language("en-GB").await, language("fr, en").await), ("en", "en"));
}

#[tokio::test]
async fn limits_are_kept_by_the_clocks_of_the_school() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.post("/settings", &with("language", "en")).await;
    let path = made_room(&mut admin).await;
    let form = room("2026-11-24T09:00", "2026-11-24 10:30");
    let answer = admin.post(&format!("{path}/settings"), &form).await;
    assert_eq!(answer.location(), format!("{path}?saved"));
    let id = path.strip_prefix("/rooms/").unwrap();
    let shown = admin.script().get(&format!("/api/rooms/own-settings?room={id}")).await.json();
    let micros = 1_795_478_400_000_000_i64;
    assert_eq!(
        shown["room"]["limits"],
        json!({
            "capacity": 24,
            "time_limit": 90,
            "opens": micros,
            "closes": micros + 90 * 60 * 1_000_000,
        })
    );
    assert_eq!(shown["opens"], "2026-11-24T09:00");
    let page = admin.get(&path).await.body;
    assert!(page.contains("2026-11-24 09:00") && page.contains("Asia/Seoul"));
    assert!(page.contains("24 people") && page.contains("1 hour 30 minutes"));
    let edit = admin.get(&format!("{path}/settings")).await.body;
    assert!(edit.contains("value=\"2026-11-24T10:30\""));
}

#[tokio::test]
async fn limits_that_cannot_be_are_refused_beside_their_fields() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.post("/settings", &with("time_zone", "Europe/Berlin")).await;
    let path = format!("{}/settings", made_room(&mut admin).await);
    let mut script = admin.script();
    for (opens, closes, refused) in [
        ("2026-03-29T02:30", "", json!([["opens", { "window": "skipped" }]])),
        ("2026-11-24T09:00", "2026-11-24T09:00", json!([["closes", { "window": "not_after" }]])),
        (
            "soon",
            "?",
            json!([["opens", { "window": "no_time" }], ["closes", { "window": "no_time" }]]),
        ),
    ] {
        let answer = script.post(&path, &room(opens, closes)).await;
        assert_eq!((answer.status, answer.json()), (422, json!({ "refused": refused })), "{opens}");
    }
    let mut form = room("", "");
    form[2].1 = "10001";
    form[3].1 = "4";
    let answer = script.post(&path, &form).await.json();
    let range = |min: u32, max: u32| json!({ "range": { "min": min, "max": max } });
    let refused = json!([["capacity", range(1, 10_000)], ["time_limit", range(5, 1_440)]]);
    assert_eq!(answer, json!({ "refused": refused }));
    // What is left out would be reset, so leaving it out is refused.
    assert_eq!(script.post(&path, &room("", "")[..5]).await.status, 400);
}
