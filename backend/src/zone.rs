//! Time zones: which there are, and what their clocks show. The rules of all zones are part of the
//! program, so that nothing depends on what is installed beside it.

use domain::{
    Problem, Timestamp,
    audit::Day,
    local_time::{Clocked, Edge, LocalTime},
    room::WindowProblem,
    settings::ZoneName,
};
use jiff::{
    civil::{Date, DateTime},
    tz::{self, AmbiguousOffset, TimeZone},
};

/// A time zone that exists.
#[derive(Clone, Debug)]
pub struct Zone {
    name: ZoneName,
    rules: TimeZone,
}

impl Zone {
    /// Where clocks never change.
    pub(crate) fn utc() -> Self {
        Self { name: ZoneName::default(), rules: TimeZone::UTC }
    }

    /// The zone of that name, in any case; `None` where there is none.
    #[must_use]
    pub fn of(name: &ZoneName) -> Option<Self> {
        Self::from_rules(TimeZone::get(name.as_str()).ok()?)
    }

    /// The zone in which this machine is, as far as it can be told.
    pub(crate) fn of_this_machine() -> Option<Self> {
        Self::from_rules(TimeZone::try_system().ok()?)
    }

    /// As its name is written; `None` where it has none.
    fn from_rules(rules: TimeZone) -> Option<Self> {
        let name = ZoneName::parse(rules.iana_name()?).ok()?;
        Some(Self { name, rules })
    }

    /// The zones from which people choose, by name. Others are taken as well, such as former names.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let names = tz::db().available().map(|it| it.as_str().to_owned());
        let mut names: Vec<_> = names.filter(|it| is_place(it)).collect();
        names.sort_unstable();
        names.iter().filter_map(|it| Self::of(&ZoneName::parse(it).ok()?)).collect()
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &ZoneName {
        &self.name
    }

    /// What the clocks show at that moment.
    #[must_use]
    pub fn local(&self, moment: Timestamp) -> Option<LocalTime> {
        let moment = jiff::Timestamp::from_microsecond(moment.micros()).ok()?;
        let shown = self.rules.to_datetime(moment);
        LocalTime::parse(&shown.strftime("%Y-%m-%dT%H:%M").to_string())
    }

    /// The moment, with what the clocks show then.
    pub(crate) fn clocked(&self, at: Timestamp) -> Clocked {
        Clocked { at, shown: self.local(at) }
    }

    /// The moment to the second as the clocks show it, with by how much they are before those of UTC, such
    /// as `2026-11-24T09:00:00+09:00`.
    pub(crate) fn to_rfc3339(&self, moment: Timestamp) -> String {
        let seconds = moment.micros().div_euclid(1_000_000);
        let at = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        at.display_with_offset(self.rules.to_offset(at)).to_string()
    }

    /// By how many minutes the clocks are before those of UTC at that moment.
    #[must_use]
    pub fn minutes_before_utc(&self, moment: Timestamp) -> i32 {
        let moment = jiff::Timestamp::from_microsecond(moment.micros()).unwrap_or_default();
        self.rules.to_offset(moment).seconds() / 60
    }

    /// When a day begins, and when the one after it does; `None` for days beyond all calendars.
    #[must_use]
    pub fn day(&self, day: &Day) -> Option<(Timestamp, Timestamp)> {
        let day: Date = day.as_str().parse().ok()?;
        let begins = |day: Date| {
            // Where the clocks skip midnight, what they show then.
            let begin = self.rules.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().ok()?;
            Some(Timestamp::from_micros(begin.as_microsecond()))
        };
        Some((begins(day)?, begins(day.tomorrow().ok()?)?))
    }

    /// When the clocks show that time. Where they show it twice, what begins then begins with the
    /// first and what ends then ends with the second; a time that they skip is refused.
    pub fn moment(&self, time: &LocalTime, edge: Edge) -> Result<Timestamp, Problem> {
        let no_time = || Problem::Window(WindowProblem::NoTime);
        let shown: DateTime = time.as_str().parse().map_err(|_| no_time())?;
        let moment = self.rules.to_ambiguous_timestamp(shown);
        if let AmbiguousOffset::Gap { .. } = moment.offset() {
            return Err(Problem::Window(WindowProblem::Skipped));
        }
        let moment = match edge {
            Edge::From => moment.earlier(),
            Edge::Until => moment.later(),
        };
        Ok(Timestamp::from_micros(moment.map_err(|_| no_time())?.as_microsecond()))
    }
}

