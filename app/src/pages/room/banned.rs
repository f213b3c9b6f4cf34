//! Who is banned from a room, and the way back for them; nothing while nobody is.

use domain::{RoomId, classroom::Ban};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::{
    browser,
    components::{layout::failed, moment::Moment, toast::Toaster},
    error::AppError,
    functions::rooms::{self, AboutRoom},
    i18n::tr,
    latest::{Since, as_of_now},
    live::delivered,
    words,
};

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
    let room = StoredValue::new(room);
    let show = move |served: AboutRoom| {
        let now = as_of_now(served, since);
        let users = Memo::new(move |_| now.with(|it| of_kind(&it.banned, true)));
        let strangers = Memo::new(move |_| now.with(|it| of_kind(&it.banned, false)));
        view! { <Card users strangers room changes /> }
    };
    view! {
        <Transition>
            {move || Suspend::new(async move { of.await.ok().map(show) })}
        </Transition>
    }
}

/// Those of the bans that are of users, or the others.
fn of_kind(bans: &[Ban], users: bool) -> Vec<Ban> {
    bans.iter().filter(|it| it.user_id.is_some() == users).cloned().collect()
}

#[component]
fn Card(
    users: Memo<Vec<Ban>>,
    strangers: Memo<Vec<Ban>>,
    room: StoredValue<RoomId>,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let any = move |of: Memo<Vec<Ban>>| of.with(|it| !it.is_empty());
    view! {
        <Show when=move || any(users) || any(strangers)>
            <section class="card" aria-labelledby="banned">
                <div class="card__section">
                    <h2 class="card__title" id="banned">
                        {tr!("banned.title")}
                    </h2>
                    <Show when=move || any(users)>
                        <p class="quiet">{tr!("banned.users")}</p>
                        <List bans=users room changes />
                    </Show>
                    <Show when=move || any(strangers)>
                        <p class="quiet">{tr!("banned.strangers")}</p>
                        <List bans=strangers room changes />
                    </Show>
                </div>
            </section>
        </Show>
    }
}

/// The rows stay while others go, so that a button with the focus on it never becomes that of somebody else.
#[component]
fn List(bans: Memo<Vec<Ban>>, room: StoredValue<RoomId>, changes: RwSignal<u32>) -> impl IntoView {
    view! {
        <ul class="banned">
            <For
                each=move || bans.get()
                key=|it| it.id
                children=move |ban| view! { <One ban room=room.get_value() changes /> }
            />
        </ul>
    }
}

#[component]
fn One(ban: Ban, room: RoomId, changes: RwSignal<u32>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let Ban { id, nickname, user_id, at, by } = ban;
    let label = tr!("banned.lift_of", nickname = nickname);
    let done = match user_id {
        Some(_) => tr!("banned.lifted", nickname = nickname),
        None => tr!("banned.taken_off", nickname = nickname),
    };
    let lift = move |event: MouseEvent| {
        let (room, done) = (room.clone(), done.clone());
        let button = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        spawn_local(async move {
            match delivered(|| rooms::lift_ban(room.clone(), id)).await {
                Ok(()) => {
                    if button.is_some_and(|it| !browser::moves_on(&it, ".card", ".banned button")) {
                        browser::focus_main();
                    }
                    toaster.show(done, None);
                    changes.try_update(|it| *it += 1);
                }
                Err(error) => failed(&error, toaster),
            }
        });
    };
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
                on:click=lift
            >
                {tr!("banned.lift")}
            </button>
        </li>
    }
}
