//! Server functions: what pages ask for once they are alive in the browser.

use axum::{
    body::Body,
    extract::{Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use leptos::server_fn::axum::get_server_fn_service;

use crate::{body, errors::Failure, pages, state::Server};

/// Answers a server function.
pub async fn call(State(server): State<Server>, request: Request) -> Response {
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
