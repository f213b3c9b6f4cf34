//! Refusing what other sites let their visitors send.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::hosts::authority;
use crate::{errors::Failure, public_url::PublicUrl, state::Server};

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

/// Answers 403 to pages of other sites that ask for what is no page: with the cookies of whoever looks at
/// them, they would take what is bounded for each person.
pub async fn refuse_embedding(request: Request, next: Next) -> Response {
    if is_asked_elsewhere(request.headers()) {
        Failure::CrossSite.into_response()
    } else {
        next.run(request).await
    }
}

/// Whether the browser says that a page of another site asked.
pub fn is_asked_elsewhere(headers: &HeaderMap) -> bool {
    headers.get(FETCH_SITE).is_some_and(|it| !is_here(it))
}

/// Whether a page of this console asked, or the person themselves.
fn is_here(site: &HeaderValue) -> bool {
    site == "same-origin" || site == "none"
}

/// Whether a page of this console sent it. Browsers say so; where they don't, the origin counts.
fn is_own(server: &Server, uri: &Uri, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return is_here(site);
    }
    let origin = headers.get(header::ORIGIN).or_else(|| headers.get(header::REFERER));
    is_own_origin(server, uri, headers, origin)
}

/// Whether a page of this console opens that socket. Every browser says which page does.
pub fn is_own_socket(server: &Server, uri: &Uri, headers: &HeaderMap) -> bool {
    !is_asked_elsewhere(headers) && is_own_origin(server, uri, headers, headers.get(header::ORIGIN))
}

fn is_own_origin(
    server: &Server,
    uri: &Uri,
    headers: &HeaderMap,
    origin: Option<&HeaderValue>,
) -> bool {
    let origin = origin.and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<Uri>().ok());
    origin.is_some_and(|origin| {
        let public_url = server.public_url();
        public_url.is_origin_of(&origin)
            || is_same_host(&origin, authority(uri, headers), public_url)
    })
}

/// Whether a page of the host sent it that was asked, such as this machine without the proxy.
fn is_same_host(origin: &Uri, asked: Option<Authority>, public_url: &PublicUrl) -> bool {
    let (Some(host), Some(asked)) = (origin.authority(), asked) else { return false };
    // Where people use https, whoever is on the way may have written a page of the same name over http.
    let may_be_forged = public_url.is_https()
        && origin.scheme_str() != Some("https")
        && host.host().eq_ignore_ascii_case(public_url.host());
    !may_be_forged && host.as_str().eq_ignore_ascii_case(asked.as_str())
}
