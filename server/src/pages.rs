//! Pages: rendered by the app, with what they need of the server.

use app::{
    server::{Caller, provide_caller},
    submission::Submission,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use backend::accounts::Session;
use domain::ConsoleRole;
use leptos::{
    context::{provide_context, use_context},
    nonce::use_nonce,
};
use leptos_axum::ResponseOptions;

use crate::{errors::Failure, paths, security::content_policy, site, state::Server};

/// Pages for people who are not signed in.
const AT_THE_DOOR: [&str; 2] = [paths::SIGN_IN, paths::SETUP];

/// Answers with the page of that path; whoever isn't signed in is led to the door first.
pub async fn page(State(server): State<Server>, request: Request) -> Response {
    let path = request.uri().path();
    if AT_THE_DOOR.contains(&path) {
        return render(&server, request, None).await;
    }
    if let Some(role) = role(&request) {
        let mut response = render(&server, request, None).await;
        if role != ConsoleRole::Admin {
            *response.status_mut() = StatusCode::FORBIDDEN;
        }
        return response;
    }
    let asked = request.uri().path_and_query().map_or(path, |it| it.as_str());
    Redirect::to(&paths::sign_in_first(asked)).into_response()
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
    if let Some(caller) =
        use_context::<Parts>().and_then(|it| it.extensions.get::<Caller>().cloned())
    {
        provide_caller(&caller);
    }
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
        provide_context(site::preload(response.clone()));
        response.insert_header(header::CONTENT_SECURITY_POLICY, content_policy(Some(&nonce)));
    }
}

/// The role of whoever is signed in.
fn role(request: &Request) -> Option<ConsoleRole> {
    request.extensions().get::<Caller>()?.session.as_ref().map(Session::role)
}
