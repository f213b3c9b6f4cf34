//! Leaving: the entry of a browser ends, and whoever comes back comes by the door.

use domain::{RoomId, entry_link::LinkId};

use super::{Door, Entrant};
use crate::{
    Internal,
    entry::EntryId,
    live::{Concerned, EntryChange},
    store::{self, Tx, entries},
};

impl Door {
    /// Ends the entry of somebody who leaves. Answers by which link they came, if they did by one: its door
    /// is to be closed to their browser, which somebody else may use next.
    pub async fn leave(&self, entrant: &Entrant) -> Result<Option<LinkId>, Internal> {
        let mut tx = self.store.begin().await?;
        let link = entries::link(&mut tx, entrant.entry.0).await?;
        end(&mut tx, entrant.entry, &entrant.room, Concerned::Entry).await?;
        store::commit(tx).await?;
        Ok(link)
    }
}

/// Ends an entry to a room, and has that room hear that it concerns whoever had it.
pub(super) async fn end(
    tx: &mut Tx,
    entry: EntryId,
    room: &RoomId,
    concerned: fn(EntryId) -> Concerned,
) -> Result<(), Internal> {
    entries::end(tx, entry.0).await?;
    let who = Some(concerned(entry));
    tx.changes_entry(EntryChange { room: Some(room.clone()), who });
    Ok(())
}
