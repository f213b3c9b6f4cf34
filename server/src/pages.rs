//! Pages: rendered by the app, with what they need of the server.

use app::{
    Entrant,
    server::{
        Caller, Sheet, design_document, help_document, is_help_topic, provide_caller,
        sheet_document,
    },
    submission::Submission,
};
use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use backend::accounts::Session;
use domain::{ConsoleRole, RoomId};
use leptos::{
    IntoView,
    context::{provide_context, use_context},
    nonce::use_nonce,
};
use leptos_axum::ResponseOptions;

use crate::{
    classroom::door, errors::Failure, forms::password, paths, security::content_policy, site,
    state::Server,
};

/// Pages for people who are not signed in.
const AT_THE_DOOR: [&str; 3] = [paths::SIGN_IN, paths::SETUP, paths::LEFT];

/// A page between a link, or the console, and a classroom.
enum Place {
    /// The door of that link.
    Link(String),
    /// The door of that room.
    Room(String),
    /// What is behind it.
    Classroom(String),
}

impl Place {
    fn of(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.split('/').skip(1).collect();
        match parts[..] {
            ["door", link] => Some(Self::Link(link.to_owned())),
            ["rooms", room, "enter"] => Some(Self::Room(room.to_owned())),
            ["classroom", room] => Some(Self::Classroom(room.to_owned())),
            _ => None,
        }
    }
}

/// Answers with the page of that path; whoever isn't signed in is led to the door first.
pub async fn page(State(server): State<Server>, request: Request) -> Response {
    let path = request.uri().path();
    if path == paths::PASSWORD {
        return set_password(&server, request).await.unwrap_or_else(IntoResponse::into_response);
    }
    if let Some(place) = Place::of(path) {
        return before_a_room(&server, request, place)
            .await
            .unwrap_or_else(IntoResponse::into_response);
    }
    if AT_THE_DOOR.contains(&path) {
        return render(&server, request, None).await;
    }
    let Some(role) = role(&request) else { return to_the_door(&request) };
    let allowed = role == ConsoleRole::Admin || app::is_for_teachers(path);
    let mut response = render(&server, request, None).await;
    if !allowed {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    response
}

/// Answers with the form that sets a password, for whoever opens the one-time link.
async fn set_password(server: &Server, request: Request) -> Result<Response, Failure> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (opened, status) = password::opened(server, &query).await?;
    let mut response = render(server, request, Some(opened)).await;
    *response.status_mut() = status;
    Ok(response)
}

/// Answers with the door of a room, or with its classroom for whoever has come through.
async fn before_a_room(
    server: &Server,
    request: Request,
    place: Place,
) -> Result<Response, Failure> {
    let role = role(&request);
    let (mut parts, body) = request.into_parts();
    let (door, status) = match place {
        Place::Link(link) => {
            let (door, status) = door::look_by_link(server, &parts, &link).await?;
            (Some(door), status)
        }
        Place::Room(room) => (Some(door::look(server, &parts, &room).await?), StatusCode::OK),
        Place::Classroom(room) => {
            if let Some(elsewhere) = led_to_the_door(server, &parts, role, &room).await? {
                return Ok(elsewhere.into_response());
            }
            let zone = server.backend().settings.zone().name().to_string();
            parts.extensions.insert(Entrant { zone });
            (None, StatusCode::OK)
        }
    };
    let mut response = render(server, Request::from_parts(parts, body), door).await;
    *response.status_mut() = status;
    Ok(response)
}

/// Where whoever asks for a classroom is led, as far as they may know of one; nowhere where they have come
/// through its door.
async fn led_to_the_door(
    server: &Server,
    parts: &Parts,
    role: Option<ConsoleRole>,
    room: &str,
) -> Result<Option<Redirect>, Failure> {
    if let Some(room) = RoomId::parse(room) {
        if door::has_entry(server, parts, &room).await? {
            return Ok(None);
        }
        if door::is_there(server, parts, &room).await? {
            return Ok(Some(Redirect::to(&paths::enter(&room))));
        }
    }
    match role {
        Some(_) => Err(Failure::NotFound),
        // Whoever came by a link comes back by it.
        None => Ok(Some(Redirect::to(paths::DOOR_OF_NO_LINK))),
    }
}

