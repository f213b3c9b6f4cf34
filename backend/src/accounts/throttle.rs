//! Slowing down those who guess passwords, without locking anybody out.
//!
//! Each address has a bucket of tokens that refills with time, and so has each account as tried from
//! that address; an attempt that is looked at takes one of each. Kept in memory: a restart forgives.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::Timestamp;

use crate::allowance::{Allowance, Rate};

/// An account takes ten attempts at once, then one every two seconds.
const ACCOUNT: Rate = Rate { burst: 10, micros_per_token: 2_000_000 };
/// An address takes more: a whole school may be behind one.
const ADDRESS: Rate = Rate { burst: 100, micros_per_token: 1_000_000 };
/// The most buckets of one kind that are remembered.
const MOST: usize = 10_000;

/// The buckets of all accounts and addresses.
#[derive(Debug)]
pub(super) struct Throttle {
    accounts: Mutex<Buckets>,
    addresses: Mutex<Buckets>,
}

/// An attempt came too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Throttled {
    /// Seconds until the next attempt is looked at.
    pub(super) seconds: u32,
    /// Whether it is the first that came too early, since there was no lack of tokens.
    pub(super) first: bool,
}

#[derive(Debug)]
struct Buckets {
    rate: Rate,
    buckets: HashMap<String, Bucket>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    allowance: Allowance,
    refused: bool,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            accounts: Mutex::new(Buckets::new(ACCOUNT)),
            addresses: Mutex::new(Buckets::new(ADDRESS)),
        }
    }
}

impl Throttle {
    /// Takes a token of the address, and of the account where there can be one. Whoever goes on at one
    /// account takes nothing from the others behind the same address.
    pub(super) fn take(
        &self,
        account: Option<&str>,
        address: &str,
        now: Timestamp,
    ) -> Result<(), Throttled> {
        let network = network(address);
        let account = account.map(|it| from(it, &network));
        if let Some(account) = &account {
            open(&self.accounts).look(account, now)?;
        }
        open(&self.addresses).take(&network, now)?;
        account.map_or(Ok(()), |it| open(&self.accounts).take(&it, now))
    }

    /// Gives an account its tokens back, for that address.
    pub(super) fn give_back(&self, account: &str, address: &str) {
        open(&self.accounts).buckets.remove(&from(account, &network(address)));
    }
}

/// An account as tried from one place: whoever guesses elsewhere keeps nobody out.
fn from(account: &str, network: &str) -> String {
    format!("{network} {account}")
}

/// The network behind an address: a household or a school has a whole /64 of IPv6 addresses.
#[must_use]
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        _ => address.to_owned(),
    }
}

/// Buckets are whole after every step, so a panic elsewhere leaves nothing half done.
fn open(buckets: &Mutex<Buckets>) -> MutexGuard<'_, Buckets> {
    buckets.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Buckets {
    fn new(rate: Rate) -> Self {
        Self { rate, buckets: HashMap::new() }
    }

    /// Refuses whoever comes too early, and takes nothing.
    fn look(&mut self, key: &str, now: Timestamp) -> Result<(), Throttled> {
        let Some(bucket) = self.buckets.get_mut(key) else { return Ok(()) };
        bucket.allowance.look(self.rate, now).map_err(|seconds| {
            let first = !std::mem::replace(&mut bucket.refused, true);
            Throttled { seconds, first }
        })
    }

    fn take(&mut self, key: &str, now: Timestamp) -> Result<(), Throttled> {
        self.look(key, now)?;
        if !self.buckets.contains_key(key) {
            self.make_room(now);
        }
        let full = Bucket { allowance: Allowance::full(now), refused: false };
        let bucket = self.buckets.entry(key.to_owned()).or_insert(full);
        // Whoever goes on as fast as they may has been told of already.
        bucket.refused &= !bucket.allowance.is_full(now);
        // There is one: it was looked for.
        let _ = bucket.allowance.take(self.rate, now);
        Ok(())
    }

    /// Forgets the buckets that are full; where that isn't enough, the fullest one.
    fn make_room(&mut self, now: Timestamp) {
        if self.buckets.len() < MOST {
            return;
        }
        self.buckets.retain(|_, bucket| !bucket.allowance.is_full(now));
        if self.buckets.len() >= MOST {
            let fullest = self.buckets.iter().min_by_key(|(_, it)| it.allowance.full_at());
            if let Some(key) = fullest.map(|(key, _)| key.clone()) {
                self.buckets.remove(&key);
            }
        }
    }
}

