//! The wire of a classroom: who may open it, and what becomes of those who abuse it.

mod banned;
mod limits;
mod line;
mod monitor;
mod pictures;
mod restarts;
mod table;
mod tapped;

use axum::http::HeaderValue;
use domain::classroom::{
    Act, ActRefusal, ClientMessage, Closing, Event, Hello, SentMark, ServerMessage, WIRE,
};
use tokio_tungstenite::tungstenite::Message;

use self::line::{Lesson, Line};

fn mark(number: u32) -> SentMark {
    serde_json::from_value(format!("mark-{number:04}").into()).unwrap()
}

fn line_of_chat(number: u32, text: &str) -> Act {
    Act::Say { text: text.to_owned(), sent: mark(number) }
}

/// Whether somebody is told that line.
fn says(message: &ServerMessage, text: &str) -> bool {
    let said = |it: &Event| matches!(it, Event::Said(it) if it.text == text);
    matches!(message, ServerMessage::Frame(frame) if frame.events.iter().any(said))
}

#[tokio::test]
async fn what_one_writes_the_other_reads() {
    let lesson = Lesson::new(&["S-1"]).await;
    let (mut teacher, mut mina) = (lesson.sit("T-1").await, lesson.sit("S-1").await);
    mina.act(7, line_of_chat(1, "안녕하세요")).await;
    teacher.until(|it| says(it, "안녕하세요")).await;
    mina.until(|it| *it == ServerMessage::Done { id: 7, undo: None }).await;
}

#[tokio::test]
async fn only_pages_of_ours_with_an_entry_open_it() {
    let lesson = Lesson::new(&["S-1"]).await;
    let cookie = lesson.entry("S-1").await;
    let with = |name: &'static str, value: Option<&str>| {
        let mut request = lesson.request(&cookie);
        match value {
            Some(value) => {
                request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap())
            }
            None => request.headers_mut().remove(name),
        };
        request
    };
    for origin in [None, Some("https://evil.example"), Some("null"), Some("http://127.0.0.1:3001")]
    {
        assert_eq!(lesson.status(with("origin", origin)).await, 403, "{origin:?}");
    }
    assert_eq!(lesson.status(with("sec-fetch-site", Some("cross-site"))).await, 403);
    assert_eq!(lesson.status(with("host", Some("evil.example"))).await, 421);
    assert_eq!(lesson.status(with("upgrade", Some("h2c"))).await, 400);
    assert_eq!(lesson.status(lesson.request(&cookie)).await, 101);
}

/// A page learns nothing of a socket that is refused, and would try for ever.
#[tokio::test]
async fn whoever_has_no_entry_is_told_so_of_any_room() {
    let lesson = Lesson::new(&["S-1"]).await;
    let entry = lesson.entry("S-1").await;
    let over = (Some(Closing::EntryOver), Some(Closing::EntryOver.code()));
    for cookie in ["made-up", ""] {
        assert_eq!(lesson.dial(cookie).await.end().await, over, "{cookie}");
    }
    let mut request = lesson.request("");
    request.headers_mut().remove("cookie");
    assert_eq!(lesson.dial_as(request).await.end().await, over, "no cookie");
    for room in ["000000000000", "x"] {
        let mut request = lesson.request(&entry);
        let uri = request.uri().to_string().replace(lesson.room.as_str(), room);
        *request.uri_mut() = uri.parse().unwrap();
        assert_eq!(lesson.dial_as(request).await.end().await, over, "{room}");
    }
}

/// What somebody sends, and how that ends.
fn abuses() -> Vec<(&'static str, Message, Closing)> {
    let text = |it: &str| Message::text(it.to_owned());
    let hello = serde_json::to_string(&ClientMessage::Hello(Hello { wire: WIRE, resume: None }));
    vec![
        ("garbage", text("{{{"), Closing::Unreadable),
        ("nothing", text(""), Closing::Unreadable),
        ("a list", text("[]"), Closing::Unreadable),
        ("an unknown message", text(r#"{"promote":{}}"#), Closing::Unreadable),
        ("an unknown act", text(r#"{"act":{"id":1,"act":"become_host"}}"#), Closing::Unreadable),
        (
            "a field that says who",
            text(r#"{"act":{"id":1,"act":"raise_hand","who":1}}"#),
            Closing::Unreadable,
        ),
        ("binary", Message::binary(vec![0; 10]), Closing::Unreadable),
        ("a long message", text(&"x".repeat(16 * 1024 + 1)), Closing::TooLarge),
        ("deep nesting", text(&"[".repeat(10_000)), Closing::Unreadable),
        ("a second hello", text(&hello.unwrap()), Closing::Unreadable),
    ]
}

#[tokio::test]
async fn abuse_ends_the_line_of_whoever_does_it_alone() {
    let lesson = Lesson::new(&["S-1", "S-2"]).await;
    let mut mina = lesson.sit("S-1").await;
    for (number, (what, message, why)) in (1..).zip(abuses()) {
        let mut joon = lesson.sit("S-2").await;
        joon.send(message).await;
        assert_eq!(joon.end().await, (Some(why), Some(why.code())), "{what}");
        lesson.house.clock.advance(1);
        mina.act(number, line_of_chat(number, what)).await;
        mina.until(|it| says(it, what)).await;
    }
}

#[tokio::test]
async fn a_message_that_claims_to_be_huge_is_not_waited_for() {
    let lesson = Lesson::new(&["S-1"]).await;
    let mut mina = lesson.sit("S-1").await;
    mina.send(Message::binary(vec![0; 1024 * 1024])).await;
    assert_eq!(mina.end().await.0, Some(Closing::TooLarge));
}

#[tokio::test]
async fn the_first_message_is_a_hello_of_this_wire() {
    let lesson = Lesson::new(&["S-1"]).await;
    let cookie = lesson.entry("S-1").await;
    let begun = async |message: &ClientMessage| {
        let mut line: Line = lesson.dial(&cookie).await;
        line.say(message).await;
        line.end().await.0
    };
    let hand = ClientMessage::Act { id: 1, act: Act::RaiseHand };
    assert_eq!(begun(&hand).await, Some(Closing::Unreadable));
    let newer = ClientMessage::Hello(Hello { wire: WIRE + 1, resume: None });
    assert_eq!(begun(&newer).await, Some(Closing::OtherVersion));
}

#[tokio::test]
async fn whoever_sends_too_fast_is_told_and_then_cut_off() {
    let lesson = Lesson::new(&["S-1"]).await;
    let mut mina = lesson.sit("S-1").await;
    for number in 1..=131 {
        mina.act(number, Act::LowerHand).await;
    }
    let (why, code) = mina.end().await;
    assert_eq!((why, code), (Some(Closing::TooMuch), Some(1008)));
    let mut again = lesson.sit("S-1").await;
    for number in 1..=31 {
        again.act(number, Act::LowerHand).await;
    }
    let too_fast = ActRefusal::TooFast { seconds: 1 };
    again.until(|it| *it == ServerMessage::Refused { id: 31, why: too_fast.clone() }).await;
}

#[tokio::test]
async fn whoever_signs_out_elsewhere_or_is_deactivated_is_out_at_once() {
    let lesson = Lesson::new(&["S-1"]).await;
    let mut mina = lesson.sit("S-1").await;
    let mut admin = lesson.house.visitor();
    admin.sign_in("A-hana", crate::house::PASSWORD).await;
    let answer = admin
        .script()
        .post("/api/users/set-active", &[("user_id", "S-1"), ("active", "false")])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(mina.end().await.1, Some(4403));
}
