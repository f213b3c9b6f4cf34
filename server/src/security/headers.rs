//! Headers of every response.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{paths, state::Server};

/// What every response says, unless its handler said otherwise.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    // `no-referrer` would take the `Origin` from forms.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::VARY, "Accept, Cookie"),
];

/// Two years, as browsers' preload lists want it.
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Adds the headers that protect, where the response doesn't bring its own.
pub async fn add_headers(State(server): State<Server>, request: Request, next: Next) -> Response {
    let holds_secret = request.uri().path().starts_with(paths::LINKS);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if holds_secret {
        add(headers, header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    for (name, value) in HEADERS {
        add(headers, name, HeaderValue::from_static(value));
    }
    add(headers, header::CONTENT_SECURITY_POLICY, content_policy(None));
    if server.public_url().is_https() {
        add(headers, header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
    }
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

/// What a page may load and run: scripts only by the nonce of this very response, or none.
pub fn content_policy(nonce: Option<&str>) -> HeaderValue {
    let scripts = nonce.map_or("'none'".to_owned(), |nonce| {
        format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'")
    });
    let policy = format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob:; \
         font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
