//! What server functions and pages need of the server: who is calling, and the use cases.

use std::sync::Arc;

use backend::{
    Backend,
    accounts::{Admin, Context, Session},
};
use http::{StatusCode, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

use crate::{error::AppError, i18n::Locale, theme::Theme};

/// Who is calling, and from where. The server puts one into the extensions of every request.
#[derive(Clone)]
pub struct Caller {
    /// Who is signed in, if anybody.
    pub session: Option<Session>,
    /// Where the request comes from.
    pub context: Context,
    /// The reader's language.
    pub locale: Locale,
    /// How the console looks for them.
    pub theme: Theme,
    /// Whether the console is reached in a way that others could listen to.
    pub insecure: bool,
}

/// The use cases.
pub(crate) fn backend() -> Arc<Backend> {
    expect_context::<Arc<Backend>>()
}

/// Who is calling.
pub(crate) fn caller() -> Result<Caller, AppError> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Caller>().cloned())
        .ok_or(AppError::Internal { request_id: None })
}

/// Who is signed in.
pub(crate) fn session() -> Result<Session, AppError> {
    caller()?.session.ok_or_else(|| answer(AppError::SignedOut))
}

/// The proof that an Admin is calling.
pub(crate) fn admin() -> Result<Admin, AppError> {
    session()?.admin().map_err(|_| answer(AppError::Forbidden))
}

/// Gives the response the error's status. The one place from which errors leave server functions.
pub(crate) fn answer(error: AppError) -> AppError {
    if let (Some(response), Ok(status)) =
        (use_context::<ResponseOptions>(), StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    error
}

/// Logs what happened inside, once, and says no more than that outside.
pub(crate) fn reject(error: &backend::Internal) -> AppError {
    let request_id = caller().map(|it| it.context.request_id).ok();
    tracing::error!(request_id, %error, source = ?error, "a use case failed");
    answer(match error.kind() {
        backend::Kind::Unavailable => AppError::Unavailable,
        backend::Kind::DiskFull => AppError::DiskFull,
        backend::Kind::Other => AppError::Internal { request_id },
    })
}

/// What was looked for, or the answer that there is no such thing.
pub(crate) fn found<T>(thing: Option<T>) -> Result<T, AppError> {
    thing.ok_or_else(|| answer(AppError::NotFound))
}
