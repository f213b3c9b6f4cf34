//! Documents of the console in which no script runs: their content is the server's alone, and no page
//! downloads it.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::{
    Assets,
    components::{layout::TopBar, toast::Toaster},
    i18n::tr,
    shell,
    viewer::Viewer,
};

/// A document with style sheets of its own, under the console's top bar.
pub(super) fn document(
    title: String,
    styles: Vec<&'static str>,
    page: fn() -> AnyView,
) -> impl IntoView {
    provide_meta_context();
    provide_context(Toaster::default());
    let assets = use_context::<Assets>().unwrap_or_default();
    let viewer = use_context::<Viewer>();
    let sheet = |it: &'static str| view! { <link rel="stylesheet" href=it /> };
    let head = view! {
        <title>{format!("{title} · Rollcall")}</title>
        {styles.into_iter().map(sheet).collect_view()}
    };
    let body = view! {
        <Router>
            <a class="skip-link" href="#main">
                {tr!("layout.skip")}
            </a>
            {viewer.map(|it| view! { <TopBar user=it.user school=it.school /> })}
            {page()}
        </Router>
    };
    shell::document(assets, false, head.into_any(), body.into_any())
}
