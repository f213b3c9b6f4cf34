//! Which part of a long list is asked for, and in which order it stands.

use serde::{Deserialize, Serialize};

use crate::{
    ConsoleRole, EntryPermission, GroupName, RoomState, RoomStatus, RoomType, UserStatus,
    UserSummary, named::named, room::RoomSummary,
};

/// In which order users stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserOrder {
    /// By nickname, without regard to case and accents.
    #[default]
    Nickname,
    /// By User ID, without regard to case.
    UserId,
    /// The newest first.
    Newest,
}

named!(UserOrder { Nickname = "nickname", UserId = "user_id", Newest = "newest" });

/// The users of a list: those of these kinds, in this order. Every kind where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersAsked {
    /// Only those in the group of that name.
    pub group: Option<GroupName>,
    /// Only those whose default entry permission it is.
    pub permission: Option<EntryPermission>,
    /// Only those with this console role.
    pub role: Option<ConsoleRole>,
    /// Only those who are active, or only those who are not.
    pub status: Option<UserStatus>,
    /// In which order.
    #[serde(default)]
    pub order: UserOrder,
}

impl UsersAsked {
    /// Whether only some users are asked for.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.group.is_some() || self.names_kind()
    }

    /// Whether only some kinds are asked for, whatever group they are in.
    #[must_use]
    pub const fn names_kind(&self) -> bool {
        self.permission.is_some() || self.role.is_some() || self.status.is_some()
    }

    /// Whether a user is of the kinds asked for, whatever group they are in.
    #[must_use]
    pub fn is_of_kind(&self, user: &UserSummary) -> bool {
        self.permission.is_none_or(|asked| asked == user.permission)
            && self.role.is_none_or(|asked| asked == user.role)
            && self.status.is_none_or(|asked| asked == user.status)
    }
}

/// In which order rooms stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomOrder {
    /// By name, without regard to case and accents.
    #[default]
    Name,
    /// The newest first.
    Newest,
}

named!(RoomOrder { Name = "name", Newest = "newest" });

/// The rooms of a list: those of these kinds, in this order. Every kind where none is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomsAsked {
    /// Only rooms of this type.
    pub room_type: Option<RoomType>,
    /// Only those in which a meeting goes on, that wait for one, or that have ended.
    pub status: Option<RoomStatus>,
    /// In which order.
    #[serde(default)]
    pub order: RoomOrder,
}

impl RoomsAsked {
    /// Whether a room is of the kinds asked for, in which a meeting goes on or not.
    #[must_use]
    pub fn is_of_kind(&self, room: &RoomSummary, in_progress: bool) -> bool {
        self.room_type.is_none_or(|asked| asked == room.room_type)
            && self.status.is_none_or(|asked| asked == RoomStatus::of(room.state, in_progress))
    }

    /// In which state the rooms are that are asked for, where not in any.
    #[must_use]
    pub fn state(&self) -> Option<RoomState> {
        self.status.map(RoomStatus::state)
    }

    /// Whether only some kinds are asked for.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.room_type.is_some() || self.status.is_some()
    }
}
