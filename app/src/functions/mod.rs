//! Server functions: what the browser may ask for, one noun a file, a few lines each.
//!
//! Every one is a public endpoint and begins by asking who is calling. Those that change nothing are
//! GET; the others are POST. Errors leave through `server::reject` and
//! `server::answer` alone.

pub mod entry;
pub mod groups;
pub mod history;
mod json;
pub mod rooms;
pub mod session;
pub mod users;
