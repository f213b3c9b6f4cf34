//! How what is told becomes text: each event is put into text once, and texts travel together in
//! messages that stay short.

use bytes::Bytes;
use domain::classroom::{ChatLine, Event, Listed, Place, ServerMessage};
use serde::Serialize;

/// So long is a message at most, in bytes, unless a single event in it is longer. What is written to a
/// socket in one go stays in its buffer for as long as it lives, and thousands of them are open.
pub const LONGEST: usize = 2 * 1024;
/// What stands around events and lines in a message, at most.
const AROUND: usize = 160;
/// What stands around the people of a list: also what was searched for, all of it escaped.
const AROUND_LIST: usize = 512;

/// One message.
pub fn message(message: &ServerMessage) -> Bytes {
    text(message).into()
}

/// Frames that tell these events, numbered on from the last one told.
pub fn frames(last: u32, events: &[Event]) -> Vec<Bytes> {
    let numbered = packed(events).into_iter().zip(last.saturating_add(1)..);
    let frame = |(events, seq): (String, u32)| {
        format!(r#"{{"frame":{{"seq":{seq},"events":[{events}]}}}}"#).into()
    };
    numbered.map(frame).collect()
}

/// The parts of a snapshot.
pub fn snapshot(place: Place, events: &[Event]) -> Vec<Bytes> {
    let place = text(&place);
    let mut packed = packed(events);
    if packed.is_empty() {
        packed.push(String::new());
    }
    let of = packed.len();
    let part = |(part, events): (usize, String)| {
        let all = format!(
            r#"{{"snapshot":{{"place":{place},"part":{part},"of":{of},"events":[{events}]}}}}"#
        );
        all.into()
    };
    packed.into_iter().enumerate().map(part).collect()
}

/// Earlier lines of chat, given the oldest first. The last of them are told first, so that each message
/// touches what is held.
pub fn earlier(lines: &[ChatLine]) -> Vec<Bytes> {
    let mut packed = packed(lines);
    if packed.is_empty() {
        packed.push(String::new());
    }
    let message = |lines: String| format!(r#"{{"earlier":{{"lines":[{lines}]}}}}"#).into();
    packed.into_iter().rev().map(message).collect()
}

/// A part of the list of people, in messages that each say how many stand before what they hold.
pub fn listed(listed: &Listed) -> Vec<Bytes> {
    let mut first = listed.first;
    let mut messages = Vec::new();
    let mut rest = &listed.rows[..];
    loop {
        let (rows, count) = fitting(rest, LONGEST - AROUND_LIST);
        let (list, term, total) = (text(&listed.list), text(&listed.term), listed.total);
        let message = format!(
            r#"{{"listed":{{"list":{list},"term":{term},"total":{total},"first":{first},"rows":[{rows}]}}}}"#
        );
        messages.push(message.into());
        rest = rest.get(count..).unwrap_or_default();
        first = first.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        if rest.is_empty() {
            return messages;
        }
    }
}

/// As many of these things as fit into so many bytes, at least one, and how many that is.
fn fitting<T: Serialize>(things: &[T], bytes: usize) -> (String, usize) {
    let mut packed = String::new();
    for (count, thing) in things.iter().map(text).enumerate() {
        if count > 0 {
            if packed.len() + thing.len() >= bytes {
                return (packed, count);
            }
            packed.push(',');
        }
        packed.push_str(&thing);
    }
    (packed, things.len())
}

/// Texts of things one after the other, as many together as keep a message short.
fn packed<T: Serialize>(things: &[T]) -> Vec<String> {
    let (mut packed, mut rest) = (Vec::new(), things);
    while !rest.is_empty() {
        let (text, count) = fitting(rest, LONGEST - AROUND);
        packed.push(text);
        rest = rest.get(count..).unwrap_or_default();
    }
    packed
}

fn text<T: Serialize>(thing: &T) -> String {
    // What is told has neither maps with odd keys nor anything that fails, so this is always text.
    serde_json::to_string(thing).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use domain::{
        Timestamp,
        classroom::{
            Audience, Capabilities, Frame, List, MeetingNumber, Numbers, ParticipantId, Person,
            Snapshot, Standing,
        },
    };

    use super::*;

    fn line(number: u32, length: usize) -> ChatLine {
        ChatLine {
            number,
            at: Timestamp::from_micros(1),
            by: ParticipantId(number),
            nickname: "Kim \"7\"".to_owned(),
            image: None,
            colour: 0,
            user_id: None,
            text: "\u{1f600}".repeat(length),
        }
    }

    fn said(length: usize) -> impl Fn(u32) -> Event {
        move |number| Event::Said(line(number, length))
    }

    fn place() -> Place {
        let (meeting, run) = (MeetingNumber(u32::MAX), u32::MAX);
        Place { meeting, run, audience: Audience::Guests, seq: u32::MAX }
    }

    #[test]
    fn frames_say_what_was_packed_and_are_short() {
        let events: Vec<Event> = (1..100).map(said(30)).collect();
        let (mut told, mut next) = (Vec::new(), 8);
        for bytes in frames(7, &events) {
            assert!(bytes.len() <= LONGEST, "{}", bytes.len());
            let Ok(ServerMessage::Frame(frame)) = serde_json::from_slice(&bytes) else {
                panic!("no frame: {bytes:?}")
            };
            assert_eq!(frame.seq, next);
            next += 1;
            told.extend(frame.events);
        }
        assert_eq!(told, events);
        let one = Frame { seq: 1, events: vec![Event::Numbers(Numbers::default())] };
        let [bytes] = &frames(0, &one.events)[..] else { panic!("not one frame") };
        assert_eq!(*bytes, message(&ServerMessage::Frame(one)));
    }

    #[test]
    fn what_is_long_by_itself_travels_alone() {
        let events: Vec<Event> =
            [10, 900, 10].into_iter().zip(1..).map(|(length, at)| said(length)(at)).collect();
        let lengths: Vec<bool> = frames(0, &events).iter().map(|it| it.len() > LONGEST).collect();
        assert_eq!(lengths, [false, true, false]);
    }

    #[test]
    fn the_parts_of_a_snapshot_make_up_all_of_it() {
        let events: Vec<Event> = (1..100).map(said(30)).collect();
        let parts = snapshot(place(), &events);
        let mut told = Vec::new();
        for (at, bytes) in parts.iter().enumerate() {
            assert!(bytes.len() <= LONGEST, "{}", bytes.len());
            let Ok(ServerMessage::Snapshot(Snapshot { place: from, part, of, events })) =
                serde_json::from_slice(bytes)
            else {
                panic!("no snapshot: {bytes:?}")
            };
            assert_eq!((from, usize::from(part), usize::from(of)), (place(), at, parts.len()));
            told.extend(events);
        }
        assert_eq!(told, events);
        assert_eq!(snapshot(place(), &[]).len(), 1);
    }

    #[test]
    fn a_list_says_where_each_part_of_it_begins() {
        let person = |number: u32| Person {
            id: ParticipantId(number),
            nickname: format!("Kim {number} \u{1f600}\u{1f600}"),
            image: None,
            colour: 0,
            standing: Standing::Guest,
            hand: None,
            away: false,
            user_id: Some(format!("S-{number}")),
            denied: Capabilities::NONE,
        };
        let all = Listed {
            list: List::People,
            term: "\u{1}".repeat(64),
            total: 900,
            first: 100,
            rows: (1..=64).map(person).collect(),
        };
        let mut rows = Vec::new();
        for bytes in listed(&all) {
            assert!(bytes.len() <= LONGEST, "{}", bytes.len());
            let Ok(ServerMessage::Listed(mut part)) = serde_json::from_slice(&bytes) else {
                panic!("no list: {bytes:?}")
            };
            assert_eq!(usize::try_from(part.first), Ok(100 + rows.len()));
            rows.append(&mut part.rows);
            assert_eq!(Listed { first: 100, rows: all.rows.clone(), ..part }, all);
        }
        assert_eq!(rows, all.rows);
        let nobody = Listed { total: 0, rows: Vec::new(), ..all };
        assert_eq!(listed(&nobody), [message(&ServerMessage::Listed(nobody.clone()))]);
    }

    #[test]
    fn earlier_lines_come_the_last_first() {
        let lines: Vec<ChatLine> = (1..100).map(|number| line(number, 30)).collect();
        let mut told: Vec<ChatLine> = Vec::new();
        for bytes in earlier(&lines) {
            let Ok(ServerMessage::Earlier { lines: mut part }) = serde_json::from_slice(&bytes)
            else {
                panic!("no lines: {bytes:?}")
            };
            part.append(&mut told);
            told = part;
        }
        assert_eq!(told, lines);
        assert_eq!(earlier(&[]).len(), 1);
    }
}
