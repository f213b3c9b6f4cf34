//! What stands at addresses where nothing is.

use leptos::prelude::*;

use crate::{
    components::{layout::Brand, page_title::PageTitle, state::Failure},
    error::AppError,
    i18n::tr,
};

/// Nothing is here.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! {
        <PageTitle text=tr!("failure.page") />
        <ErrorFrame error=AppError::NotFound />
    }
}

/// What went wrong, under the name of the console.
#[component]
pub(crate) fn ErrorFrame(error: AppError) -> impl IntoView {
    view! {
        <header class="topbar">
            <Brand />
        </header>
        <main class="page" id="main" tabindex="-1">
            <Failure error />
        </main>
    }
}
