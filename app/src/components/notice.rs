//! Notices: what was done, and what to beware of.

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::icon::Icon;

/// What was done.
#[component]
pub(crate) fn DoneNotice(
    /// What, and the way on.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="notice notice--success" role="status">
            <Icon name="circle-check" />
            <div class="notice__text">{children()}</div>
        </div>
    }
}

/// What was just done on the page that led here, where the address tells.
#[component]
pub(crate) fn JustDone(
    /// What it tells.
    said: fn(&ParamsMap) -> Option<String>,
) -> impl IntoView {
    let query = use_query_map();
    move || query.with(said).map(|text| view! { <DoneNotice>{text}</DoneNotice> })
}

/// What to beware of.
#[component]
pub(crate) fn WarningNotice(
    /// The icon before it.
    #[prop(default = "triangle-alert")]
    icon: &'static str,
    /// What happens or happened.
    title: String,
    /// To whom, what stays, and what to do.
    text: String,
) -> impl IntoView {
    view! {
        <div class="notice notice--warning" role="status">
            <Icon name=icon />
            <div class="notice__text">
                <strong>{title}</strong>
                " "
                {text}
            </div>
        </div>
    }
}
