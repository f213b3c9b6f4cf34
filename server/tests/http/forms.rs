//! Creating and changing things by forms, with and without JavaScript.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_user_is_created_by_a_plain_form() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [
        ("user_id", "S-2041"),
        ("nickname", "Kim Jiho"),
        ("permission", "guest"),
        ("group", "Algebra"),
    ];
    let answer = admin.upload("/users/new", &form, None).await;
    assert_eq!((answer.status, answer.location()), (303, "/users/S-2041?created"));
    let page = admin.get(answer.location()).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Kim Jiho") && page.body.contains("Algebra"));
}

#[tokio::test]
async fn a_user_is_created_by_a_script() {
    let house = House::new().await;
    let admin = house.admin().await;
    let answer = admin.script().upload("/users/new", &[("user_id", "학생@1")], None).await;
    assert_eq!(answer.status, 200);
    let location = "/users/%ED%95%99%EC%83%9D%401?created";
    assert_eq!(answer.json(), json!({ "done": { "location": location } }));
    assert_eq!(admin.clone().get(location).await.status, 200);
}

#[tokio::test]
async fn create_another_keeps_what_is_likely_to_be_the_same() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [
        ("user_id", "T-1"),
        ("permission", "host"),
        ("role", "teacher"),
        ("group", "Staff, Maths"),
        ("then", "another"),
    ];
    let answer = admin.upload("/users/new", &form, None).await;
    assert_eq!(
        answer.location(),
        "/users/new?created=T-1&permission=host&role=teacher&group=Staff%2C+Maths"
    );
}

#[tokio::test]
async fn a_refused_user_form_shows_again_what_was_typed() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("user_id", "a-HANA"), ("nickname", "Another Hana"), ("permission", "host")];
    let answer = admin.upload("/users/new", &form, None).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("a-HANA") && answer.body.contains("Another Hana"));
    let answer = admin.script().upload("/users/new", &form, None).await;
    assert_eq!(answer.status, 422);
    let taken = json!({ "taken": { "by": "A-hana", "nickname": "Hana Lee" } });
    assert_eq!(answer.json(), json!({ "refused": [["user_id", taken]] }));
}

#[tokio::test]
async fn everything_wrong_is_said_at_once() {
    let house = House::new().await;
    let admin = house.admin().await;
    let form = [("user_id", "a b"), ("permission", "boss"), ("role", "king")];
    let answer = admin.script().upload("/users/new", &form, None).await;
    let refused = json!([["user_id", "space"], ["permission", "choice"], ["role", "choice"]]);
    assert_eq!(answer.json(), json!({ "refused": refused }));
}

#[tokio::test]
async fn a_user_is_edited_and_the_last_admin_stays_one() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1")], None).await;
    let edit = [("nickname", "Renamed"), ("permission", "guest"), ("role", "none")];
    let answer = admin.upload("/users/S-1", &edit, None).await;
    assert_eq!((answer.status, answer.location()), (303, "/users/S-1?saved"));
    let demote = [("nickname", "Hana"), ("permission", "guest"), ("role", "teacher")];
    let answer = admin.script().upload("/users/A-hana", &demote, None).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json(), json!({ "refused": [["role", "last_admin"]] }));
    // What is left out would be reset, so leaving it out is refused.
    assert_eq!(admin.upload("/users/S-1", &edit[..2], None).await.status, 400);
    assert_eq!(admin.upload("/users/nobody", &edit, None).await.status, 404);
    assert_eq!(admin.upload("/users/a%20b", &[], None).await.status, 404);
}

#[tokio::test]
async fn fields_that_a_form_does_not_have_are_refused() {
    let house = House::new().await;
    let admin = house.admin().await;
    let mut script = admin.script();
    for (field, answer) in [
        ("status", script.upload("/users/new", &[("user_id", "S-1"), ("status", "x")], None).await),
        ("user_id", script.upload("/users/A-hana", &[("user_id", "S-1")], None).await),
        ("owner", script.post("/rooms/new", &[("name", "x"), ("owner", "me")]).await),
        ("role", script.post("/sign-in", &[("role", "admin")]).await),
        ("role", script.post("/setup", &[("role", "admin")]).await),
        ("admin", script.post("/preferences", &[("admin", "yes")]).await),
    ] {
        assert_eq!(answer.status, 400, "{field}");
        assert_eq!(answer.json()["detail"], format!("unknown field: {field}"));
    }
    assert_eq!(admin.clone().get("/users/S-1").await.status, 404);
}

#[tokio::test]
async fn a_room_is_created_with_pasted_members_and_edited() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for user_id in ["S-1", "S-2"] {
        admin.upload("/users/new", &[("user_id", user_id)], None).await;
    }
    let form = [
        ("name", "Algebra II"),
        ("type", "private"),
        ("member", "S-1"),
        ("permission", "host"),
        ("pasted", "s-2"),
    ];
    let answer = admin.post("/rooms/new", &form).await;
    assert_eq!(answer.status, 303);
    let room = answer.location().strip_suffix("?created").unwrap().to_owned();
    let page = admin.get(&room).await;
    assert!(page.body.contains("Algebra II") && page.body.contains("S-2"));
    let form = [
        ("name", "Algebra III"),
        ("type", "public"),
        ("capacity", ""),
        ("time_limit", ""),
        ("opens", ""),
        ("closes", ""),
    ];
    let answer = admin.post(&format!("{room}/settings"), &form).await;
    assert_eq!((answer.status, answer.location()), (303, format!("{room}?saved").as_str()));
    assert_eq!(admin.post("/rooms/zzzzzzzzzzzz/settings", &form).await.status, 404);
    assert_eq!(admin.post("/rooms/nonsense/settings", &form).await.status, 404);
}

