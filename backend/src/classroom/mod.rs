//! The live classroom, around the meeting that `domain` knows: what is kept of it, and how it is told.

pub mod feed;
pub mod kept;
pub mod note;
pub mod outbox;
pub mod record;
pub mod scribe;
