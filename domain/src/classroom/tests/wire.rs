//! The wire: what is said on it, what is refused, and how it is closed.

use super::{
    messages::{client_messages, events, server_messages},
    *,
};
use crate::entry::Refusal;

fn survives<T>(messages: Vec<(T, &str)>)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    for (message, text) in messages {
        assert_eq!(serde_json::to_string(&message).unwrap(), text);
        assert_eq!(serde_json::from_str::<T>(text).unwrap(), message);
    }
}

#[test]
fn messages_survive_their_text() {
    survives(client_messages());
    survives(events());
    survives(server_messages());
}

/// With a field more in every object that it holds, one after the other.
fn with_more_fields(text: &str) -> Vec<String> {
    let opened = text.match_indices('{').map(|(at, _)| at + 1);
    opened.map(|at| format!(r#"{}"role":"host",{}"#, &text[..at], &text[at..])).collect()
}

#[test]
fn unknown_fields_are_refused() {
    let mut tried = 0;
    for (_, text) in client_messages() {
        for more in with_more_fields(text) {
            assert!(serde_json::from_str::<ClientMessage>(&more).is_err(), "{more}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn what_is_no_message_is_refused() {
    for text in [
        "",
        "{}",
        "null",
        "[]",
        r#""end""#,
        r#"{"leave":{}}"#,
        r#"{"act":{"act":"end"}}"#,
        r#"{"act":{"id":1}}"#,
        r#"{"act":{"id":-1,"act":"end"}}"#,
        r#"{"act":{"id":4294967296,"act":"end"}}"#,
        r#"{"act":{"id":1,"act":"rule"}}"#,
        r#"{"act":{"id":1,"id":2,"act":"end"}}"#,
        r#"{"act":{"id":1,"act":{"set_permission":{"who":1,"to":"monitoring"}}}}"#,
        r#"{"act":{"id":1,"act":{"restrict":{"whom":"everybody","what":"breathe","on":true}}}}"#,
        r#"{"act":{"id":1,"act":{"say":{"text":"Hi","sent":"short"}}}}"#,
        r#"{"act":{"id":1,"act":{"say":{"text":"Hi","sent":"mark<001>"}}}}"#,
        r#"{"act":{"id":1,"act":{"say":{"text":"\ud800","sent":"mark-001"}}}}"#,
        r#"{"look":{"list":"people","term":"","first":0,"rows":256}}"#,
        r#""leave" "leave""#,
    ] {
        assert!(serde_json::from_str::<ClientMessage>(text).is_err(), "{text}");
    }
}

#[test]
fn closings_and_codes_match() {
    let refused = Closing::Refused(Refusal::Banned);
    assert_eq!((refused.code(), Closing::from_code(4403)), (4403, None));
    let coded: Vec<Closing> = (0..=u16::MAX).filter_map(Closing::from_code).collect();
    for closing in &coded {
        assert_eq!(Closing::from_code(closing.code()), Some(*closing));
    }
    for (closing, code) in [
        (Closing::Left, 1000),
        (Closing::Unreadable, 1007),
        (Closing::TooMuch, 1008),
        (Closing::TooLarge, 1009),
        (Closing::Restarting, 1012),
        (Closing::EntryOver, 4401),
        (Closing::TooLate, 4408),
        (Closing::EnteredElsewhere, 4409),
        (Closing::Ended(Ending::ByHost), 4410),
        (Closing::Ended(Ending::Empty), 4411),
        (Closing::Ended(Ending::TimeLimit), 4412),
        (Closing::Ended(Ending::RoomEnded), 4413),
        (Closing::Removed, 4420),
        (Closing::Banned, 4421),
        (Closing::TurnedAway, 4422),
        (Closing::OtherVersion, 4426),
        (Closing::TooMany, 4429),
        (Closing::TooSlow, 4430),
    ] {
        assert_eq!(Closing::from_code(code), Some(closing), "{code}");
        assert!(coded.contains(&closing));
    }
    assert_eq!(coded.len(), 18, "every other code says nothing");
    let back: Vec<Closing> = coded.into_iter().filter(|it| it.comes_back()).collect();
    assert_eq!(back, [Closing::Restarting, Closing::TooLate, Closing::TooSlow]);
}
