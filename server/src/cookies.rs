//! The cookies: who is signed in, and how the console looks for them.

use axum::http::{HeaderMap, header};
use cookie::{Cookie, SameSite, time::Duration};

use crate::public_url::PublicUrl;

/// The cookie whose secret proves who is signed in.
///
/// Over TLS its prefix makes browsers refuse one that was set for a whole domain or without TLS.
fn session_name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() { "__Host-rollcall_session" } else { "rollcall_session" }
}

/// The secret of the session cookie, if there is one.
pub fn session_secret<'a>(headers: &'a HeaderMap, public_url: &PublicUrl) -> Option<&'a str> {
    value(headers, session_name(public_url))
}

/// The cookie whose secret names a browser at the doors of rooms.
fn entry_name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() { "__Host-rollcall_entry" } else { "rollcall_entry" }
}

/// The secret of the entry cookie, if there is one.
pub fn entry_secret<'a>(headers: &'a HeaderMap, public_url: &PublicUrl) -> Option<&'a str> {
    value(headers, entry_name(public_url))
}

/// The value of a cookie.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(it, value)| (it == name).then_some(value))
}

/// Signs in. The browser forgets it when it is closed; the server ends the session by its own rules.
pub fn signed_in(secret: String, public_url: &PublicUrl) -> Cookie<'static> {
    safe(session_name(public_url), secret, public_url)
}

/// Signs out.
pub fn signed_out(public_url: &PublicUrl) -> Cookie<'static> {
    let mut cookie = safe(session_name(public_url), String::new(), public_url);
    cookie.make_removal();
    cookie
}

/// Keeps a choice for a year.
pub fn choice(name: &'static str, value: &'static str, public_url: &PublicUrl) -> Cookie<'static> {
    let mut cookie = safe(name, value.to_owned(), public_url);
    cookie.set_max_age(Duration::days(365));
    cookie
}

fn safe(name: &'static str, value: String, public_url: &PublicUrl) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(public_url.is_https())
        .same_site(SameSite::Lax)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers: HeaderMap = [
            (header::COOKIE, "a=1; rollcall_session=abc=".parse().unwrap()),
            (header::COOKIE, "b=2".parse().unwrap()),
        ]
        .into_iter()
        .collect();
        assert_eq!(value(&headers, "rollcall_session"), Some("abc="));
        assert_eq!(value(&headers, "b"), Some("2"));
        assert_eq!(value(&headers, "session"), None);
    }

    #[test]
    fn over_tls_the_session_cookie_is_bound_to_this_host() {
        let https = "https://rollcall.example.org".parse().unwrap();
        insta::assert_snapshot!(signed_in("s".into(), &https), @"__Host-rollcall_session=s; HttpOnly; SameSite=Lax; Secure; Path=/");
        let http = "http://127.0.0.1:3000".parse().unwrap();
        insta::assert_snapshot!(signed_in("s".into(), &http), @"rollcall_session=s; HttpOnly; SameSite=Lax; Path=/");
    }
}
