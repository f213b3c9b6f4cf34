//! What is kept of what was told, and from where somebody goes on.

use domain::classroom::{Frame, ParticipantId, ServerMessage};

use super::{packing::LONGEST, *};

fn feed() -> Feed {
    Feed::new(MeetingNumber(3), 2, Audience::Guests)
}

/// Something small to tell.
fn gone(who: u32) -> Event {
    Event::Hidden(ParticipantId(who))
}

/// Something of that many bytes to tell.
fn long(bytes: usize) -> Event {
    let announcement =
        domain::classroom::Announcement { text: "x".repeat(bytes), by: "Kim".into(), at: at() };
    Event::Announced(Some(announcement))
}

/// A long line of chat.
fn said(number: u32) -> Event {
    Event::Said(domain::classroom::ChatLine {
        number,
        at: at(),
        by: ParticipantId(1),
        nickname: "Kim".to_owned(),
        image: None,
        colour: 0,
        user_id: None,
        text: "x".repeat(6_000),
    })
}

fn at() -> domain::Timestamp {
    domain::Timestamp::from_micros(1_800_000_000_000_000)
}

fn read(message: &Bytes) -> ServerMessage {
    serde_json::from_slice(message).unwrap()
}

fn frame(after: After) -> Frame {
    let After::Frame(frame) = after else { panic!("{after:?}") };
    let ServerMessage::Frame(frame) = read(&frame) else { panic!("{frame:?}") };
    frame
}

fn tell(feed: &Feed, events: &[Event]) {
    assert_eq!(feed.publish(events), !events.is_empty());
}

#[test]
fn frames_are_numbered_from_one_on_without_a_gap() {
    let feed = feed();
    assert_eq!(feed.after(0), After::Nothing);
    for who in 1..=3 {
        tell(&feed, &[gone(who), gone(who + 10)]);
    }
    tell(&feed, &[]);
    assert_eq!(feed.place().seq, 3, "nothing to tell is no frame");
    for seq in 1..=3 {
        let events = vec![gone(seq), gone(seq + 10)];
        assert_eq!(frame(feed.after(seq - 1)), Frame { seq, events });
    }
    assert_eq!(feed.after(3), After::Nothing);
    assert_eq!(feed.after(4), After::Lost, "that was never told");
}

#[test]
fn a_frame_is_as_long_as_a_message_may_be_unless_one_event_is_longer() {
    let feed = feed();
    let mut events: Vec<_> = (0..200).map(gone).collect();
    events.insert(100, long(4_000));
    tell(&feed, &events);
    let mut told = Vec::new();
    for seq in 0..feed.place().seq {
        let After::Frame(bytes) = feed.after(seq) else { panic!("no frame after {seq}") };
        let frame = frame(After::Frame(bytes.clone()));
        assert!(bytes.len() <= LONGEST || frame.events.len() == 1, "{}", bytes.len());
        told.extend(frame.events);
    }
    assert_eq!(told, events);
    // The long one lies between two that are half full.
    assert_eq!(feed.place().seq, 3);
}

#[test]
fn no_more_is_kept_than_so_many_frames() {
    let feed = feed();
    let more = u32::try_from(MOST_FRAMES).unwrap() + 5;
    (0..more).for_each(|who| tell(&feed, &[gone(who)]));
    assert_eq!(feed.after(4), After::Lost);
    assert_eq!(frame(feed.after(5)).seq, 6);
    assert_eq!(feed.after(more), After::Nothing);
}

#[test]
fn no_more_is_kept_than_so_many_bytes() {
    let feed = feed();
    let bytes = 4_000;
    let fit = u32::try_from(MOST_BYTES / bytes).unwrap();
    (0..=fit).for_each(|_| tell(&feed, &[long(bytes)]));
    let ring = feed.ring();
    assert!(ring.bytes <= MOST_BYTES);
    assert_eq!(ring.bytes, ring.frames.iter().map(Bytes::len).sum::<usize>());
    drop(ring);
    assert_eq!(feed.after(0), After::Lost);
    // What is longer than all of it is kept alone, until the next is told.
    tell(&feed, &[long(MOST_BYTES)]);
    assert_eq!(feed.after(fit), After::Lost);
    assert_eq!(frame(feed.after(fit + 1)).events, [long(MOST_BYTES)]);
    tell(&feed, &[gone(1)]);
    assert_eq!(feed.after(fit + 1), After::Lost);
    assert_eq!(frame(feed.after(fit + 2)).events, [gone(1)]);
}

/// A whole class may write at once, while the store keeps what was written before.
#[test]
fn whoever_was_up_to_date_is_never_lost_by_one_batch() {
    let feed = feed();
    (0..10).for_each(|who| tell(&feed, &[gone(who)]));
    let told: Vec<_> = (1..=120).map(said).collect();
    tell(&feed, &told);
    assert!(feed.ring().bytes > MOST_BYTES, "all of it is kept");
    let heard: Vec<_> =
        (10..feed.place().seq).flat_map(|seq| frame(feed.after(seq)).events).collect();
    assert_eq!(heard, told);
    assert_eq!(feed.after(9), After::Lost, "what was told before made room");
}

#[test]
fn somebody_goes_on_from_each_place_that_is_kept_of_that_run_and_audience() {
    let feed = feed();
    let more = u32::try_from(MOST_FRAMES).unwrap() + 5;
    (0..more).for_each(|who| tell(&feed, &[gone(who)]));
    let place = feed.place();
    for seq in 0..=more + 2 {
        let kept = (5..=more).contains(&seq);
        assert_eq!(feed.resumes(Place { seq, ..place }), kept, "{seq}");
    }
    for other in [
        Place { meeting: MeetingNumber(4), ..place },
        Place { run: 1, ..place },
        Place { audience: Audience::Hosts, ..place },
    ] {
        assert!(!feed.resumes(other), "{other:?}");
    }
}

#[test]
fn a_snapshot_is_made_once_for_all_who_come_before_the_next_frame() {
    let feed = feed();
    tell(&feed, &[gone(1)]);
    let events: Vec<_> = (0..200).map(gone).collect();
    let (seq, messages) = feed.snapshot(|| events.clone());
    assert_eq!((seq, messages.len()), (1, 2));
    let mut told = Vec::new();
    for (part, message) in (0..).zip(&messages) {
        assert!(message.len() <= LONGEST);
        let ServerMessage::Snapshot(it) = read(message) else { panic!("{message:?}") };
        assert_eq!((it.place, it.part, it.of), (feed.place(), part, 2));
        told.extend(it.events);
    }
    assert_eq!(told, events);
    let (_, again) = feed.snapshot(|| panic!("made twice"));
    assert!(messages.iter().zip(&again).all(|(one, other)| one.as_ptr() == other.as_ptr()));
    tell(&feed, &[gone(2)]);
    let (seq, messages) = feed.snapshot(Vec::new);
    assert_eq!((seq, messages.len()), (2, 1), "also nothing is told");
    tell(&feed, &[]);
    let (seq, messages) = feed.snapshot(|| events.clone());
    assert_eq!((seq, messages.len()), (2, 2), "what is no event may show in it");
}
