//! What limits a room: how many may be in, how long a meeting lasts, and when it may be entered.

use serde::{Deserialize, Serialize};

use super::RoomField;
use crate::{
    Problem, Problems, Timestamp,
    form::Pairs,
    local_time::{Edge, LocalTime},
};

/// A whole number within bounds, empty where there is no limit.
macro_rules! limit {
    ($(#[$meta:meta])* $name:ident, $min:literal..=$max:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "u32", into = "u32")]
        pub struct $name(u32);

        impl $name {
            /// The least.
            pub const MIN: u32 = $min;
            /// The most.
            pub const MAX: u32 = $max;

            /// A number that is within the bounds.
            #[must_use]
            pub fn new(number: u32) -> Option<Self> {
                (Self::MIN..=Self::MAX).contains(&number).then_some(Self(number))
            }

            /// Reads what somebody typed; nothing where that is empty.
            pub fn parse(raw: &str) -> Result<Option<Self>, Problem> {
                match raw.trim() {
                    "" => Ok(None),
                    raw => $crate::room::whole(raw)
                        .and_then(Self::new)
                        .map(Some)
                        .ok_or(Problem::Range { min: Self::MIN, max: Self::MAX }),
                }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl From<$name> for u32 {
            fn from(limit: $name) -> Self {
                limit.0
            }
        }

        impl TryFrom<u32> for $name {
            type Error = &'static str;

            fn try_from(number: u32) -> Result<Self, Self::Error> {
                Self::new(number).ok_or("out of bounds")
            }
        }
    };
}

pub(crate) use limit;

limit! {
    /// How many may be in a room at once, monitors apart.
    Capacity, 1..=10_000
}

limit! {
    /// After how many minutes a meeting ends.
    TimeLimit, 5..=1_440
}

/// A whole number, as nothing but digits.
pub(crate) fn whole(raw: &str) -> Option<u32> {
    raw.bytes().all(|it| it.is_ascii_digit()).then(|| raw.parse().ok())?
}

/// What limits a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomLimits {
    /// How many may be in at once.
    pub capacity: Option<Capacity>,
    /// After how many minutes a meeting ends.
    pub time_limit: Option<TimeLimit>,
    /// From when on the room may be entered.
    pub opens: Option<Timestamp>,
    /// Until when it may be entered, that moment excluded.
    pub closes: Option<Timestamp>,
}

/// What is wrong with a time of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowProblem {
    /// Not a day and a time.
    NoTime,
    /// On that day the clocks skip this time.
    Skipped,
    /// Not after the beginning.
    NotAfter,
}

/// The limits as somebody typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsForm {
    /// How many may be in.
    pub capacity: String,
    /// After how many minutes a meeting ends.
    pub time_limit: String,
    /// From when on the room may be entered, by the school's clocks.
    pub opens: String,
    /// Until when.
    pub closes: String,
}

impl LimitsForm {
    /// The names of the fields.
    pub(super) const FIELDS: [&str; 4] = ["capacity", "time_limit", "opens", "closes"];

    /// The limits as a form shows them; the times by the school's clocks.
    #[must_use]
    pub fn of(limits: &RoomLimits, opens: Option<&LocalTime>, closes: Option<&LocalTime>) -> Self {
        let text = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
        Self {
            capacity: text(limits.capacity.map(Capacity::get)),
            time_limit: text(limits.time_limit.map(TimeLimit::get)),
            opens: opens.map(LocalTime::to_string).unwrap_or_default(),
            closes: closes.map(LocalTime::to_string).unwrap_or_default(),
        }
    }

    /// Whether nothing limits the room.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Finds that a submitted form says each of them.
    pub(super) fn require(pairs: &Pairs) -> Result<(), String> {
        pairs.require(&Self::FIELDS)
    }

    /// Where a field of that name is kept.
    pub(super) fn field(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "capacity" => Some(&mut self.capacity),
            "time_limit" => Some(&mut self.time_limit),
            "opens" => Some(&mut self.opens),
            "closes" => Some(&mut self.closes),
            _ => None,
        }
    }

    /// The times of the window; an end comes after its beginning.
    pub fn window(
        &self,
    ) -> (Result<Option<LocalTime>, Problem>, Result<Option<LocalTime>, Problem>) {
        let (opens, closes) = (local(&self.opens), local(&self.closes));
        let closes = match (&opens, closes) {
            (Ok(Some(opens)), Ok(Some(closes))) if closes <= *opens => {
                Err(Problem::Window(WindowProblem::NotAfter))
            }
            (_, closes) => closes,
        };
        (opens, closes)
    }

    /// Reads the limits. `moment` is when the school's clocks show a time.
    pub(super) fn parse(
        &self,
        problems: &mut Problems<RoomField>,
        moment: impl Fn(&LocalTime, Edge) -> Result<Timestamp, Problem>,
    ) -> Option<RoomLimits> {
        let capacity = problems.take(RoomField::Capacity, Capacity::parse(&self.capacity));
        let time_limit = problems.take(RoomField::TimeLimit, TimeLimit::parse(&self.time_limit));
        let (opens, closes) = self.window();
        let mut at = |field, time: Result<Option<LocalTime>, Problem>, edge| {
            let found = time.and_then(|it| it.map(|it| moment(&it, edge)).transpose());
            problems.take(field, found)
        };
        let opens = at(RoomField::Opens, opens, Edge::From);
        let closes = at(RoomField::Closes, closes, Edge::Until);
        Some(RoomLimits {
            capacity: capacity?,
            time_limit: time_limit?,
            opens: opens?,
            closes: closes?,
        })
    }
}

