//! Who is banned from a room, and the way back for them; nothing while nobody is.

use domain::{RoomId, classroom::Ban};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::{
    browser,
    components::{
        banned::{BUTTONS, BannedLists},
        layout::failed,
        toast::Toaster,
    },
    error::AppError,
    functions::rooms::{self, AboutRoom},
    i18n::tr,
    latest::{Since, as_of_now},
    live::delivered,
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
                    <BannedLists bans lift />
                </div>
            </section>
        </Show>
    }
}
