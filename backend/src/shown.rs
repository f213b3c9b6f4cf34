//! How many users each Teacher was shown, or named to learn whether they exist: nobody copies the whole
//! directory unnoticed. Kept in memory, by a fingerprint of each: a restart forgives.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{Timestamp, UserId};
use serde_json::json;

use crate::{
    Internal,
    accounts::Staff,
    audit::{self, Action, Subject},
    clock::Clock,
    store::{self, Store},
};

/// More than that within an hour is noted: nobody picks for so many rooms.
const MANY: usize = 500;
/// More than that within an hour is not shown: as many as one room takes at once.
const MOST: usize = domain::room::SpecifyForm::MAX_MEMBERS as usize;
/// From the first that was shown.
const SECONDS: i64 = 60 * 60;

/// Counts whom each Teacher is shown. One for all use cases that tell of users.
#[derive(Debug)]
pub(crate) struct Shown {
    store: Store,
    clock: Arc<dyn Clock>,
    tally: Tally,
}

/// Why a Teacher is told of no more users.
#[derive(Debug, thiserror::Error)]
pub enum ShownRefusal {
    /// They were told of as many as anybody needs within an hour.
    #[error("too many users were shown; the next are in {seconds} s")]
    Wait {
        /// Seconds until more are shown.
        seconds: u32,
    },
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Shown {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, tally: Tally::default() }
    }

    /// Counts that somebody is told of these users, or whether there are any of these User IDs, and notes
    /// where it is many. Each counts once an hour; Admins may see all there are. Not to be called within a
    /// transaction.
    pub(crate) async fn count<'u>(
        &self,
        staff: &Staff,
        users: impl IntoIterator<Item = &'u UserId>,
    ) -> Result<(), ShownRefusal> {
        let Some(number) = staff.number().filter(|_| !staff.is_admin()) else { return Ok(()) };
        let keys = users.into_iter().map(UserId::key);
        let count = self.tally.count(number, keys, self.clock.now());
        let noted = match count {
            Count::Few | Count::TooMany { first: false, .. } => Ok(()),
            Count::Many => self.note(staff, Action::UsersSeen).await,
            Count::TooMany { first: true, .. } => self.note(staff, Action::PickerLimited).await,
        };
        if noted.is_err() {
            self.tally.note_again(number);
        }
        noted?;
        match count {
            Count::TooMany { seconds, .. } => Err(ShownRefusal::Wait { seconds }),
            Count::Few | Count::Many => Ok(()),
        }
    }

    async fn note(&self, staff: &Staff, action: Action) -> Result<(), Internal> {
        let mut tx = self.store.begin().await?;
        let subject = staff.user_id().map_or_else(Subject::default, Subject::user);
        let detail = json!({ "count": MANY });
        audit::note(&mut tx, self.clock.now(), staff.author(), action, subject, detail).await?;
        store::commit(tx).await
    }
}

/// Whom each Teacher, by number, was shown within the hour.
#[derive(Debug, Default)]
struct Tally {
    teachers: Mutex<HashMap<i64, Seen>>,
    fingerprints: RandomState,
}

#[derive(Debug)]
struct Seen {
    since: Timestamp,
    users: HashSet<u64>,
    noted: bool,
    refused: bool,
}

/// How many somebody was shown, each counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    /// As many as people need.
    Few,
    /// More than [`MANY`], for the first time within the hour.
    Many,
    /// Too many: these are not to be shown.
    TooMany {
        /// Seconds until they may be.
        seconds: u32,
        /// Whether it is the first time within the hour.
        first: bool,
    },
}

impl Tally {
    /// Counts these users, by key, as shown to that Teacher.
    fn count(&self, teacher: i64, keys: impl Iterator<Item = String>, now: Timestamp) -> Count {
        // Made before the others have to wait.
        let shown: HashSet<u64> = keys.map(|it| self.fingerprints.hash_one(it)).collect();
        let mut teachers = self.teachers();
        teachers.retain(|_, it| it.lasts(now));
        let seen = teachers.entry(teacher).or_insert_with(|| Seen::since(now));
        let new: Vec<u64> = shown.difference(&seen.users).copied().collect();
        if seen.users.len() + new.len() > MOST {
            let first = !std::mem::replace(&mut seen.refused, true);
            return Count::TooMany { seconds: seen.seconds_left(now), first };
        }
        seen.users.extend(new);
        if seen.users.len() > MANY && !std::mem::replace(&mut seen.noted, true) {
            return Count::Many;
        }
        Count::Few
    }

    /// What was to be noted of a Teacher couldn't be, and is to be the next time.
    fn note_again(&self, teacher: i64) {
        if let Some(seen) = self.teachers().get_mut(&teacher) {
            (seen.noted, seen.refused) = (false, false);
        }
    }

    fn teachers(&self) -> MutexGuard<'_, HashMap<i64, Seen>> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.teachers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn since(since: Timestamp) -> Self {
        Self { since, users: HashSet::new(), noted: false, refused: false }
    }

    fn lasts(&self, now: Timestamp) -> bool {
        self.since <= now && now < self.since.plus_seconds(SECONDS)
    }

    fn seconds_left(&self, now: Timestamp) -> u32 {
        let left = self.since.plus_seconds(SECONDS).micros() - now.micros();
        u32::try_from(left.max(0).unsigned_abs().div_ceil(1_000_000)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000_000_000);

    fn users(range: std::ops::Range<usize>) -> impl Iterator<Item = String> {
        range.map(|it| format!("s-{it}"))
    }

    #[test]
    fn many_are_noted_once_and_too_many_refused() {
        let shown = Tally::default();
        assert_eq!(shown.count(1, users(0..MANY), NOW), Count::Few);
        assert_eq!(shown.count(1, users(0..MANY), NOW), Count::Few, "the same again");
        assert_eq!(shown.count(1, users(0..MANY + 1), NOW), Count::Many);
        assert_eq!(shown.count(1, users(0..MOST), NOW), Count::Few);
        let later = NOW.plus_seconds(SECONDS - 1);
        let refused = |first| Count::TooMany { seconds: 1, first };
        assert_eq!(shown.count(1, users(MOST..MOST + 1), later), refused(true));
        assert_eq!(shown.count(1, users(MOST..MOST + 1), later), refused(false));
        assert_eq!(shown.count(1, users(0..20), later), Count::Few, "those known already");
        assert_eq!(shown.count(2, users(MOST..MOST + 1), later), Count::Few, "somebody else");
        shown.note_again(1);
        assert_eq!(shown.count(1, users(MOST..MOST + 1), later), refused(true), "not noted yet");
        assert_eq!(shown.count(1, users(0..20), later), Count::Many, "not noted yet");
        let over = NOW.plus_seconds(SECONDS);
        assert_eq!(shown.count(1, users(MOST..MOST + 1), over), Count::Few);
        assert_eq!(shown.teachers.lock().unwrap().len(), 2);
    }
}
