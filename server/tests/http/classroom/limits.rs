//! Those who keep a socket waiting, or send what no browser does: each is rid of, and nobody else notices.

use std::time::Duration;

use domain::{
    EntryPermission::{Guest, Host},
    classroom::{Act, Closing, ServerMessage},
};
use server::Patience;
use tokio_tungstenite::tungstenite::Message;

use super::{
    line::{Lesson, Line},
    line_of_chat,
};
use crate::house::House;

/// A lesson whose server waits for nobody for long.
async fn hasty(change: impl FnOnce(&mut Patience)) -> Lesson {
    let mut patience =
        Patience { goodbye_within: Duration::from_millis(200), ..Patience::default() };
    change(&mut patience);
    let house = House::hasty(patience).await;
    Lesson::with(house, &[("T-1", Host), ("S-1", Guest), ("S-2", Guest)]).await
}

/// Whether one goes on writing, and the other reading.
async fn goes_on(lesson: &Lesson, teacher: &mut Line, mina: &mut Line, number: u32) {
    lesson.house.clock.advance(1);
    let text = format!("line {number}");
    mina.ask(line_of_chat(number, &text)).await.unwrap();
    teacher.see(|it| it.shows(&text)).await;
}

#[tokio::test]
async fn whoever_says_no_hello_in_time_is_closed() {
    let lesson = hasty(|it| it.hello_within = Duration::from_millis(100)).await;
    let (mut teacher, mut mina) = (lesson.sit("T-1").await, lesson.sit("S-1").await);
    let mut silent = lesson.dial(&lesson.entry("S-2").await).await;
    assert_eq!(silent.end().await, (Some(Closing::TooLate), Some(4408)));
    // Nor does anything else take its place.
    let mut pings = lesson.dial(&lesson.entry("S-2").await).await;
    pings.send(ping()).await;
    assert_eq!(pings.end().await.0, Some(Closing::Unreadable));
    goes_on(&lesson, &mut teacher, &mut mina, 1).await;
}

/// Of fewer the room says so by the socket: of lines on which no hello was said, it knows nothing.
#[tokio::test]
async fn one_person_opens_so_many_lines_and_leaves_others_theirs() {
    let lesson = hasty(|it| it.hello_within = Duration::from_hours(1)).await;
    let (mina, joon) = (lesson.entry("S-1").await, lesson.entry("S-2").await);
    let mut lines = Vec::new();
    for _ in 0..16 {
        lines.push(lesson.dial(&mina).await);
    }
    assert_eq!(lesson.status(lesson.request(&mina)).await, 429);
    assert_eq!(lesson.status(lesson.request(&joon)).await, 101);
}

#[tokio::test]
async fn whoever_pings_without_end_is_closed() {
    let lesson = Lesson::new(&["S-1", "S-2"]).await;
    let (mut teacher, mut mina) = (lesson.sit("T-1").await, lesson.sit("S-1").await);
    let mut pings = lesson.sit("S-2").await;
    for _ in 0..31 {
        pings.send(ping()).await;
    }
    assert_eq!(pings.end().await, (Some(Closing::TooMuch), Some(Closing::TooMuch.code())));
    goes_on(&lesson, &mut teacher, &mut mina, 1).await;
}

fn ping() -> Message {
    Message::Ping(Vec::new().into())
}

#[tokio::test]
async fn whoever_does_not_answer_is_gone_and_keeps_their_seat() {
    let lesson = hasty(|it| it.ping_every = Duration::from_millis(200)).await;
    let (mut teacher, mut mina) = (lesson.sit("T-1").await, lesson.sit("S-1").await);
    // Answers to pings go out while somebody reads.
    let mut silent = lesson.sit("S-2").await;
    let away = |it: &Line| it.view.scene.people.iter().any(|it| it.away && it.nickname == "S-2");
    tokio::join!(teacher.see(away), mina.see(away));
    assert_eq!(silent.end().await, (None, None), "nothing is said to nobody");
    goes_on(&lesson, &mut teacher, &mut mina, 1).await;
    lesson.sit("S-2").await;
    teacher.see(|it| !away(it)).await;
}

