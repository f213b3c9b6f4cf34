//! The meeting that goes on in a room: who is in since when, as a picture.

use domain::{RoomId, meeting_record::Attendance, room::LiveMeeting};
use leptos::prelude::*;

use crate::{
    components::{
        meetings::{changes, meeting_path},
        school_moment::SchoolTime,
        state::{FailureNotice, SkeletonLine},
        timeline::TimelineRows,
    },
    error::AppError,
    functions::meetings,
    i18n::{count, tr},
    latest::kept_up,
    words,
};

/// The card; nothing while no meeting goes on.
#[component]
pub(super) fn ThisMeeting(
    /// The meeting that goes on, which is known before it is known who came.
    live: Resource<Result<Option<LiveMeeting>, AppError>>,
    meeting: Resource<Result<Option<Attendance>, AppError>>,
    room: RoomId,
) -> impl IntoView {
    let show = move |served: Option<Attendance>| {
        let room = room.to_string();
        let now = kept_up(served, changes(), move || meetings::now(room.clone()));
        move || now.get().map(|attendance| view! { <Card attendance /> })
    };
    let content = move || {
        let show = show.clone();
        Suspend::new(async move {
            match meeting.await {
                Ok(served) => show(served).into_any(),
                Err(error) => view! {
                    <Frame>
                        <FailureNotice error />
                    </Frame>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Transition>
            {move || {
                let content = content.clone();
                Suspend::new(async move {
                    // Where nobody meets, no card comes, so that none is announced.
                    let goes_on = matches!(live.await, Ok(Some(_)));
                    let waiting = move || goes_on.then(|| view! { <Waiting /> });
                    view! { <Transition fallback=waiting>{content}</Transition> }
                })
            }}
        </Transition>
    }
}

/// What the card always has.
#[component]
fn Frame(children: Children) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="this-meeting">
            <div class="card__section">
                <h2 class="card__title" id="this-meeting">
                    {tr!("room.this_meeting")}
                </h2>
                {children()}
            </div>
        </section>
    }
}

/// The shape of the card, until it is known who came.
#[component]
fn Waiting() -> impl IntoView {
    let row = || {
        view! {
            <li class="timeline__row">
                <span class="skeleton skeleton--short"></span>
                <span class="skeleton"></span>
            </li>
        }
    };
    view! {
        <Frame>
            <SkeletonLine />
            <div class="timeline timeline--small" aria-hidden="true">
                <ul class="timeline__rows">{(0..3).map(|_| row()).collect_view()}</ul>
            </div>
        </Frame>
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
