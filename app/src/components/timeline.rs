//! The lines of a meeting's timeline: for each who came or was expected, when they were in. Readers of the
//! screen hear the times instead.

use domain::{
    classroom::Standing,
    local_time::Clocked,
    meeting_record::{Attendance, Attendee, Person, ShownStay, Stretch},
};
use leptos::prelude::*;

use super::school_moment::SchoolTime;
use crate::i18n::tr;

/// How thick a line is, in pixels.
const THICK: u32 = 10;

/// The lines.
#[component]
pub(crate) fn TimelineRows(
    attendance: Attendance,
    /// The id of what says whose lines these are.
    labelled_by: &'static str,
) -> impl IntoView {
    let came = attendance.came.iter().map(|it| came(&attendance, it)).collect_view();
    let absent = attendance.absent.iter().map(absent).collect_view();
    view! {
        <ul class="timeline__rows" aria-labelledby=labelled_by>
            {came}
            {absent}
        </ul>
    }
}

/// The line of somebody who came.
fn came(attendance: &Attendance, attendee: &Attendee) -> AnyView {
    let class = match attendee.standing {
        Standing::Host => "timeline__stay timeline__stay--host",
        Standing::Guest => "timeline__stay",
    };
    let stays = attendee.stays.iter().map(|it| bar(attendance.stretch(it), class));
    let began = &attendance.meeting.began;
    let said = attendee.stays.iter().map(|it| said(it, began)).collect_view();
    row(&attendee.who, stays.collect_view().into_any(), said.into_any())
}

/// The empty line of somebody who was expected and didn't come.
fn absent(person: &Person) -> AnyView {
    row(person, ().into_any(), tr!("attendance.not_there").into_any())
}

fn row(who: &Person, stays: AnyView, said: AnyView) -> AnyView {
    let user_id = who.user_id.as_ref().map(ToString::to_string);
    let nickname = who.nickname.to_string();
    let another = user_id.filter(|it| *it != nickname);
    view! {
        <li class="timeline__row">
            <span class="timeline__name">
                <bdi>{nickname}</bdi>
                {another.map(|it| view! { " " <bdi class="quiet">{it}</bdi> })}
            </span>
            <svg class="timeline__line" width="100%" height=THICK aria-hidden="true">
                <rect class="timeline__track" width="100%" height=THICK rx="4"></rect>
                {stays}
            </svg>
            <span class="visually-hidden">": " {said}</span>
        </li>
    }
    .into_any()
}

/// A stay as a part of the line.
fn bar(stretch: Stretch, class: &'static str) -> AnyView {
    let (x, width) = (part(stretch.start), part(stretch.length));
    view! { <rect class=class x=x width=width height=THICK rx="4"></rect> }.into_any()
}

/// Thousandths as SVG has them.
fn part(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// A stay in words.
fn said(stay: &ShownStay, began: &Clocked) -> AnyView {
    let came = view! { <SchoolTime it=stay.came.clone() than=began.clone() /> };
    let left = match stay.left.clone() {
        Some(left) => view! { <SchoolTime it=left than=began.clone() /> }.into_any(),
        None => tr!("attendance.now").into_any(),
    };
    view! { {came} " – " {left} " " }.into_any()
}
