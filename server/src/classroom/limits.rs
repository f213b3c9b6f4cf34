//! How many sockets there may be, in all and from one place, how quickly they may come, and for how long they
//! may keep the server waiting.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use backend::{
    accounts::network,
    allowance::{Allowance, Rate},
};
use domain::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many there may be in all.
pub const AT_ONCE: u16 = 12_000;
/// How many from one place: a whole school may be behind one address.
const PER_PLACE: usize = 3_000;
/// How quickly they may come from one place: all at once after a restart, then a hundred a second.
const COMING: Rate = Rate { burst: 3_000, micros_per_token: 10_000 };

/// For how long whoever is at the other end of a socket may keep it waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Within what time the first message must come.
    pub hello_within: Duration,
    /// How often somebody is made sure of.
    pub ping_every: Duration,
    /// Within what time a message must be taken.
    pub taken_within: Duration,
    /// How long the other side may take to say goodbye.
    pub goodbye_within: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            hello_within: Duration::from_secs(10),
            ping_every: Duration::from_secs(25),
            taken_within: Duration::from_secs(5),
            goodbye_within: Duration::from_secs(1),
        }
    }
}

/// The sockets that are open. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Sockets {
    slots: Arc<Semaphore>,
    places: Arc<Mutex<HashMap<String, Place>>>,
}

#[derive(Debug)]
struct Place {
    open: usize,
    coming: Allowance,
}

/// One of them, as long as it is open.
#[derive(Debug)]
pub struct Slot {
    sockets: Sockets,
    place: String,
    _permit: OwnedSemaphorePermit,
}

impl Default for Sockets {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE.into())), places: Arc::default() }
    }
}

impl Sockets {
    /// Room for one more from that address.
    pub fn open(&self, address: &str, now: Timestamp) -> Option<Slot> {
        let permit = Arc::clone(&self.slots).try_acquire_owned().ok()?;
        let place = network(address);
        let mut places = self.places();
        // Places from which nobody is here are remembered only as long as they matter.
        places.retain(|_, it| it.open > 0 || !it.coming.is_full(now));
        let full = || Place { open: 0, coming: Allowance::full(now) };
        let there = places.entry(place.clone()).or_insert_with(full);
        if there.open >= PER_PLACE || there.coming.take(COMING, now).is_err() {
            return None;
        }
        there.open += 1;
        drop(places);
        Some(Slot { sockets: self.clone(), place, _permit: permit })
    }

    /// Waits until none is open, and lets none open from then on.
    pub async fn all_closed(&self) {
        if let Ok(all) = self.slots.acquire_many(AT_ONCE.into()).await {
            all.forget();
        }
    }

    fn places(&self) -> MutexGuard<'_, HashMap<String, Place>> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(place) = self.sockets.places().get_mut(&self.place) {
            place.open -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000_000_000);

    #[test]
    fn a_place_has_so_many_and_others_have_theirs() {
        let sockets = Sockets::default();
        let school: Vec<_> = (0..PER_PLACE).map_while(|_| sockets.open("10.0.0.1", NOW)).collect();
        assert_eq!(school.len(), PER_PLACE);
        assert!(sockets.open("10.0.0.1", NOW.plus_seconds(60)).is_none(), "there are too many");
        let home = sockets.open("10.0.0.2", NOW);
        assert!(home.is_some());
        drop(school);
        assert!(sockets.open("10.0.0.1", NOW).is_none(), "they come too quickly");
        assert!(sockets.open("10.0.0.1", NOW.plus_seconds(1)).is_some());
        drop(home);
        drop(sockets.open("10.0.0.3", NOW.plus_seconds(3_600)));
        assert_eq!(sockets.places().len(), 1, "the others are forgotten");
    }

    #[test]
    fn there_are_so_many_in_all() {
        let sockets = Sockets::default();
        let all: Vec<_> = (0..AT_ONCE)
            .map_while(|it| sockets.open(&format!("10.0.{}.1", it % 200), NOW))
            .collect();
        assert_eq!(all.len(), usize::from(AT_ONCE));
        assert!(sockets.open("10.1.0.1", NOW).is_none());
        drop(all);
        assert!(sockets.open("10.1.0.1", NOW).is_some());
    }
}
