//! Attendance: how long somebody was in a meeting, and whether they came late or went early.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, classroom::SEAT_SECONDS};

/// Whoever comes or goes within so many seconds is neither late nor early.
pub const GRACE_SECONDS: i64 = 300;

/// When a meeting took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingTimes {
    /// When the first participant came.
    pub began: Timestamp,
    /// From when on Guests could enter the room, if it has a window.
    pub opens: Option<Timestamp>,
    /// When it ended; not yet, while it goes on.
    pub ended: Option<Timestamp>,
}

/// One stay of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// When they came.
    pub came: Timestamp,
    /// When they went; not yet, while they are in.
    pub left: Option<Timestamp>,
}

/// How somebody attended a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    /// Their stays, one after the other, merged where they were back within a minute.
    pub stays: Vec<Stay>,
    /// How long these are together, in seconds.
    pub seconds: u32,
    /// Whether they first came when it had gone on for a while.
    pub late: bool,
    /// Whether they went for good a while before it ended. Nobody has, as long as it goes on.
    pub early: bool,
}

/// How somebody attended a meeting; not at all where they have no stay.
#[must_use]
pub fn attended(times: &MeetingTimes, stays: &[Stay], now: Timestamp) -> Option<Attended> {
    let end = times.ended.unwrap_or(now);
    let stays = merged(times, stays);
    let came = stays.first()?.came;
    let left = stays.last()?.left;
    // A window that was set after the meeting says nothing of who came late to it.
    let opens = times.opens.filter(|it| *it < end);
    let begins = opens.map_or(times.began, |it| it.max(times.began));
    let micros = stays.iter().map(|it| it.left.unwrap_or(end).micros() - it.came.micros());
    let seconds = micros.map(|it| it.max(0)).sum::<i64>() / 1_000_000;
    let early = |ended: Timestamp| left.is_some_and(|it| it.plus_seconds(GRACE_SECONDS) < ended);
    Some(Attended {
        seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        late: begins.plus_seconds(GRACE_SECONDS) < came,
        early: times.ended.is_some_and(early),
        stays,
    })
}