/// Whether a name is one by which people know their zone: a place, or UTC.
fn is_place(name: &str) -> bool {
    const PARTS: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    name == ZoneName::UTC || name.split_once('/').is_some_and(|(part, _)| PARTS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::of(&ZoneName::parse(name).unwrap()).unwrap()
    }

    fn moment(name: &str, time: &str, edge: Edge) -> Result<String, Problem> {
        let time = LocalTime::parse(time).unwrap();
        zone(name).moment(&time, edge).map(Timestamp::to_rfc3339)
    }

    #[test]
    fn zones_are_known_by_any_case_and_keep_their_own() {
        assert_eq!(zone("asia/SEOUL").name().as_str(), "Asia/Seoul");
        assert_eq!(zone("utc").name().as_str(), "UTC");
        for name in ["Mars/Olympus", "Asia", "../../etc/passwd"] {
            assert!(ZoneName::parse(name).ok().and_then(|it| Zone::of(&it)).is_none(), "{name}");
        }
    }

    #[test]
    fn people_choose_among_places() {
        let names: Vec<_> = Zone::all().iter().map(|it| it.name().to_string()).collect();
        for known in ["Asia/Seoul", "Europe/Berlin", "America/Argentina/Ushuaia", "UTC"] {
            assert!(names.iter().any(|it| it == known), "{known}");
        }
        assert!(names.is_sorted() && names.len() > 300 && names.len() < 600, "{}", names.len());
    }

    #[test]
    fn moments_return_to_the_time_that_was_typed() {
        let seoul = zone("Asia/Seoul");
        let typed = LocalTime::parse("2026-11-24T09:00").unwrap();
        let moment = seoul.moment(&typed, Edge::From).unwrap();
        assert_eq!(moment.to_rfc3339(), "2026-11-24T00:00:00Z");
        assert_eq!(seoul.local(moment), Some(typed));
        assert_eq!(seoul.to_rfc3339(moment), "2026-11-24T09:00:00+09:00");
        assert_eq!(seoul.minutes_before_utc(moment), 540);
        assert_eq!(zone("America/St_Johns").minutes_before_utc(moment), -210);
    }

    #[test]
    fn days_are_as_long_as_the_clocks_have_them() {
        let hours = |name: &str, day: &str| {
            let (begin, end) = zone(name).day(&Day::parse(day).unwrap()).unwrap();
            (begin.to_rfc3339(), (end.micros() - begin.micros()) / 3_600_000_000)
        };
        let seoul = hours("Asia/Seoul", "2026-11-24");
        assert_eq!(seoul, ("2026-11-23T15:00:00Z".to_owned(), 24));
        assert_eq!(hours("Europe/Berlin", "2026-03-29").1, 23);
        assert_eq!(hours("Europe/Berlin", "2026-10-25").1, 25);
        // Clocks were put forward at midnight.
        assert_eq!(hours("America/Sao_Paulo", "2018-11-04").1, 23);
        assert_eq!(zone("UTC").day(&Day::parse("9999-12-31").unwrap()), None);
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_refused() {
        let skipped = Err(Problem::Window(WindowProblem::Skipped));
        for edge in [Edge::From, Edge::Until] {
            assert_eq!(moment("Europe/Berlin", "2026-03-29T02:30", edge), skipped);
            assert_eq!(moment("Europe/Berlin", "2026-03-29T02:00", edge), skipped);
        }
        let after = moment("Europe/Berlin", "2026-03-29T03:00", Edge::From);
        assert_eq!(after.unwrap(), "2026-03-29T01:00:00Z");
        assert_eq!(moment("America/New_York", "2027-03-14T02:15", Edge::From), skipped);
        // Samoa left out a whole day.
        assert_eq!(moment("Pacific/Apia", "2011-12-30T12:00", Edge::From), skipped);
    }

    #[test]
    fn a_time_that_the_clocks_show_twice_leaves_the_window_open_the_longest() {
        let from = moment("Europe/Berlin", "2026-10-25T02:30", Edge::From);
        assert_eq!(from.unwrap(), "2026-10-25T00:30:00Z");
        let until = moment("Europe/Berlin", "2026-10-25T02:30", Edge::Until);
        assert_eq!(until.unwrap(), "2026-10-25T01:30:00Z");
    }
}
