//! Under which names the console answers, and how those who ask may name it.

use crate::{house::House, requests::raw};

const HOUSE: &str = "https://rollcall.example.org";

/// The status of the answer to a request for that, with these lines below it.
async fn status(house: &House, first: &str, lines: &str) -> String {
    let answer = raw(house, &format!("{first}\r\n{lines}connection: close\r\n\r\n")).await;
    assert!(!answer.contains("evil"), "what was asked for isn't told back: {answer}");
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn hosts_that_are_not_ours_or_not_clear_are_misdirected() {
    let house = House::at(HOUSE).await;
    for (hosts, expected) in [
        (&["rollcall.example.org"][..], "200"),
        (&["ROLLCALL.Example.ORG:443"], "200"),
        (&["localhost:3000"], "200"),
        (&["127.0.0.1"], "200"),
        (&["[::1]:3000"], "200"),
        (&[], "421"),
        (&[""], "421"),
        (&["evil.example"], "421"),
        (&["rollcall.example.org.evil.example"], "421"),
        (&["evil-rollcall.example.org"], "421"),
        (&["rollcall.example.org."], "421"),
        (&["evil@rollcall.example.org"], "421"),
        (&["rollcall.example.org@evil.example"], "421"),
        (&["rollcall.example.org:evil"], "421"),
        (&["rollcall.example.org:99999"], "421"),
        (&["rollcall.example.org:0"], "421"),
        (&["rollcall.example.org:443@evil.example"], "421"),
        (&["rollcall.example.org, evil.example"], "421"),
        (&["rollcall.example.org/evil"], "421"),
        (&["https://rollcall.example.org"], "421"),
        (&["not a host"], "421"),
        (&["10.0.0.7"], "421"),
        (&["[::ffff:127.0.0.1]"], "421"),
        (&["rollcall.example.org", "evil.example"], "421"),
        (&["evil.example", "rollcall.example.org"], "421"),
        (&["rollcall.example.org", "rollcall.example.org"], "421"),
        (&["rollcall.example.org", ""], "421"),
    ] {
        let lines = hosts.iter().flat_map(|it| ["host: ", it, "\r\n"]).collect::<String>();
        assert_eq!(status(&house, "GET /sign-in HTTP/1.1", &lines).await, expected, "{hosts:?}");
    }
}

#[tokio::test]
async fn a_whole_address_counts_before_the_host_and_is_looked_at_alike() {
    let house = House::at(HOUSE).await;
    let (own, foreign) = ("host: rollcall.example.org\r\n", "host: evil.example\r\n");
    for (asked, lines, expected) in [
        ("GET http://rollcall.example.org/sign-in HTTP/1.1", own, "200"),
        ("GET http://rollcall.example.org/sign-in HTTP/1.1", foreign, "200"),
        ("GET http://evil.example/sign-in HTTP/1.1", own, "421"),
        ("GET http://evil@rollcall.example.org/sign-in HTTP/1.1", own, "421"),
        ("GET http://rollcall.example.org:evil/sign-in HTTP/1.1", own, "421"),
        ("CONNECT evil.example:443 HTTP/1.1", own, "421"),
        ("GET /sign-in HTTP/1.0", "", "421"),
        ("GET /sign-in HTTP/1.0", own, "200"),
        ("PRI * HTTP/2.0", "", "400"),
    ] {
        assert_eq!(status(&house, asked, lines).await, expected, "{asked}\n{lines}");
    }
    let twice = format!("{own}{foreign}");
    let asked = "GET http://rollcall.example.org/sign-in HTTP/1.1";
    assert_eq!(status(&house, asked, &twice).await, "421");
}

#[tokio::test]
async fn what_proxies_say_of_the_host_is_not_heard() {
    let house = House::at(HOUSE).await;
    for line in [
        "x-forwarded-host: rollcall.example.org",
        "x-host: rollcall.example.org",
        "forwarded: host=rollcall.example.org;proto=https",
        "x-original-host: rollcall.example.org",
    ] {
        let lines = format!("host: evil.example\r\n{line}\r\n");
        assert_eq!(status(&house, "GET /sign-in HTTP/1.1", &lines).await, "421", "{line}");
    }
}