fn local(raw: &str) -> Result<Option<LocalTime>, Problem> {
    match raw.trim() {
        "" => Ok(None),
        raw => LocalTime::parse(raw).map(Some).ok_or(Problem::Window(WindowProblem::NoTime)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(time: &LocalTime, _: Edge) -> Result<Timestamp, Problem> {
        let hour: i64 = time.as_str()[11..13].parse().map_err(|_| Problem::Choice)?;
        Ok(Timestamp::from_micros(hour))
    }

    fn read(form: &LimitsForm) -> Result<RoomLimits, Problems<RoomField>> {
        let mut problems = Problems::default();
        form.parse(&mut problems, utc).ok_or(problems)
    }

    fn window(opens: &str, closes: &str) -> LimitsForm {
        LimitsForm { opens: opens.into(), closes: closes.into(), ..LimitsForm::default() }
    }

    #[test]
    fn numbers_within_their_bounds_are_taken_and_nothing_means_no_limit() {
        assert_eq!(Capacity::parse(" "), Ok(None));
        for (raw, number) in [("1", 1), (" 24 ", 24), ("10000", 10_000)] {
            assert_eq!(Capacity::parse(raw).unwrap().unwrap().get(), number);
        }
        let refused = Problem::Range { min: 1, max: 10_000 };
        for raw in ["0", "10001", "-1", "+1", "1.5", "1,000", "many", "99999999999"] {
            assert_eq!(Capacity::parse(raw), Err(refused.clone()), "{raw}");
        }
        assert!(TimeLimit::parse("5").is_ok() && TimeLimit::parse("1440").is_ok());
        assert!(TimeLimit::parse("4").is_err() && TimeLimit::parse("1441").is_err());
    }

    #[test]
    fn a_window_may_lack_either_end() {
        assert_eq!(read(&LimitsForm::default()), Ok(RoomLimits::default()));
        let from = read(&window("2026-11-24T09:00", "")).unwrap();
        assert_eq!((from.opens, from.closes), (Some(Timestamp::from_micros(9)), None));
        let until = read(&window("", "2026-11-24 10:00")).unwrap();
        assert_eq!((until.opens, until.closes), (None, Some(Timestamp::from_micros(10))));
    }

    #[test]
    fn a_window_ends_after_it_begins() {
        for closes in ["2026-11-24T09:00", "2026-11-24T08:59", "2025-12-01T10:00"] {
            let refused = read(&window("2026-11-24T09:00", closes)).unwrap_err();
            let problem = Problem::Window(WindowProblem::NotAfter);
            assert_eq!(refused, Problems::one(RoomField::Closes, problem), "{closes}");
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let form = LimitsForm {
            capacity: "0".into(),
            time_limit: "long".into(),
            opens: "soon".into(),
            closes: "2026-02-30T10:00".into(),
        };
        let refused = read(&form).unwrap_err();
        let no_time = Problem::Window(WindowProblem::NoTime);
        assert_eq!(refused.of(RoomField::Capacity), Some(&Problem::Range { min: 1, max: 10_000 }));
        assert_eq!(refused.of(RoomField::TimeLimit), Some(&Problem::Range { min: 5, max: 1_440 }));
        assert_eq!(refused.of(RoomField::Opens), Some(&no_time));
        assert_eq!(refused.of(RoomField::Closes), Some(&no_time));
    }

    proptest! {
        #[test]
        fn numbers_are_taken_within_their_bounds(number in any::<u64>(), small in 0_u64..20_000) {
            for number in [number, small] {
                let expected = |min: u32, max: u32| (min.into()..=max.into()).contains(&number);
                let capacity = Capacity::parse(&number.to_string());
                prop_assert_eq!(capacity.is_ok(), expected(1, 10_000));
                let minutes = TimeLimit::parse(&format!(" {number} ")).ok().flatten();
                prop_assert_eq!(minutes.is_some(), expected(5, 1_440));
                prop_assert!(minutes.is_none_or(|it| u64::from(it.get()) == number));
            }
        }

        #[test]
        fn only_digits_are_numbers(raw in "(\\PC{0,8}|[+ 0-9-]{1,5})") {
            if let Ok(Some(capacity)) = Capacity::parse(&raw) {
                prop_assert_eq!(raw.trim().trim_start_matches('0'), capacity.get().to_string());
            }
        }
    }
}
