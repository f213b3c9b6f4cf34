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
    components::{
        layout::Console,
        toast::{Toaster, Toasts},
    },
    i18n::tr,
    pages::{
        home::Home, not_found::NotFoundPage, room::RoomPage, room_add::AddMembersPage,
        room_new::CreateRoomPage, room_settings::RoomSettingsPage, rooms::RoomsPage,
        setup::SetupPage, sign_in::SignInPage, user::UserPage, user_new::CreateUserPage,
        users::UsersPage,
    },
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
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Console ssr=SsrMode::Async>
                    <Route path=path!("/") view=Home />
                    <Route path=path!("/users") view=UsersPage />
                    <Route path=path!("/users/new") view=CreateUserPage />
                    <Route path=path!("/users/:user_id") view=UserPage />
                    <Route path=path!("/rooms") view=RoomsPage />
                    <Route path=path!("/rooms/new") view=CreateRoomPage />
                    <Route path=path!("/rooms/:room") view=RoomPage />
                    <Route path=path!("/rooms/:room/add") view=AddMembersPage />
                    <Route path=path!("/rooms/:room/settings") view=RoomSettingsPage />
                </ParentRoute>
            </Routes>
        </Router>
        <Toasts />
    }
}
