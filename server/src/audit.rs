//! The audit log as a file for spreadsheets.

use app::server::Caller;
use axum::{
    Extension,
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Redirect, Response},
};
use backend::audit::Export;
use domain::{
    RoomId, UserId,
    audit::{AuditAsked, AuditKind, Day},
};
use futures_util::stream;

use crate::{
    errors::Failure, forms::unknown_field, paths, security::is_asked_elsewhere, state::Server,
};

/// A file that is kept, and never shown as a page.
const HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
    (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
];

/// Answers with what the address asks for, as the page of the log does, but all of it.
pub async fn export(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let session = caller.session.ok_or(Failure::SignedOut)?;
    let admin = session.admin().map_err(|_| Failure::Forbidden)?;
    let query = query.unwrap_or_default();
    let (asked, search) = asked(&query)?;
    if is_asked_elsewhere(&headers) {
        // It leaves a line in their name, so it is for them to ask for it, on the page that shows the same.
        return Ok(Redirect::to(&format!("{}?{query}", paths::AUDIT)).into_response());
    }
    let export = server.backend().audit.export(&admin, &asked, &search).await?;
    let lines = stream::unfold(export, |mut export: Export| async move {
        // Once it has begun, what fails can only cut it off, so that it doesn't look complete.
        let lines = export.next().await.inspect_err(|error| {
            tracing::error!(source = std::error::Error::source(error), "an export was cut off");
        });
        lines.transpose().map(|it| (it, export))
    });
    Ok((HEADERS, Body::from_stream(lines)).into_response())
}

/// What the address asks for. What it doesn't know is refused: an export is not to be more than it seems.
fn asked(query: &str) -> Result<(AuditAsked, String), Failure> {
    let (mut asked, mut search) = (AuditAsked::default(), String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.is_empty() {
            continue;
        }
        let known = match &*name {
            "search" => {
                search = value.into_owned();
                true
            }
            "person" => set(&mut asked.person, UserId::parse(&value).ok()),
            "room" => set(&mut asked.room, RoomId::parse(&value)),
            "kind" => set(&mut asked.kind, AuditKind::from_name(&value)),
            "from" => set(&mut asked.from, Day::parse(&value)),
            "until" => set(&mut asked.until, Day::parse(&value)),
            _ => false,
        };
        if !known {
            return Err(unknown_field(&name));
        }
    }
    Ok((asked, search))
}

/// Takes in what was read, if it could be.
fn set<T>(field: &mut Option<T>, read: Option<T>) -> bool {
    *field = read;
    field.is_some()
}
