//! Which path is answered by what, and what every request passes on its way.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State, rejection::PathRejection},
    handler::Handler,
    middleware::{from_fn, from_fn_with_state},
    routing::{MethodRouter, get, post},
};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    audit, body, caller,
    errors::{self, Failure},
    forms::{self, Outcome, Post, group, preferences, room, session, settings, setup, user},
    functions, health, images, live, pages, refused, security, site,
    state::Server,
    telemetry,
};

/// Everything the server answers.
pub fn router(server: Server) -> Router {
    Router::new()
        .merge(console(&server))
        .merge(site::routes())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(from_fn_with_state(server.clone(), security::add_headers))
        .layer(from_fn(telemetry::observe))
        .with_state(server)
}

/// What depends on who is calling.
fn console(server: &Server) -> Router<Server> {
    let fallback = pages::not_found.with_state(server.clone());
    let routes = page_routes()
        .merge(form_routes())
        .route("/api/{*function}", get(functions::call).post(functions::call))
        .route("/images/{side}/{name}", get(images::image))
        .route("/audit.csv", get(audit::export))
        .route("/live", get(live::follow))
        .fallback_service(fallback)
        .method_not_allowed_fallback(|| async { Failure::Method });
    guarded(routes, server)
}

/// Routes with everything around them that the console's have.
pub fn guarded(routes: Router<Server>, server: &Server) -> Router<Server> {
    routes
        .layer(DefaultBodyLimit::max(body::UPLOAD))
        .layer(from_fn_with_state(server.clone(), security::refuse_cross_site))
        .layer(from_fn_with_state(server.clone(), refused::note))
        .layer(from_fn_with_state(server.clone(), caller::identify))
        .layer(CatchPanicLayer::custom(Failure::of_panic))
        .layer(from_fn_with_state(server.clone(), errors::put_into_words))
        .layer(from_fn_with_state(server.clone(), caller::greet))
        .layer(from_fn_with_state(server.clone(), security::refuse_foreign_hosts))
}

/// Whether the page with every component is served: in development builds only.
const SHOWS_DESIGN: bool = cfg!(debug_assertions);

/// The pages of the app's route table, and those that only the server knows.
fn page_routes() -> Router<Server> {
    let router = page_paths()
        .iter()
        .fold(Router::new(), |router, path| router.route(path, get(pages::page)));
    let router = router.route("/help/{topic}", get(pages::help));
    if SHOWS_DESIGN { router.route("/design", get(pages::design)) } else { router }
}

/// The paths of all pages, as routes.
///
/// Listed once in a process, before its first server answers: while the framework lists them, whatever
/// else is being rendered would wait for its data forever (leptos-rs/leptos#4773).
pub fn page_paths() -> &'static [String] {
    static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let listed = leptos_axum::generate_route_list(app::App);
        listed.iter().map(|it| it.path().to_owned()).collect()
    });
    &PATHS
}

/// The forms: each is sent to its own page's path.
fn form_routes() -> Router<Server> {
    Router::new()
        .route("/sign-in", form(session::sign_in))
        .route("/sign-out", form(session::sign_out))
        .route("/setup", form(setup::create_first_admin))
        .route("/preferences", form(preferences::keep))
        .route("/settings", form(settings::change))
        .route("/users/new", form(user::create))
        .route("/users/{user_id}", form_of(user::edit))
        .route("/users/{user_id}/delete", form_of(user::delete))
        .route("/groups/new", form(group::create))
        .route("/groups/{group}/add", form_of(group::add))
        .route("/groups/{group}/rename", form_of(group::rename))
        .route("/groups/{group}/merge", form_of(group::merge))
        .route("/groups/{group}/delete", form_of(group::delete))
        .route("/rooms/new", form(room::create))
        .route("/rooms/{room}/settings", form_of(room::edit))
        .route("/rooms/{room}/duplicate", form_of(room::duplicate))
        .route("/rooms/{room}/add", form_of(room::add_members))
        .route("/rooms/{room}/owner", form_of(room::hand_over))
        .route("/rooms/{room}/delete", form_of(room::delete))
}

/// A form.
fn form<F, Acting>(
    act: impl FnOnce(Post) -> Acting + Clone + Send + Sync + 'static,
) -> MethodRouter<Server>
where
    F: Copy + PartialEq + Serialize + Send + 'static,
    Acting: Future<Output = Outcome<F>> + Send + 'static,
{
    post(move |State(server): State<Server>, request: Request| forms::answer(server, request, act))
}

/// What a path names.
type Named = Result<Path<String>, PathRejection>;

/// A form about what the path names.
fn form_of<F, Acting>(
    act: impl FnOnce(Post, String) -> Acting + Clone + Send + Sync + 'static,
) -> MethodRouter<Server>
where
    F: Copy + PartialEq + Serialize + Send + 'static,
    Acting: Future<Output = Outcome<F>> + Send + 'static,
{
    let answer = move |State(server): State<Server>, named: Named, request: Request| {
        // What can't be decoded names nothing.
        let named = named.map_or_else(|_| String::new(), |it| it.0);
        forms::answer(server, request, move |post| act(post, named))
    };
    post(answer)
}
