//! The address a request comes from, through proxies that are trusted to tell.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use serde::Deserialize;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// One IP address, or a network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network(IpNet);

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let raw = raw.trim();
        raw.parse::<IpNet>()
            .or_else(|_| raw.parse::<IpAddr>().map(IpNet::from))
            .map(Self)
            .map_err(|_| "expected an IP address or a network, such as 10.0.0.0/8")
    }
}

impl TryFrom<String> for Network {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

/// The address of whoever sent the request: the nearest one that isn't a trusted proxy.
///
/// Each proxy appends whom it heard from, so the list is read from its end, and only as far as
/// those who wrote it are trusted.
pub fn client(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|it| it.contains(address));
    let mut nearest = peer.ip().to_canonical();
    let forwarded = headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = forwarded.filter_map(|it| it.to_str().ok()).flat_map(|it| it.rsplit(','));
    for hop in hops {
        if !is_trusted(nearest) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => nearest = address.to_canonical(),
            Err(_) => break,
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn client_of(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let headers = forwarded.iter().map(|it| (FORWARDED_FOR, it.parse().unwrap())).collect();
        let trusted: Vec<Network> = trusted.iter().map(|it| it.parse().unwrap()).collect();
        client(SocketAddr::new(peer.parse().unwrap(), 1), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_say_where_a_request_comes_from() {
        for (peer, forwarded, trusted, expected) in [
            ("203.0.113.9", vec!["198.51.100.1"], vec![], "203.0.113.9"),
            ("10.0.0.1", vec!["198.51.100.1"], vec!["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", vec!["1.1.1.1, 198.51.100.1"], vec!["10.0.0.1"], "198.51.100.1"),
            ("10.0.0.1", vec!["198.51.100.1, 10.0.0.2"], vec!["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", vec!["198.51.100.1", "10.0.0.2"], vec!["10.0.0.0/8"], "198.51.100.1"),
            ("10.0.0.1", vec!["nonsense"], vec!["10.0.0.0/8"], "10.0.0.1"),
            ("10.0.0.1", vec![], vec!["10.0.0.0/8"], "10.0.0.1"),
            ("::ffff:10.0.0.1", vec!["2001:db8::1"], vec!["10.0.0.1"], "2001:db8::1"),
        ] {
            assert_eq!(client_of(peer, &forwarded, &trusted), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn networks_are_read_with_and_without_a_length() {
        assert!("10.0.0.0/8".parse::<Network>().is_ok());
        assert!("2001:db8::1".parse::<Network>().is_ok());
        assert!("proxy".parse::<Network>().is_err());
    }

    proptest! {
        #[test]
        fn whoever_is_no_proxy_names_no_other_address(
            peer: IpAddr,
            said in proptest::collection::vec("([0-9a-f:.]{1,15}|127.0.0.1|,|[ -~]{0,6}){1,4}", 0..4),
        ) {
            let headers: HeaderMap = said.iter().filter_map(|it| Some((FORWARDED_FOR, it.parse().ok()?))).collect();
            let peer = SocketAddr::new(peer, 1);
            prop_assert_eq!(client(peer, &headers, &[]), peer.ip().to_canonical());
            // Whatever a proxy passes on, there is an address in the end.
            client(peer, &headers, &["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()]);
        }
    }
}
