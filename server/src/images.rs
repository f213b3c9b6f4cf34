//! Profile images: for those who are signed in, for those who may be in a classroom those of who is there, and
//! one's own at the door of a link.

use app::server::Caller;
use axum::{
    Extension,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};
use domain::image::{ImageName, ImageSize};

use crate::{classroom::door, cookies, errors::Failure, state::Server};

/// Said with an image whose address changes with it: it is for this person, and never another one.
const IMMUTABLE: [(HeaderName, &str); 1] =
    [(header::CACHE_CONTROL, "private, max-age=31536000, immutable")];
/// Said with every image: it is nothing but that, whatever is in it.
const ISOLATED: [(HeaderName, &str); 1] =
    [(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")];

/// Answers with an image.
pub async fn image(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    named: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Failure> {
    // What can't be decoded names nothing.
    let Path((pixels, name)) = named.map_err(|_| Failure::NotFound)?;
    let size = pixels.parse().ok().and_then(ImageSize::from_side);
    let (Some(size), Some(name)) = (size, ImageName::parse(&name)) else {
        return Err(Failure::NotFound);
    };
    if caller.session.is_none() && !is_in_class(&server, &headers, &name).await? {
        return Err(Failure::NotFound);
    }
    let image = answer(&server, &name, size).await?;
    Ok((IMMUTABLE, image).into_response())
}

/// Whether it is the picture of somebody in a meeting into whose room an entry of the browser leads.
async fn is_in_class(
    server: &Server,
    headers: &HeaderMap,
    name: &ImageName,
) -> Result<bool, Failure> {
    let Some(browser) = cookies::entry_secret(headers, server.public_url()) else {
        return Ok(false);
    };
    let rooms = server.backend().door.rooms_of(browser, door::inside(server)).await?;
    Ok(server.backend().classroom.shows(&rooms, name))
}

/// Answers with an image whose address is the same whatever it shows.
pub async fn at_a_door(
    server: &Server,
    name: &ImageName,
    size: ImageSize,
) -> Result<Response, Failure> {
    Ok(answer(server, name, size).await?.into_response())
}

async fn answer(
    server: &Server,
    name: &ImageName,
    size: ImageSize,
) -> Result<impl IntoResponse + use<>, Failure> {
    let bytes = server.backend().images.shown(name, size).await?.ok_or(Failure::NotFound)?;
    Ok((ISOLATED, [(header::CONTENT_TYPE, name.content_type())], bytes))
}
