//! What a person may do: in a room (entry permission) and in the console (console role).

use serde::{Deserialize, Serialize};

use crate::named::named;

/// As what somebody enters a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryPermission {
    /// Controls the meeting. Usually for teachers.
    Host,
    /// Takes part. Usually for students; the default of a new user.
    #[default]
    Guest,
    /// Observes without being seen. Usually for administrators.
    Monitoring,
}

named!(EntryPermission { Host = "host", Guest = "guest", Monitoring = "monitoring" });

/// What a user may do in the console. Ordered: a higher role may do all that a lower one may.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ConsoleRole {
    /// Cannot sign in to the console.
    #[default]
    None,
    /// Makes and keeps their own rooms.
    Teacher,
    /// Everything.
    Admin,
}

named!(ConsoleRole { None = "none", Teacher = "teacher", Admin = "admin" });
