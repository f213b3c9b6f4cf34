//! Who is banned from a room, and the way back for them; nothing while nobody is.

use domain::{RoomId, classroom::Ban};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::{
    browser,
    components::{layout::failed, list::rows, moment::Moment, toast::Toaster},
    error::AppError,
    functions::rooms::{self, AboutRoom},
    i18n::tr,
    latest::{Since, as_of_now},
    live::delivered,
    words,
};

/// The buttons that lift a ban.
const BUTTONS: &str = ".banned button";

/// The card, for whoever may change the room: nobody else is told who is banned. Where it can't be known,
/// the facts of the room, which come by the same answer, say why.
#[component]
pub(super) fn Banned(
    of: Resource<Result<AboutRoom, AppError>>,
    /// What was told of the room since.
    since: Since<AboutRoom>,
    room: RoomId,
    /// Counted up where a ban is lifted.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let lift = Callback::new(move |(ban, event): (Ban, MouseEvent)| {
        let (room, button) = (room.clone(), event.current_target());
        let button = button.and_then(|it| it.dyn_into::<Element>().ok());
        spawn_local(async move {
            match delivered(|| rooms::lift_ban(room.clone(), ban.id)).await {
                Ok(()) => {
                    if button.is_some_and(|it| !browser::moves_on(&it, ".card", BUTTONS)) {
                        browser::focus_main();
                    }
                    toaster.show(lifted(&ban), None);
                    changes.try_update(|it| *it += 1);
                }
                Err(error) => failed(&error, toaster),
            }
        });
    });
    let show = move |served: AboutRoom| {
        let now = as_of_now(served, since);
        let bans = Memo::new(move |_| now.with(|it| it.banned.clone()));
        view! { <Card bans lift /> }
    };
    view! {
        <Transition>
            {move || Suspend::new(async move { of.await.ok().map(show) })}
        </Transition>
    }
}

/// What is said of a ban that was lifted.
fn lifted(Ban { nickname, user_id, .. }: &Ban) -> String {
    match user_id {
        Some(_) => tr!("banned.lifted", nickname = nickname),
        None => tr!("banned.taken_off", nickname = nickname),
    }
}

#[component]
fn Card(bans: Memo<Vec<Ban>>, lift: Callback<(Ban, MouseEvent)>) -> impl IntoView {
    view! {
        <Show when=move || bans.with(|it| !it.is_empty())>
            <section class="card" aria-labelledby="banned">
                <div class="card__section">
                    <h2 class="card__title" id="banned">
                        {tr!("banned.title")}
                    </h2>
                    <Lists bans lift />
                </div>
            </section>
        </Show>
    }
}

/// The users among them, and the others, for whom lifting their ban changes nothing.
#[component]
fn Lists(
    bans: Memo<Vec<Ban>>,
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
