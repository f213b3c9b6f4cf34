//! Times as a clock on the wall shows them, in whatever zone that hangs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A day and a time to the minute, such as `2026-11-24T17:21`: as fields of the kind
/// `datetime-local` hold it. In this form the earlier one is the lesser.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime(String);

/// Which end of a span a time marks, where the clock shows it twice on one day: a span begins with
/// the first and ends with the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// From then on.
    From,
    /// Until then.
    Until,
}

impl LocalTime {
    /// Reads what a field holds, or what somebody typed where the browser has no such field: a space
    /// may stand for the `T`, and seconds are dropped. A time of another zone is none.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let (date, time) = raw.trim().split_once(['T', 't', ' '])?;
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let (time, seconds) = time.split_at_checked(5)?;
        let [hour, minute] = numbers(time, ':', [2, 2])?;
        let second = match seconds.strip_prefix(':') {
            Some(seconds) => numbers(seconds, ':', [2])?[0],
            None if seconds.is_empty() => 0,
            None => return None,
        };
        let good = year >= FIRST_YEAR
            && (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        good.then(|| Self(format!("{date}T{time}")))
    }

    /// The time as a field holds it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day, such as `2026-11-24`, and the time of that day, such as `17:21`.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        self.0.split_once('T').unwrap_or((&self.0, ""))
    }
}

/// A moment, and what the clocks of the school show then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocked {
    /// The moment.
    pub at: Timestamp,
    /// What the clocks show; nothing beyond all calendars.
    pub shown: Option<LocalTime>,
}

impl Clocked {
    /// Whether the clocks show the same day at both moments.
    #[must_use]
    pub fn is_on_day_of(&self, other: &Self) -> bool {
        let day = |it: &Self| it.shown.as_ref().map(|it| it.parts().0.to_owned());
        day(self).is_some_and(|it| day(other) == Some(it))
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<LocalTime> for String {
    fn from(time: LocalTime) -> Self {
        time.0
    }
}

impl TryFrom<String> for LocalTime {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a time")
    }
}

/// No time before it is one that anybody means.
const FIRST_YEAR: u32 = 1970;

/// The numbers between the separators, each of exactly so many digits.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(separator);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|it| it.len() == digits)?;
        *number = part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

const fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_as_fields_hold_them_and_as_people_type_them() {
        for (raw, expected) in [
            ("2026-11-24T17:21", "2026-11-24T17:21"),
            (" 2026-11-24 17:21 ", "2026-11-24T17:21"),
            ("2026-11-24T17:21:30", "2026-11-24T17:21"),
            ("2028-02-29T00:00", "2028-02-29T00:00"),
        ] {
            assert_eq!(LocalTime::parse(raw).unwrap().as_str(), expected, "{raw}");
        }
    }

    #[test]
    fn what_no_clock_shows_is_none() {
        for raw in [
            "",
            "tomorrow",
            "2026-11-24",
            "17:21",
            "2026-02-29T00:00",
            "2100-02-29T00:00",
            "2026-13-01T00:00",
            "2026-00-01T00:00",
            "2026-01-32T00:00",
            "2026-04-31T00:00",
            "2026-01-01T24:00",
            "2026-01-01T00:60",
            "26-01-01T00:00",
            "1969-12-31T23:59",
            "2026-01-01T1:00",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00+09:00",
            "2026-01-01T00:00:60",
            "2026-01-01T00:00:",
            "２０２６-01-01T00:00",
            "+026-01-01T00:00",
        ] {
            assert_eq!(LocalTime::parse(raw), None, "{raw}");
        }
    }

    #[test]
    fn moments_are_on_the_day_that_the_clocks_show() {
        let clocked =
            |shown: &str| Clocked { at: Timestamp::from_micros(0), shown: LocalTime::parse(shown) };
        let noon = clocked("2026-11-24T12:00");
        assert!(noon.is_on_day_of(&clocked("2026-11-24T23:59")));
        assert!(!noon.is_on_day_of(&clocked("2026-11-25T00:00")));
        assert!(!clocked("").is_on_day_of(&clocked("")) && !clocked("").is_on_day_of(&noon));
        assert_eq!(noon.shown.unwrap().parts(), ("2026-11-24", "12:00"));
    }

    #[test]
    fn the_earlier_one_is_the_lesser() {
        let time = |raw| LocalTime::parse(raw).unwrap();
        assert!(time("2026-11-24T09:00") < time("2026-11-24T17:21"));
        assert!(time("2026-12-31T23:59") < time("2027-01-01T00:00"));
    }

    /// The day that so many days lie before, counted one after the other.
    fn next_day((year, month, day): (u32, u32, u32)) -> (u32, u32, u32) {
        let leap = if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 29 } else { 28 };
        let days = [31, leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        match (month, day) {
            (12, 31) => (year + 1, 1, 1),
            (month, day) if days[month as usize - 1] == day => (year, month + 1, 1),
            (month, day) => (year, month, day + 1),
        }
    }

    #[test]
    fn every_day_is_a_day_and_nothing_between_two_is_one() {
        let mut day = (1970, 1, 1);
        while day.0 < 2_401 {
            let next = next_day(day);
            let parse =
                |(year, month, day)| LocalTime::parse(&format!("{year}-{month:02}-{day:02}T09:00"));
            assert!(parse(day).unwrap() < parse(next).unwrap(), "{day:?}");
            let (year, month, last) = day;
            assert!(next == (year, month, last + 1) || parse((year, month, last + 1)).is_none());
            day = next;
        }
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_again(raw in "(\\PC|[0-9T: -]){0,24}") {
            if let Some(time) = LocalTime::parse(&raw) {
                prop_assert_eq!(LocalTime::parse(time.as_str()), Some(time));
            }
        }

        #[test]
        fn times_stand_in_the_order_of_their_numbers(
            a in (1970_u32..=9_999, 1_u32..=12, 1_u32..=28, 0_u32..24, 0_u32..60),
            b in (1970_u32..=9_999, 1_u32..=12, 1_u32..=28, 0_u32..24, 0_u32..60),
        ) {
            let time = |(year, month, day, hour, minute)| {
                LocalTime::parse(&format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:59")).unwrap()
            };
            prop_assert_eq!(time(a).cmp(&time(b)), a.cmp(&b));
        }
    }
}
