//! What one connection is yet to be sent: where it is in its feed, and what is for it alone.
//!
//! Nothing is queued for a connection but handles of what all share. Letters go before frames: those that
//! say everything there is to know are of before the next frame, and of others it doesn't matter.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use domain::classroom::{Closing, List};
use tokio::sync::Notify;

use super::feed::{After, Feed};

/// How many letters wait, at most, besides the latest snapshot and the latest of each list.
pub const MOST_LETTERS: usize = 64;

/// What is to be sent next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// This, which is for this connection alone.
    Letter(Bytes),
    /// This, which all of its audience are sent.
    Frame(Bytes),
    /// Nothing any more: it is closed.
    Close(Closing),
    /// Nothing now: it is worth asking again once it is [ready](Outbox::ready).
    Nothing,
    /// Something that isn't kept any more: the connection read too slowly, and is to be closed as
    /// [`Closing::TooSlow`].
    Lost,
}

/// What is told in any number of parts and as it is now, so that what was told of it before and isn't sent
/// yet needn't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Everything there is to know.
    Snapshot,
    /// The people that somebody looks at there.
    Listed(List),
}

/// What one connection is yet to be sent. Its room puts in, its socket takes out.
#[derive(Debug, Default)]
pub struct Outbox {
    state: Mutex<State>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// What it reads, and the number of the last frame that it took. Whoever waits at the door reads none.
    feed: Option<(Arc<Feed>, u32)>,
    letters: VecDeque<(Option<Kind>, Bytes)>,
    /// Why it is closed, and after which frame.
    closing: Option<(Closing, u32)>,
    /// Whether it didn't take its letters.
    lost: bool,
}

impl Outbox {
    /// Adds a letter.
    pub fn post(&self, letter: Bytes) {
        self.state().post(letter);
        self.wake();
    }

    /// Shows it the people of a list as they are now, in so many letters.
    pub fn show(&self, list: List, letters: impl IntoIterator<Item = Bytes>) {
        self.state().replace(Kind::Listed(list), letters);
        self.wake();
    }

    /// Has it read that feed from the frame after that number on, whatever it read before. `letters` bring
    /// it there: everything there is to know up to that frame, or nothing where it was told that before.
    pub fn follow(&self, feed: Arc<Feed>, seq: u32, letters: impl IntoIterator<Item = Bytes>) {
        let mut state = self.state();
        if state.closing.is_none() {
            state.replace(Kind::Snapshot, letters);
            state.feed = Some((feed, seq));
        }
        drop(state);
        self.wake();
    }

    /// Has it read no feed from now on: whoever is put back to the door is told nothing of the meeting, nor
    /// who is in it.
    pub fn leave(&self) {
        let mut state = self.state();
        state.letters.retain(|it| it.0.is_none());
        state.feed = None;
    }

    /// Closes it after what it was told so far. The first reason counts.
    pub fn close(&self, why: Closing) {
        let mut state = self.state();
        let last = state.feed.as_ref().map_or(0, |(feed, _)| feed.place().seq);
        state.closing.get_or_insert((why, last));
        drop(state);
        self.wake();
    }

    /// What is to be sent next; it counts as sent then.
    #[must_use]
    pub fn next(&self) -> Next {
        self.state().next()
    }

    /// Waits until there may be something new to send. Nothing is missed between asking and waiting.
    pub async fn ready(&self) {
        self.wake.notified().await;
    }

