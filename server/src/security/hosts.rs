//! Under which names the console answers.
//!
//! A page of somebody else whose name was pointed at this address would else be of the same origin.

use std::net::SocketAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    public_url::{PublicUrl, is_loopback, is_reachable},
    state::Server,
};

const REMEDY: &str = "set the public URL to the address that people use";

/// The names under which the console answers.
#[derive(Clone, Debug)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// The name people use, and the address it listens on.
    pub fn new(public_url: &PublicUrl, listening_on: SocketAddr) -> Self {
        let listening = PublicUrl::of_address(listening_on);
        Self([public_url, &listening].map(|it| it.host().to_ascii_lowercase()).into())
    }

    fn contains(&self, host: &str) -> bool {
        is_loopback(host) || self.0.iter().any(|it| it.eq_ignore_ascii_case(host))
    }
}

/// Answers 421 under any other name.
pub async fn refuse_foreign_hosts(
    State(server): State<Server>,
    request: Request,
    next: Next,
) -> Response {
    match authority(request.uri(), request.headers()) {
        Some(asked) if server.hosts().contains(asked.host()) => next.run(request).await,
        _ => {
            tracing::warn!("asked under a foreign name; {REMEDY}");
            let said =
                format!("Rollcall doesn't answer under this name. To the operator: {REMEDY}.");
            (StatusCode::MISDIRECTED_REQUEST, said).into_response()
        }
    }
}

/// Under which name and port the server was asked. Nothing where that is not said, or said twice: another
/// server may have read the other name.
pub(super) fn authority(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let mut named = headers.get_all(header::HOST).iter();
    let (host, further) = (named.next(), named.next());
    if further.is_some() {
        return None;
    }
    let asked = match uri.authority() {
        Some(asked) => asked.clone(),
        None => host?.to_str().ok()?.parse().ok()?,
    };
    is_reachable(&asked).then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_answers_under_its_own_names_only() {
        let public_url = "https://Rollcall.example.org".parse().unwrap();
        let hosts = Hosts::new(&public_url, ([192, 168, 1, 5], 3000).into());
        for good in ["rollcall.example.org", "ROLLCALL.EXAMPLE.ORG", "192.168.1.5", "[::1]"] {
            assert!(hosts.contains(good), "{good}");
        }
        for bad in ["evil.example", "rollcall.example.org.evil.example", "192.168.1.6", ""] {
            assert!(!hosts.contains(bad), "{bad}");
        }
    }
}
