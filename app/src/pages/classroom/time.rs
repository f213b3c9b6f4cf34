//! For how long the meeting has gone on, and when it ends.

use domain::Timestamp;
use leptos::prelude::*;

use super::state::Classroom;
use crate::{
    components::icon::Icon,
    i18n::{count, tr},
};

/// How long before the end it is said, in minutes.
const WARNINGS: [u32; 3] = [10, 5, 1];

/// So many seconds as hours, minutes and seconds: `24:16`, `1:02:03`.
pub(super) fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

/// How many seconds lie between two moments; none where the second comes first.
pub(super) fn seconds_between(earlier: Timestamp, later: Timestamp) -> u32 {
    let micros = later.micros().saturating_sub(earlier.micros()).max(0);
    u32::try_from(micros / 1_000_000).unwrap_or(u32::MAX)
}

/// In how many minutes it ends, as far as that is worth saying: the fewest of the warnings that has come.
pub(super) fn warning(now: Timestamp, ends: Timestamp) -> Option<u32> {
    let left = seconds_between(now, ends);
    (ends > now).then(|| WARNINGS.into_iter().rev().find(|it| left <= it * 60)).flatten()
}

/// The pill beside the room's name.
#[component]
pub(super) fn Time() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let began = Memo::new(move |_| classroom.room.with(|it| it.as_ref()?.began));
    let ends = Memo::new(move |_| classroom.room.with(|it| it.as_ref()?.ends));
    let left = Memo::new(move |_| {
        let (now, ends) = (classroom.now.get(), ends.get()?);
        warning(now, ends).map(|_| seconds_between(now, ends))
    });
    let passed =
        Memo::new(move |_| Some(clock(seconds_between(began.get()?, classroom.now.get()))));
    move || match left.get() {
        Some(left) => view! {
            <span class="pill pill--warning">
                <Icon name="clock" />
                <span>{tr!("classroom.time.left", time = clock(left))}</span>
            </span>
        }
        .into_any(),
        None => began
            .get()
            .map(|_| {
                view! {
                    <span class="pill pill--live">
                        <span class="pill__dot"></span>
                        <span class="visually-hidden">{tr!("classroom.time.for")}</span>
                        <time>{passed}</time>
                    </span>
                }
            })
            .into_any(),
    }
}

/// What is said when a warning comes.
pub(super) fn warned(minutes: u32) -> String {
    count!("classroom.time.ends_in", minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn times_are_written_as_clocks_show_them() {
        for (seconds, text) in [(0, "00:00"), (1_456, "24:16"), (3_723, "1:02:03")] {
            assert_eq!(clock(seconds), text);
        }
        assert_eq!(seconds_between(at(10), at(4)), 0);
    }

    #[test]
    fn it_is_said_three_times_that_the_end_is_near() {
        for (now, minutes) in [
            (0, None),
            (2_999, None),
            (3_000, Some(10)),
            (3_299, Some(10)),
            (3_300, Some(5)),
            (3_540, Some(1)),
            (3_599, Some(1)),
            (3_600, None),
        ] {
            assert_eq!(warning(at(now), at(3_600)), minutes, "{now}");
        }
    }
}
