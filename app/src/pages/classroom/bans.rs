//! Who is banned from the room, and the way back for them.

use domain::classroom::{Act, Ban};
use leptos::prelude::*;

use super::state::Classroom;
use crate::{
    components::{dialog::Dialog, moment::time_of_day},
    i18n::tr,
};

/// The dialog; who is banned is asked whenever it opens.
#[component]
pub(super) fn BansDialog(open: RwSignal<bool>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    Effect::new(move |_| {
        if open.get() {
            classroom.bans.set(None);
            classroom.ask(Act::Bans);
        }
    });
    view! {
        <Dialog id="bans" title=tr!("classroom.bans") open>
            <Bans />
        </Dialog>
    }
}

/// The list of them.
#[component]
pub(crate) fn Bans() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let list = move || {
        match classroom.bans.get() {
        None => view! {
            <div role="status" aria-busy="true" aria-label=tr!("state.loading")>
                <span class="skeleton skeleton--text"></span>
            </div>
        }
        .into_any(),
        Some(bans) if bans.is_empty() => {
            view! { <p class="quiet">{tr!("classroom.bans_none")}</p> }.into_any()
        }
        Some(bans) => view! {
            <p class="quiet">{tr!("classroom.bans_text")}</p>
            <ul class="bans">{bans.into_iter().map(|ban| view! { <Banned ban /> }).collect_view()}</ul>
        }
        .into_any(),
    }
    };
    view! { <div class="dialog__body">{list}</div> }
}

#[component]
fn Banned(ban: Ban) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let id = ban.id;
    let at = time_of_day(ban.at, classroom.now.get_untracked());
    let label = tr!("classroom.lift_named", name = ban.nickname);
    let who = ban.user_id.unwrap_or_else(|| tr!("classroom.unknown"));
    view! {
        <li class="bans__one">
            <div class="person__text">
                <bdi class="person__name">{ban.nickname}</bdi>
                <span class="person__id">
                    <bdi>{who}</bdi>
                    ", "
                    {tr!("classroom.banned_by", by = ban.by, time = at)}
                </span>
            </div>
            <button
                class="button button--small"
                type="button"
                aria-label=label
                on:click=move |_| classroom.ask(Act::LiftBan { ban: id })
            >
                {tr!("classroom.lift")}
            </button>
        </li>
    }
}
