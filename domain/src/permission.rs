//! What a person may do: in a room (entry permission) and in the console (console role).

use serde::{Deserialize, Serialize};

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

impl EntryPermission {
    /// Every permission, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::Host, Self::Guest, Self::Monitoring];

    /// The name on the wire and in form fields.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Guest => "guest",
            Self::Monitoring => "monitoring",
        }
    }

    /// The permission of that [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

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

impl ConsoleRole {
    /// Every role, in the order in which forms offer them.
    pub const ALL: [Self; 3] = [Self::None, Self::Teacher, Self::Admin];

    /// The name on the wire and in form fields.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Teacher => "teacher",
            Self::Admin => "admin",
        }
    }

    /// The role of that [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
