//! Server functions: what pages ask for once they are alive in the browser.

use std::collections::HashMap;

use app::{
    error::AppError,
    server::{Caller, arguments_of},
};
use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Collected};
use leptos::server_fn::axum::get_server_fn_service;
use serde::de::IgnoredAny;

use crate::{body, errors::Failure, forms::unknown_field, pages, state::Server};

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
    let Some(arguments) = arguments_of(parts.uri.path()) else {
        return Failure::NotFound.into_response();
    };
    // The functions themselves would read a body without end.
    let body = match body::bytes(body, body::LONG_FORM).await {
        Ok(body) => body,
        Err(failure) => return failure.into_response(),
    };
    let mut sent = named_in_form(parts.uri.query().unwrap_or_default().as_bytes());
    sent.extend(if is_json(&parts.headers) { named_in_json(&body) } else { named_in_form(&body) });
    if let Some(name) = sent.iter().find(|it| !arguments.contains(&it.as_str())) {
        return unknown_field(name).into_response();
    }
    let body = Body::from(body);
    // To a plain form, functions would answer by leading it back to where it came from.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let provide = move || pages::provide(&server);
    let request = Request::from_parts(parts, body);
    let answer = leptos_axum::handle_server_fns_with_context(provide, request).await;
    blame(answer.into_response()).await
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|it| it.starts_with("application/json"))
}

/// The arguments that a query or form names; their parts stand behind them in brackets.
fn named_in_form(form: &[u8]) -> Vec<String> {
    let names = form_urlencoded::parse(form).map(|(name, _)| name);
    names.map(|it| it.split('[').next().unwrap_or_default().to_owned()).collect()
}

/// The arguments that an object names. What is none is refused by the function itself.
fn named_in_json(object: &[u8]) -> Vec<String> {
    let object: HashMap<String, Option<IgnoredAny>> =
        serde_json::from_slice(object).unwrap_or_default();
    object.into_keys().collect()
}

/// Gives arguments that can't be read their status: the framework takes them for failures inside.
async fn blame(answer: Response) -> Response {
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    if let Ok(AppError::Unreadable) = serde_json::from_slice(&body) {
        parts.status = StatusCode::BAD_REQUEST;
    }
    Response::from_parts(parts, Body::from(body))
}
