//! Who is banned from a room, and the way back for them; nothing while nobody is.

use domain::{RoomId, classroom::Ban};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{layout::failed, moment::Moment, toast::Toaster},
    error::AppError,
    functions::rooms::{self, AboutRoom},
    i18n::tr,
    live::delivered,
};

/// The card, for whoever may change the room: nobody else is told who is banned. Where it can't be known,
/// the facts of the room, which come by the same answer, say why.
#[component]
pub(super) fn Banned(
    of: Resource<Result<AboutRoom, AppError>>,
    room: RoomId,
    /// Counted up where a ban is lifted.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let show = move |AboutRoom { banned, .. }| {
        let room = room.clone();
        (!banned.is_empty()).then(|| view! { <Card banned room changes /> })
    };
    view! {
        <Transition>
            {move || {
                let show = show.clone();
                Suspend::new(async move { of.await.ok().map(show) })
            }}
        </Transition>
    }
}

#[component]
fn Card(banned: Vec<Ban>, room: RoomId, changes: RwSignal<u32>) -> impl IntoView {
    let (users, strangers): (Vec<_>, Vec<_>) =
        banned.into_iter().partition(|it| it.user_id.is_some());
    let list = |bans: Vec<Ban>, text: String| {
        let rows = bans.into_iter().map(|ban| view! { <One ban room=room.clone() changes /> });
        let rows = rows.collect_view();
        view! {
            <p class="quiet">{text}</p>
            <ul class="banned">{rows}</ul>
        }
    };
    view! {
        <section class="card" aria-labelledby="banned">
            <div class="card__section">
                <h2 class="card__title" id="banned">
                    {tr!("banned.title")}
                </h2>
                {(!users.is_empty()).then(|| list(users, tr!("banned.users")))}
                {(!strangers.is_empty()).then(|| list(strangers, tr!("banned.strangers")))}
            </div>
        </section>
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
    let lift = move |_| {
        let (room, done) = (room.clone(), done.clone());
        spawn_local(async move {
            match delivered(|| rooms::lift_ban(room.clone(), id)).await {
                Ok(()) => {
                    toaster.show(done, None);
                    changes.try_update(|it| *it += 1);
                }
                Err(error) => failed(&error, toaster),
            }
        });
    };
    // The words stand around the time as the language has them.
    let text = tr!("banned.by", by = by, time = "\u{0}");
    let (before, after) = text.split_once('\u{0}').unwrap_or((&text, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    view! {
        <li class="banned__one">
            <div class="person__text">
                <bdi class="person__name">{nickname}</bdi>
                {user_id.map(|it| view! { <bdi class="person__id">{it}</bdi> })}
                <span class="person__id">{before} <Moment at /> {after}</span>
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
