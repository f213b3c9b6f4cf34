//! Deleting users and rooms, handing rooms over and copying them, and the history that stays.

use serde_json::json;

use crate::{browser::Browser, house::House};

/// Makes a room of the Admin's and tells its path.
async fn room(admin: &mut Browser, name: &str, members: &str) -> String {
    let form = [("name", name), ("type", "private"), ("pasted", members)];
    let answer = admin.post("/rooms/new", &form).await;
    answer.location().strip_suffix("?created").unwrap().to_owned()
}

#[tokio::test]
async fn a_user_is_deleted_only_where_their_user_id_is_typed() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", "Minji")], None).await;
    let page = admin.get("/users/S-1/delete").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Delete Minji?") && page.body.contains("Type the User ID, S-1"));
    let path = "/users/S-1/delete";
    let answer = admin.post(path, &[("user_id", "S-2")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Type “S-1” here") && answer.body.contains("value=\"S-2\""));
    let answer = admin.script().post(path, &[("user_id", "")]).await;
    let wrong = json!({ "typed_wrong": { "expected": "S-1" } });
    assert_eq!(answer.json(), json!({ "refused": [["user_id", wrong]] }));
    assert_eq!(admin.script().post(path, &[("admin", "yes")]).await.status, 400);
    assert_eq!(admin.post("/users/S-404/delete", &[("user_id", "S-404")]).await.status, 404);
    assert_eq!(admin.get("/users/S-404/delete").await.status, 404);

    for _ in 0..2 {
        let answer = admin.post(path, &[("user_id", "S-1")]).await;
        assert_eq!((answer.status, answer.location()), (303, "/users"));
    }
    assert_eq!(admin.get("/users/S-1").await.status, 404);
    let again = admin.upload("/users/new", &[("user_id", "s-1")], None).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("S-1 is taken, and is never given again."), "{}", again.body);
}

#[tokio::test]
async fn the_last_admin_and_oneself_stay_in_words() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let form = [("user_id", "A-hana")];
    let answer = admin.post("/users/A-hana/delete", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("This is the last Admin."));
    house.signed_in_as(&mut admin, "admin").await;
    let answer = admin.post("/users/A-hana/delete", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("delete yourself."));
    assert_eq!(admin.get("/users").await.status, 200);
}

#[tokio::test]
async fn rooms_go_to_somebody_who_can_own_them() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for user_id in ["T-1", "T-2"] {
        admin.upload("/users/new", &[("user_id", user_id)], None).await;
    }
    let room = room(&mut admin, "Algebra", "").await;
    let owner = format!("{room}/owner");
    for (to, problem) in [
        ("", json!("missing")),
        ("T-404", json!({ "no_such_user": { "user_id": "T-404" } })),
        ("a b", json!({ "no_such_user": { "user_id": "a b" } })),
    ] {
        let answer = admin.script().post(&owner, &[("owner", to)]).await;
        assert_eq!(answer.json(), json!({ "refused": [["owner", problem]] }));
    }
    let again = admin.post(&owner, &[("owner", "T-404")]).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("Nobody has the User ID “T-404”."));
    let answer = admin.post(&owner, &[("owner", "t-1")]).await;
    assert_eq!((answer.status, answer.location()), (303, format!("{room}?handed-over").as_str()));

    let delete = "/users/T-1/delete";
    assert!(admin.get(delete).await.body.contains("They own 1 room."));
    let answer = admin.script().post(delete, &[("user_id", "T-1")]).await;
    assert_eq!(answer.json(), json!({ "refused": [["owner", "rooms_need_owner"]] }));
    let answer = admin.post(delete, &[("user_id", "T-1"), ("owner", "T-2")]).await;
    assert_eq!(answer.status, 303);
    let page = admin.get(&room).await.body;
    assert!(page.contains("Hana Lee (A-hana) made T-2 the owner of “Algebra”."), "{page}");
}

#[tokio::test]
async fn a_room_is_deleted_only_where_its_name_is_typed() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let room = room(&mut admin, "Algebra", "").await;
    let delete = format!("{room}/delete");
    assert!(admin.get(&delete).await.body.contains("Delete “Algebra”?"));
    let answer = admin.post(&delete, &[("name", "algebra")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Type “Algebra” here"));
    for _ in 0..2 {
        let form = [("name", "Algebra"), ("once", "as sent by one page")];
        let answer = admin.post(&delete, &form).await;
        assert_eq!((answer.status, answer.location()), (303, "/rooms"));
    }
    assert_eq!(admin.post(&delete, &[("name", "Algebra")]).await.status, 404);
    assert_eq!(admin.get(&room).await.status, 404);
    let nowhere = admin.post("/rooms/zzzzzzzzzzzz/delete", &[("name", "Algebra")]).await;
    assert_eq!(nowhere.status, 404);
}

#[tokio::test]
async fn a_copy_is_named_in_the_readers_language() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1")], None).await;
    let room = room(&mut admin, "Algebra", "S-1").await;
    let id = room.rsplit('/').next().unwrap();
    let path = format!("/rooms/{id}/duplicate");
    let form = [("once", "page-1")];
    let copied = admin.post(&path, &form).await;
    assert_eq!(copied.status, 303);
    assert_eq!(admin.post(&path, &form).await.location(), copied.location());
    let settings = admin.get(copied.location()).await.body;
    assert!(settings.contains("Copy of Algebra"));
    let mut korean = admin.with("accept-language", "ko");
    let copied = korean.post(&path, &[]).await;
    assert!(korean.get(copied.location()).await.body.contains("Algebra 사본"));
    let list = admin.get("/rooms").await.body;
    assert_eq!(list.matches(">Copy of Algebra<").count(), 1);
    assert_eq!(admin.post("/rooms/zzzzzzzzzzzz/duplicate", &[]).await.status, 404);
    assert_eq!(admin.post(&path, &[("owner", "S-1")]).await.status, 400);
}

#[tokio::test]
async fn the_page_of_a_user_shows_their_rooms_and_history() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    admin.upload("/users/new", &[("user_id", "S-1"), ("nickname", "Minji")], None).await;
    for number in 0..21 {
        room(&mut admin, &format!("Room {number}"), "S-1").await;
    }
    let page = admin.get("/users/S-1").await.body;
    assert!(page.contains("Hana Lee (A-hana) created Minji (S-1)."));
    assert!(page.contains("datetime=\"2023-11-14T22:13:20Z\""));
    assert!(page.contains("2023-11-14 22:13 UTC"));
    assert!(page.contains("Room 20") && !page.contains(">Room 0<"));
    let older = page.split("/users/S-1?rooms=").nth(1).unwrap().split('"').next().unwrap();
    let older = admin.get(&format!("/users/S-1?rooms={older}")).await.body;
    assert!(older.contains(">Room 0<") && !older.contains("Room 20"));
}
