//! `/left`: what is said to whoever has left a room.

use leptos::prelude::*;

use crate::{components::page_title::PageTitle, i18n::tr, pages::sign_in::Gate, viewer::viewer};

/// They have left, and how they come back.
#[component]
pub(crate) fn LeftPage() -> impl IntoView {
    let (text, rooms) = match viewer() {
        Some(_) => (tr!("door.left_signed_in"), Some(tr!("rooms.back"))),
        None => (tr!("door.left_text"), None),
    };
    view! {
        <PageTitle text=tr!("door.left") />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">{tr!("door.left")}</h1>
            </div>
            <p role="status">{text}</p>
            {rooms
                .map(|label| {
                    view! {
                        <a class="button button--wide" href="/rooms" rel="external">
                            {label}
                        </a>
                    }
                })}
        </Gate>
    }
}
