//! What is done to many members of a room at once, and what came of it.

use serde::{Deserialize, Serialize};

use crate::{EntryPermission, UserId};

/// Which members of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Everybody who is a member when it is done.
    All,
    /// These.
    These(Vec<UserId>),
}

/// What is done to members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MembersAct {
    /// They get this permission.
    Permission(EntryPermission),
    /// They are taken out of the room.
    Remove,
}

/// A member, and as what they enter.
pub type Seat = (UserId, EntryPermission);

/// What came of an act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersChanged {
    /// Whoever was changed, as they were before: enough to undo it.
    pub before: Vec<Seat>,
    /// How many had the permission already.
    pub same: u32,
    /// Those who are no members, as they were named.
    pub missing: Vec<UserId>,
}
