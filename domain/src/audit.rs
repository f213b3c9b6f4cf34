//! The audit log: which part of it is asked for, and what an entry tells.

use std::{fmt, net::IpAddr};

use serde::{Deserialize, Serialize};

use crate::{RoomId, SearchTerm, UserId, history::Event, local_time::LocalTime, named::named};

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditKind {
    /// Users, but for how they sign in.
    Users,
    /// Groups, and who is in them.
    Groups,
    /// Rooms.
    Rooms,
    /// Who may enter a room.
    Members,
    /// Signing in and out, and passwords.
    SignIn,
    /// What holds for the whole school, and what was taken out of the console.
    Settings,
    /// What somebody asked for who may not have it.
    Refused,
    /// What was done at the server itself.
    Server,
    /// Meetings, and who enters.
    Meetings,
    /// Who observed a room unseen. The log alone shows it.
    Observations,
}

named!(AuditKind {
    Users = "users",
    Groups = "groups",
    Rooms = "rooms",
    Members = "members",
    SignIn = "sign_in",
    Settings = "settings",
    Refused = "refused",
    Server = "server",
    Meetings = "meetings",
    Observations = "observations",
});

/// A day of the calendar, such as `2026-11-24`, as fields of the kind `date` hold it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(String);

impl Day {
    /// Reads what a field holds.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let day = raw.trim();
        LocalTime::parse(&format!("{day}T00:00")).map(|_| Self(day.to_owned()))
    }

    /// The day as a field holds it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a day")
    }
}

/// Which entries are asked for; all of them where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditAsked {
    /// Only what this user did, or what was done to them.
    pub person: Option<UserId>,
    /// Only what was done in this room.
    pub room: Option<RoomId>,
    /// Only what is about this.
    pub kind: Option<AuditKind>,
    /// From that day on, by the school's clocks.
    pub from: Option<Day>,
    /// Until the end of that day, by the school's clocks.
    pub until: Option<Day>,
}

impl AuditAsked {
    /// Whether only some entries are asked for.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        *self != Self::default()
    }
}

/// What somebody searches the log for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditTerm {
    /// What came from that address.
    Address(String),
    /// What a request did.
    Request(String),
    /// The user who has that User ID, else rooms that are called so.
    Name(SearchTerm),
}

impl AuditTerm {
    /// How many digits the id of a request has.
    const REQUEST_DIGITS: usize = 16;

    /// Reads what somebody typed; `None` where nothing but spaces was typed.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if let Ok(address) = raw.parse::<IpAddr>() {
            return Some(Self::Address(address.to_string()));
        }
        if raw.len() == Self::REQUEST_DIGITS && raw.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Some(Self::Request(raw.to_ascii_lowercase()));
        }
        SearchTerm::parse(raw).map(Self::Name)
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub number: i64,
    /// Who did what, when.
    pub event: Event,
    /// The name under which the log keeps what was done.
    pub action: String,
    /// The id of the request by which it was done; none at the server itself.
    pub request_id: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// What was before and after.
    pub details: Vec<Detail>,
}

/// One thing that an entry tells of what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// What it is, such as `nickname`; empty where the entry is about one thing alone.
    pub field: String,
    /// What it was.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_a_day_stays_it(raw in "[ 0-9T:-]{0,16}|\\PC*") {
            if let Some(day) = Day::parse(&raw) {
                prop_assert_eq!(day.as_str(), raw.trim());
                prop_assert_eq!(Day::parse(day.as_str()), Some(day));
            }
        }

        #[test]
        fn every_day_of_the_calendar_is_one(year in 1970..=9999, month in 1..=12, day in 1..=28) {
            let day = format!("{year:04}-{month:02}-{day:02}");
            prop_assert!(Day::parse(&day).is_some(), "{}", day);
        }

        #[test]
        fn anything_that_is_typed_is_searched_for(raw in any::<String>()) {
            let found = AuditTerm::parse(&raw);
            prop_assert_eq!(found.is_none(), SearchTerm::parse(&raw).is_none());
        }

        #[test]
        fn addresses_and_requests_are_found_as_they_are_noted(bits in any::<u128>()) {
            let address = IpAddr::from(bits.to_be_bytes()).to_string();
            prop_assert_eq!(AuditTerm::parse(&address), Some(AuditTerm::Address(address)));
            let request = format!("{:016x}", bits >> 64);
            prop_assert_eq!(AuditTerm::parse(&request), Some(AuditTerm::Request(request)));
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(Day::parse(" 2026-11-24 ").unwrap().as_str(), "2026-11-24");
        for raw in ["", "today", "2026-02-30", "2026-11-24T00:00", "24.11.2026"] {
            assert_eq!(Day::parse(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_term_is_an_address_the_id_of_a_request_or_a_name() {
        let address = |it: &str| Some(AuditTerm::Address(it.to_owned()));
        assert_eq!(AuditTerm::parse(" 10.0.0.1 "), address("10.0.0.1"));
        assert_eq!(AuditTerm::parse("2001:DB8::0:1"), address("2001:db8::1"));
        let request = AuditTerm::Request("00ff00ff00ff00ff".to_owned());
        assert_eq!(AuditTerm::parse("00FF00ff00ff00ff"), Some(request));
        for name in ["S-2041", "10.0.0", "00ff00ff00ff00fg", "Algebra"] {
            assert!(matches!(AuditTerm::parse(name), Some(AuditTerm::Name(_))), "{name}");
        }
        assert_eq!(AuditTerm::parse("  "), None);
    }

    #[test]
    fn only_an_empty_question_asks_for_all() {
        assert!(!AuditAsked::default().is_filtered());
        assert!(
            AuditAsked { from: Day::parse("2026-11-24"), ..AuditAsked::default() }.is_filtered()
        );
    }
}
