//! `/`: leads to where people begin.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::viewer;

/// Leads Admins to the users, Teachers to their rooms.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let path = if viewer::is_admin() { "/users" } else { "/rooms" };
    view! { <Redirect path /> }
}
