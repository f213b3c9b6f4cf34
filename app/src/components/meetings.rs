//! Meetings on record, in plain words: how long one was, how it ended, and how many came.

use domain::{
    classroom::{Ending, MeetingNumber},
    meeting_record::{HeldMeeting, HowEnded, Turnout, minutes},
};
use leptos::prelude::*;

use super::history::person;
use crate::{
    i18n::{count, number, tr},
    live, words,
};

/// Says when meetings may be others than they were.
pub(crate) fn changes() -> Signal<u64> {
    live::rooms_and_meetings()
}

/// The page of a meeting.
pub(crate) fn meeting_path(room: &str, number: MeetingNumber) -> String {
    format!("/rooms/{room}/meetings/{}", number.0)
}

/// A number of seconds, to the minute.
pub(crate) fn how_long(seconds: u32) -> String {
    match minutes(seconds) {
        0 => tr!("meetings.under_minute"),
        minutes => words::duration(minutes),
    }
}

/// How a meeting ended, and by whom if by anybody.
pub(crate) fn how_ended(ended: &HowEnded) -> String {
    match (ended.ending, &ended.by) {
        (Ending::ByHost, Some(by)) => tr!("meetings.ended_by", actor = person(by)),
        (Ending::ByHost, None) => tr!("meetings.ended_by_host"),
        (Ending::Empty, _) => tr!("meetings.ended_empty"),
        (Ending::TimeLimit, _) => tr!("meetings.ended_time"),
        (Ending::RoomEnded, _) => tr!("meetings.ended_room"),
    }
}

/// How many came of those who were expected, or simply how many where nobody was or that isn't known yet.
pub(crate) fn how_many(meeting: &HeldMeeting) -> String {
    match meeting.turnout {
        Some(Turnout { expected, came }) if expected > 0 => {
            tr!("meetings.came_of", came = number(came.into()), expected = number(expected.into()))
        }
        _ => count!("meetings.came", meeting.people),
    }
}

/// Says of a meeting that it goes on.
#[component]
pub(crate) fn GoesOn() -> impl IntoView {
    view! {
        <span class="pill pill--live">
            <span class="pill__dot"></span>
            {tr!("meetings.goes_on")}
        </span>
    }
}
