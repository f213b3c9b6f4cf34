//! The side of the classroom: the people, and the chat.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    chat::ChatPanel,
    foot::{icon_of, unread},
    newcomers::NewcomersCount,
    people::PeoplePanel,
    state::{Classroom, Side},
};
use crate::{
    browser,
    components::icon::Icon,
    i18n::{number, tr},
};

/// The panel beside the tiles. Where there is no room for both it covers them, once it is brought up.
#[component]
pub(super) fn SidePanel() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let draft = RwSignal::new(String::new());
    let opener = StoredValue::new(Side::People);
    Effect::new(move |_| {
        if classroom.sheet.get() {
            opener.set_value(classroom.side.get_untracked());
        }
    });
    let close = move || {
        if classroom.sheet.get_untracked() {
            classroom.sheet.set(false);
            let button = format!(".class-foot__{}", icon_of(opener.get_value()));
            request_animation_frame(move || browser::focus(&button));
        }
    };
    view! {
        <div
            class="side"
            role="group"
            aria-label=tr!("classroom.side")
            on:keydown=move |event| {
                // Within a dialog it closes that.
                if event.key() == "Escape" && !event.default_prevented() && !in_dialog(&event) {
                    close();
                }
            }
        >
            <div class="side__head">
                <Tabs />
                <button
                    class="button button--quiet button--small button--icon side__close"
                    type="button"
                    aria-label=tr!("dialog.close")
                    on:click=move |_| close()
                >
                    <Icon name="x" />
                </button>
            </div>
            {move || {
                // What was opened in one meeting, or scrolled to, is nothing of the next.
                classroom.meeting.track();
                match classroom.side.get() {
                    Side::People => view! { <PeoplePanel /> }.into_any(),
                    Side::Chat => view! { <ChatPanel draft /> }.into_any(),
                }
            }}
        </div>
    }
}

/// Whether a key was pressed within a dialog.
fn in_dialog(event: &web_sys::KeyboardEvent) -> bool {
    let pressed_in = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    pressed_in.is_some_and(|it| it.closest("dialog").is_ok_and(|it| it.is_some()))
}

/// The two tabs: one is in the order of the tab key, the arrows lead to the other.
#[component]
fn Tabs() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let is = move |side: Side| classroom.side.get() == side;
    let tab = move |side: Side, label: String, many: Signal<u32>| {
        view! {
            <button
                class="tabs__link side__tab"
                type="button"
                role="tab"
                aria-selected=move || if is(side) { "true" } else { "false" }
                tabindex=move || if is(side) { "0" } else { "-1" }
                on:click=move |_| classroom.side.set(side)
            >
                {label}
                {move || {
                    Some(many.get())
                        .filter(|it| *it > 0)
                        .map(|it| view! { " " <span class="tabs__count">{number(it.into())}</span> })
                }}
                {(side == Side::People).then(|| view! { <NewcomersCount /> })}
            </button>
        }
    };
    let turn = move |event: web_sys::KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            event.prevent_default();
            classroom.side.update(|it| {
                *it = match it {
                    Side::People => Side::Chat,
                    Side::Chat => Side::People,
                };
            });
            request_animation_frame(|| browser::focus(".side__tab[aria-selected=true]"));
        }
    };
    let people = Signal::derive(move || classroom.numbers.get().people);
    let unread = Signal::derive(move || unread(&classroom));
    view! {
        <div class="side__tabs" role="tablist" aria-label=tr!("classroom.side") on:keydown=turn>
            {tab(Side::People, tr!("classroom.people"), people)}
            {tab(Side::Chat, tr!("classroom.chat"), unread)}
        </div>
    }
}
