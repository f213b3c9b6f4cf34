//! Groups by forms, with and without JavaScript, and their pages under any name.

use serde_json::json;

use crate::{browser::Browser, house::House};

/// A house with its Admin, two users and a group.
async fn house() -> (House, Browser) {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for user_id in ["S-1", "S-2"] {
        admin.upload("/users/new", &[("user_id", user_id)], None).await;
    }
    let answer = admin.post("/groups/new", &[("name", "Class 7B")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/groups/Class%207B?created"));
    (house, admin)
}

#[tokio::test]
async fn a_taken_name_leads_to_the_group_that_has_it() {
    let (_house, mut admin) = house().await;
    let form = [("name", "CLASS 7b")];
    let answer = admin.script().post("/groups/new", &form).await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.json(),
        json!({ "refused": [["name", { "group_taken": { "by": "Class 7B" } }]] })
    );
    let answer = admin.post("/groups/new", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("href=\"/groups/Class%207B\""), "{}", answer.body);
    assert!(answer.body.contains("CLASS 7b"));
}

#[tokio::test]
async fn users_are_put_into_a_group_by_pasting_their_user_ids() {
    let (_house, mut admin) = house().await;
    let add = "/groups/class%207b/add";
    let answer = admin.script().post(add, &[("pasted", "S-1 ghost")]).await;
    assert_eq!(answer.json(), json!({ "refused": [["members", { "unknown_users": ["ghost"] }]] }));
    let answer = admin.post(add, &[("pasted", "S-1 ghost")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("S-1 ghost"));
    let answer = admin.post(add, &[("member", "S-1"), ("pasted", "s-1, S-2")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/groups/class%207b?added=2"));
    let page = admin.get(answer.location()).await;
    assert_eq!(page.status, 200);
    for shown in [">Class 7B<", "href=\"/users/S-1\"", "href=\"/users/S-2\""] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let found = admin.get("/groups/class%207b?search=s-2").await.body;
    assert!(found.contains("/users/S-2") && !found.contains("/users/S-1"));
    // Nobody has a permission in a group.
    let answer = admin.script().post(add, &[("member", "S-1"), ("permission", "host")]).await;
    assert_eq!(
        (answer.status, &answer.json()["detail"]),
        (400, &json!("unknown field: permission"))
    );
}

#[tokio::test]
async fn a_group_is_renamed_merged_and_deleted_by_plain_forms() {
    let (_house, mut admin) = house().await;
    admin.post("/groups/new", &[("name", "Choir")]).await;
    let rename = "/groups/Class%207B/rename";
    assert_eq!(admin.post(rename, &[("name", "choir")]).await.status, 422);
    assert_eq!(admin.post(rename, &[("name", "a,b")]).await.status, 422);
    let answer = admin.post(rename, &[("name", "7C")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/groups/7C?saved"));
    assert_eq!(admin.get("/groups/Class%207B").await.status, 404);
    for (into, problem) in [("7c", "same_group"), ("Gone", "unknown_group"), ("", "missing")] {
        let answer = admin.script().post("/groups/7C/merge", &[("name", into)]).await;
        assert_eq!(answer.json(), json!({ "refused": [["name", problem]] }));
    }
    let answer = admin.post("/groups/7C/merge", &[("name", "choir")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/groups/Choir?merged"));
    let delete = "/groups/Choir/delete";
    let answer = admin.script().post(delete, &[("name", "7C")]).await;
    assert_eq!(
        answer.json(),
        json!({ "refused": [["name", { "typed_wrong": { "expected": "Choir" } }]] })
    );
    let answer = admin.post(delete, &[("name", "choir")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/groups?deleted=Choir"));
    assert_eq!(admin.post(delete, &[("name", "choir")]).await.status, 404);
    let list = admin.get("/groups?deleted=Choir").await.body;
    assert!(list.contains("The group Choir is deleted."), "{list}");
}

#[tokio::test]
async fn a_group_has_a_page_whatever_it_is_called() {
    let (_house, mut admin) = house().await;
    for name in ["new", "..", "100%25", "a/b?c#d", "합창단", "+1 & co", "</title>"] {
        let answer = admin.post("/groups/new", &[("name", name)]).await;
        assert_eq!(answer.status, 303, "{name}");
        let path = answer.location().strip_suffix("?created").unwrap().to_owned();
        for page in ["", "/add", "/rename", "/merge", "/delete"] {
            assert_eq!(admin.get(&format!("{path}{page}")).await.status, 200, "{path}{page}");
        }
        let list = admin.get("/groups").await.body;
        assert!(list.contains(&format!("href=\"{path}\"")), "{path}\n{list}");
        let answer = admin.post(&format!("{path}/delete"), &[("name", name)]).await;
        assert_eq!(answer.status, 303, "{name}");
    }
    for nothing in ["Gone", "a%2Cb", "%20"] {
        assert_eq!(admin.get(&format!("/groups/{nothing}")).await.status, 404, "{nothing}");
        let answer = admin.post(&format!("/groups/{nothing}/add"), &[]).await;
        assert_eq!(answer.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn the_page_of_a_user_leads_to_their_groups() {
    let (_house, mut admin) = house().await;
    admin.post("/groups/Class%207B/add", &[("pasted", "S-1")]).await;
    assert!(admin.get("/users/S-1").await.body.contains("href=\"/groups/Class%207B\""));
}

#[tokio::test]
async fn what_the_page_of_a_group_asks_is_answered() {
    let (_house, admin) = house().await;
    let mut script = admin.script();
    let seat = [("name", "Class 7B"), ("user_id", "S-1")];
    assert_eq!(script.post("/api/groups/put-back", &seat).await.status, 200);
    let offer = script.get("/api/rooms/candidates?term=s-&group=class%207b").await.json();
    assert_eq!(offer["specified"], json!(["S-1"]));
    assert_eq!(offer["owner"], json!(null));
    let offer = script.get("/api/rooms/candidates?term=class&group=Class%207B").await.json();
    assert_eq!(offer["groups"], json!([]), "a group isn't put into itself");
    for _ in 0..2 {
        assert_eq!(script.post("/api/groups/remove-user", &seat).await.status, 200);
    }
    let group = script.get("/api/groups/get?name=class%207b").await.json();
    assert_eq!(group, json!({ "name": "Class 7B", "size": 0 }));
    let ghost = [("name", "Class 7B"), ("user_id", "ghost")];
    assert_eq!(script.post("/api/groups/put-back", &ghost).await.status, 422);
    let gone = [("name", "Gone"), ("user_id", "S-1")];
    assert_eq!(script.post("/api/groups/remove-user", &gone).await.status, 404);
    assert_eq!(script.get("/api/rooms/candidates?term=&group=Gone").await.status, 404);
}
