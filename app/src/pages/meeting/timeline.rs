//! Who was in a meeting when, as a picture: a line for each between its beginning and its end.

use domain::meeting_record::Attendance;
use leptos::prelude::*;

use super::noteworthy;
use crate::{
    components::{
        meetings::{how_long, how_many},
        school_moment::SchoolTime,
        timeline::TimelineRows,
    },
    i18n::tr,
};

/// The picture.
#[component]
pub(super) fn Timeline(attendance: Attendance) -> impl IntoView {
    let noteworthy = noteworthy(&attendance);
    view! {
        <section class="card" aria-labelledby="timeline">
            <div class="card__section">
                <div>
                    <h2 class="card__title" id="timeline">
                        {how_many(&attendance.meeting)}
                    </h2>
                    {(!noteworthy.is_empty()).then(|| view! { <p class="quiet">{noteworthy}</p> })}
                </div>
                <div class="timeline">
                    <Axis attendance=attendance.clone() />
                    <TimelineRows attendance labelled_by="timeline" />
                </div>
            </div>
        </section>
    }
}

/// When the lines begin and end, and how long they are. Said in words above.
#[component]
fn Axis(attendance: Attendance) -> impl IntoView {
    let Attendance { meeting, until, .. } = attendance;
    let began = meeting.began;
    let end = if meeting.ended.is_some() {
        view! { <SchoolTime it=until than=began.clone() /> }.into_any()
    } else {
        view! { <span>{tr!("attendance.now")}</span> }.into_any()
    };
    view! {
        <div class="timeline__row timeline__head" aria-hidden="true">
            <span class="timeline__axis">
                <SchoolTime it=began.clone() than=began />
                <span>{how_long(meeting.seconds)}</span>
                {end}
            </span>
        </div>
    }
}
