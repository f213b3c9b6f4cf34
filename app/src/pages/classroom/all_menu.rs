//! What a Host does for all: the menu at the top.

use domain::classroom::{Act, Capabilities, Capability, Whom};
use leptos::prelude::*;

use super::{bans::BansDialog, state::Classroom, top::lock};
use crate::{
    components::{icon::Icon, menu::MoreMenu},
    i18n::tr,
};

/// The menu. On a phone it also holds what stands beside it elsewhere.
#[component]
pub(super) fn AllMenu(locked: Memo<bool>, ending: RwSignal<bool>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let denied = Memo::new(move |_| {
        classroom.room.with(|it| it.as_ref().map_or(Capabilities::NONE, |it| it.denied))
    });
    let newcomers_wait =
        Memo::new(move |_| classroom.room.with(|it| it.as_ref().and_then(|it| it.newcomers_wait)));
    let hands = Memo::new(move |_| classroom.numbers.get().hands > 0);
    let banned = RwSignal::new(false);
    let restrict = move |what: Capability| {
        let on = !denied.get_untracked().has(what);
        classroom.ask(Act::Restrict { whom: Whom::Everybody, what, on });
    };
    view! {
        <MoreMenu label=tr!("classroom.for_all")>
            <button
                class="menu__item class-top__narrow"
                type="button"
                on:click=move |_| classroom.ask(Act::LockRoom { on: !locked.get_untracked() })
            >
                {move || lock(locked.get())}
            </button>
            <button class="menu__item" type="button" on:click=move |_| restrict(Capability::Chat)>
                {move || {
                    if denied.get().has(Capability::Chat) {
                        labelled("message-square", tr!("classroom.unlock_chat_all"))
                    } else {
                        labelled("message-square-off", tr!("classroom.lock_chat_all"))
                    }
                }}
            </button>
            <button class="menu__item" type="button" on:click=move |_| restrict(Capability::RaiseHand)>
                {move || {
                    if denied.get().has(Capability::RaiseHand) {
                        labelled("hand", tr!("classroom.unlock_hands_all"))
                    } else {
                        labelled("hand", tr!("classroom.lock_hands_all"))
                    }
                }}
            </button>
            {move || {
                hands
                    .get()
                    .then(|| {
                        view! {
                            <button
                                class="menu__item"
                                type="button"
                                on:click=move |_| classroom.ask(Act::LowerHands { whom: Whom::Everybody })
                            >
                                {labelled("hand", tr!("classroom.lower_all"))}
                            </button>
                        }
                    })
            }}
            {move || {
                newcomers_wait
                    .get()
                    .map(|wait| {
                        let label = if wait {
                            tr!("classroom.newcomers_enter")
                        } else {
                            tr!("classroom.newcomers_wait")
                        };
                        view! {
                            <button
                                class="menu__item"
                                type="button"
                                on:click=move |_| classroom.ask(Act::LetNewcomersWait { on: !wait })
                            >
                                {labelled("door-open", label)}
                            </button>
                        }
                    })
            }}
            <button class="menu__item" type="button" on:click=move |_| banned.set(true)>
                {labelled("ban", tr!("banned.title"))}
            </button>
            <hr class="menu__line class-top__narrow" />
            <button
                class="menu__item menu__item--danger class-top__narrow"
                type="button"
                on:click=move |_| ending.set(true)
            >
                {labelled("circle-stop", tr!("classroom.end"))}
            </button>
        </MoreMenu>
        <BansDialog open=banned />
    }
}

fn labelled(icon: &'static str, label: String) -> AnyView {
    view! {
        <Icon name=icon />
        {label}
    }
    .into_any()
}
