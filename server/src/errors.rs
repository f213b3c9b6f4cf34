//! Requests that can't be answered: which status each failure has, and how it is put into words.
//!
//! Handlers answer with a [`Failure`]; [`put_into_words`] writes the page, or the JSON, around it.

use std::{any::Any, error::Error};

use app::{error::AppError, server::Caller};
use axum::{
    Extension, Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use backend::{Internal, InternalKind, rooms::AccessRefusal};
use serde_json::json;

use crate::{functions, paths, state::Server};

/// Why a request can't be answered.
#[derive(Debug)]
pub enum Failure {
    /// What was sent can't be read; the text says what.
    Unreadable(String),
    /// Nobody is signed in.
    SignedOut,
    /// Signed in, but not allowed.
    Forbidden,
    /// Not sent by a page of this console.
    CrossSite,
    /// There is no such thing, or none that this person may see.
    NotFound,
    /// There is such a thing, but that can't be done with it.
    Method,
    /// What was sent took too long.
    TooSlow,
    /// More was sent than is taken.
    TooLarge,
    /// More is asked for at once than one person may.
    TooMany,
    /// Something failed inside, and is logged.
    Internal(Internal),
}

/// What stays of a failure once it is logged.
#[derive(Clone, Debug)]
struct Answer {
    name: &'static str,
    detail: Option<String>,
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(error) => match error.kind() {
                InternalKind::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
                InternalKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                InternalKind::Revoked => StatusCode::FORBIDDEN,
                InternalKind::Repeated => StatusCode::CONFLICT,
                InternalKind::Other => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// The name of the failure in JSON.
    fn name(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::SignedOut => "signed_out",
            Self::Forbidden => "forbidden",
            Self::CrossSite => "cross_site",
            Self::NotFound => "not_found",
            Self::Method => "method",
            Self::TooSlow => "too_slow",
            Self::TooLarge => "too_large",
            Self::TooMany => "too_many",
            Self::Internal(error) => match error.kind() {
                InternalKind::DiskFull => "disk_full",
                InternalKind::Unavailable => "unavailable",
                InternalKind::Revoked => "forbidden",
                InternalKind::Repeated => "repeated",
                InternalKind::Other => "internal",
            },
        }
    }

    /// What failed when a handler panicked.
    pub fn of_panic(_: Box<dyn Any + Send>) -> Response {
        // The panic itself is logged where it happens.
        Self::Internal(Internal::other("a request handler panicked")).into_response()
    }
}

impl From<Internal> for Failure {
    fn from(error: Internal) -> Self {
        Self::Internal(error)
    }
}

impl From<AccessRefusal> for Failure {
    fn from(refusal: AccessRefusal) -> Self {
        match refusal {
            AccessRefusal::NotFound => Self::NotFound,
            AccessRefusal::Forbidden => Self::Forbidden,
            AccessRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, name) = (self.status(), self.name());
        let detail = match self {
            Self::Unreadable(detail) => Some(detail),
            Self::Internal(error) => {
                tracing::error!(source = error.source(), "{error}");
                None
            }
            _ => None,
        };
        (status, Extension(Answer { name, detail }), name).into_response()
    }
}

/// How an answer is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// For a script.
    Json,
    /// For a person.
    Page,
}

impl Wants {
    /// What the request's `Accept` header says.
    pub fn of(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
        let accepted = accepted.unwrap_or_default();
        let by_script = ["application/json", "text/event-stream"];
        let json =
            by_script.iter().any(|it| accepted.contains(it)) && !accepted.contains("text/html");
        if json { Self::Json } else { Self::Page }
    }
}

/// Writes the page, or the JSON, that says why a request can't be answered.
pub async fn put_into_words(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let wants = Wants::of(request.headers());
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let Some(answer) = response.extensions_mut().remove::<Answer>() else { return response };
    let status = response.status();
    let request_id = caller.context.request_id.clone();
    let error = AppError::from_status(status.as_u16(), Some(request_id.clone()));
    if path.starts_with(functions::PREFIX) {
        // Where server functions are called, their own errors are expected.
        return (status, Json(error)).into_response();
    }
    match wants {
        Wants::Json => {
            let Answer { name, detail } = answer;
            let said = json!({ "error": name, "detail": detail, "request_id": request_id });
            (status, Json(said)).into_response()
        }
        Wants::Page if status == StatusCode::UNAUTHORIZED => {
            Redirect::to(&paths::sign_in_first(&path)).into_response()
        }
        Wants::Page => {
            (status, Html(app::server::error_document(&error, &caller, server.assets())))
                .into_response()
        }
    }
}
