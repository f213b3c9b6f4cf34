//! Refusing what other sites let their visitors send.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::hosts::authority;
use crate::{errors::Failure, state::Server};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Answers 403 to whatever could change something and was not sent by a page of this console.
pub async fn refuse_cross_site(
    State(server): State<Server>,
    request: Request,
    next: Next,
) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_own(&server, request.uri(), request.headers()) {
        next.run(request).await
    } else {
        Failure::CrossSite.into_response()
    }
}

/// Whether a page of this console sent it. Browsers say so; where they don't, the origin counts.
fn is_own(server: &Server, uri: &Uri, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let origin = headers.get(header::ORIGIN).or_else(|| headers.get(header::REFERER));
    let origin = origin.and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<Uri>().ok());
    origin.is_some_and(|origin| {
        server.public_url().is_origin_of(&origin) || is_same_host(&origin, authority(uri, headers))
    })
}

fn is_same_host(origin: &Uri, asked: Option<Authority>) -> bool {
    let (Some(origin), Some(asked)) = (origin.authority(), asked) else { return false };
    origin.as_str().eq_ignore_ascii_case(asked.as_str())
}
