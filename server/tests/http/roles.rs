//! Who may do what: every page, form and function, for everybody who isn't an Admin.

use app::server::arguments_of;
use axum::http::Method;
use leptos::server_fn::axum::server_fn_paths;
use serde_json::json;

use crate::{
    browser::Browser,
    house::{House, PASSWORD},
};

const FORMS: [&str; 16] = [
    "/settings",
    "/users/new",
    "/users/A-hana",
    "/users/A-hana/delete",
    "/groups/new",
    "/groups/Algebra/add",
    "/groups/Algebra/rename",
    "/groups/Algebra/merge",
    "/groups/Algebra/delete",
    "/rooms/new",
    "/rooms/0123456789ab",
    "/rooms/0123456789ab/settings",
    "/rooms/0123456789ab/add",
    "/rooms/0123456789ab/duplicate",
    "/rooms/0123456789ab/owner",
    "/rooms/0123456789ab/delete",
];

/// The functions whose arguments are more than a form can say.
const AS_JSON: [&str; 2] = ["/api/rooms/change-members", "/api/rooms/put-back"];

/// Every page of the console.
fn pages() -> Vec<String> {
    server::page_paths()
        .iter()
        .map(|it| it.replace("{user_id}", "A-hana").replace("{room}", "0123456789ab"))
        .map(|it| it.replace("{group}", "Algebra"))
        .filter(|it| it != "/sign-in" && it != "/setup")
        .chain(["/help/users", "/design"].map(str::to_owned))
        .collect()
}

/// Calls a server function with everything that any of them takes.
async fn call(browser: &mut Browser, path: &str, method: &Method) -> u16 {
    let arguments = [
        ("user_id", "A-hana"),
        ("room", "0123456789ab"),
        ("name", "Algebra"),
        ("term", "a"),
        ("search", "a"),
        ("at", ""),
        ("older_than", ""),
        ("permission", "guest"),
        ("active", "false"),
        ("ended", "true"),
        ("pasted", "A-hana"),
        ("orders", "[]"),
        ("users", "[]"),
    ];
    let known = arguments_of(path).unwrap();
    let arguments: Vec<_> = arguments.into_iter().filter(|it| known.contains(&it.0)).collect();
    if *method == Method::GET {
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(arguments).finish();
        browser.get(&format!("{path}?{query}")).await.status
    } else if AS_JSON.contains(&path) {
        let mut arguments =
            json!({ "room": "0123456789ab", "which": "all", "act": "remove", "before": [] });
        arguments.as_object_mut().unwrap().retain(|name, _| known.contains(&name.as_str()));
        let (kind, body) = (Some("application/json"), arguments.to_string());
        browser.send(Method::POST, path, kind, body.into()).await.status
    } else {
        browser.post(path, &arguments).await.status
    }
}

#[tokio::test]
async fn whoever_is_signed_out_sees_no_page_of_the_console() {
    let house = House::new().await;
    house.admin().await;
    assert!(pages().len() >= 9);
    for page in pages() {
        let answer = house.visitor().get(&page).await;
        assert_eq!(answer.status, 303, "{page}");
        assert!(answer.location().starts_with("/sign-in"), "{page}");
    }
}

#[tokio::test]
async fn whoever_is_signed_out_can_send_no_form() {
    let house = House::new().await;
    house.admin().await;
    for form in FORMS.iter().filter(|it| !it.ends_with("ab")) {
        let sent = house.visitor().post(form, &[]).await;
        assert_eq!(sent.status, 303, "{form}");
        assert!(sent.location().starts_with("/sign-in"), "{form}");
        assert_eq!(house.visitor().script().post(form, &[]).await.status, 401, "{form}");
    }
}

#[tokio::test]
async fn whoever_is_signed_out_can_call_no_function() {
    let house = House::new().await;
    house.admin().await;
    let mut script = house.visitor().script();
    assert!(server_fn_paths().count() >= 10);
    for (path, method) in server_fn_paths() {
        assert_eq!(call(&mut script, path, &method).await, 401, "{path}");
    }
    assert_eq!(house.visitor().sign_in("A-hana", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_teacher_can_do_nothing_that_is_an_admins() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let teacher = house.signed_in_as(&mut admin, "teacher").await;
    for form in FORMS.iter().filter(|it| !it.ends_with("ab")) {
        assert_eq!(teacher.clone().post(form, &[]).await.status, 403, "{form}");
    }
    for page in ["/users", "/audit", "/audit.csv", "/help/users", "/design"] {
        assert_eq!(teacher.clone().get(page).await.status, 403, "{page}");
    }
    for (path, method) in server_fn_paths().filter(|it| !it.0.ends_with("/session/signed-in")) {
        assert_eq!(call(&mut teacher.script(), path, &method).await, 403, "{path}");
    }
}

#[tokio::test]
async fn somebody_without_a_role_cannot_sign_in() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut nobody = house.signed_in_as(&mut admin, "none").await;
    assert_eq!(nobody.get("/users").await.status, 303);
}

#[tokio::test]
async fn a_lost_role_ends_the_session_at_once() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut other = house.signed_in_as(&mut admin, "admin").await;
    assert_eq!(other.get("/users").await.status, 200);
    let answer = admin
        .upload(
            "/users/as-admin",
            &[("nickname", "Now a teacher"), ("permission", "host"), ("role", "teacher")],
            None,
        )
        .await;
    assert_eq!((answer.status, answer.location()), (303, "/users/as-admin?saved"));
    assert_eq!(other.get("/users").await.status, 303);
}
