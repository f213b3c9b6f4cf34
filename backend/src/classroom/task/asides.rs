//! What goes to the log beside what a room decides: who observes it, and what they may not.

use super::{Flight, Task};
use crate::{
    Internal,
    classroom::{note::Note, room::Asides, scribe::Batch},
};

impl Task {
    /// Hands in what the log is to say beside what was decided.
    pub(super) fn hand_over_asides(&mut self) {
        if self.aside.is_some() {
            return;
        }
        let Some(mut asides) = self.room.take_asides() else { return };
        let refusals = self.hub.refusals();
        let attempts = std::mem::take(&mut asides.attempts).into_iter();
        asides.notes.extend(attempts.filter_map(|it| {
            let left_out = refusals.count_act(&it.who, &it.doer.context, it.at)?;
            Some(Note::observer_refused(it.doer, it.act, left_out, it.at))
        }));
        if asides.notes.is_empty() {
            self.room.show(&asides, self.hub.now());
            return;
        }
        let batch = Batch { room: self.id.clone(), record: None, notes: asides.notes.clone() };
        self.aside = Some(Flight { cargo: asides, answer: self.hub.scribe().write(batch) });
    }

    /// It is written, or can't be.
    pub(super) fn land_aside(&mut self, (asides, written): (Asides, Result<(), Internal>)) {
        match written {
            Ok(()) => self.room.show(&asides, self.hub.now()),
            Err(error) => {
                tracing::error!(room = %self.id, error = %error.cause(), "what was observed could not be noted");
                self.room.shut_gallery(asides, self.hub.now());
            }
        }
    }
}
