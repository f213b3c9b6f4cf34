//! "Can they enter?": the answer of the rule of entry about anybody, with its reason and the remedy.

use domain::{
    RoomId, UserSummary,
    entry::{Admission, Refusal},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{
        icon::Icon, layout::failed, page::user_path, state::FailureNotice, toast::Toaster,
        user_search::UserSearch,
    },
    functions::{entry, rooms},
    i18n::tr,
    latest::latest,
    words,
};

/// Asks about one user and shows the answer.
#[component]
pub(super) fn CanEnter(room: RoomId, changes: RwSignal<u32>) -> impl IntoView {
    let asked = RwSignal::new(None::<UserSummary>);
    let id = room.clone();
    let question = move || {
        changes.track();
        asked.get()
    };
    let answer =
        latest(question, move |user: UserSummary| entry::can_enter(id.clone(), user.user_id));
    let room = StoredValue::new(room);
    view! {
        <section class="card only-with-script" aria-labelledby="can-enter">
            <div class="card__section">
                <h2 class="card__title" id="can-enter">
                    {tr!("entry.title")}
                </h2>
                <UserSearch id="who" label=tr!("entry.who") found=asked />
                <div role="status">
                    {move || {
                        // Nothing is said of somebody who was cleared.
                        let asked = asked.get()?;
                        let (user, answer) =
                            answer.get().filter(|(user, _)| user.user_id == asked.user_id)?;
                        Some(match answer {
                            Ok(Ok(admission)) => view! { <Yes user admission /> }.into_any(),
                            Ok(Err(refusal)) => {
                                view! { <No room=room.get_value() user refusal changes /> }
                                    .into_any()
                            }
                            Err(error) => view! { <FailureNotice error /> }.into_any(),
                        })
                    }}
                </div>
            </div>
        </section>
    }
}

#[component]
fn Yes(user: UserSummary, admission: Admission) -> impl IntoView {
    let (yes, ground) = words::admission(admission, user.nickname.as_str());
    view! {
        <div class="notice notice--success">
            <Icon name="circle-check" />
            <div class="notice__text">
                <strong>{yes}</strong>
                " "
                {ground}
            </div>
        </div>
    }
}

#[component]
fn No(room: RoomId, user: UserSummary, refusal: Refusal, changes: RwSignal<u32>) -> impl IntoView {
    let reason = words::refusal(refusal, user.user_id.as_str());
    view! {
        <div class="notice notice--error">
            <Icon name="circle-x" />
            <div class="notice__text">
                <strong>{tr!("entry.no")}</strong>
                " "
                {reason}
                " "
                <Remedy room user refusal changes />
            </div>
        </div>
    }
}

/// What would let them in, where that is one step away.
#[component]
fn Remedy(
    room: RoomId,
    user: UserSummary,
    refusal: Refusal,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    match refusal {
        Refusal::NotSpecified => {
            let label = tr!("entry.add_as", permission = words::permission(user.permission));
            view! {
                <button
                    class="link"
                    type="button"
                    on:click=move |_| {
                        let (room, user) = (room.clone(), user.clone());
                        spawn_local(async move {
                            match rooms::add_member(room, user.user_id, user.permission).await {
                                Ok(()) => drop(changes.try_update(|it| *it += 1)),
                                Err(error) => failed(&error, toaster),
                            }
                        });
                    }
                >
                    {label}
                </button>
            }
            .into_any()
        }
        Refusal::Deactivated => view! {
            <a href=user_path(user.user_id.as_str())>{tr!("problem.open_user")}</a>
        }
        .into_any(),
        _ => ().into_any(),
    }
}
