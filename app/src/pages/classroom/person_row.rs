//! A row of the list of people.

use domain::classroom::{Act, Capability, ParticipantId, Person, Standing, Whom};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    people::{Rows, button_id},
    person_menu::MenuFor,
    roster::Seat,
    state::Classroom,
};
use crate::{
    browser,
    components::{
        avatar::{Face, Size},
        icon::Icon,
    },
    i18n::tr,
    words::permission,
};

/// Somebody who is being asked for.
#[component]
pub(super) fn BlankRow(seat: Seat, rows: Rows) -> impl IntoView {
    view! {
        <div
            class="people__row"
            role="listitem"
            aria-busy="true"
            aria-setsize=rows.total
            aria-posinset=move || rows.place(seat) + 1
        >
            <span class="skeleton skeleton--avatar"></span>
            <span class="skeleton skeleton--text"></span>
        </div>
    }
}

/// Somebody: picture, name, as what they take part, and what may be done with them.
#[component]
pub(super) fn PersonRow(who: ParticipantId, rows: Rows) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let person = Memo::new(move |before: Option<&Option<Person>>| {
        // Whoever goes stays as they were until their row is gone.
        classroom.person(who).or_else(|| before.cloned().flatten())
    });
    let face = Memo::new(move |_| {
        person.with(|it| it.as_ref().map(|it| (it.nickname.clone(), it.image.clone(), it.colour)))
    });
    let name =
        Memo::new(move |_| face.with(|it| it.as_ref().map(|it| it.0.clone())).unwrap_or_default());
    let me = Memo::new(move |_| classroom.me() == Some(who));
    let about = Memo::new(move |_| person.with(|it| it.as_ref().map(about)));
    let hand =
        Memo::new(move |_| person.with(|it| it.as_ref().is_some_and(|it| it.hand.is_some())));
    let open = Memo::new(move |_| rows.menu.with(|it| it.as_ref().is_some_and(|it| it.who == who)));
    let picture = move || {
        face.get().map(|(nickname, image, colour)| {
            view! { <Face nickname image colour size=Size::Medium /> }
        })
    };
    view! {
        <div
            class="people__row"
            class:people__row--open=open
            role="listitem"
            aria-setsize=rows.total
            aria-posinset=move || rows.place(Seat::Known(who)) + 1
        >
            {picture}
            <div class="person__text people__text">
                <span class="people__name">
                    <bdi class="person__name">{name}</bdi>
                    {move || me.get().then(|| view! { <span class="person__name">{tr!("classroom.oneself")}</span> })}
                </span>
                <span class="person__id">{about}</span>
            </div>
            {move || hand.get().then(|| view! { <Hand who name /> })}
            {move || rows.host.get().then(|| view! { <More who name rows open /> })}
        </div>
    }
}

/// Who somebody is, as far as Hosts are told; as what they take part, and how they are.
fn about(person: &Person) -> String {
    let locked = |what| person.standing == Standing::Guest && person.denied.has(what);
    let parts = [
        person.user_id.clone(),
        Some(permission(person.standing.into())),
        person.hand.map(|_| tr!("classroom.hand_raised")),
        locked(Capability::Chat).then(|| tr!("classroom.chat_is_locked")),
        locked(Capability::RaiseHand).then(|| tr!("classroom.hand_is_locked")),
        person.away.then(|| tr!("classroom.reconnecting")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The raised hand; a Host lowers it there. By keyboard it is lowered in the menu.
#[component]
fn Hand(who: ParticipantId, name: Memo<String>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let lowers = Memo::new(move |_| classroom.may(Capability::LowerHands));
    move || {
        if lowers.get() {
            view! {
                <button
                    class="button button--quiet button--small button--icon people__hand"
                    type="button"
                    tabindex="-1"
                    aria-label=move || tr!("classroom.lower_hand_of", name = name.get())
                    on:click=move |_| classroom.ask(Act::LowerHands { whom: Whom::One(who) })
                >
                    <Icon name="hand" />
                </button>
            }
            .into_any()
        } else {
            view! {
                <span class="people__hand people__hand--shown">
                    <Icon name="hand" />
                </span>
            }
            .into_any()
        }
    }
}

/// The button that opens somebody's menu.
#[component]
fn More(who: ParticipantId, name: Memo<String>, rows: Rows, open: Memo<bool>) -> impl IntoView {
    let place = move || rows.place(Seat::Known(who));
    let button = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        let Some(button) = button.get() else { return };
        if rows.wanted.get() == Some(place()) {
            rows.wanted.set(None);
            // Whoever has gone elsewhere meanwhile stays there.
            if browser::focused().is_some_and(|it| it.matches(".people__scroller") == Ok(true)) {
                browser::focus_on(&button);
            }
        }
    });
    let toggle = move |event: web_sys::MouseEvent| {
        let top = event
            .current_target()
            .and_then(|it| it.dyn_into::<HtmlElement>().ok())
            .map(|it| below(&it))
            .unwrap_or_default();
        let menu = (!open.get_untracked()).then_some(MenuFor { who, top });
        rows.menu.set(menu);
    };
    view! {
        <button
            class="button button--quiet button--small button--icon"
            id=button_id(who)
            type="button"
            aria-haspopup="menu"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-label=move || tr!("classroom.more_about", name = name.get())
            tabindex=move || if rows.stop.get() == place() { "0" } else { "-1" }
            data-place=place
            node_ref=button
            on:focus=move |_| rows.chosen.set(untrack(place))
            on:click=toggle
        >
            <Icon name="ellipsis" />
        </button>
    }
}

/// How far below the top of the panel a button ends, in pixels.
fn below(button: &HtmlElement) -> i32 {
    let scroller = button.closest(".people__scroller").ok().flatten();
    let scroller = scroller.and_then(|it| it.dyn_into::<HtmlElement>().ok());
    // The button lies within the scroller, and that within the panel.
    let past = scroller.as_ref().map_or(0, |it| it.offset_top() - it.scroll_top());
    button.offset_top() + button.offset_height() + past
}
