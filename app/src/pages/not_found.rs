//! What stands at addresses where nothing is.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{layout::Brand, state::Failure},
    error::AppError,
    i18n::tr,
};

/// Nothing is here.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! { <ErrorPage error=AppError::NotFound /> }
}

/// A page that holds nothing but what went wrong.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    view! {
        <Title text=tr!("failure.page") />
        <header class="topbar">
            <Brand />
        </header>
        <main class="page" id="main" tabindex="-1">
            <Failure error />
        </main>
    }
}
