//! What an audience is told, kept for as long as somebody may have to catch up.
//!
//! A feed is one ring of frames for all of an audience. It is at once the queue of each reader, which
//! keeps no more than where it is in it (see [`Outbox`]), what is left to read for one that comes back,
//! and the measure of who reads too slowly: those whose place has fallen out.

#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use domain::classroom::{Audience, Event, Frame, MeetingNumber, Place, ServerMessage, Snapshot};

use super::outbox::Outbox;
use crate::Internal;

/// How many frames a feed keeps, at most.
pub const MOST_FRAMES: usize = 1_024;
/// How many bytes these have together, at most.
pub const MOST_BYTES: usize = 512 * 1_024;
/// How long a message is, at most, unless a single event is longer: what is sent at once is what a
/// connection keeps room for ever after.
pub const MESSAGE_BYTES: usize = 2_048;
/// How much of a message is left for what stands around its events.
const AROUND: usize = 160;

/// A message as it is sent.
pub fn message(message: &ServerMessage) -> Result<Bytes, Internal> {
    Ok(Bytes::from(serde_json::to_vec(message).map_err(Internal::other)?))
}

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

    /// Tells what has changed, in as few frames as it takes, and wakes these readers.
    pub fn publish<'a>(
        &self,
        events: &[Event],
        readers: impl IntoIterator<Item = &'a Outbox>,
    ) -> Result<(), Internal> {
        let parts = parts(events)?;
        let mut ring = self.ring();
        let mut frames = Vec::with_capacity(parts.len());
        for (seq, events) in (ring.place.seq..).skip(1).zip(parts) {
            frames.push(message(&ServerMessage::Frame(Frame { seq, events }))?);
        }
        if frames.is_empty() {
            return Ok(());
        }
        for it in frames {
            ring.push(it);
        }
        drop(ring);
        readers.into_iter().for_each(Outbox::wake);
        Ok(())
    }

    /// Whether somebody who was told up to there can go on from there.
    #[must_use]
    pub fn resumes(&self, from: Place) -> bool {
        let ring = self.ring();
        Place { seq: from.seq, ..ring.place } == from && ring.after(from.seq) != After::Lost
    }

    /// Everything there is to know, in messages, and up to which frame that is. The events are asked for
    /// only where nobody has needed them since the last frame.
    pub fn snapshot(
        &self,
        events: impl FnOnce() -> Vec<Event>,
    ) -> Result<(u32, Vec<Bytes>), Internal> {
        let mut ring = self.ring();
        let place = ring.place;
        if let Some((seq, messages)) = &ring.snapshot
            && *seq == place.seq
        {
            return Ok((*seq, messages.clone()));
        }
        let messages = snapshot(place, &events())?;
        ring.snapshot = Some((place.seq, messages.clone()));
        Ok((place.seq, messages))
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
    fn push(&mut self, frame: Bytes) {
        self.place.seq = self.place.seq.saturating_add(1);
        self.bytes += frame.len();
        self.frames.push_back(frame);
        while self.frames.len() > MOST_FRAMES || self.bytes > MOST_BYTES {
            let Some(oldest) = self.frames.pop_front() else { break };
            self.bytes -= oldest.len();
        }
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

fn snapshot(place: Place, events: &[Event]) -> Result<Vec<Bytes>, Internal> {
    let mut parts = parts(events)?;
    if parts.is_empty() {
        // So that somebody who comes when there is nothing to tell yet knows that.
        parts.push(Vec::new());
    }
    let of = u16::try_from(parts.len()).map_err(Internal::other)?;
    let messages = (0..of).zip(parts).map(|(part, events)| {
        message(&ServerMessage::Snapshot(Snapshot { place, part, of, events }))
    });
    messages.collect()
}

/// Events in their order, as many together as a message takes.
fn parts(events: &[Event]) -> Result<Vec<Vec<Event>>, Internal> {
    let mut parts: Vec<Vec<Event>> = Vec::new();
    let mut room = 0;
    for event in events {
        let bytes = serde_json::to_vec(event).map_err(Internal::other)?.len() + 1;
        if parts.is_empty() || room < bytes {
            parts.push(Vec::new());
            room = MESSAGE_BYTES - AROUND;
        }
        room = room.saturating_sub(bytes);
        if let Some(part) = parts.last_mut() {
            part.push(event.clone());
        }
    }
    Ok(parts)
}
