//! What only paper shows.

use js_sys::Date;
use leptos::prelude::*;

use super::moment::written;

/// When the page was printed, as the reader writes it.
#[component]
pub(crate) fn PrintedAt() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let printing = window_event_listener_untyped("beforeprint", move |_| {
        text.set(written(&Date::new_0()).unwrap_or_default());
    });
    on_cleanup(move || printing.remove());
    view! {
        <p class="on-paper" hidden>
            {text}
        </p>
    }
}
