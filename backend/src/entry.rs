//! Entry: whether a user may enter a room now. The rule itself is [`domain::entry::may_enter`].

use std::sync::Arc;

use domain::{
    UserId,
    entry::{self, Admission, Facts, Refusal, Visitor},
};

use crate::{
    accounts::Proof,
    clock::Clock,
    rooms::RoomReader,
    shown::{Shown, ShownRefusal},
    store::{Store, entry as facts},
};

/// The use cases about entry.
#[derive(Debug)]
pub struct Entry {
    store: Store,
    clock: Arc<dyn Clock>,
    shown: Arc<Shown>,
}

impl Entry {
    pub(crate) const fn new(store: Store, clock: Arc<dyn Clock>, shown: Arc<Shown>) -> Self {
        Self { store, clock, shown }
    }

    /// The rule's answer for a user and a room; `None` where there is no such user.
    pub async fn can_enter(
        &self,
        reader: &RoomReader,
        user: &UserId,
    ) -> Result<Option<Result<Admission, Refusal>>, ShownRefusal> {
        self.shown.count(reader.staff(), [user]).await?;
        let facts = facts::facts(&mut *self.store.read().await?, &reader.room().id, user).await?;
        Ok(facts.map(|(room, user)| {
            entry::may_enter(&Facts {
                visitor: Visitor::User(user),
                link: None,
                room,
                banned: false,
                seated: false,
                now: self.clock.now(),
            })
        }))
    }
}
