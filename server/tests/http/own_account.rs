//! One's own account: the password, and the devices on which one is signed in.

use crate::{
    browser::Browser,
    house::{House, PASSWORD},
    live::Stream,
};

const NEW: &str = "battery staple";

fn form<'a>(old: &'a str, new: &'a str) -> [(&'a str, &'a str); 3] {
    [("old", old), ("password", new), ("password_again", new)]
}

/// The names by which somebody's devices are signed out, but for the one that asks.
async fn others(browser: &Browser) -> Vec<String> {
    let devices = browser.script().get("/api/account/devices").await.json();
    let devices = devices.as_array().unwrap().clone();
    let others = devices.into_iter().filter(|it| it["here"] == false);
    others.map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn whoever_knows_the_old_password_gets_a_new_one_and_stays_signed_in() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for role in ["admin", "teacher"] {
        let mut person = house.signed_in_as(&mut admin, role).await;
        let id = format!("as-{role}");
        let (mut copy, mut there) = (person.clone(), house.visitor());
        there.sign_in(&id, PASSWORD).await;
        let page = person.get("/account").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Change password") && page.body.contains("This device"));
        let changed = person.post("/account", &form(PASSWORD, NEW)).await;
        assert_eq!((changed.status, changed.location()), (303, "/account?changed"));
        assert_ne!(person.cookies, copy.cookies);
        assert_eq!(person.get("/account?changed").await.status, 200);
        for dead in [&mut copy, &mut there] {
            assert_eq!(dead.get("/account").await.status, 303, "the old cookie is dead");
        }
        assert_eq!(house.visitor().script().sign_in(&id, PASSWORD).await.status, 422);
        assert_eq!(house.visitor().script().sign_in(&id, NEW).await.status, 200);
    }
}

#[tokio::test]
async fn a_changed_password_ends_streams() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut stream = Stream::open(&house, &admin).await;
    stream.next().await.unwrap();
    admin.post("/account", &form(PASSWORD, NEW)).await;
    assert_eq!(stream.farewell().await, "signed_out");
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_said_and_nothing_changes() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut there = house.visitor();
    there.sign_in("A-hana", PASSWORD).await;
    for (old, new, field, problem) in [
        ("wrong horse", NEW, "old", "\"wrong_password\""),
        ("", NEW, "old", "\"missing\""),
        (PASSWORD, "short", "password", "{\"too_short\":{\"min\":8}}"),
        (PASSWORD, "Iloveyou", "password", "\"common_password\""),
    ] {
        let refused = admin.script().post("/account", &form(old, new)).await;
        assert_eq!(refused.status, 422, "{old} {new}");
        let expected = format!("{{\"refused\":[[\"{field}\",{problem}]]}}");
        assert_eq!(refused.body, expected);
    }
    let page = admin.post("/account", &form("wrong horse", NEW)).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("This is not your password."));
    assert!(!page.body.contains("wrong horse") && !page.body.contains(NEW));
    let more = [("old", PASSWORD), ("password", NEW), ("user_id", "A-juno")];
    assert_eq!(admin.post("/account", &more).await.status, 400);
    assert_eq!(there.get("/users").await.status, 200);
}

#[tokio::test]
async fn the_old_password_can_be_guessed_no_faster_than_at_the_door() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    for _ in 0..10 {
        let refused = admin.post("/account", &form("wrong horse", NEW)).await;
        assert_eq!(refused.status, 422);
    }
    let refused = admin.post("/account", &form(PASSWORD, NEW)).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "2"));
    assert_eq!(house.visitor().sign_in("A-hana", PASSWORD).await.status, 429);
    house.clock.advance(2);
    assert_eq!(admin.post("/account", &form(PASSWORD, NEW)).await.status, 303);
}

#[tokio::test]
async fn devices_are_shown_in_plain_words_and_signed_out() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
    let mut there = house.visitor().with("user-agent", firefox);
    there.peer = ([198, 51, 100, 7], 50_000).into();
    there.sign_in("A-hana", PASSWORD).await;
    let mut odd = house.visitor().with("user-agent", "<b>curl</b>");
    odd.sign_in("A-hana", PASSWORD).await;
    let page = admin.get("/account").await.body;
    assert!(page.contains("Firefox on Linux") && page.contains("198.51.100.7"));
    assert!(page.contains("&lt;b&gt;curl&lt;/b&gt;") && !page.contains("<b>curl"));
    let names = others(&admin).await;
    assert_eq!(names.len(), 2);
    let asked = [("sign_out", &*names[0])];
    let ended = admin.post("/account/devices", &asked).await;
    assert_eq!((ended.status, ended.location()), (303, "/account?signed-out"));
    assert_eq!(admin.post("/account/devices", &asked).await.status, 404, "it is there no more");
    let alive = [there.get("/users").await.status, odd.get("/users").await.status];
    assert_eq!(alive.iter().filter(|it| **it == 200).count(), 1);
    admin.post("/account/devices", &[("sign_out", "others")]).await;
    assert_eq!(others(&admin).await.len(), 0);
    assert_eq!([there.get("/users").await.status, odd.get("/users").await.status], [303, 303]);
    let mut copy = admin.clone();
    let all = admin.post("/account/devices", &[("sign_out", "all")]).await;
    assert_eq!((all.status, all.location()), (303, "/sign-in"));
    assert!(admin.cookies.is_empty());
    assert_eq!(copy.get("/users").await.status, 303);
}

#[tokio::test]
async fn nobody_signs_another_persons_device_out() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut teacher = house.signed_in_as(&mut admin, "teacher").await;
    let mut second = house.visitor();
    second.sign_in("A-hana", PASSWORD).await;
    let theirs = others(&admin).await;
    for name in [&*theirs[0], "", "x", "0123456789abcdef0123456789abcdef"] {
        let refused = teacher.post("/account/devices", &[("sign_out", name)]).await;
        assert_eq!(refused.status, 404, "{name}");
    }
    assert_eq!(teacher.post("/account/devices", &[("user_id", "A-hana")]).await.status, 400);
    assert_eq!(second.get("/users").await.status, 200);
    // Led back to by signing in, the path of the devices is that of the page.
    let led = admin.get("/account/devices").await;
    assert_eq!((led.status, led.location()), (303, "/account"));
}

#[tokio::test]
async fn a_stream_ends_when_its_device_is_signed_out() {
    let house = House::new().await;
    let mut admin = house.admin().await;
    let mut there = house.visitor();
    there.sign_in("A-hana", PASSWORD).await;
    let mut stream = Stream::open(&house, &there).await;
    stream.next().await.unwrap();
    admin.post("/account/devices", &[("sign_out", "others")]).await;
    assert_eq!(stream.farewell().await, "signed_out");
}
