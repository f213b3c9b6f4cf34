//! The foot of the classroom: one's hand, announcing, how many are in, and the way out. On a phone it also
//! leads to people and chat.

use domain::classroom::{Act, Capability, ClientMessage};
use leptos::prelude::*;

use super::{
    announcement::AnnounceButton,
    newcomers::NewcomersCount,
    state::{Classroom, Side},
};
use crate::{
    browser,
    components::icon::Icon,
    i18n::{count, number, tr},
};

/// The bar at the foot.
#[component]
pub(super) fn Foot(room: String) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let inside = move || count!("classroom.in_the_room", classroom.numbers.get().people);
    view! {
        <footer class="class-foot">
            <SideButton side=Side::People />
            <SideButton side=Side::Chat />
            <HandButton />
            <AnnounceButton />
            <p class="class-foot__count">{inside}</p>
            <LeaveButton room />
        </footer>
    }
}

/// Brings up a part of the side, where there is no room for it beside the tiles.
#[component]
fn SideButton(side: Side) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let icon = icon_of(side);
    let label = match side {
        Side::People => tr!("classroom.people"),
        Side::Chat => tr!("classroom.chat"),
    };
    let many = move || match side {
        Side::People => classroom.numbers.get().people,
        Side::Chat => unread(&classroom),
    };
    let show = move |_| {
        classroom.side.set(side);
        classroom.sheet.set(true);
        request_animation_frame(|| browser::focus(".side__close"));
    };
    view! {
        <button
            class=format!("button class-foot__item class-foot__side class-foot__{icon}")
            type="button"
            on:click=show
        >
            <Icon name=icon />
            {label}
            {move || {
                Some(many())
                    .filter(|it| *it > 0)
                    .map(|it| view! { " " <span class="class-foot__many">{number(it.into())}</span> })
            }}
            {(side == Side::People).then(|| view! { <NewcomersCount /> })}
        </button>
    }
}

/// The icon of a part of the side, which also tells its button from the other.
pub(super) const fn icon_of(side: Side) -> &'static str {
    match side {
        Side::People => "users-round",
        Side::Chat => "message-square",
    }
}

/// How many lines of chat weren't read.
pub(super) fn unread(classroom: &Classroom) -> u32 {
    classroom.last_line().saturating_sub(classroom.read.get())
}

/// Raises one's hand, or lowers it.
#[component]
fn HandButton() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let raised = Memo::new(move |_| {
        classroom.me().and_then(|it| classroom.person(it)).is_some_and(|it| it.hand.is_some())
    });
    let shown = move || raised.get() || classroom.may(Capability::RaiseHand);
    let turn = move |_| {
        classroom.ask(if raised.get_untracked() { Act::LowerHand } else { Act::RaiseHand });
    };
    view! {
        <Show when=shown>
            <button
                class="button class-foot__item"
                class:class-foot__item--raised=raised
                type="button"
                on:click=turn
            >
                <Icon name="hand" />
                {move || if raised.get() { tr!("classroom.lower_hand") } else { tr!("classroom.raise_hand") }}
            </button>
        </Show>
    }
}

/// Leaves: the form ends the entry of the browser, and the line, where it is up, says so at once.
#[component]
pub(super) fn LeaveButton(room: String) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let leave = move |_| classroom.send(&ClientMessage::Leave);
    view! {
        <form
            class="class-foot__leave"
            method="post"
            action=format!("{}{room}/leave", super::CLASSROOM_ROOT)
            on:submit=leave
        >
            <button class="button button--danger-quiet class-foot__item">
                <Icon name="log-out" />
                {tr!("classroom.leave")}
            </button>
        </form>
    }
}
