//! The route table.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    browser,
    components::toast::Toaster,
    i18n::tr,
    pages::{self, not_found::NotFoundPage},
};

/// The app: every page, under its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Toaster::default());
    view! {
        <Title formatter=|title: String| {
            browser::raw_text(
                if title.is_empty() { "Rollcall".to_owned() } else { format!("{title} · Rollcall") },
            )
        } />
        <Router>
            <a class="skip-link" href="#main" rel="external">
                {tr!("layout.skip")}
            </a>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/sign-in") view=pages::SIGN_IN ssr=SsrMode::Async />
                <Route path=path!("/setup") view=pages::SETUP ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=pages::CONSOLE ssr=SsrMode::Async>
                    <Route path=path!("/") view=pages::HOME />
                    <Route path=path!("/users") view=pages::USERS />
                    <Route path=path!("/users/new") view=pages::CREATE_USER />
                    <Route path=path!("/users/:user_id") view=pages::USER />
                    <Route path=path!("/users/:user_id/delete") view=pages::DELETE_USER />
                    <Route path=path!("/groups") view=pages::GROUPS />
                    <Route path=path!("/groups/new") view=pages::CREATE_GROUP />
                    <Route path=path!("/groups/:group") view=pages::GROUP />
                    <Route path=path!("/groups/:group/add") view=pages::ADD_TO_GROUP />
                    <Route path=path!("/groups/:group/rename") view=pages::RENAME_GROUP />
                    <Route path=path!("/groups/:group/merge") view=pages::MERGE_GROUP />
                    <Route path=path!("/groups/:group/delete") view=pages::DELETE_GROUP />
                    <Route path=path!("/rooms") view=pages::ROOMS />
                    <Route path=path!("/rooms/new") view=pages::CREATE_ROOM />
                    <Route path=path!("/rooms/:room") view=pages::ROOM />
                    <Route path=path!("/rooms/:room/add") view=pages::ADD_MEMBERS />
                    <Route path=path!("/rooms/:room/settings") view=pages::ROOM_SETTINGS />
                    <Route path=path!("/rooms/:room/owner") view=pages::ROOM_OWNER />
                    <Route path=path!("/rooms/:room/delete") view=pages::DELETE_ROOM />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
