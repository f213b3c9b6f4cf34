//! Keeping an entry, and what names the browser that has it.
//!
//! Whoever has copied the name of a browser has what was entered there until then, and nothing that is
//! entered later: whatever is new to a browser gives it another name.

use domain::Timestamp;

use super::{
    known::{Arrival, Known},
    leaving,
};
use crate::{
    Internal, Secret,
    entry::EntryId,
    live::Concerned,
    store::{
        Tx,
        entries::{self, NewEntry},
    },
};

/// Keeps the entry of the browser of that hash, if it has a name. One that is theirs rests on how they come
/// now; one that is somebody else's is over. Answers what names the browser from now on, if that is new.
pub(super) async fn keep(
    tx: &mut Tx,
    known: &Known<'_>,
    arrival: &Arrival<'_>,
    browser: Option<&[u8]>,
    now: Timestamp,
) -> Result<Option<Secret>, Internal> {
    let theirs = arrival.before.as_ref().filter(|it| arrival.is_theirs(it));
    if let Some(theirs) = theirs {
        entries::renew(tx, theirs.number, known.way(), now).await?;
        if known.comes_again(theirs) {
            return Ok(None);
        }
    } else if let Some(others) = &arrival.before {
        let others = EntryId(others.number);
        leaving::end(tx, others, &known.room.id, Concerned::Replaced).await?;
    }
    let name = Secret::random()?;
    let hash = name.hash();
    if let Some(browser) = browser {
        entries::rename(tx, browser, &hash).await?;
    }
    if theirs.is_none() {
        let new = NewEntry {
            browser: &hash,
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