/// Leads to sign-in, and from there to what was asked for.
fn to_the_door(request: &Request) -> Response {
    let uri = request.uri();
    let asked = uri.path_and_query().map_or(uri.path(), |it| it.as_str());
    Redirect::to(&paths::sign_in_first(asked)).into_response()
}

/// Answers with an article of the help.
pub async fn help(
    State(server): State<Server>,
    topic: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    // What can't be decoded names nothing.
    let topic = topic.map_or_else(|_| String::new(), |it| it.0);
    if !is_help_topic(&topic) && role(&request).is_some() {
        return Failure::NotFound.into_response();
    }
    if role(&request).is_none() {
        return to_the_door(&request);
    }
    still(&server, request, help_document).await
}

/// Answers with the page that shows every component.
pub async fn design(State(server): State<Server>, request: Request) -> Response {
    match role(&request) {
        None => to_the_door(&request),
        Some(ConsoleRole::Admin) => still(&server, request, design_document).await,
        Some(_) => Failure::Forbidden.into_response(),
    }
}

/// Answers with a sheet of entry links.
pub async fn sheet(server: &Server, mut request: Request, sheet: Sheet) -> Response {
    // Rendered as a page is, also where a form asked for it.
    *request.method_mut() = Method::GET;
    let server = server.clone();
    let context = move || {
        provide(&server);
        provide_context(sheet.clone());
    };
    leptos_axum::render_app_async_with_context(context, sheet_document)(request).await
}

/// A document without a script.
async fn still<V: IntoView + 'static>(
    server: &Server,
    request: Request,
    document: fn() -> V,
) -> Response {
    let server = server.clone();
    leptos_axum::render_app_async_with_context(move || provide(&server), document)(request).await
}

/// Answers for paths that lead nowhere; one slash too many leads to the page that was meant.
pub async fn not_found(State(server): State<Server>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Failure::NotFound.into_response();
    }
    let path = request.uri().path();
    let meant = paths::on_this_site(path.trim_end_matches('/')).filter(|it| *it != path);
    if let Some(meant) = meant {
        return Redirect::to(meant).into_response();
    }
    let mut response = render(&server, request, None).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The page from which a form came, with what was typed and what is wrong.
pub async fn again(server: &Server, mut form: Parts, refused: Submission) -> Response {
    form.method = Method::GET;
    form.headers.remove(header::CONTENT_LENGTH);
    form.headers.remove(header::CONTENT_TYPE);
    render(server, Request::from_parts(form, Body::empty()), Some(refused)).await
}

async fn render(server: &Server, request: Request, refused: Option<Submission>) -> Response {
    let context = {
        let server = server.clone();
        move || {
            provide(&server);
            if let Some(refused) = &refused {
                refused.provide();
            }
        }
    };
    leptos_axum::render_app_async_with_context(context, app::shell)(request).await
}

/// Provides what pages and server functions find in their context.
pub fn provide(server: &Server) {
    provide_context(server.backend().clone());
    provide_context(server.assets());
    let parts = use_context::<Parts>();
    let caller = parts.as_ref().and_then(|it| it.extensions.get::<Caller>().cloned());
    let entrant = parts.and_then(|it| it.extensions.get::<Entrant>().cloned());
    let lives = entrant.is_some() || caller.as_ref().is_some_and(|it| it.session.is_some());
    if let Some(entrant) = entrant {
        provide_context(entrant);
    }
    if let Some(caller) = caller {
        provide_caller(&caller);
    }
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
        // At the door no script runs.
        if lives {
            provide_context(site::preload(response.clone()));
        }
        response.insert_header(header::CONTENT_SECURITY_POLICY, content_policy(Some(&nonce)));
    }
}

/// The role of whoever is signed in.
fn role(request: &Request) -> Option<ConsoleRole> {
    request.extensions().get::<Caller>()?.session.as_ref().map(Session::role)
}
