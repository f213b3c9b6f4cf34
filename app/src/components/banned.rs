//! Who is banned from a room, with the way back for each: on the page of the room, and in the classroom.

use domain::classroom::Ban;
use leptos::prelude::*;
use web_sys::MouseEvent;

use super::{list::rows, moment::Moment};
use crate::{i18n::tr, words};

/// The buttons that lift a ban.
pub(crate) const BUTTONS: &str = ".banned button";

/// The users among them, and the others, for whom lifting their ban changes nothing.
#[component]
pub(crate) fn BannedLists(
    #[prop(into)] bans: Signal<Vec<Ban>>,
    /// Lifts a ban whose button was pressed.
    lift: Callback<(Ban, MouseEvent)>,
) -> impl IntoView {
    let those = move |users: bool| {
        Memo::new(move |_| {
            let all = bans.get().into_iter();
            all.filter(|it| it.user_id.is_some() == users).collect::<Vec<_>>()
        })
    };
    view! {
        <List bans=those(true) text=tr!("banned.users") lift />
        <List bans=those(false) text=tr!("banned.strangers") lift />
    }
}

/// The rows stay while others go, so that a button with the focus on it never becomes that of somebody else.
#[component]
fn List(bans: Memo<Vec<Ban>>, text: String, lift: Callback<(Ban, MouseEvent)>) -> impl IntoView {
    view! {
        <Show when=move || bans.with(|it| !it.is_empty())>
            <p class="quiet">{text.clone()}</p>
            <ul class="banned">
                {rows(move || bans.get(), move |ban| view! { <One ban lift /> }.into_any())}
            </ul>
        </Show>
    }
}

#[component]
fn One(ban: Ban, lift: Callback<(Ban, MouseEvent)>) -> impl IntoView {
    let Ban { nickname, user_id, at, by, .. } = ban.clone();
    let label = tr!("banned.lift_of", nickname = nickname);
    let time = view! { <Moment at /> }.into_any();
    let since = words::around(&tr!("banned.by", by = by, time = words::HERE), time);
    view! {
        <li class="banned__one">
            <div class="person__text">
                <bdi class="person__name">{nickname}</bdi>
                {user_id.map(|it| view! { <bdi class="person__id">{it}</bdi> })}
                <span class="person__id">{since}</span>
            </div>
            <button
                class="button button--small only-with-script"
                type="button"
                aria-label=label
                on:click=move |event| lift.run((ban.clone(), event))
            >
                {tr!("banned.lift")}
            </button>
        </li>
    }
}
