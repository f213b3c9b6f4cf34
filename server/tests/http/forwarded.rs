//! What proxies say of where a request comes from, and who is believed.

use crate::{audit::entries, browser::Browser, house::House};

/// From where the log says that an attempt came.
async fn noted(
    house: &House,
    admin: &Browser,
    peer: [u8; 4],
    said: &[(&'static str, &str)],
) -> String {
    let mut script = said.iter().fold(house.visitor(), |it, (name, value)| it.with(name, value));
    script.peer = (peer, 50_000).into();
    script.sign_in("nobody", "wrong horse").await;
    let entries = entries(admin, "search=&at=&asked[kind]=sign_in").await;
    let address = entries[0]["address"].as_str().unwrap().to_owned();
    assert_eq!(entries[0]["action"], "authn_login_fail");
    address
}

#[tokio::test]
async fn only_trusted_proxies_are_believed_and_only_in_one_header() {
    let house = House::new().await;
    let admin = house.admin().await;
    let (stranger, proxy) = ([198, 51, 100, 7], [127, 0, 0, 1]);
    for (peer, name, value, expected) in [
        (stranger, "x-forwarded-for", "203.0.113.9", "198.51.100.7"),
        (stranger, "x-forwarded-for", "127.0.0.1", "198.51.100.7"),
        (proxy, "x-forwarded-for", "203.0.113.9", "203.0.113.9"),
        (proxy, "x-forwarded-for", "192.0.2.66, 203.0.113.9", "203.0.113.9"),
        (proxy, "x-forwarded-for", "127.0.0.1, 203.0.113.9:4711, 127.0.0.1", "203.0.113.9"),
        (proxy, "x-forwarded-for", "192.0.2.66, nonsense", "127.0.0.1"),
        (proxy, "forwarded", "for=203.0.113.9;host=evil.example;proto=https", "127.0.0.1"),
        (proxy, "x-real-ip", "203.0.113.9", "127.0.0.1"),
        (proxy, "x-client-ip", "203.0.113.9", "127.0.0.1"),
        (proxy, "true-client-ip", "203.0.113.9", "127.0.0.1"),
        (proxy, "cf-connecting-ip", "203.0.113.9", "127.0.0.1"),
    ] {
        let noted = noted(&house, &admin, peer, &[(name, value)]).await;
        assert_eq!(noted, expected, "{peer:?} {name}: {value}");
    }
}

#[tokio::test]
async fn what_a_proxy_says_of_the_address_people_use_changes_nothing() {
    for (address, secure) in
        [("http://127.0.0.1:3000", false), ("https://rollcall.example.org", true)]
    {
        let house = House::at(address).await;
        let admin = house.admin().await;
        let said = [
            ("x-forwarded-proto", if secure { "http" } else { "https" }),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-port", "4711"),
            ("x-forwarded-prefix", "/evil"),
            ("x-original-url", "/users"),
            ("x-rewrite-url", "/users"),
            ("forwarded", "for=203.0.113.9;host=evil.example;proto=http"),
        ];
        let asking = |browser: &Browser| {
            said.iter().fold(browser.clone(), |it, (name, value)| it.with(name, value))
        };
        let kept = asking(&admin).post("/preferences", &[("theme", "dark")]).await;
        assert_eq!(kept.header("set-cookie").contains("Secure"), secure, "{address}");
        assert_eq!(kept.headers.contains_key("strict-transport-security"), secure, "{address}");
        let link = [("user_id", "A-hana")];
        let link = asking(&admin).script().post("/api/users/password-link", &link).await.json();
        let link = link["address"].as_str().unwrap().to_owned();
        assert!(link.starts_with(&format!("{address}/password?secret=")), "{link}");
        let door = asking(&house.visitor()).get("/sign-in").await;
        assert_eq!(door.status, 200);
        assert!(!door.body.contains("evil") && !door.body.contains("4711"));
    }
}
