//! The list of people as it is shown: all of it while that is held here, a window of it in large rooms.

use std::{ops::Range, time::Duration};

use domain::classroom::{ClientMessage, List, Look, ParticipantId};
use leptos::prelude::*;

use super::{listing::Listing, order::kept, state::Classroom};

/// How often, at most, it is asked what somebody looks at who types or scrolls.
const EVERY: Duration = Duration::from_millis(150);

/// A place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Seat {
    /// Of somebody.
    Known(ParticipantId),
    /// Of somebody who is being asked for.
    Unknown(u32),
}

/// The list of people, of those whom a term finds.
#[derive(Clone, Copy)]
pub(super) struct Roster {
    classroom: Classroom,
    list: List,
    term: RwSignal<String>,
    listing: RwSignal<Listing>,
    /// Those at the front, in the order in which they are shown.
    front: Memo<Vec<ParticipantId>>,
}

impl Roster {
    /// The list; nobody in it moves while it is held.
    pub(super) fn new(
        classroom: &Classroom,
        list: List,
        term: RwSignal<String>,
        held: Signal<bool>,
    ) -> Self {
        let classroom = *classroom;
        let order = Memo::new(move |before: Option<&Vec<ParticipantId>>| {
            let now = classroom.front.get();
            match before {
                Some(before) if held.get() => kept(before, &now),
                _ => now,
            }
        });
        let front = Memo::new(move |_| {
            let order = order.get();
            if classroom.is_small() { term.with(|it| classroom.found(&order, it)) } else { order }
        });
        let listing = match list {
            List::Tiles => classroom.tiles,
            List::People => classroom.people,
        };
        Self { classroom, list, term, listing, front }
    }

    /// How many there are; nothing while that is being asked.
    pub(super) fn total(self) -> Option<u32> {
        if self.classroom.is_small() {
            return self.front.with(|it| u32::try_from(it.len()).ok());
        }
        if self.term.with(|it| it.trim().is_empty()) {
            return Some(self.classroom.numbers.get().people);
        }
        self.listing.with(|it| self.term.with(|term| it.total(term)))
    }

    /// Who stands in those places.
    pub(super) fn seats(self, places: Range<u32>) -> Vec<Seat> {
        let searched = !self.classroom.is_small() && self.term.with(|it| !it.trim().is_empty());
        let at = |place: u32| {
            let local = || self.front.with(|it| it.get(usize::try_from(place).ok()?).copied());
            let listed = || self.listing.with(|it| self.term.with(|term| it.at(term, place)));
            if searched { listed() } else { local().or_else(listed) }
        };
        let mut seats = Vec::new();
        for place in places {
            let known = at(place).map(Seat::Known).filter(|it| !seats.contains(it));
            seats.push(known.unwrap_or(Seat::Unknown(place)));
        }
        seats
    }

    /// Asks for those places, as long as the list is shown: again when they are others, and after each
    /// break of the line.
    pub(super) fn keep_up(self, places: Memo<Range<u32>>) {
        let wanted = Memo::new(move |_| self.look(places.get()));
        // What is asked next; somebody who goes on scrolling is shown something on the way.
        let next = StoredValue::new(None::<Look>);
        let ask = move || {
            if let Some(Some(look)) = next.try_update_value(Option::take) {
                self.classroom.send(&ClientMessage::Look(look));
            }
        };
        Effect::new(move |before: Option<Option<Look>>| {
            let wanted = wanted.get();
            let before = before.flatten();
            // A part that everybody is shown anyway ends what was asked for.
            let end = || Look { list: self.list, term: String::new(), first: 0, rows: 1 };
            let look = wanted.clone().or_else(|| before.map(|_| end()))?;
            if self.classroom.told.get() {
                let waits = next.try_update_value(|it| it.replace(look).is_some());
                if waits == Some(false) {
                    set_timeout(ask, EVERY);
                }
            }
            wanted
        });
    }

    /// What is to be asked for, where it isn't held here.
    fn look(self, places: Range<u32>) -> Option<Look> {
        let term = self.term.get();
        let front = self.front.with(|it| u32::try_from(it.len()).unwrap_or(u32::MAX));
        let held = term.trim().is_empty() && places.end <= front;
        if self.classroom.is_small() || held {
            return None;
        }
        let rows = if places.is_empty() { 1 } else { places.end - places.start };
        let rows = u8::try_from(rows).unwrap_or(u8::MAX);
        Some(Look { list: self.list, term, first: places.start, rows })
    }
}
