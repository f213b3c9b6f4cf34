//! Server functions: what pages ask for once they are alive in the browser.

use app::server::Caller;
use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use leptos::server_fn::axum::get_server_fn_service;

use crate::{body, errors::Failure, pages, state::Server};

/// Where all server functions are.
pub const PREFIX: &str = "/api/";

/// Answers a server function, for those who are signed in. Each asks for more by itself.
pub async fn call(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    if caller.session.is_none() {
        return Failure::SignedOut.into_response();
    }
    let (mut parts, body) = request.into_parts();
    if get_server_fn_service(parts.uri.path(), parts.method.clone()).is_none() {
        return Failure::NotFound.into_response();
    }
    // The functions themselves would read a body without end.
    let body = match body::bytes(body, body::LONG_FORM).await {
        Ok(body) => Body::from(body),
        Err(failure) => return failure.into_response(),
    };
    // Else a plain form would be led back to where it came from, whatever the answer.
    parts.headers.remove(header::REFERER);
    let provide = move || pages::provide(&server);
    leptos_axum::handle_server_fns_with_context(provide, Request::from_parts(parts, body))
        .await
        .into_response()
}
