//! Keeping an entry, and what names the browser that has it.
//!
//! Whoever has copied the name of a browser has what was entered there until then, and nothing that is
//! entered later: whatever is new to a browser gives it another name.
//!
//! Where Enter is pressed twice at once in one browser, as in two tabs or by a double click, the second still
//! comes by the name that the first has just taken away. A user who presses both is given the same new name
//! by both, so that both entries are found by it, whichever answer the browser hears last; they prove who
//! they are by their link or their session, so that whoever copied the old name gets nothing by it. Of two
//! different people, and of somebody unknown, nothing proves that it was one browser: each of their Enters
//! gives it a name of its own, and what hangs on the name that the browser doesn't keep is lost to it. So it
//! is in a browser that had no name before.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{Timestamp, classroom::Identity};

use super::{
    known::{Arrival, Known},
    leaving,
};
use crate::{
    Internal, Secret,
    entry::EntryId,
    ids,
    live::Concerned,
    store::{
        Db, Tx,
        entries::{self, NewEntry},
    },
};

/// For how long a user who comes by the last name of a browser is given its new one: a browser hears of that
/// within moments.
const AT_ONCE_SECONDS: i64 = 10;

/// The names that browsers were given just now. In memory: they are asked for within moments, if ever.
#[derive(Debug, Default)]
pub(super) struct Renamed(Mutex<HashMap<Came, Given>>);

/// By what name a browser came, hashed, and who entered in it.
type Came = (Vec<u8>, Identity);

/// A name that a browser was given.
#[derive(Debug)]
struct Given {
    name: Secret,
    until: Timestamp,
}

/// The browser by which somebody enters.
pub(super) struct Browser {
    /// The hash of the name by which it comes.
    shown: Option<Vec<u8>>,
    /// The name that it was given meanwhile.
    given: Option<Secret>,
}

impl Browser {
    /// The hash of what names it now.
    pub(super) fn hash(&self) -> Option<Vec<u8>> {
        self.given.as_ref().map(Secret::hash).or_else(|| self.shown.clone())
    }
}

impl Renamed {
    /// The browser that somebody comes by, of which the name is that, if it has one. To be asked within their
    /// transaction, so that whoever entered before them has been heard.
    pub(super) async fn browser(
        &self,
        db: &mut Db,
        name: Option<&str>,
        known: &Known<'_>,
        now: Timestamp,
    ) -> Result<Browser, Internal> {
        let shown = name.map(ids::hash);
        let given = shown.clone().zip(known.identity()).and_then(|it| self.given(&it, now));
        let Some(name) = given else { return Ok(Browser { shown, given: None }) };
        // The Enter that gave it may not have been committed.
        let holds = !entries::of_browser(db, &name.hash()).await?.is_empty();
        Ok(Browser { shown, given: holds.then_some(name) })
    }

    /// Notes, before that is committed, what name a browser gets by the Enter of somebody. Of somebody unknown
    /// nobody can tell whether they come once more.
    pub(super) fn note(&self, browser: &Browser, who: &Identity, name: &Secret, now: Timestamp) {
        let (Some(shown), Identity::User(_)) = (&browser.shown, who) else { return };
        let given = Given { name: name.clone(), until: now.plus_seconds(AT_ONCE_SECONDS) };
        let mut all = self.all();
        all.retain(|_, it| it.until > now);
        all.insert((shown.clone(), who.clone()), given);
    }

    fn given(&self, came: &Came, now: Timestamp) -> Option<Secret> {
        let all = self.all();
        all.get(came).filter(|it| it.until > now).map(|it| it.name.clone())
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Came, Given>> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the entry of a browser. One that is theirs rests on how they come now; one that is somebody else's is
/// over. Answers what names the browser from now on, if that isn't the name by which it came.
pub(super) async fn keep(
    tx: &mut Tx,
    known: &Known<'_>,
    arrival: &Arrival<'_>,
    browser: &Browser,
    now: Timestamp,
) -> Result<Option<Secret>, Internal> {
    let theirs = arrival.before.as_ref().filter(|it| arrival.is_theirs(it));
    if let Some(theirs) = theirs {
        entries::renew(tx, theirs.number, known.way(), now).await?;
        if known.comes_again(theirs) {
            return Ok(browser.given.clone());
        }
    } else if let Some(others) = &arrival.before {
        let others = EntryId(others.number);
        leaving::end(tx, others, &known.room.id, Concerned::Replaced).await?;
    }
    let name = match &browser.given {
        Some(given) => given.clone(),
        None => another_name(tx, browser).await?,
    };
    if theirs.is_none() {
        let new = NewEntry {
            browser: &name.hash(),
            room: known.room.number,
            user: known.visitor.as_ref().map(|it| it.user.number),
            guest: arrival.guest(),
            way: known.way(),
            intent: arrival.intent,
        };
        entries::insert(tx, new, now).await?;
    }
    Ok(Some(name))
}

/// Gives a browser another name, by which its entries are found from then on.
async fn another_name(tx: &mut Tx, browser: &Browser) -> Result<Secret, Internal> {
    let name = Secret::random()?;
    if let Some(shown) = &browser.shown {
        entries::rename(tx, shown, &name.hash()).await?;
    }
    Ok(name)
}
