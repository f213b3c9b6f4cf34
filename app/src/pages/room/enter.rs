//! From the page of a room to its door, as long as it isn't ended. Whoever may see the page may enter: the
//! door says why, where somebody may not.

use domain::{ConsoleRole, RoomState, door::EnterAs, room::RoomSummary};
use leptos::prelude::*;

use crate::{components::icon::Icon, i18n::tr, viewer::Viewer};

/// Enters a room, which an Admin does to observe, but for their own.
#[component]
pub(super) fn Enter(room: RoomSummary) -> impl IntoView {
    let (icon, label) = if is_to_observe(&room) {
        ("eye", tr!("door.observe"))
    } else {
        ("log-in", tr!("door.enter"))
    };
    (room.state == RoomState::Open).then(|| {
        view! {
            <a class="button button--primary" href=door(&room) rel="external">
                <Icon name=icon />
                {label}
            </a>
        }
    })
}

/// The item of a menu by which an Admin enters a room that isn't theirs as Host.
#[component]
pub(super) fn EnterAsHost(room: RoomSummary) -> impl IntoView {
    let shown = room.state == RoomState::Open && is_to_observe(&room);
    shown.then(|| {
        let door = format!("{}?as={}", door(&room), EnterAs::Host.name());
        view! {
            <a class="menu__item" href=door rel="external">
                <Icon name="log-in" />
                {tr!("door.enter_as_host")}
            </a>
        }
    })
}

/// The address of its door, which is a page without a script.
fn door(room: &RoomSummary) -> String {
    format!("/rooms/{}/enter", room.id)
}

/// Whether an Admin is in front of the screen to whom the room doesn't belong.
fn is_to_observe(room: &RoomSummary) -> bool {
    let is_other_admin =
        |it: Viewer| it.user.role == ConsoleRole::Admin && it.user.user_id != room.owner.user_id;
    use_context::<Viewer>().is_some_and(is_other_admin)
}