/// Stays in their order, those made one that no more lies between than a seat is kept for. All end
/// with the meeting at the latest.
fn merged(times: &MeetingTimes, stays: &[Stay]) -> Vec<Stay> {
    let mut sorted = stays.to_vec();
    sorted.sort_by_key(|it| it.came);
    let mut merged: Vec<Stay> = Vec::with_capacity(sorted.len());
    for stay in sorted {
        let left = match (stay.left, times.ended) {
            (Some(left), Some(ended)) => Some(left.min(ended)),
            (left, ended) => left.or(ended),
        };
        let left = left.map(|it| it.max(stay.came));
        let joins = |it: &&mut Stay| {
            it.left.is_none_or(|left| stay.came <= left.plus_seconds(SEAT_SECONDS))
        };
        match merged.last_mut().filter(joins) {
            Some(before) => before.left = before.left.zip(left).map(|(one, other)| one.max(other)),
            None => merged.push(Stay { came: stay.came, left }),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(1_800_000_000_000_000).plus_seconds(seconds)
    }

    fn stay(came: i64, left: i64) -> Stay {
        Stay { came: at(came), left: Some(at(left)) }
    }

    /// A meeting of an hour.
    fn hour() -> MeetingTimes {
        MeetingTimes { began: at(0), opens: None, ended: Some(at(3_600)) }
    }

    /// How an hour was attended: the stays, how long, late, early.
    fn of_hour(stays: &[Stay]) -> (Vec<Stay>, u32, bool, bool) {
        let it = attended(&hour(), stays, at(9_999)).unwrap();
        (it.stays, it.seconds, it.late, it.early)
    }

    #[test]
    fn who_has_no_stay_was_absent() {
        assert_eq!(attended(&hour(), &[], at(9_999)), None);
    }

    #[test]
    fn stays_are_merged_over_reconnects() {
        for (stays, merged, seconds) in [
            (vec![stay(0, 3_600)], vec![stay(0, 3_600)], 3_600),
            (vec![stay(0, 100), stay(160, 3_600)], vec![stay(0, 3_600)], 3_600),
            (vec![stay(0, 100), stay(161, 3_600)], vec![stay(0, 100), stay(161, 3_600)], 3_539),
            (vec![stay(161, 3_600), stay(0, 100)], vec![stay(0, 100), stay(161, 3_600)], 3_539),
            (vec![stay(0, 3_000), stay(10, 20), stay(3_060, 3_600)], vec![stay(0, 3_600)], 3_600),
            (
                vec![stay(0, 100), stay(50, 60), stay(170, 3_600)],
                vec![stay(0, 100), stay(170, 3_600)],
                3_530,
            ),
        ] {
            assert_eq!(of_hour(&stays), (merged, seconds, false, false), "{stays:?}");
        }
    }

    #[test]
    fn whoever_comes_after_five_minutes_is_late_and_whoever_goes_before_the_last_five_is_early() {
        for (came, left, late, early) in [
            (0, 3_600, false, false),
            (300, 3_300, false, false),
            (301, 3_300, true, false),
            (300, 3_299, false, true),
            (301, 3_299, true, true),
        ] {
            let (_, seconds, is_late, is_early) = of_hour(&[stay(came, left)]);
            assert_eq!((is_late, is_early), (late, early), "{came} to {left}");
            assert_eq!(i64::from(seconds), left - came);
        }
        let (_, _, late, early) = of_hour(&[stay(0, 10), stay(900, 910), stay(3_590, 3_600)]);
        assert!(!late && !early, "only the first coming and the last going count");
    }

    #[test]
    fn guests_are_late_by_when_the_room_opened_to_them() {
        let late = |opens: i64, came: i64| {
            let times = MeetingTimes { opens: Some(at(opens)), ..hour() };
            attended(&times, &[stay(came, 3_600)], at(9_999)).unwrap().late
        };
        assert!(!late(600, 900) && late(600, 901));
        assert!(
            !late(-600, 300) && late(-600, 301),
            "a window from before counts from the beginning"
        );
        assert!(late(86_400, 301), "one that was set for another day says nothing of this");
    }

    #[test]
    fn while_a_meeting_goes_on_nobody_has_gone_early() {
        let times = MeetingTimes { ended: None, ..hour() };
        let gone = attended(&times, &[stay(0, 60)], at(1_000)).unwrap();
        assert_eq!((gone.seconds, gone.early), (60, false));
        let inside = Stay { came: at(400), left: None };
        let there = attended(&times, &[stay(0, 60), inside], at(1_000)).unwrap();
        assert_eq!(there.stays, [stay(0, 60), inside]);
        assert_eq!((there.seconds, there.late, there.early), (660, false, false));
        let twice = attended(&times, &[inside, stay(500, 600)], at(1_000)).unwrap();
        assert_eq!((twice.stays, twice.seconds), (vec![inside], 600));
    }

    #[test]
    fn a_stay_ends_with_the_meeting_at_the_latest_and_never_before_it_began() {
        let open = Stay { came: at(0), left: None };
        assert_eq!(of_hour(&[open]), (vec![stay(0, 3_600)], 3_600, false, false));
        assert_eq!(of_hour(&[stay(0, 9_000)]).0, [stay(0, 3_600)]);
        assert_eq!(of_hour(&[stay(100, 40)]), (vec![stay(100, 100)], 0, false, true));
        let before = attended(&hour(), &[Stay { came: at(50), left: None }], at(0));
        assert_eq!(before.unwrap().seconds, 3_550);
        let running = MeetingTimes { ended: None, ..hour() };
        assert_eq!(attended(&running, &[open], at(-5)).unwrap().seconds, 0);
    }
}