/// What is sent byte by byte, and how that ends.
fn raw_abuses() -> Vec<(&'static str, Vec<u8>, Closing)> {
    let masked = |first: u8, length: &[u8], payload: &[u8]| {
        [&[first], length, &[0, 0, 0, 0], payload].concat()
    };
    let a_hundred_megabytes = [&[0xff][..], &100_000_000_u64.to_be_bytes()].concat();
    let kilobyte = [0xfe, 0x04, 0x00];
    let mut endless = masked(0x01, &kilobyte, &[b' '; 1_024]);
    for _ in 0..16 {
        endless.extend(masked(0x00, &kilobyte, &[b' '; 1_024]));
    }
    vec![
        ("100 MB in one frame", masked(0x81, &a_hundred_megabytes, b"{{{"), Closing::TooLarge),
        ("more and more of one message", endless, Closing::TooLarge),
        ("a frame of no kind", masked(0x83, &[0x81], b"x"), Closing::Unreadable),
        ("a frame that isn't masked", vec![0x81, 0x02, b'[', b']'], Closing::Unreadable),
        ("no text", masked(0x81, &[0x82], &[0xc3, 0x28]), Closing::Unreadable),
        ("another protocol", b"GET / HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), Closing::Unreadable),
    ]
}

#[tokio::test]
async fn what_no_browser_sends_ends_the_line_of_whoever_does_alone() {
    let lesson = hasty(|_| {}).await;
    let (mut teacher, mut mina) = (lesson.sit("T-1").await, lesson.sit("S-1").await);
    for (number, (what, bytes, why)) in (1..).zip(raw_abuses()) {
        let mut joon = lesson.sit("S-2").await;
        joon.send_raw(&bytes).await;
        assert_eq!(joon.end().await, (Some(why), Some(why.code())), "{what}");
        goes_on(&lesson, &mut teacher, &mut mina, number).await;
    }
}

/// An act in a message of that many bytes.
fn of_length(bytes: usize) -> Message {
    let act = r#"{"act":{"id":7,"act":"raise_hand"}}"#;
    Message::text(format!("{act}{}", " ".repeat(bytes - act.len())))
}

#[tokio::test]
async fn a_message_may_be_so_long_and_not_a_byte_longer() {
    let lesson = hasty(|_| {}).await;
    let mut mina = lesson.sit("S-1").await;
    mina.send(of_length(16_384)).await;
    mina.until(|it| matches!(it, ServerMessage::Done { id: 7, .. })).await;
    mina.send(of_length(16_385)).await;
    assert_eq!(mina.end().await.0, Some(Closing::TooLarge));
}

#[tokio::test]
async fn whoever_never_reads_is_dropped_and_comes_back_to_all_of_it() {
    let lesson = hasty(|it| {
        it.taken_within = Duration::from_millis(200);
        // Who answers a connection that is gone loses what they have yet to read of it.
        it.ping_every = Duration::from_hours(1);
    })
    .await;
    let (mut teacher, mut mina) = (lesson.sit("T-1").await, lesson.sit("S-1").await);
    let cookie = lesson.entry("S-2").await;
    let mut slow = lesson.dial_narrow(&cookie).await;
    slow.hello(None).await;
    slow.see(Line::is_in).await;
    let away = |it: &Line| it.view.scene.people.iter().any(|it| it.away && it.nickname == "S-2");
    let mut said = 0;
    while !away(&teacher) {
        lesson.house.clock.advance(8);
        for number in said + 1..=said + 8 {
            let text = format!("{number} {}", "\u{1f4da}".repeat(900));
            mina.act(number, line_of_chat(number, &text)).await;
        }
        said += 8;
        mina.until(|it| *it == ServerMessage::Done { id: said, undo: None }).await;
        teacher.see(|it| it.view.chat.lines().any(|it| it.number == said)).await;
        assert!(said < 4_000, "so much is held for nobody");
    }
    // What was on its way when they were dropped, they read.
    while slow.closed.is_none() {
        slow.hear().await;
    }
    let (place, view) = (slow.place(), slow.view.clone());
    let from = view.chat.lines().last().map(|it| it.number).unwrap();
    assert!(from < said, "the last was not for them");
    let mut back = lesson.dial(&cookie).await;
    back.view = view;
    back.hello(place).await;
    back.see(|it| it.view.chat.lines().any(|it| it.number == said)).await;
    let numbers: Vec<u32> = back.view.chat.lines().map(|it| it.number).collect();
    let first = numbers[0];
    assert!(first < from, "what they held before, they hold still");
    assert_eq!(
        numbers,
        (first..=said).collect::<Vec<_>>(),
        "nothing is missing, nothing comes twice"
    );
    back.ask(Act::RaiseHand).await.unwrap();
    teacher.see(|it| !away(it) && it.view.scene.numbers.hands == 1).await;
}
