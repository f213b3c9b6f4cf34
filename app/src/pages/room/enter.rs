//! From the page of a room to its door, as long as it isn't ended. Whoever may see the page may enter: the
//! door says why, where somebody may not.

use domain::{ConsoleRole, RoomState, door::EnterAs, room::RoomSummary};
use leptos::prelude::*;

use crate::{components::icon::Icon, i18n::tr, viewer::Viewer};

/// Enters a room. An Admin does so to observe, or openly as Host, but in their own.
#[component]
pub(super) fn Enter(room: RoomSummary) -> impl IntoView {
    let door = format!("/rooms/{}/enter", room.id);
    let as_host = format!("{door}?as={}", EnterAs::Host.name());
    let observes = is_to_observe(&room);
    let (icon, label) =
        if observes { ("eye", tr!("door.observe")) } else { ("log-in", tr!("door.enter")) };
    // A door is a page without a script.
    (room.state == RoomState::Open).then(|| {
        view! {
            {observes
                .then(|| {
                    view! {
                        <a class="button" href=as_host rel="external">
                            <Icon name="log-in" />
                            {tr!("door.enter_as_host")}
                        </a>
                    }
                })}
            <a class="button button--primary" href=door rel="external">
                <Icon name=icon />
                {label}
            </a>
        }
    })
}

/// Whether an Admin is in front of the screen to whom the room doesn't belong.
fn is_to_observe(room: &RoomSummary) -> bool {
    let is_other_admin =
        |it: Viewer| it.user.role == ConsoleRole::Admin && it.user.user_id != room.owner.user_id;
    use_context::<Viewer>().is_some_and(is_other_admin)
}
