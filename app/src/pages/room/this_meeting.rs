//! The meeting that goes on in a room: who is in since when, as a picture.

use domain::{RoomId, meeting_record::Attendance};
use leptos::prelude::*;

use crate::{
    components::{
        meetings::{changes, meeting_path},
        school_moment::SchoolTime,
        state::FailureNotice,
        timeline::TimelineRows,
    },
    error::AppError,
    functions::meetings,
    i18n::{count, tr},
    latest::kept_up,
    words,
};

/// The card; nothing while no meeting goes on, or isn't known to.
#[component]
pub(super) fn ThisMeeting(
    meeting: Resource<Result<Option<Attendance>, AppError>>,
    room: RoomId,
) -> impl IntoView {
    let show = move |served: Option<Attendance>| {
        let room = room.to_string();
        let now = kept_up(served, changes(), move || meetings::now(room.clone()));
        move || now.get().map(|attendance| view! { <Card attendance /> })
    };
    view! {
        <Transition>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match meeting.await {
                        Ok(served) => show(served).into_any(),
                        Err(error) => view! { <Unknown error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// What stands there where it can't be known who is in.
#[component]
fn Unknown(error: AppError) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="this-meeting">
            <div class="card__section">
                <h2 class="card__title" id="this-meeting">
                    {tr!("room.this_meeting")}
                </h2>
                <FailureNotice error />
            </div>
        </section>
    }
}

#[component]
fn Card(attendance: Attendance) -> impl IntoView {
    let path = meeting_path(attendance.room.as_str(), attendance.meeting.number);
    let began = attendance.meeting.began.clone();
    let time = view! { <SchoolTime it=began.clone() than=began /> }.into_any();
    let since = words::around(&tr!("room.since", time = words::HERE), time);
    let all = match attendance.left_out {
        0 => tr!("room.all_of_meeting"),
        more => count!("room.more_in_meeting", more),
    };
    view! {
        <section class="card" aria-labelledby="this-meeting">
            <div class="card__section">
                <div>
                    <h2 class="card__title" id="this-meeting">
                        {tr!("room.this_meeting")}
                    </h2>
                    <p class="quiet">{since}</p>
                </div>
                <div class="timeline timeline--small">
                    <TimelineRows attendance labelled_by="this-meeting" />
                </div>
                <a class="link" href=path>
                    {all}
                </a>
            </div>
        </section>
    }
}
