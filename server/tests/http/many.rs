//! Many users at once, and the list of one group's users, over HTTP.

use serde_json::{Value, json};

use crate::{browser::Browser, house::House};

/// A house with its Admin and these users, each in the groups of that name.
async fn house(users: &[(&str, &str)]) -> (House, Browser) {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for (user_id, group) in users {
        admin.upload("/users/new", &[("user_id", user_id), ("group", group)], None).await;
    }
    (house, admin)
}

async fn many(admin: &Browser, orders: &Value) -> (u16, Value) {
    let form = [("orders", orders.to_string())];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = admin.script().post("/api/users/many", &form).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn what_became_of_each_is_told_and_what_takes_it_back() {
    let (_house, admin) = house(&[("S-1", ""), ("S-2", "")]).await;
    let users = json!(["s-1", "A-hana", "S-404"]);
    let orders = json!([{ "act": "deactivate", "users": users }]);
    let outcome = |user_id: &str, nickname: Value, became: Value| json!({ "user_id": user_id, "nickname": nickname, "became": became });
    let (status, report) = many(&admin, &orders).await;
    let refused = |reason: Value| json!({ "refused": reason });
    let expected = json!({
        "outcomes": [
            outcome("A-hana", json!("Hana Lee"), refused(json!({ "has_role": "admin" }))),
            outcome("S-404", Value::Null, refused(json!("not_found"))),
            outcome("S-1", json!("S-1"), json!("done")),
        ],
        "undo": [{ "act": "reactivate", "users": ["S-1"] }],
    });
    assert_eq!((status, report.clone()), (200, expected));
    let (status, report) = many(&admin, &report["undo"]).await;
    assert_eq!((status, &report["outcomes"][0]["became"]), (200, &json!("done")));
}

#[tokio::test]
async fn what_is_no_order_is_refused() {
    let (_house, admin) = house(&[("S-1", "")]).await;
    for bad in [
        json!("everybody"),
        json!([{ "act": "promote", "users": ["S-1"] }]),
        json!([{ "act": { "join": ["a, b"] }, "users": ["S-1"] }]),
        json!([{ "act": "deactivate", "users": ["a b"] }]),
    ] {
        assert!(many(&admin, &bad).await.0 >= 400, "{bad}");
    }
    let users: Vec<String> = (0..1_001).map(|it| format!("S-{it}")).collect();
    let (status, answer) = many(&admin, &json!([{ "act": "deactivate", "users": users }])).await;
    assert_eq!((status, answer), (422, json!({ "refused": { "too_many": { "max": 1_000 } } })));
}

#[tokio::test]
async fn the_address_asks_for_the_users_of_a_group() {
    let (_house, mut admin) = house(&[("S-1", "Class 7B"), ("S-2", "Choir"), ("S-3", "")]).await;
    let page = admin.get("/users?group=class%207b&status=active").await.body;
    assert!(page.contains("/users/S-1") && !page.contains("/users/S-2"));
    assert!(page.contains(">Class 7B<"));
    // The chip takes the filter away, and leaves the others.
    assert!(page.contains("href=\"/users?status=active\""), "{page}");
    let page = admin.get("/users?group=gone").await;
    assert_eq!((page.status, page.body.contains("/users/S-1")), (200, false));
    let group = admin.get("/groups/Class%207B").await.body;
    assert!(group.contains("href=\"/users?group=Class%207B\""));
}
