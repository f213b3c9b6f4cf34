//! What other processes do to the same database, as the command line does beside a server: nobody
//! there can tell those who follow here, so the database is asked.

use crate::{
    Internal,
    live::Live,
    store::{Store, dialect},
};

/// Looks for what other processes have changed.
#[derive(Debug)]
pub struct Elsewhere {
    store: Store,
    live: Live,
    /// How the database was when it was last looked at.
    seen: Option<i64>,
}

impl Elsewhere {
    pub(crate) const fn new(store: Store, live: Live) -> Self {
        Self { store, live, seen: None }
    }

    /// Has it told, if another process has changed anything since this was last asked: all that
    /// pages show, and who is signed in, since the database doesn't say what it was.
    pub async fn look(&mut self) -> Result<(), Internal> {
        // The connection that writes counts the changes of all others, which are those of others.
        let now = dialect::changes_by_others(&mut *self.store.write().await?).await?;
        if self.seen.replace(now).is_some_and(|before| before != now) {
            self.live.tell_everything();
        }
        Ok(())
    }
}
