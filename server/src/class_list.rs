//! The entry links of a room's members: a sheet to print, and files.

use app::server::{Caller, Sheet, SheetLinks, dead_links, entry_addresses};
use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use backend::{
    Internal, ShownRefusal,
    links::{Export, Format, LinksRefusal, Whose},
    rooms::RoomOwner,
};
use domain::{Cursor, RoomId, RoomType, form::Pairs};
use futures_util::stream;

use crate::{body, errors::Failure, forms::unknown_field, pages, state::Server};

/// How many links stand on one sheet: some pages of paper, and a document that no browser minds.
const ON_A_SHEET: u32 = 120;

/// Files that are kept, and never shown as pages.
const CSV: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
    (header::CONTENT_DISPOSITION, "attachment; filename=\"entry-links.csv\""),
];
const TEXT: [(HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
    (header::CONTENT_DISPOSITION, "attachment; filename=\"entry-links.txt\""),
];

/// What a path names.
type Named = Result<Path<String>, PathRejection>;

impl From<LinksRefusal> for Failure {
    fn from(refusal: LinksRefusal) -> Self {
        match refusal {
            LinksRefusal::NotFound => Self::NotFound,
            LinksRefusal::Shown(ShownRefusal::Wait { .. }) => Self::TooMany,
            LinksRefusal::Shown(ShownRefusal::Internal(error)) => Self::Internal(error),
        }
    }
}

/// Answers with the links of all members as a file, in the format that the field `as` names.
pub async fn file(
    State(server): State<Server>,
    named: Named,
    request: Request,
) -> Result<Response, Failure> {
    let caller = caller(&request)?;
    let owner = owner(&server, &caller, named).await?;
    let mut pairs = body::pairs(request, body::FORM).await?;
    let (format, headers) = match pairs.take("as").as_deref() {
        Some("csv") => (Format::Csv, CSV),
        Some("text") => {
            let [revoked, expired] = dead_links(caller.locale);
            (Format::Text { revoked, expired }, TEXT)
        }
        _ => return Err(Failure::Unreadable("as: csv or text".to_owned())),
    };
    nothing_else(&pairs)?;
    let list = server.backend().links.make_missing(&owner).await?;
    let export = list.export(format, entry_addresses(&caller.public_url));
    Ok((headers, Body::from_stream(lines(export))).into_response())
}

/// Answers with the page that asks whether the sheet is to be made. It shows no link, and changes nothing.
pub async fn ask(
    State(server): State<Server>,
    named: Named,
    request: Request,
) -> Result<Response, Failure> {
    let owner = owner(&server, &caller(&request)?, named).await?;
    let sheet = Sheet { room: owner.reader().room().clone(), links: None };
    Ok(pages::sheet(&server, request, sheet).await)
}

/// Answers with a sheet, from the place on that the field `at` names.
pub async fn sheet(
    State(server): State<Server>,
    named: Named,
    request: Request,
) -> Result<Response, Failure> {
    let owner = owner(&server, &caller(&request)?, named).await?;
    let (parts, body) = request.into_parts();
    let sent = Request::from_parts(parts.clone(), body);
    let mut pairs = body::pairs(sent, body::FORM).await?;
    let at = pairs.take("at").and_then(|it| Cursor::from_text(&it));
    nothing_else(&pairs)?;
    let links = &server.backend().links;
    let list = links.make_missing(&owner).await?;
    let page = list.page(at.as_ref(), ON_A_SHEET).await?;
    let room = owner.reader().room().clone();
    let first = page.previous.is_none() && room.room_type != RoomType::Private;
    let shared = if first { Some(links.show(&owner, &Whose::Everybody).await?) } else { None };
    let links = SheetLinks { shared, members: page.rows, previous: page.previous, next: page.next };
    let sheet = Sheet { room, links: Some(links) };
    Ok(pages::sheet(&server, Request::from_parts(parts, Body::empty()), sheet).await)
}

/// Who is asking, if they are signed in.
fn caller(request: &Request) -> Result<Caller, Failure> {
    let caller = request.extensions().get::<Caller>().cloned();
    caller.ok_or_else(|| Failure::Internal(Internal::other("nobody noted who is calling")))
}

/// The proof that they may change the room.
async fn owner(server: &Server, caller: &Caller, named: Named) -> Result<RoomOwner, Failure> {
    let staff = caller.session.as_ref().ok_or(Failure::SignedOut)?.staff();
    // What can't be decoded names nothing.
    let room = named.ok().and_then(|it| RoomId::parse(&it.0)).ok_or(Failure::NotFound)?;
    Ok(server.backend().rooms.owner(&staff, &room).await?)
}

fn nothing_else(pairs: &Pairs) -> Result<(), Failure> {
    pairs.iter().next().map_or(Ok(()), |it| Err(unknown_field(it.0)))
}

/// The lines of a file, as they come.
fn lines(export: Export) -> impl stream::Stream<Item = Result<String, Internal>> {
    stream::unfold(export, |mut export| async move {
        // Once it has begun, what fails can only cut it off, so that it doesn't look complete.
        let lines = export.next().await.inspect_err(|error| {
            tracing::error!(source = std::error::Error::source(error), "a list was cut off");
        });
        lines.transpose().map(|it| (it, export))
    })
}
