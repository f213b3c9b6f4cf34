//! How fast people may come to doors. Whoever tries links that never were learns nothing by it, since
//! nobody guesses one; but they are told to stop, and keep nobody out who holds a good one.

use domain::{RoomId, Timestamp};

use super::{Comer, Door, EnterRefusal};
use crate::accounts::{Context, PerAddress};

/// How many links that never were an address may try at once, and after what time one more.
const WRONG: (i64, i64) = (60, 1_000_000);
/// How often people behind one address may enter at once, a whole school among them, and after what time
/// once more.
const ENTERING: (i64, i64) = (3_000, 20_000);
/// How many strangers behind one address a room lets in at once, and after what time one more: each is another
/// person in it, and whoever is one makes as many as they like.
const STRANGERS: (i64, i64) = (300, 1_000_000);

/// What every address has left.
#[derive(Debug)]
pub(super) struct Pace {
    wrong: PerAddress,
    entering: PerAddress,
    strangers: PerAddress,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            wrong: PerAddress::new(WRONG.0, WRONG.1),
            entering: PerAddress::new(ENTERING.0, ENTERING.1),
            strangers: PerAddress::new(STRANGERS.0, STRANGERS.1),
        }
    }
}

impl Pace {
    /// Whether somebody may enter from there now.
    pub(super) fn lets_enter(&self, context: &Context, now: Timestamp) -> bool {
        self.entering.take(&context.address, now)
    }

    /// Whether one more stranger may enter that room from there now.
    pub(super) fn lets_stranger(&self, context: &Context, room: &RoomId, now: Timestamp) -> bool {
        self.strangers.take_at(&context.address, room.as_str(), now)
    }
}

impl Door {
    /// The answer to whoever tried a link that never was one of this school, which is counted.
    pub fn wrong_link(&self, context: &Context) -> EnterRefusal {
        if self.pace.wrong.take(&context.address, self.clock.now()) {
            EnterRefusal::NotFound
        } else {
            EnterRefusal::TooFast
        }
    }

    /// The answer to whoever came where there is no door.
    pub(super) fn no_door(&self, comer: Comer<'_>) -> EnterRefusal {
        match comer {
            Comer::ByLink { context, .. } => self.wrong_link(context),
            Comer::SignedIn { .. } => EnterRefusal::NotFound,
        }
    }
}
