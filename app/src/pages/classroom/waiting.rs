//! What is shown before somebody is in: the shape of the room, or why they wait.

use domain::entry::Refusal;
use leptos::prelude::*;

use super::{
    foot::LeaveButton,
    state::{Classroom, Stage},
    time::{clock, seconds_between},
    words,
};
use crate::{
    components::{icon::Icon, school_moment::named_time},
    i18n::tr,
    viewer::Entrant,
};

/// The shape of the room, until it is there.
#[component]
pub(crate) fn Connecting() -> impl IntoView {
    let tile = || {
        view! {
            <li class="tile">
                <span class="skeleton skeleton--avatar tile__blank"></span>
            </li>
        }
    };
    let row = || {
        view! {
            <div class="people__row">
                <span class="skeleton skeleton--avatar"></span>
                <span class="skeleton skeleton--text"></span>
            </div>
        }
    };
    view! {
        <div class="classroom" aria-busy="true">
            <header class="class-top">
                <span class="brand__mark">
                    <Icon name="list-checks" />
                </span>
                <h1 class="class-top__name">{tr!("classroom.title")}</h1>
            </header>
            <div class="without-script">
                <p class="classroom__no-script">{tr!("classroom.needs_script")}</p>
            </div>
            <p class="visually-hidden" role="status">
                {tr!("classroom.connecting")}
            </p>
            <div class="classroom__middle" aria-hidden="true">
                <div class="classroom__stage">
                    <ul class="tiles tiles--3">{(0..6).map(|_| tile()).collect_view()}</ul>
                </div>
                <div class="side">
                    <div class="people">{(0..6).map(|_| row()).collect_view()}</div>
                </div>
            </div>
            <footer class="class-foot"></footer>
        </div>
    }
}

/// Why somebody waits at the door, and the way out.
#[component]
pub(crate) fn Waiting(room: String) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let why = Memo::new(move |_| match classroom.stage.get() {
        Stage::Waiting { why, place } => Some((why, place)),
        _ => None,
    });
    let zone = use_context::<Entrant>().map(|it| it.zone).unwrap_or_default();
    let text = move || {
        let now = classroom.now.get_untracked();
        why.get().map(|(why, place)| words::refusal(why, place, |at| named_time(at, now, &zone)))
    };
    let left = move || match why.get() {
        Some((Refusal::NotYet { opens }, _)) => {
            Some(clock(seconds_between(classroom.now.get(), opens)))
        }
        _ => None,
    };
    view! {
        <div class="empty empty--page">
            <span class="empty__icon">
                <Icon name="hourglass" />
            </span>
            <h1 class="empty__title">{tr!("classroom.waiting")}</h1>
            <p class="empty__text" role="status">
                {text}
            </p>
            {move || {
                left()
                    .map(|left| {
                        view! {
                            <p class="classroom__countdown" aria-hidden="true">
                                {left}
                            </p>
                        }
                    })
            }}
            <p class="empty__text">{tr!("classroom.waiting_text")}</p>
            <div class="empty__actions">
                <LeaveButton room />
            </div>
        </div>
    }
}
