//! Which path is answered by what, and what every request passes on its way.

use std::sync::LazyLock;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State, rejection::PathRejection},
    handler::Handler,
    http::Method,
    middleware::{from_fn, from_fn_with_state},
    response::Redirect,
    routing::{MethodRouter, get, post},
};
use leptos::server_fn::axum::server_fn_paths;
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    audit, body, caller, class_list,
    classroom::{self, door},
    errors::{self, Failure},
    forms::{
        self, Outcome, Post, account, group, password, preferences, room, session, settings, setup,
        user,
    },
    functions, health, images, live, meetings, pages, paths, refused, security, site,
    state::Server,
    telemetry,
};

/// Everything the server answers.
pub fn router(server: Server) -> Router {
    let routes = Router::new()
        .merge(console(&server))
        .merge(site::routes())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    observed(routes, server)
}

/// Routes with what is around every answer.
pub fn observed(routes: Router<Server>, server: Server) -> Router {
    routes
        .layer(from_fn_with_state(server.clone(), security::add_headers))
        .layer(from_fn(telemetry::observe))
        .with_state(server)
}

/// What depends on who is calling.
fn console(server: &Server) -> Router<Server> {
    let fallback = pages::not_found.with_state(server.clone());
    let listed = form_routes().into_iter().chain(other_routes());
    let routes = listed.fold(page_routes(), |router, (path, answer)| router.route(path, answer));
    let routes = routes
        .route("/api/{*function}", for_own_pages(get(functions::call).post(functions::call)))
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

/// Everything that somebody can do by way of the console, as the router knows it: pages, forms, server
/// functions and the rest, each as its method and its path.
pub fn operations() -> Vec<(Method, String)> {
    let pages = page_paths().iter().map(|it| (Method::GET, it.clone()));
    let forms = form_routes().into_iter().map(|it| (Method::POST, it.0.to_owned()));
    let others = other_routes().into_iter().map(|it| (Method::GET, it.0.to_owned()));
    let functions = server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    pages.chain(forms).chain(others).chain(functions).collect()
}

/// Whether the page with every component is served: in development builds only.
const SHOWS_DESIGN: bool = cfg!(debug_assertions);

/// The pages of the app's route table.
fn page_routes() -> Router<Server> {
    page_paths().iter().fold(Router::new(), |router, path| router.route(path, get(pages::page)))
}

/// What is asked for by GET, and is no page of the app.
fn other_routes() -> Vec<(&'static str, MethodRouter<Server>)> {
    let design = SHOWS_DESIGN.then(|| ("/design", get(pages::design)));
    let others = [
        ("/help/{topic}", get(pages::help)),
        ("/images/{side}/{name}", for_own_pages(get(images::image))),
        ("/audit.csv", get(audit::export)),
        ("/e/{token}", get(door::open)),
        ("/door/{link}/image", for_own_pages(get(door::image))),
        ("/rooms/{room}/sheet", get(class_list::ask)),
        ("/rooms/{room}/meetings/{meeting}/attendance.csv", get(meetings::export)),
        ("/live", for_own_pages(get(live::follow))),
        ("/classroom/{room}/socket", get(classroom::connect)),
        (paths::DEVICES, get(|| async { Redirect::to(paths::ACCOUNT) })),
    ];
    others.into_iter().chain(design).collect()
}

/// What is no page, and only the console's pages ask for.
fn for_own_pages(answer: MethodRouter<Server>) -> MethodRouter<Server> {
    answer.route_layer(from_fn(security::refuse_embedding))
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

/// The forms: each is sent to its own page's path, but for what only the page of a room asks for.
fn form_routes() -> Vec<(&'static str, MethodRouter<Server>)> {
    vec![
        ("/sign-in", form(session::sign_in)),
        ("/sign-out", form(session::sign_out)),
        ("/setup", form(setup::create_first_admin)),
        ("/password", form(password::set)),
        (paths::ACCOUNT, form(account::change_password)),
        (paths::DEVICES, form(account::sign_out_devices)),
        ("/preferences", form(preferences::keep)),
        ("/settings", form(settings::change)),
        ("/users/new", form(user::create)),
        ("/users/{user_id}", form_of(user::edit)),
        ("/users/{user_id}/hand-over", form_of(user::hand_over)),
        ("/users/{user_id}/delete", form_of(user::delete)),
        ("/groups/new", form(group::create)),
        ("/groups/{group}/add", form_of(group::add)),
        ("/groups/{group}/rename", form_of(group::rename)),
        ("/groups/{group}/merge", form_of(group::merge)),
        ("/groups/{group}/delete", form_of(group::delete)),
        ("/rooms/new", form(room::create)),
        ("/rooms/{room}/settings", form_of(room::edit)),
        ("/rooms/{room}/duplicate", form_of(room::duplicate)),
        ("/rooms/{room}/add", form_of(room::add_members)),
        ("/rooms/{room}/owner", form_of(room::hand_over)),
        ("/rooms/{room}/delete", form_of(room::delete)),
        ("/rooms/{room}/enter", form_of(door::enter)),
        ("/door/{link}", form_of(door::enter_by_link)),
        ("/classroom/{room}/leave", form_of(door::leave)),
        ("/rooms/{room}/links", post(class_list::file)),
        ("/rooms/{room}/sheet", post(class_list::sheet)),
    ]
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
