//! How many sockets there may be, in all, from one place and of one person, how quickly they may come, and for
//! how long they may keep the server waiting.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use backend::{
    accounts::network,
    allowance::{Allowance, Rate},
};
use domain::{RoomId, Timestamp, classroom::Identity};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::counted::{Counted, One};

/// How many there may be in all.
pub const AT_ONCE: u16 = 12_000;
/// How many from one place: a whole school may be behind one address.
const PER_PLACE: usize = 3_000;
/// How many of one person to one room, by whatever entries, also while they wait at its door. The room, which
/// lets in fewer, says so by the socket.
const PER_PERSON: usize = 16;
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

/// Somebody who has an entry to a room.
pub type Person = (RoomId, Identity);

/// The sockets that are open. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Sockets {
    slots: Arc<Semaphore>,
    places: Counted<String>,
    people: Counted<Person>,
    coming: Arc<Mutex<HashMap<String, Allowance>>>,
}

/// One of them, as long as it is open.
#[derive(Debug)]
pub struct Slot {
    _person: Option<One<Person>>,
    _place: One<String>,
    _permit: OwnedSemaphorePermit,
}

impl Default for Sockets {
    fn default() -> Self {
        Self {
            slots: Arc::new(Semaphore::new(AT_ONCE.into())),
            places: Counted::new(PER_PLACE),
            people: Counted::new(PER_PERSON),
            coming: Arc::default(),
        }
    }
}

impl Sockets {
    /// Room for one more from that address, of that person, if they are one who has an entry.
    pub fn open(&self, address: &str, person: Option<Person>, now: Timestamp) -> Option<Slot> {
        let permit = Arc::clone(&self.slots).try_acquire_owned().ok()?;
        // Whoever has enough takes nothing from others behind the same address.
        let person = match person {
            Some(person) => Some(self.people.open(person)?),
            None => None,
        };
        let place = network(address);
        let slot =
            Slot { _person: person, _place: self.places.open(place.clone())?, _permit: permit };
        self.lets_come(place, now).then_some(slot)
    }

    /// Whether one more may come from that place now.
    fn lets_come(&self, place: String, now: Timestamp) -> bool {
        let mut coming = self.coming();
        // Places from which nobody came lately are as those from which nobody ever did.
        coming.retain(|_, it| !it.is_full(now));
        let full = Allowance::full(now);
        coming.entry(place).or_insert(full).take(COMING, now).is_ok()
    }

    fn coming(&self) -> MutexGuard<'_, HashMap<String, Allowance>> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until none is open, and lets none open from then on.
    pub async fn all_closed(&self) {
        if let Ok(all) = self.slots.acquire_many(AT_ONCE.into()).await {
            all.forget();
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
        let school: Vec<_> =
            (0..PER_PLACE).map_while(|_| sockets.open("10.0.0.1", None, NOW)).collect();
        assert_eq!(school.len(), PER_PLACE);
        assert!(
            sockets.open("10.0.0.1", None, NOW.plus_seconds(60)).is_none(),
            "there are too many"
        );
        let home = sockets.open("10.0.0.2", None, NOW);
        assert!(home.is_some());
        drop(school);
        assert!(sockets.open("10.0.0.1", None, NOW).is_none(), "they come too quickly");
        assert!(sockets.open("10.0.0.1", None, NOW.plus_seconds(1)).is_some());
        drop(home);
        drop(sockets.open("10.0.0.3", None, NOW.plus_seconds(3_600)));
        assert_eq!(sockets.coming().len(), 1, "the others are forgotten");
    }

    fn guest(room: u64, name: &str) -> Person {
        (RoomId::from_bits(room), Identity::Guest(name.to_owned()))
    }

    #[test]
    fn one_person_does_not_take_the_sockets_of_their_place() {
        let sockets = Sockets::default();
        let open = |person| sockets.open("10.0.0.1", person, NOW);
        let mut kims: Vec<_> = (0..PER_PLACE).map_while(|_| open(Some(guest(1, "kim")))).collect();
        assert_eq!(kims.len(), PER_PERSON);
        for _ in 0..PER_PLACE {
            assert!(open(Some(guest(1, "kim"))).is_none());
        }
        assert!(
            sockets.open("10.0.0.2", Some(guest(1, "kim")), NOW).is_none(),
            "wherever they come from"
        );
        let others = [open(Some(guest(1, "lee"))), open(Some(guest(2, "kim"))), open(None)];
        assert!(others.iter().all(Option::is_some), "another person, and another room");
        kims.pop();
        assert!(open(Some(guest(1, "kim"))).is_some());
    }

    #[test]
    fn there_are_so_many_in_all() {
        let sockets = Sockets::default();
        let all: Vec<_> = (0..AT_ONCE)
            .map_while(|it| sockets.open(&format!("10.0.{}.1", it % 200), None, NOW))
            .collect();
        assert_eq!(all.len(), usize::from(AT_ONCE));
        assert!(sockets.open("10.1.0.1", None, NOW).is_none());
        drop(all);
        assert!(sockets.open("10.1.0.1", None, NOW).is_some());
    }
}