    /// Says that there may be something new to send.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn post(&mut self, letter: Bytes) {
        if self.closing.is_some() || self.lost {
            return;
        }
        if self.letters.iter().filter(|it| it.0.is_none()).count() < MOST_LETTERS {
            self.letters.push_back((None, letter));
        } else {
            self.letters.clear();
            self.lost = true;
        }
    }

    /// Adds letters in the place of those of that kind that it didn't take yet. There are as many as it
    /// takes: names are as long as they are.
    fn replace(&mut self, kind: Kind, letters: impl IntoIterator<Item = Bytes>) {
        if self.closing.is_some() || self.lost {
            return;
        }
        self.letters.retain(|it| it.0 != Some(kind));
        self.letters.extend(letters.into_iter().map(|it| (Some(kind), it)));
    }

    fn next(&mut self) -> Next {
        if let Some((_, letter)) = self.letters.pop_front() {
            return Next::Letter(letter);
        }
        let frame = self.frame();
        match (frame, self.closing) {
            (After::Frame(frame), _) if !self.lost => Next::Frame(frame),
            (_, Some((why, _))) => Next::Close(why),
            (After::Lost, None) => Next::Lost,
            (_, None) if self.lost => Next::Lost,
            (_, None) => Next::Nothing,
        }
    }

    /// Takes the next frame, but none of after it was closed.
    fn frame(&mut self) -> After {
        let Some((feed, seq)) = &mut self.feed else { return After::Nothing };
        if self.closing.is_some_and(|(_, last)| last <= *seq) {
            return After::Nothing;
        }
        let after = feed.after(*seq);
        if matches!(after, After::Frame(_)) {
            *seq += 1;
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use domain::classroom::{Audience, Event, MeetingNumber, ParticipantId};

    use super::*;
    use crate::classroom::feed::MOST_FRAMES;

    fn feed() -> Arc<Feed> {
        Arc::new(Feed::new(MeetingNumber(1), 1, Audience::Hosts))
    }

    fn tell(feed: &Feed, readers: &[&Outbox]) {
        assert!(feed.publish(&[Event::Hidden(ParticipantId(1))]));
        for it in readers {
            it.wake();
        }
    }

    fn letter(text: &'static str) -> Bytes {
        Bytes::from_static(text.as_bytes())
    }

    fn reader(feed: &Arc<Feed>) -> Outbox {
        let outbox = Outbox::default();
        outbox.follow(Arc::clone(feed), feed.place().seq, []);
        outbox
    }

    /// The number of the next frame.
    fn frame(outbox: &Outbox) -> u64 {
        let next = outbox.next();
        let Next::Frame(frame) = next else { panic!("{next:?}") };
        let frame: serde_json::Value = serde_json::from_slice(&frame).unwrap();
        frame["frame"]["seq"].as_u64().unwrap()
    }

    /// Whether it was woken since the last time.
    fn woken(outbox: &Outbox) -> bool {
        let mut ready = std::pin::pin!(outbox.ready());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        ready.as_mut().poll(&mut context).is_ready()
    }

    #[test]
    fn all_readers_are_woken_and_sent_the_same_bytes() {
        let feed = feed();
        let (one, other, elsewhere) = (reader(&feed), reader(&feed), reader(&feed));
        for it in [&one, &other, &elsewhere] {
            assert!(woken(it) && !woken(it), "to begin with, once");
            assert_eq!(it.next(), Next::Nothing);
        }
        tell(&feed, &[&one, &other]);
        assert!(woken(&one) && woken(&other) && !woken(&elsewhere));
        let (Next::Frame(one), Next::Frame(other)) = (one.next(), other.next()) else {
            panic!("no frames")
        };
        assert_eq!(one.as_ptr(), other.as_ptr(), "nothing is copied for a connection");
    }

    #[test]
    fn letters_go_before_frames_each_in_their_order() {
        let feed = feed();
        let outbox = reader(&feed);
        tell(&feed, &[]);
        outbox.post(letter("first"));
        tell(&feed, &[]);
        outbox.post(letter("second"));
        assert_eq!(outbox.next(), Next::Letter(letter("first")));
        assert_eq!(outbox.next(), Next::Letter(letter("second")));
        assert_eq!((frame(&outbox), frame(&outbox)), (1, 2));
        assert_eq!(outbox.next(), Next::Nothing);
    }

    #[test]
    fn a_reader_goes_on_from_where_it_was() {
        let feed = feed();
        (0..5).for_each(|_| tell(&feed, &[]));
        for seq in 0..=5 {
            let outbox = Outbox::default();
            outbox.follow(Arc::clone(&feed), seq, []);
            let told: Vec<_> = (seq..5).map(|_| frame(&outbox)).collect();
            assert_eq!(told, (u64::from(seq) + 1..=5).collect::<Vec<_>>());
            assert_eq!(outbox.next(), Next::Nothing);
        }
    }

    #[test]
    fn whoever_reads_another_feed_hears_nothing_more_of_the_first() {
        let (hosts, guests) = (feed(), feed());
        let outbox = reader(&hosts);
        tell(&hosts, &[]);
        (0..3).for_each(|_| tell(&guests, &[]));
        outbox.post(letter("before"));
        outbox.follow(Arc::clone(&guests), 2, [letter("everything")]);
        assert_eq!(outbox.next(), Next::Letter(letter("before")));
        assert_eq!(outbox.next(), Next::Letter(letter("everything")));
        assert_eq!(frame(&outbox), 3);
        assert_eq!(outbox.next(), Next::Nothing);
    }

    #[test]
    fn a_slow_reader_is_lost_and_stays_so_until_it_is_closed() {
        let feed = feed();
        let (slow, quick) = (reader(&feed), reader(&feed));
        for _ in 0..=MOST_FRAMES {
            tell(&feed, &[]);
            frame(&quick);
        }
        assert_eq!(quick.next(), Next::Nothing);
        assert_eq!(slow.next(), Next::Lost);
        tell(&feed, &[]);
        assert_eq!(slow.next(), Next::Lost);
        slow.close(Closing::TooSlow);
        assert_eq!(slow.next(), Next::Close(Closing::TooSlow));
        frame(&quick);
    }

    #[test]
    fn whoever_takes_no_letters_is_lost() {
        let outbox = Outbox::default();
        (0..MOST_LETTERS).for_each(|_| outbox.post(letter("x")));
        assert_eq!(outbox.next(), Next::Letter(letter("x")));
        (0..2).for_each(|_| outbox.post(letter("x")));
        assert_eq!(outbox.next(), Next::Lost);
        outbox.post(letter("x"));
        outbox.show(List::People, [letter("people")]);
        assert_eq!(outbox.next(), Next::Lost);
    }

    #[test]
    fn a_snapshot_of_any_number_of_parts_arrives() {
        let feed = feed();
        let outbox = Outbox::default();
        outbox.post(letter("welcome"));
        let parts = |text| vec![letter(text); 3 * MOST_LETTERS];
        outbox.follow(Arc::clone(&feed), 0, parts("part"));
        for list in [List::Tiles, List::People] {
            outbox.show(list, parts("row"));
        }
        (1..MOST_LETTERS).for_each(|_| outbox.post(letter("x")));
        tell(&feed, &[]);
        assert_eq!(outbox.next(), Next::Letter(letter("welcome")));
        for text in ["part", "row", "row"] {
            for part in parts(text) {
                assert_eq!(outbox.next(), Next::Letter(part));
            }
        }
        (1..MOST_LETTERS).for_each(|_| assert_eq!(outbox.next(), Next::Letter(letter("x"))));
        assert_eq!(frame(&outbox), 1);
    }

    #[test]
    fn what_is_told_anew_takes_the_place_of_what_was_not_sent_yet() {
        let feed = feed();
        let outbox = Outbox::default();
        outbox.follow(Arc::clone(&feed), 0, ["a", "b"].map(letter));
        outbox.show(List::Tiles, [letter("tiles")]);
        outbox.show(List::People, [letter("people")]);
        assert_eq!(outbox.next(), Next::Letter(letter("a")));
        outbox.follow(Arc::clone(&feed), 0, ["c", "d"].map(letter));
        outbox.show(List::Tiles, [letter("others")]);
        for text in ["people", "c", "d", "others"] {
            assert_eq!(outbox.next(), Next::Letter(letter(text)));
        }
    }

    #[test]
    fn whoever_is_put_back_to_the_door_is_told_nothing_of_the_meeting() {
        let feed = feed();
        let outbox = Outbox::default();
        outbox.follow(Arc::clone(&feed), 0, ["a", "b"].map(letter));
        outbox.show(List::People, [letter("people")]);
        outbox.post(letter("waiting"));
        outbox.leave();
        tell(&feed, &[]);
        assert_eq!(outbox.next(), Next::Letter(letter("waiting")));
        assert_eq!(outbox.next(), Next::Nothing);
    }

    #[test]
    fn the_last_that_is_sent_is_what_was_told_when_it_was_closed() {
        let feed = feed();
        let outbox = reader(&feed);
        tell(&feed, &[]);
        outbox.post(letter("before"));
        outbox.close(Closing::Removed);
        outbox.close(Closing::Left);
        tell(&feed, &[]);
        outbox.post(letter("after"));
        outbox.show(List::People, [letter("after")]);
        outbox.follow(Arc::clone(&feed), 0, [letter("after")]);
        assert_eq!(outbox.next(), Next::Letter(letter("before")));
        assert_eq!(frame(&outbox), 1);
        assert_eq!(outbox.next(), Next::Close(Closing::Removed), "the first reason counts");
        assert_eq!(outbox.next(), Next::Close(Closing::Removed), "and nothing comes after it");
    }

    #[test]
    fn whoever_waits_at_the_door_hears_no_more_than_letters() {
        let outbox = Outbox::default();
        assert_eq!(outbox.next(), Next::Nothing);
        outbox.post(letter("waiting"));
        assert!(woken(&outbox));
        outbox.close(Closing::Left);
        assert_eq!(outbox.next(), Next::Letter(letter("waiting")));
        assert_eq!(outbox.next(), Next::Close(Closing::Left));
    }

    #[test]
    fn one_that_is_lost_before_it_is_closed_is_told_why_it_is_closed() {
        let feed = feed();
        let outbox = reader(&feed);
        (0..=MOST_FRAMES).for_each(|_| tell(&feed, &[]));
        outbox.close(Closing::Banned);
        assert_eq!(outbox.next(), Next::Close(Closing::Banned));
    }
}
