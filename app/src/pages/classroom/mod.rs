//! `/classroom/:room`: the live classroom.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::sign_in::Gate;

/// The page.
#[component]
pub(super) fn ClassroomPage() -> impl IntoView {
    let room = use_params_map().with_untracked(|it| it.get("room").unwrap_or_default());
    view! {
        <Title text=room.clone() />
        <Gate>
            <h1 class="gate__title">{room}</h1>
        </Gate>
    }
}
