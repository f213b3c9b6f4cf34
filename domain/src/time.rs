//! Moments, as the database and the wire keep them.

use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment that lies `micros` microseconds after the epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The moment `seconds` later (earlier when negative).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
}

impl Timestamp {
    /// The moment in UTC to the second, such as `2026-11-24T17:21:00Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1_000_000);
        let (year, month, day) = civil(seconds.div_euclid(DAY));
        let (hour, minute, second) = {
            let of_day = seconds.rem_euclid(DAY);
            (of_day / 3_600, of_day / 60 % 60, of_day % 60)
        };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// The moment in UTC for people to read, such as `2026-11-24 17:21 UTC`.
    #[must_use]
    pub fn to_utc_text(self) -> String {
        let text = self.to_rfc3339();
        let (date, time) = text.split_once('T').unwrap_or((&text, ""));
        format!("{date} {} UTC", time.get(..5).unwrap_or(time))
    }
}

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Year, month and day of the day that lies so many days after 1970-01-01.
///
/// Counts in eras of 400 years that begin on 1 March, after Howard Hinnant's `civil_from_days`.
const fn civil(days: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097;
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / (ERA - 1)) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_800_000_000, "2027-01-15T08:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(Timestamp::from_micros(seconds * 1_000_000).to_rfc3339(), text);
        }
        let text = Timestamp::from_micros(1_800_000_000_000_000).to_utc_text();
        assert_eq!(text, "2027-01-15 08:00 UTC");
    }
}
