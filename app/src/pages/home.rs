//! `/`: leads to where people begin.

use leptos::prelude::*;
use leptos_router::components::Redirect;

/// Leads to the users.
#[component]
pub(crate) fn Home() -> impl IntoView {
    view! { <Redirect path="/users" /> }
}
