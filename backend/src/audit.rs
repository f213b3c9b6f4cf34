//! Who did what: every change leaves a row, in the transaction of the change.

use domain::{RoomId, Timestamp, UserId};
use serde_json::Value;

use crate::{
    Internal,
    accounts::Context,
    store::{
        Tx,
        audit::{self, AuditRow},
    },
};

/// What was done, or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    UserCreate,
    UserEdit,
    UserDeactivate,
    UserReactivate,
    GroupCreate,
    GroupRename,
    GroupMerge,
    GroupDelete,
    GroupAdd,
    GroupRemove,
    RoomCreate,
    RoomEdit,
    RoomEnd,
    RoomReopen,
    MembersAdd,
    MembersPermission,
    MembersRemove,
    SignedIn,
    SignInFailed,
    SignInThrottled,
    SessionEnd,
    FirstAdmin,
    AdminCreate,
    PasswordReset,
    Seed,
}

impl Action {
    /// The name that stands in the log. Those of sign-ins are the ones that log readers know.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::UserCreate => "user.create",
            Self::UserEdit => "user.edit",
            Self::UserDeactivate => "user.deactivate",
            Self::UserReactivate => "user.reactivate",
            Self::GroupCreate => "group.create",
            Self::GroupRename => "group.rename",
            Self::GroupMerge => "group.merge",
            Self::GroupDelete => "group.delete",
            Self::GroupAdd => "group.users.add",
            Self::GroupRemove => "group.users.remove",
            Self::RoomCreate => "room.create",
            Self::RoomEdit => "room.edit",
            Self::RoomEnd => "room.end",
            Self::RoomReopen => "room.reopen",
            Self::MembersAdd => "room.members.add",
            Self::MembersPermission => "room.members.permission",
            Self::MembersRemove => "room.members.remove",
            Self::SignedIn => "authn_login_success",
            Self::SignInFailed => "authn_login_fail",
            Self::SignInThrottled => "authn_login_lock",
            Self::SessionEnd => "session.end",
            Self::FirstAdmin => "admin.first",
            Self::AdminCreate => "admin.create",
            Self::PasswordReset => "password.reset",
            Self::Seed => "seed",
        }
    }
}

/// Who acts, and where the request comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Author<'a> {
    /// Nobody where it is done from the command line or by somebody not signed in.
    pub(crate) actor: Option<&'a UserId>,
    /// Nothing where it is done from the command line.
    pub(crate) context: Option<&'a Context>,
}

/// To whom or what something was done.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Subject<'a> {
    user: Option<&'a UserId>,
    room: Option<&'a RoomId>,
}

impl<'a> Subject<'a> {
    /// A user.
    pub(crate) const fn user(user: &'a UserId) -> Self {
        Self { user: Some(user), room: None }
    }

    /// A room.
    pub(crate) const fn room(room: &'a RoomId) -> Self {
        Self { user: None, room: Some(room) }
    }

    /// A user in a room.
    pub(crate) const fn member(room: &'a RoomId, user: &'a UserId) -> Self {
        Self { user: Some(user), room: Some(room) }
    }
}

/// Adds a row to the log. `detail` says what was before and after; it never holds secrets.
pub(crate) async fn note(
    tx: &mut Tx,
    at: Timestamp,
    author: Author<'_>,
    action: Action,
    subject: Subject<'_>,
    detail: Value,
) -> Result<(), Internal> {
    let row = AuditRow {
        at,
        actor: author.actor,
        action: action.name(),
        user: subject.user,
        room: subject.room,
        detail: detail.to_string(),
        request_id: author.context.map(|it| it.request_id.as_str()),
        address: author.context.map(|it| it.address.as_str()),
    };
    audit::insert(tx, row).await
}
