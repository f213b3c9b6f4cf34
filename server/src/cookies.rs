//! The cookies: who is signed in, and how the console looks for them.

use axum::http::{HeaderMap, header};
use cookie::{Cookie, SameSite, time::Duration};
use domain::entry_link::{EntryToken, LinkId};

use crate::{paths, public_url::PublicUrl};

/// How long a door stays open after its link was opened.
const DOOR_OPEN: Duration = Duration::minutes(15);

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

/// The cookie that holds what stands in a link, for the door of that link alone.
fn door_name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() { "__Secure-rollcall_door" } else { "rollcall_door" }
}

/// What stands in the cookie of a door, if there is one.
pub fn door_token<'a>(headers: &'a HeaderMap, public_url: &PublicUrl) -> Option<&'a str> {
    value(headers, door_name(public_url))
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

/// Names a browser at the doors of rooms. It forgets the name when it is closed.
pub fn entered(secret: String, public_url: &PublicUrl) -> Cookie<'static> {
    safe(entry_name(public_url), secret, public_url)
}

/// Opens the door of a link for a while. Sent back to that door alone, so that the doors of two links
/// don't mix.
pub fn door(token: &EntryToken, public_url: &PublicUrl) -> Cookie<'static> {
    let mut cookie = at_door(token.id(), token.reveal(), public_url);
    cookie.set_max_age(DOOR_OPEN);
    cookie
}

/// Closes the door of a link.
pub fn door_closed(link: &LinkId, public_url: &PublicUrl) -> Cookie<'static> {
    let mut cookie = at_door(link, String::new(), public_url);
    cookie.make_removal();
    cookie
}

fn at_door(link: &LinkId, value: String, public_url: &PublicUrl) -> Cookie<'static> {
    let mut cookie = safe(door_name(public_url), value, public_url);
    cookie.set_path(paths::door(link));
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
    fn the_cookie_of_a_door_is_sent_to_that_door_alone() {
        let token = EntryToken::new(LinkId::from_bits(7), [0; EntryToken::SECRET_BYTES]);
        let https = "https://rollcall.example.org".parse().unwrap();
        let cookie = door(&token, &https).to_string();
        let (start, rest) = cookie.split_once(&token.reveal()).unwrap();
        assert_eq!(start, "__Secure-rollcall_door=");
        assert_eq!(rest, "; HttpOnly; SameSite=Lax; Secure; Path=/door/000000000007; Max-Age=900");
        insta::assert_snapshot!(entered("s".into(), &https), @"__Host-rollcall_entry=s; HttpOnly; SameSite=Lax; Secure; Path=/");
    }

    #[test]
    fn over_tls_the_session_cookie_is_bound_to_this_host() {
        let https = "https://rollcall.example.org".parse().unwrap();
        insta::assert_snapshot!(signed_in("s".into(), &https), @"__Host-rollcall_session=s; HttpOnly; SameSite=Lax; Secure; Path=/");
        let http = "http://127.0.0.1:3000".parse().unwrap();
        insta::assert_snapshot!(signed_in("s".into(), &http), @"rollcall_session=s; HttpOnly; SameSite=Lax; Path=/");
    }
}
