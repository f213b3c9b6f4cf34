//! Profile images, for those who are signed in.

use app::server::Caller;
use axum::{
    Extension,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use domain::image::{ImageName, ImageSize};

use crate::{errors::Failure, state::Server};

/// What is said with an image: it never changes, it is for this person, and it is nothing but an
/// image, whatever is in it.
const HEADERS: [(HeaderName, &str); 2] = [
    (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
];

/// Answers with an image.
pub async fn image(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    named: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Failure> {
    // What can't be decoded names nothing.
    let Path((pixels, name)) = named.map_err(|_| Failure::NotFound)?;
    let size = pixels.parse().ok().and_then(ImageSize::from_side);
    let (Some(_), Some(size), Some(name)) = (caller.session, size, ImageName::parse(&name)) else {
        return Err(Failure::NotFound);
    };
    let bytes = server.backend().images.shown(&name, size).await?.ok_or(Failure::NotFound)?;
    let kind = [(header::CONTENT_TYPE, name.content_type())];
    Ok((HEADERS, kind, bytes).into_response())
}
