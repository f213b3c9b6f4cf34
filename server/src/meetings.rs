//! Attendance of a meeting as a file for spreadsheets.

use app::server::Caller;
use axum::{
    Extension,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{RoomId, classroom::MeetingNumber};

use crate::{errors::Failure, paths, security::is_asked_elsewhere, state::Server};

/// Room and meeting, as a path names them.
type Named = Result<Path<(String, String)>, PathRejection>;

/// Answers with who came to the meeting that the path names, as its page does, but with all of them.
pub async fn export(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    named: Named,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let staff = caller.session.ok_or(Failure::SignedOut)?.staff();
    // What can't be decoded names nothing.
    let Path((room, number)) = named.map_err(|_| Failure::NotFound)?;
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let number = MeetingNumber::parse(&number).ok_or(Failure::NotFound)?;
    let backend = server.backend();
    let reader = backend.rooms.reader(&staff, &room).await?;
    if is_asked_elsewhere(&headers) {
        // It leaves a line in their name, so it is for them to ask for it, on the page that shows the same.
        return Ok(Redirect::to(&paths::meeting(&room, number)).into_response());
    }
    let table = backend.meetings.export(&reader, number).await?.ok_or(Failure::NotFound)?;
    let name = format!("attachment; filename=\"attendance-{}.csv\"", number.0);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, table).into_response())
}
