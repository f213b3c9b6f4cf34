//! The route table.

use std::sync::Arc;

use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_meta::provide_meta_context;
use leptos_router::{
    NestedRoute, PossibleRouteMatch, SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{Router, Routes},
    path,
};

use crate::{
    components::toast::Toaster,
    i18n::tr,
    pages::{self, LazyPage, not_found::NotFoundPage},
};

/// The app: every page, under its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Toaster::default());
    view! {
        <Router>
            <a class="skip-link" href="#main" rel="external">
                {tr!("layout.skip")}
            </a>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <All />
            </Routes>
        </Router>
    }
}

/// A list rather than the usual tuple: the router is compiled anew for every type of its routes.
type Pages = StaticVec<AnyNestedRoute>;

/// Those at the door, and those behind it.
#[component(transparent)]
fn All() -> Pages {
    Pages::from(vec![
        page(path!("/sign-in"), pages::SIGN_IN),
        page(path!("/setup"), pages::SETUP),
        page(path!("/password"), pages::SET_PASSWORD),
        page(path!("/door/:link"), pages::DOOR),
        page(path!("/rooms/:room/enter"), pages::DOOR),
        page(path!("/left"), pages::LEFT),
        page(path!("/classroom/:room"), pages::CLASSROOM),
        NestedRoute::new(path!(""), pages::CONSOLE)
            .ssr_mode(SsrMode::Async)
            .child(console())
            .into_any_nested_route(),
    ])
}

/// The pages in the console's frame.
fn console() -> Pages {
    Pages::from(vec![
        page(path!("/"), pages::HOME),
        page(path!("/users"), pages::USERS),
        page(path!("/users/new"), pages::CREATE_USER),
        page(path!("/users/:user_id"), pages::USER),
        page(path!("/users/:user_id/hand-over"), pages::HAND_OVER),
        page(path!("/users/:user_id/delete"), pages::DELETE_USER),
        page(path!("/groups"), pages::GROUPS),
        page(path!("/groups/new"), pages::CREATE_GROUP),
        page(path!("/groups/:group"), pages::GROUP),
        page(path!("/groups/:group/add"), pages::ADD_TO_GROUP),
        page(path!("/groups/:group/rename"), pages::RENAME_GROUP),
        page(path!("/groups/:group/merge"), pages::MERGE_GROUP),
        page(path!("/groups/:group/delete"), pages::DELETE_GROUP),
        page(path!("/rooms"), pages::ROOMS),
        page(path!("/rooms/new"), pages::CREATE_ROOM),
        page(path!("/rooms/:room"), pages::ROOM),
        page(path!("/rooms/:room/add"), pages::ADD_MEMBERS),
        page(path!("/rooms/:room/settings"), pages::ROOM_SETTINGS),
        page(path!("/rooms/:room/owner"), pages::ROOM_OWNER),
        page(path!("/rooms/:room/delete"), pages::DELETE_ROOM),
        page(path!("/rooms/:room/meetings/:meeting"), pages::MEETING),
        page(path!("/settings"), pages::SETTINGS),
        page(path!("/account"), pages::ACCOUNT),
        page(path!("/audit"), pages::AUDIT),
    ])
}

fn page(path: impl PossibleRouteMatch + Send + Sync + 'static, page: LazyPage) -> AnyNestedRoute {
    let path: Arc<dyn PossibleRouteMatch + Send + Sync> = Arc::new(path);
    NestedRoute::new(path, page).ssr_mode(SsrMode::Async).into_any_nested_route()
}

/// Whether a page of that path is for Teachers too. What it shows is asked of the server, which gives
/// each of them what is theirs.
#[must_use]
pub fn is_for_teachers(path: &str) -> bool {
    path == "/"
        || path == "/account"
        || path == "/rooms"
        || path.starts_with("/rooms/")
        || path.starts_with(pages::CLASSROOM_ROOT)
}