#[tokio::test]
async fn unknown_members_are_told_by_name() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("name", "Algebra"), ("type", "private"), ("pasted", "A-hana, ghost")];
    let answer = admin.script().post("/rooms/new", &form).await;
    assert_eq!(answer.json(), json!({ "refused": [["members", { "unknown_users": ["ghost"] }]] }));
    let answer = admin.post("/rooms/new", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("A-hana, ghost"));
}

#[tokio::test]
async fn members_are_added_to_a_room() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1")], None).await;
    let answer = admin.post("/rooms/new", &[("name", "Algebra"), ("type", "private")]).await;
    let room = answer.location().strip_suffix("?created").unwrap().to_owned();
    let add = format!("{room}/add");
    let answer = admin.post(&add, &[("pasted", "S-1 S-1")]).await;
    assert_eq!((answer.status, answer.location()), (303, format!("{room}?added=1").as_str()));
    let answer = admin.script().post(&add, &[("pasted", "ghost")]).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn choices_of_looks_are_kept_in_cookies() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let form = [("theme", "dark"), ("locale", "ko"), ("back", "/sign-in?next=%2Fusers")];
    let answer = visitor.post("/preferences", &form).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in?next=%2Fusers"));
    let page = visitor.get("/sign-in").await.body;
    assert!(page.contains("data-theme=\"dark\"") && page.contains("lang=\"ko\""));
    assert_eq!(visitor.post("/preferences", &[("back", "//evil.example")]).await.location(), "/");
    assert_eq!(visitor.post("/preferences", &[("theme", "pink")]).await.status, 400);
}

#[tokio::test]
async fn the_language_follows_the_browser_until_one_is_chosen() {
    let house = House::new().await;
    let mut visitor = house.visitor().with("accept-language", "ko-KR,ko;q=0.9");
    assert!(visitor.get("/sign-in").await.body.contains("lang=\"ko\""));
    visitor.post("/preferences", &[("locale", "en")]).await;
    assert!(visitor.get("/sign-in").await.body.contains("lang=\"en\""));
}

#[tokio::test]
async fn text_that_nobody_can_read_is_refused() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = Some("application/x-www-form-urlencoded");
    let answer = admin.send(axum::http::Method::POST, "/rooms/new", form, "name=%FF".into()).await;
    assert_eq!(answer.status, 400);
    let answer = admin
        .send(axum::http::Method::POST, "/rooms/new", Some("text/plain"), "name=x".into())
        .await;
    assert_eq!(answer.status, 400);
    for kind in ["multipart/form-data", "multipart/form-data; boundary=", "text/plain"] {
        let answer =
            admin.send(axum::http::Method::POST, "/users/new", Some(kind), "x".into()).await;
        assert_eq!(answer.status, 400, "{kind}");
    }
}

#[tokio::test]
async fn what_people_typed_never_becomes_markup() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let nickname = "</title><meta http-equiv=refresh content=0>";
    admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", nickname)], None).await;
    let page = admin.get("/users/S-1").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<meta http-equiv"), "{}", page.body);
    let list = admin.get("/users").await;
    assert!(!list.body.contains("<meta http-equiv"), "{}", list.body);
    let form = [("name", "x"), ("type", "private"), ("pasted", "</textarea><img src=x>")];
    let page = admin.post("/rooms/new", &form).await;
    assert_eq!(page.status, 422);
    assert!(!page.body.contains("<img src=x>"), "{}", page.body);
}

#[tokio::test]
async fn a_user_id_that_nobody_could_read_is_refused() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for user_id in ["\u{301}", "\u{903}", "..", "new"] {
        assert_eq!(admin.upload("/users/new", &[("user_id", user_id)], None).await.status, 422);
    }
    assert_eq!(admin.get("/users").await.status, 200);
}

#[tokio::test]
async fn an_edit_of_what_another_has_changed_since_is_refused() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", "Kim")], None).await;
    let page = admin.get("/users/S-1").await.body;
    let edition = page.split("name=\"edition\" value=\"").nth(1).unwrap();
    let edition = edition.split('"').next().unwrap();
    let edit = |nickname| {
        [("nickname", nickname), ("permission", "guest"), ("role", "none"), ("edition", edition)]
    };
    assert_eq!(admin.upload("/users/S-1", &edit("Park"), None).await.status, 303);
    let refused = admin.script().upload("/users/S-1", &edit("Lee"), None).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json(), json!({ "refused": [["edition", "outdated"]] }));
    let again = admin.upload("/users/S-1", &edit("Lee"), None).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("value=\"Lee\"") && again.body.contains("Park"));
    let mut broken = edit("Lee");
    broken[3].1 = "castle";
    assert_eq!(admin.upload("/users/S-1", &broken, None).await.status, 400);
}
