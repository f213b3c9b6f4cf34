//! Leaving: the entry of a browser ends, and whoever comes back comes by the door.

use domain::RoomId;

use super::{Door, Entrant};
use crate::{
    Internal,
    entry::EntryId,
    live::{Concerned, EntryChange},
    store::{self, Tx, entries},
};

impl Door {
    /// Ends the entry of somebody who leaves.
    pub async fn leave(&self, entrant: &Entrant) -> Result<(), Internal> {
        let mut tx = self.store.begin().await?;
        end(&mut tx, entrant.entry, &entrant.room).await?;
        store::commit(tx).await
    }
}

/// Ends an entry to a room, and has that room hear of it.
pub(super) async fn end(tx: &mut Tx, entry: EntryId, room: &RoomId) -> Result<(), Internal> {
    entries::end(tx, entry.0).await?;
    let who = Some(Concerned::Entry(entry));
    tx.changes_entry(EntryChange { room: Some(room.clone()), who });
    Ok(())
}
