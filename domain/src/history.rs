//! History: what was done to users and rooms, as their pages tell it.

use serde::{Deserialize, Serialize};

use crate::{
    ConsoleRole, EntryPermission, GroupName, Nickname, RoomId, RoomName, RoomType, Timestamp,
    UserId,
    classroom::{Ending, Standing},
    room::{Capacity, TimeLimit},
};

/// One thing that was done, or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// By whom; nobody where it was done at the server itself, or by somebody not signed in.
    pub actor: Option<Named>,
    /// To which user.
    pub user: Option<Named>,
    /// In which room.
    pub room: Option<NamedRoom>,
    /// What.
    pub deed: Deed,
}

/// A user whom the log names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The User ID, as it was then.
    pub user_id: UserId,
    /// The nickname they have now, when they still exist.
    pub nickname: Option<Nickname>,
}

/// A room that the log names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRoom {
    /// The room's id.
    pub id: RoomId,
    /// The name it has now, when it still exists.
    pub name: Option<RoomName>,
}

/// What was done about an entry link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkDeed {
    /// It was shown to somebody who could enter by it as the user.
    Seen,
    /// Those of all members were shown, so many.
    AllSeen(u32),
    /// It was made anew; the one before is dead.
    Renewed,
    /// It was revoked.
    Revoked,
    /// It leads into the room again.
    Allowed,
    /// It was given an expiry, another one, or none.
    ExpirySet,
}

/// What was done in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingDeed {
    /// It began.
    Began,
    /// It ended.
    Ended(Ending),
    /// Somebody was made that.
    PermissionSet(Standing),
    /// Chat was taken from somebody, or given back.
    ChatLocked(bool),
    /// Raising hands was taken from somebody, or given back.
    HandsLocked(bool),
    /// Somebody was given another name in it.
    Renamed(String),
    /// The room was locked, or unlocked.
    Locked(bool),
    /// An announcement was put up, or taken down.
    Announced(bool),
    /// Somebody was put out, and may come back.
    Removed,
    /// Somebody who waited for it was let in, or turned away.
    Admitted(bool),
    /// Who came to it was taken out of the console.
    AttendanceExported,
}