/// Buckets of all addresses for something that anybody may do, signed in or not.
#[derive(Debug)]
pub(crate) struct PerAddress(Mutex<Buckets>);

impl PerAddress {
    /// So many at once from each address, and then one in that time.
    pub(crate) fn new(burst: i64, micros_per_token: i64) -> Self {
        Self(Mutex::new(Buckets::new(Rate { burst, micros_per_token })))
    }

    /// Takes a token of the address, and answers whether there was one.
    pub(crate) fn take(&self, address: &str, now: Timestamp) -> bool {
        open(&self.0).take(&network(address), now).is_ok()
    }

    /// The same for the address and that place.
    pub(crate) fn take_at(&self, address: &str, place: &str, now: Timestamp) -> bool {
        open(&self.0).take(&format!("{} {place}", network(address)), now).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000_000_000);

    #[test]
    fn an_account_takes_ten_attempts_then_one_every_two_seconds() {
        let throttle = Throttle::default();
        let attempt = |seconds| throttle.take(Some("kim"), "::1", NOW.plus_seconds(seconds));
        for _ in 0..10 {
            assert_eq!(attempt(0), Ok(()));
        }
        assert_eq!(attempt(0), Err(Throttled { seconds: 2, first: true }));
        assert_eq!(attempt(1), Err(Throttled { seconds: 1, first: false }));
        assert_eq!(attempt(2), Ok(()));
        assert_eq!(attempt(2), Err(Throttled { seconds: 2, first: false }));
        assert_eq!(throttle.take(Some("lee"), "::1", NOW), Ok(()));
        throttle.give_back("kim", "::1");
        assert_eq!(attempt(2), Ok(()));
    }

    #[test]
    fn a_school_behind_one_address_signs_in_at_once() {
        let throttle = Throttle::default();
        for person in 0..100 {
            assert_eq!(throttle.take(Some(&person.to_string()), "10.0.0.1", NOW), Ok(()));
        }
        assert!(throttle.take(Some("late"), "10.0.0.1", NOW).is_err());
        assert_eq!(throttle.take(Some("late"), "10.0.0.2", NOW), Ok(()));
        assert_eq!(throttle.take(Some("late"), "10.0.0.1", NOW.plus_seconds(1)), Ok(()));
    }

    #[test]
    fn fifty_a_minute_sign_in_until_the_whole_school_has() {
        let throttle = Throttle::default();
        for person in 0..2_000 {
            let at = NOW.plus_seconds(person * 60 / 50);
            assert_eq!(throttle.take(Some(&person.to_string()), "10.0.0.1", at), Ok(()));
        }
    }

    #[test]
    fn whoever_goes_on_at_one_account_keeps_the_school_from_nothing() {
        let throttle = Throttle::default();
        let refused = (0..1_000).filter(|_| throttle.take(Some("kim"), "10.0.0.1", NOW).is_err());
        assert_eq!(refused.count(), 990);
        for person in 0..90 {
            assert_eq!(throttle.take(Some(&person.to_string()), "10.0.0.1", NOW), Ok(()));
        }
        // Those that were looked at count.
        assert!(throttle.take(Some("late"), "10.0.0.1", NOW).is_err());
    }

    #[test]
    fn no_more_than_a_bounded_number_is_remembered() {
        let mut buckets = Buckets::new(ACCOUNT);
        for key in 0..MOST + 5 {
            buckets.take(&key.to_string(), NOW).unwrap();
        }
        assert_eq!(buckets.buckets.len(), MOST);
        buckets.take("late", NOW.plus_seconds(60)).unwrap();
        assert_eq!(buckets.buckets.len(), 1);
    }
}
