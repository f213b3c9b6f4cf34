//! Ending a room and reopening it, each with the way back.

use domain::{RoomState, room::RoomSummary};
use leptos::{prelude::*, task::spawn_local};

use super::{icon::Icon, layout::failed, toast::Toaster};
use crate::{functions::rooms, i18n::tr, live::delivered};

/// Ends a room, or reopens it; `changes` counts it once it is done.
pub(crate) fn set_ended(room: RoomSummary, ended: bool, changes: RwSignal<u32>, toaster: Toaster) {
    spawn_local(async move {
        match delivered(|| rooms::set_ended(room.id.clone(), ended)).await {
            Ok(now) => {
                changes.try_update(|it| *it += 1);
                let text = if ended {
                    tr!("room.was_ended", name = now.name)
                } else {
                    tr!("room.was_reopened", name = now.name)
                };
                let undo =
                    Callback::new(move |()| set_ended(room.clone(), !ended, changes, toaster));
                toaster.show(text, Some(undo));
            }
            Err(error) => failed(&error, toaster),
        }
    });
}

/// The item of a menu that ends an open room, or reopens one that has ended.
#[component]
pub(crate) fn EndOrReopen(
    room: RoomSummary,
    /// Counts it once it is done.
    changes: RwSignal<u32>,
    /// Asks before the room is ended, where somebody is to be asked.
    #[prop(optional)]
    ask: Option<RwSignal<bool>>,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let ended = room.state == RoomState::Ended;
    let (class, icon, label) = if ended {
        ("menu__item", "door-open", tr!("room.reopen"))
    } else {
        ("menu__item menu__item--danger", "door-closed", tr!("room.end"))
    };
    view! {
        <button
            class=format!("{class} only-with-script")
            type="button"
            on:click=move |_| match ask {
                Some(asking) if !ended => asking.set(true),
                _ => set_ended(room.clone(), !ended, changes, toaster),
            }
        >
            <Icon name=icon />
            {label}
        </button>
    }
}
