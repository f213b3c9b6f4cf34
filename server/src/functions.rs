//! Server functions: what pages ask for once they are alive in the browser.

use app::{error::AppError, server::Caller};
use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Collected};
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
    // To a plain form, functions would answer by leading it back to where it came from.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let provide = move || pages::provide(&server);
    let request = Request::from_parts(parts, body);
    let answer = leptos_axum::handle_server_fns_with_context(provide, request).await;
    blame(answer.into_response()).await
}

/// Tells arguments that can't be read from failures inside: those name the request in the log.
async fn blame(answer: Response) -> Response {
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    if let Ok(AppError::Internal { request_id: None }) = serde_json::from_slice(&body) {
        parts.status = StatusCode::BAD_REQUEST;
    }
    Response::from_parts(parts, Body::from(body))
}