/// What happened at the door of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorDeed {
    /// An Admin entered a room openly as Host.
    EnteredAsHost,
    /// Somebody, the user where their link says so, wanted to enter a room and may not.
    Refused {
        /// How many such attempts went before that are not in the log.
        left_out: u32,
    },
    /// The user, or somebody of that name whom Rollcall doesn't know, was banned from a room.
    Banned {
        /// The name, where it is no user.
        guest: Option<Nickname>,
        /// Whether the shared link was renewed with it, and newcomers wait since.
        shut: bool,
    },
    /// A ban of the user, or of somebody of that name whom Rollcall doesn't know, was lifted.
    BanLifted(Option<Nickname>),
    /// Newcomers to a room wait for a Host from then on, or not any more.
    NewcomersWait(bool),
    /// Somebody began to observe a room unseen.
    ObservationBegan,
    /// They did so for that many seconds.
    Observed {
        /// How long.
        seconds: i64,
    },
    /// Somebody who may do no more than observe a room unseen wanted more, and was refused.
    ObserverRefused {
        /// How many such attempts went before that are not in the log.
        left_out: u32,
    },
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A user was created.
    UserCreated,
    /// A user was edited.
    UserEdited(Vec<UserChange>),
    /// A user was deactivated.
    UserDeactivated,
    /// A user was reactivated.
    UserReactivated,
    /// A user was deleted.
    UserDeleted,
    /// A room was created.
    RoomCreated,
    /// A room was created as the copy of another.
    RoomDuplicated,
    /// A room was edited.
    RoomEdited(Vec<RoomChange>),
    /// A room was ended.
    RoomEnded,
    /// A room was reopened.
    RoomReopened,
    /// A room was deleted.
    RoomDeleted,
    /// A room was handed over to the user.
    OwnerChanged,
    /// That many users were specified for a room.
    MembersAdded(u32),
    /// The user's permission in a room was changed.
    PermissionChanged {
        /// As what they could enter before.
        before: EntryPermission,
        /// As what they may enter now.
        after: EntryPermission,
    },
    /// That many members of a room got this permission.
    PermissionsSet(u32, EntryPermission),
    /// That many members of a room got back the permissions that they had.
    PermissionsRestored(u32),
    /// The user was taken out of a room.
    MemberRemoved,
    /// That many members were taken out of a room.
    MembersRemoved(u32),
    /// Something was done about the user's entry link to a room, or about the one that all share.
    EntryLink(LinkDeed),
    /// Something happened at the door of a room.
    Door(DoorDeed),
    /// Something was done in a meeting: to the user, to somebody who is none, or to all Guests.
    Meeting {
        /// What.
        deed: MeetingDeed,
        /// The name of whoever it was done to, where they are no user.
        guest: Option<String>,
    },
    /// A group was created.
    GroupCreated(GroupName),
    /// A group was given another name.
    GroupRenamed {
        /// The name it had.
        before: GroupName,
        /// The name it got.
        after: GroupName,
    },
    /// A group, in which the user was, was merged into another.
    GroupMerged {
        /// The group that is gone.
        group: GroupName,
        /// The group that everybody is in now.
        into: GroupName,
    },
    /// A group, in which the user was, was deleted.
    GroupDeleted(GroupName),
    /// The user was put into a group.
    GroupJoined(GroupName),
    /// The user was taken out of a group.
    GroupLeft(GroupName),
    /// The user signed in.
    SignedIn,
    /// Somebody tried to sign in as the user, with a wrong password.
    SignInFailed,
    /// The user signed out.
    SignedOut,
    /// The user ended a session of theirs on another device, or all of those.
    SignedOutElsewhere,
    /// The user was signed out where they hadn't been for the longest, being signed in too often.
    SignedOutUnused,
    /// The user signed out on all devices.
    SignedOutEverywhere,
    /// The user was made the first Admin.
    FirstAdmin,
    /// The user was made an Admin at the server itself.
    AdminCreated,
    /// The user's password was set at the server itself.
    PasswordSet,
    /// A one-time link was made, by which the user sets a password.
    PasswordLinkMade,
    /// The user set a password by the one-time link.
    PasswordSetByLink,
    /// The user changed their password.
    PasswordChanged,
    /// Somebody was shown, or named, more than that many users within an hour.
    ManyUsersSeen(u32),
    /// Somebody was shown, or named, so many that no more were shown.
    PickerLimited,
    /// The settings were changed.
    SettingsChanged,
    /// Somebody tried to sign in too often.
    SignInThrottled,
    /// The user went on after their session had ended.
    SessionUsedAfterEnd,
    /// Somebody asked for what they may not have.
    Refused {
        /// For what, such as `POST /users/new`, or `/classroom/{room} remove`.
        asked: String,
        /// How many such requests went before that are not in the log.
        left_out: u32,
    },
    /// The audit log was exported.
    LogExported,
    /// A school was made up, to look at.
    Seeded,
    /// Something that this version can't tell.
    Other,
}

/// What was changed of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserChange {
    /// The nickname, before and after.
    Nickname(Nickname, Nickname),
    /// The profile image.
    Image,
    /// The default entry permission, before and after.
    Permission(EntryPermission, EntryPermission),
    /// The groups.
    Groups,
    /// The console role, before and after.
    Role(ConsoleRole, ConsoleRole),
}

/// What was changed of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomChange {
    /// The name, before and after.
    Name(RoomName, RoomName),
    /// Who may enter, before and after.
    Type(RoomType, RoomType),
    /// How many may be in at once, before and after.
    Capacity(Option<Capacity>, Option<Capacity>),
    /// After how many minutes a meeting ends, before and after.
    TimeLimit(Option<TimeLimit>, Option<TimeLimit>),
    /// When it may be entered.
    Window,
}
