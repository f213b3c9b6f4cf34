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
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = lines.flat_map(|it| it.as_bytes().rsplit(|byte| *byte == b','));
    for hop in hops {
        if !is_trusted(nearest) {
            break;
        }
        // What can't be read hides whatever was written before it, which anybody may have sent.
        let Some(address) = address_of(hop) else { break };
        nearest = address;
    }
    nearest
}

/// The address of a hop, which some proxies write with the port that it came from.
fn address_of(hop: &[u8]) -> Option<IpAddr> {
    let hop = str::from_utf8(hop).ok()?.trim();
    let bare = hop.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse::<IpAddr>().ok();
    address.or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip())).map(|it| it.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn client_of(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let line = |it: &&str| (FORWARDED_FOR, HeaderValue::from_bytes(it.as_bytes()).unwrap());
        let headers = forwarded.iter().map(line).collect();
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
    fn addresses_are_read_however_proxies_write_them() {
        for (written, expected) in [
            ("198.51.100.1:4711", "198.51.100.1"),
            ("  198.51.100.1\t", "198.51.100.1"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
            ("2001:DB8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
        ] {
            assert_eq!(client_of("10.0.0.1", &[written], &["10.0.0.1"]), expected, "{written}");
        }
    }

    #[test]
    fn what_cannot_be_read_hides_what_was_sent_before_it() {
        for unreadable in
            ["é", "unknown", "", "_hidden", "198.51.100.1:port", "1.2.3", "198.51.100.1 x"]
        {
            let (proxy, sent) = ("10.0.0.1", "192.0.2.66");
            let lines = [format!("{sent}, {unreadable}"), format!("{unreadable}, 198.51.100.1")];
            let [open, whole] = lines.each_ref().map(String::as_str);
            for (forwarded, expected) in [
                (vec![open], proxy),
                (vec![sent, unreadable], proxy),
                (vec![whole], "198.51.100.1"),
                // Whoever sends a line of their own before it is named no more by it.
                (vec![sent, whole], "198.51.100.1"),
                (vec![sent, "é, 10.0.0.1"], proxy),
            ] {
                assert_eq!(client_of(proxy, &forwarded, &[proxy]), expected, "{forwarded:?}");
            }
        }
    }

    #[test]
    fn of_however_many_hops_the_nearest_that_is_no_proxy_counts() {
        let many = vec!["192.0.2.66, 10.0.0.3"; 5_000].join(", ");
        let line = format!("{many}, 198.51.100.1, 10.0.0.2");
        assert_eq!(client_of("10.0.0.1", &[&line], &["10.0.0.0/8"]), "198.51.100.1");
        let proxies = vec!["10.0.0.2"; 5_000].join(",");
        assert_eq!(client_of("10.0.0.1", &[&proxies], &["10.0.0.0/8"]), "10.0.0.2");
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
