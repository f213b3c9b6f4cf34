//! `/classroom/:room`: the live classroom.
//!
//! A document of its own, with texts and style that no other page loads: links lead to it, and away
//! from it, by loading the page.

mod acting;
mod all_menu;
pub(crate) mod announcement;
mod announcer;
mod asking;
pub(crate) mod bans;
pub(crate) mod bar;
mod chat;
pub(crate) mod closed;
mod composer;
mod foot;
mod line;
mod listing;
mod names;
mod newcomers;
mod news;
mod order;
mod people;
pub(crate) mod person_menu;
mod person_row;
pub(crate) mod rename;
mod roster;
mod scroll;
mod side;
pub(crate) mod state;
mod taking;
mod tiles;
mod time;
pub(crate) mod top;
pub(crate) mod waiting;
mod words;

use std::time::Duration;

use domain::classroom::Closing;
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use leptos_router::hooks::use_params_map;

use self::state::{Classroom, Stage};
use crate::{
    Assets,
    components::{page_title::PageTitle, toast::Toasts},
    i18n::tr,
    viewer::{entrant, viewer},
};

/// How the paths of classrooms begin.
pub(crate) const CLASSROOM_ROOT: &str = "/classroom/";

/// The page.
#[component]
pub(super) fn ClassroomPage() -> impl IntoView {
    let room = use_params_map().with_untracked(|it| it.get("room").unwrap_or_default());
    let version = SharedValue::new(|| {
        use_context::<Assets>().map(|it| it.version.to_owned()).unwrap_or_default()
    });
    if let Some(viewer) = viewer() {
        provide_context(viewer);
    }
    if let Some(entrant) = entrant() {
        provide_context(entrant);
    }
    let classroom = Classroom::new(version.into_inner());
    provide_context(classroom);
    line::open(room.clone(), &classroom);
    news::tell(&classroom);
    Effect::new(move |_| {
        classroom.tick();
        let tick = set_interval_with_handle(move || classroom.tick(), Duration::from_secs(1));
        on_cleanup(move || {
            if let Ok(tick) = tick {
                tick.clear();
            }
        });
    });
    let title = Signal::derive(move || {
        let name = classroom.room.with(|it| it.as_ref().map(|it| it.name.clone()));
        name.unwrap_or_else(|| tr!("classroom.title"))
    });
    view! {
        <PageTitle text=title />
        <main class="classroom-page" id="main" tabindex="-1">
            <Content room />
        </main>
        <announcer::Announced announcer=classroom.announcer />
        <Toasts />
    }
}

/// What is shown, by how far somebody has come.
#[component]
fn Content(room: String) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    // A new place in the line, or another reason, changes words alone.
    let kind = Memo::new(move |_| {
        classroom.stage.with(|it| match it {
            Stage::Connecting => Kind::Connecting,
            Stage::Waiting { .. } => Kind::Waiting,
            Stage::In => Kind::In,
            Stage::Closed(why) => Kind::Closed(*why),
        })
    });
    view! {
        <bar::LinkBar />
        {move || match kind.get() {
            Kind::Connecting => view! { <waiting::Connecting /> }.into_any(),
            Kind::Waiting => view! { <waiting::Waiting room=room.clone() /> }.into_any(),
            Kind::In => view! { <Inside room=room.clone() /> }.into_any(),
            Kind::Closed(why) => view! { <closed::Closed why /> }.into_any(),
        }}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Connecting,
    Waiting,
    In,
    Closed(Closing),
}

/// The room.
#[component]
pub(crate) fn Inside(room: String) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    view! {
        <div class="classroom" class:classroom--sheet=classroom.sheet>
            <top::Top />
            <announcement::AnnouncementBar />
            <div class="classroom__middle">
                <div class="classroom__stage">
                    <tiles::Tiles />
                </div>
                <side::SidePanel />
            </div>
            <foot::Foot room />
        </div>
    }
}
