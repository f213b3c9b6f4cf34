//! The people beyond the front of their list, as far as somebody looks at them.

use std::collections::BTreeMap;

use domain::classroom::{Listed, ParticipantId, Person};

/// The people that are looked at, by how many stand before each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    term: String,
    total: u32,
    rows: BTreeMap<u32, Person>,
}

impl Listing {
    /// So many rows are kept: more than can be seen at once.
    const KEPT: usize = 128;

    /// Takes in some of them. What was found by another term is forgotten, and nobody stands twice.
    pub(super) fn take(&mut self, listed: Listed) {
        let Listed { term, total, first, rows, .. } = listed;
        if self.term != term {
            *self = Self { term, ..Self::default() };
        }
        self.total = total;
        let last = first.saturating_add(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        let is_news = |it: &Person| rows.iter().any(|row| row.id == it.id);
        self.rows.retain(|at, it| *at < total && !(first..last).contains(at) && !is_news(it));
        self.rows.extend((first..last).zip(rows));
        // The farthest from what was just told are let go.
        while self.rows.len() > Self::KEPT {
            let ends =
                [self.rows.keys().next(), self.rows.keys().next_back()].map(Option::<&u32>::copied);
            let far = ends.into_iter().flatten().max_by_key(|it| it.abs_diff(first));
            self.rows.retain(|at, _| Some(*at) != far);
        }
    }

    /// How many a term finds, as far as that was told.
    pub(super) fn total(&self, term: &str) -> Option<u32> {
        (self.term == term && !(self.rows.is_empty() && self.total > 0)).then_some(self.total)
    }

    /// Who stands at a place among those whom a term finds.
    pub(super) fn at(&self, term: &str, place: u32) -> Option<ParticipantId> {
        if self.term == term { self.rows.get(&place).map(|it| it.id) } else { None }
    }

    /// All that are kept.
    pub(super) fn people(&self) -> impl Iterator<Item = &Person> {
        self.rows.values()
    }

    /// Somebody among them.
    pub(super) fn person(&self, who: ParticipantId) -> Option<&Person> {
        self.rows.values().find(|it| it.id == who)
    }
}

#[cfg(test)]
mod tests {
    use domain::classroom::{Capabilities, List, Standing};

    use super::*;

    fn person(id: u32) -> Person {
        Person {
            id: ParticipantId(id),
            nickname: format!("Kim {id}"),
            image: None,
            colour: 0,
            standing: Standing::Guest,
            hand: None,
            away: false,
            user_id: None,
            denied: Capabilities::NONE,
        }
    }

    fn listed(term: &str, total: u32, first: u32, ids: impl IntoIterator<Item = u32>) -> Listed {
        let rows = ids.into_iter().map(person).collect();
        Listed { list: List::People, term: term.to_owned(), total, first, rows }
    }

    fn shown(listing: &Listing) -> Vec<(u32, u32)> {
        listing.rows.iter().map(|(at, it)| (*at, it.id.0)).collect()
    }

    #[test]
    fn parts_make_up_one_listing_in_which_nobody_stands_twice() {
        let mut listing = Listing::default();
        assert_eq!(listing.total(""), Some(0));
        listing.take(listed("", 100, 48, [1, 2, 3]));
        listing.take(listed("", 100, 51, [4, 5]));
        assert_eq!(shown(&listing), [(48, 1), (49, 2), (50, 3), (51, 4), (52, 5)]);
        listing.take(listed("", 99, 48, [2, 4]));
        assert_eq!(shown(&listing), [(48, 2), (49, 4), (50, 3), (52, 5)]);
        listing.take(listed("", 50, 48, [2, 4]));
        assert_eq!(shown(&listing), [(48, 2), (49, 4)], "nobody stands beyond the last");
    }

    #[test]
    fn another_term_finds_others() {
        let mut listing = Listing::default();
        listing.take(listed("kim", 2, 0, [1, 2]));
        assert_eq!((listing.total("kim"), listing.total("ki")), (Some(2), None));
        assert_eq!((listing.at("kim", 1), listing.at("", 1)), (Some(ParticipantId(2)), None));
        listing.take(listed("ki", 1, 0, [7]));
        assert_eq!(shown(&listing), [(0, 7)]);
        listing.take(listed("nobody", 0, 0, []));
        assert_eq!(listing.total("nobody"), Some(0));
    }

    #[test]
    fn what_is_far_is_let_go() {
        let mut listing = Listing::default();
        for first in (48..1_000).step_by(32) {
            listing.take(listed("", 1_000, first, first..first + 32));
        }
        assert_eq!(listing.rows.len(), Listing::KEPT);
        assert_eq!(listing.rows.keys().next_back(), Some(&1_007));
    }
}
