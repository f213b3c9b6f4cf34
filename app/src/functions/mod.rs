//! Server functions: what the browser may ask for, one noun a file, a few lines each.
//!
//! Every one is a public endpoint and begins by asking who is calling. Those that change nothing are
//! GET; the others are POST. Errors leave through `server::reject` and
//! `server::answer` alone.

pub mod account;
pub mod audit;
pub mod entry;
pub mod groups;
pub mod history;
pub mod json;
pub mod links;
pub mod meetings;
pub mod members;
pub mod picker;
pub mod rooms;
pub mod session;
pub mod settings;
pub mod users;
