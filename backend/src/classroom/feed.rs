//! What an audience is told, kept for as long as somebody may have to catch up.
//!
//! A feed is one ring of frames for all of an audience. It is at once the queue of each reader, which
//! keeps no more than where it is in it (see [`Outbox`](super::outbox::Outbox)), what is left to read for
//! one that comes back, and the measure of who reads too slowly: those whose place has fallen out.

#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use domain::classroom::{Audience, Event, MeetingNumber, Place};

use super::packing;

/// How many frames a feed keeps, at most.
pub const MOST_FRAMES: usize = 1_024;
/// How many bytes these have together, at most. What is told at once is kept all the same, however much it
/// is: whoever is up to date is to hear it.
pub const MOST_BYTES: usize = 512 * 1_024;

/// What one audience of one meeting is told.
#[derive(Debug)]
pub struct Feed(Mutex<Ring>);

#[derive(Debug)]
struct Ring {
    /// Up to where was told.
    place: Place,
    /// The last frames, the oldest first.
    frames: VecDeque<Bytes>,
    /// How many bytes these have.
    bytes: usize,
    /// Everything there is to know, as of that frame.
    snapshot: Option<(u32, Vec<Bytes>)>,
}

/// What comes after a place in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// That frame.
    Frame(Bytes),
    /// Nothing yet.
    Nothing,
    /// What isn't kept any more, or never was told.
    Lost,
}

impl Feed {
    /// A feed in which nothing was told yet, of that run of a meeting.
    #[must_use]
    pub const fn new(meeting: MeetingNumber, run: u32, audience: Audience) -> Self {
        let place = Place { meeting, run, audience, seq: 0 };
        Self(Mutex::new(Ring { place, frames: VecDeque::new(), bytes: 0, snapshot: None }))
    }

    /// Up to where was told.
    #[must_use]
    pub fn place(&self) -> Place {
        self.ring().place
    }

    /// Tells what has changed, in as few frames as it takes, and answers whether that is any: then all
    /// readers are to be woken. Where nothing is to be told of it, a snapshot may differ all the same.
    #[must_use]
    pub fn publish(&self, events: &[Event]) -> bool {
        let mut ring = self.ring();
        ring.snapshot = None;
        if events.is_empty() {
            return false;
        }
        let frames = packing::frames(ring.place.seq, events);
        ring.push(frames);
        true
    }

    /// Whether somebody who was told up to there can go on from there.
    #[must_use]
    pub fn resumes(&self, from: Place) -> bool {
        let ring = self.ring();
        Place { seq: from.seq, ..ring.place } == from && ring.after(from.seq) != After::Lost
    }

    /// Everything there is to know, in messages, and up to which frame that is. The events are asked for
    /// only where nobody has needed them since the last frame.
    pub fn snapshot(&self, events: impl FnOnce() -> Vec<Event>) -> (u32, Vec<Bytes>) {
        let mut ring = self.ring();
        let place = ring.place;
        if let Some((seq, messages)) = &ring.snapshot
            && *seq == place.seq
        {
            return (*seq, messages.clone());
        }
        let messages = packing::snapshot(place, &events());
        ring.snapshot = Some((place.seq, messages.clone()));
        (place.seq, messages)
    }

    /// What comes after the frame of that number.
    #[must_use]
    pub fn after(&self, seq: u32) -> After {
        self.ring().after(seq)
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    /// Adds what is told at once. Room is made for it by what was told before, and by none of itself.
    fn push(&mut self, told: Vec<Bytes>) {
        let bytes: usize = told.iter().map(Bytes::len).sum();
        while self.frames.len() + told.len() > MOST_FRAMES || self.bytes + bytes > MOST_BYTES {
            let Some(oldest) = self.frames.pop_front() else { break };
            self.bytes -= oldest.len();
        }
        let count = u32::try_from(told.len()).unwrap_or(u32::MAX);
        self.place.seq = self.place.seq.saturating_add(count);
        self.bytes += bytes;
        self.frames.extend(told);
    }

    fn after(&self, seq: u32) -> After {
        let Some(behind) = self.place.seq.checked_sub(seq) else { return After::Lost };
        let behind = usize::try_from(behind).unwrap_or(usize::MAX);
        match self.frames.len().checked_sub(behind) {
            _ if behind == 0 => After::Nothing,
            Some(next) => self.frames.get(next).cloned().map_or(After::Lost, After::Frame),
            None => After::Lost,
        }
    }
}
