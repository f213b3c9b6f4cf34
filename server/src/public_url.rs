//! The address under which people reach the console.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::http::{Uri, uri::Authority};
use serde::Deserialize;

/// Scheme, host and port, such as `https://rollcall.example.org`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl {
    secure: bool,
    authority: Authority,
}

impl PublicUrl {
    /// The URL of a server that listens there and has no other name.
    #[must_use]
    pub fn of_address(address: SocketAddr) -> Self {
        let shown = if address.ip().is_unspecified() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        };
        let authority = shown.parse().unwrap_or_else(|_| Authority::from_static("localhost"));
        Self { secure: false, authority }
    }

    /// Whether it is reached over TLS.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.secure
    }

    /// Whether others on the network could listen to what is sent.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        !self.secure && !is_loopback(self.host())
    }

    /// The host, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// Whether an `Origin` or `Referer` header speaks of this address.
    #[must_use]
    pub fn is_origin_of(&self, url: &Uri) -> bool {
        let Some(authority) = url.authority() else { return false };
        let scheme = if self.secure { "https" } else { "http" };
        let default = if self.secure { 443 } else { 80 };
        url.scheme_str() == Some(scheme)
            && authority.host().eq_ignore_ascii_case(self.host())
            && authority.port_u16().unwrap_or(default)
                == self.authority.port_u16().unwrap_or(default)
    }
}

/// Whether an authority is a host, perhaps with a port, and nothing else.
#[must_use]
pub fn is_reachable(authority: &Authority) -> bool {
    let (whole, host) = (authority.as_str(), authority.host());
    !host.is_empty()
        && !whole.contains('@')
        && (whole == host || authority.port_u16().is_some_and(|it| it > 0))
}

/// Whether a host names this very machine.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let name = bare.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.authority)
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str =
            "expected http:// or https:// and a host, such as https://rollcall.example.org";
        let url: Uri = raw.parse().map_err(|_| EXPECTED)?;
        let authority = url.authority().ok_or(EXPECTED)?;
        let secure = match url.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(EXPECTED),
        };
        if !is_reachable(authority) {
            return Err(EXPECTED);
        }
        if url.path_and_query().is_some_and(|it| it.as_str() != "/") {
            return Err(
                "expected no path after the host: Rollcall is served at the root of a host",
            );
        }
        Ok(Self { secure, authority: authority.clone() })
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_hosts_reached_by_http_are_public_urls() {
        for good in ["http://127.0.0.1:3000", "https://rollcall.example.org", "http://[::1]:3000"] {
            assert_eq!(good.parse::<PublicUrl>().unwrap().to_string(), good);
        }
        for bad in ["", "rollcall", "ftp://x", "https://x/console", "https://a@b", "https://x/?a"]
            .into_iter()
            .chain(["http://", "http://:80", "http://x:", "http://x:99999", "http://x:0"])
        {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn plain_http_is_insecure_but_on_this_machine() {
        for (url, insecure) in [
            ("https://rollcall.example.org", false),
            ("http://localhost:3000", false),
            ("http://[::1]", false),
            ("http://127.0.0.2:3000", false),
            ("http://192.168.1.5:3000", true),
        ] {
            assert_eq!(url.parse::<PublicUrl>().unwrap().is_insecure(), insecure, "{url}");
        }
    }

    #[test]
    fn default_ports_need_not_be_written() {
        let url: PublicUrl = "https://rollcall.example.org:443".parse().unwrap();
        for (origin, same) in [
            ("https://rollcall.example.org", true),
            ("https://ROLLCALL.example.org:443/users", true),
            ("http://rollcall.example.org", false),
            ("https://rollcall.example.org:8443", false),
            ("https://rollcall.example.org.evil.example", false),
        ] {
            assert_eq!(url.is_origin_of(&origin.parse().unwrap()), same, "{origin}");
        }
    }

    #[test]
    fn a_server_on_every_address_is_reached_on_this_machine() {
        let url = PublicUrl::of_address(([0, 0, 0, 0], 8080).into());
        assert_eq!(url.to_string(), "http://localhost:8080");
    }

    proptest! {
        #[test]
        fn a_public_url_is_read_as_it_is_written(raw in "(https?|ftp)://[a-z0-9.:@/?#\\[\\]-]{0,20}") {
            if let Ok(url) = raw.parse::<PublicUrl>() {
                prop_assert_eq!(url.to_string().parse::<PublicUrl>(), Ok(url.clone()));
                prop_assert!(!url.host().is_empty() && !url.host().contains(['/', '@', '?', '#']));
            }
        }
    }
}
