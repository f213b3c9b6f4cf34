//! Who did what: every change leaves a row, in the transaction of the change.

mod details;
mod export;
mod reach;
mod reading;

pub use self::{export::Export, reading::AuditLog};

use domain::{RoomId, Timestamp, UserId, audit::AuditKind, live::Kind};
use serde_json::Value;

use crate::{
    Internal,
    accounts::Context,
    live::Concern,
    store::{
        Db, Tx,
        audit::{self, AuditRow},
    },
};

/// Names each action once: in the code, and in the log.
macro_rules! actions {
    ($($action:ident = $name:literal;)+) => {
        /// What was done, or refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Action {
            $($action,)+
        }

        impl Action {
            /// All there are.
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$action,)+];

            /// The name that stands in the log. Those of sign-ins are the ones that log readers know (the OWASP
            /// logging vocabulary).
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)+
                }
            }

            /// The action of that name; none where another version wrote it.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$action),)+
                    _ => None,
                }
            }
        }
    };
}

actions! {
    UserCreate = "user.create";
    UserEdit = "user.edit";
    UserDeactivate = "user.deactivate";
    UserReactivate = "user.reactivate";
    UserDelete = "user.delete";
    GroupCreate = "group.create";
    GroupRename = "group.rename";
    GroupMerge = "group.merge";
    GroupDelete = "group.delete";
    GroupAdd = "group.users.add";
    GroupRemove = "group.users.remove";
    RoomCreate = "room.create";
    RoomDuplicate = "room.duplicate";
    RoomEdit = "room.edit";
    RoomEnd = "room.end";
    RoomReopen = "room.reopen";
    RoomDelete = "room.delete";
    RoomOwner = "room.owner";
    MembersAdd = "room.members.add";
    MembersPermission = "room.members.permission";
    MembersRemove = "room.members.remove";
    LinkSeen = "link.seen";
    LinksSeen = "links.seen";
    LinkRenew = "link.renew";
    LinkRevoke = "link.revoke";
    LinkAllow = "link.allow";
    LinkExpiry = "link.expiry";
    EntryHost = "entry.host";
    EntryRefused = "entry.refused";
    RoomBan = "room.ban";
    RoomBanLift = "room.ban.lift";
    RoomNewcomers = "room.newcomers";
    ObserveBegin = "observe.begin";
    ObserveEnd = "observe.end";
    ObserveRefused = "observe.refused";
    MeetingBegin = "meeting.begin";
    MeetingEnd = "meeting.end";
    MeetingPermission = "meeting.permission";
    MeetingRestrict = "meeting.restrict";
    MeetingRename = "meeting.rename";
    MeetingLock = "meeting.lock";
    MeetingAnnounce = "meeting.announce";
    MeetingRemove = "meeting.remove";
    MeetingAdmit = "meeting.admit";
    AttendanceExport = "attendance.export";
    SignedIn = "authn_login_success";
    SignInFailed = "authn_login_fail";
    SignInThrottled = "authn_login_lock";
    SessionEnd = "session.end";
    UsersSeen = "users.seen";
    PickerLimited = "excess_rate_limit_exceeded";
    FirstAdmin = "admin.first";
    AdminCreate = "admin.create";
    PasswordReset = "password.reset";
    PasswordLink = "password.link";
    PasswordSet = "authn_password_change";
    SettingsChange = "settings.change";
    Seed = "seed";
    Refused = "authz_fail";
    SessionExpired = "session_use_after_expire";
    Export = "audit.export";
}

impl Action {
    /// What else than the log shows something of it.
    const fn concerns(self) -> &'static [Concern] {
        use Concern::{Sessions, Shown};
        use Kind::{Groups, Rooms, Users};
        match self {
            Self::UserCreate
            | Self::UserEdit
            | Self::UserDeactivate
            | Self::UserReactivate
            | Self::FirstAdmin
            | Self::AdminCreate
            | Self::UserDelete
            | Self::Seed => &[Shown(Users), Shown(Groups), Shown(Rooms)],
            Self::GroupCreate
            | Self::GroupRename
            | Self::GroupMerge
            | Self::GroupDelete
            | Self::GroupAdd
            | Self::GroupRemove => &[Shown(Groups), Shown(Users)],
            Self::RoomCreate
            | Self::RoomDuplicate
            | Self::RoomEdit
            | Self::RoomEnd
            | Self::RoomReopen
            | Self::RoomDelete
            | Self::RoomOwner
            | Self::MembersAdd
            | Self::MembersPermission
            | Self::MembersRemove
            | Self::LinkRenew
            | Self::LinkRevoke
            | Self::LinkAllow
            | Self::LinkExpiry
            | Self::RoomBan
            | Self::RoomBanLift
            | Self::RoomNewcomers => &[Shown(Rooms)],
            Self::SessionEnd => &[Sessions],
            Self::PasswordReset | Self::PasswordSet => &[Sessions, Shown(Users)],
            Self::PasswordLink => &[Shown(Users)],
            Self::SettingsChange => &[Shown(Users), Shown(Rooms)],
            Self::SignedIn
            | Self::SignInFailed
            | Self::SignInThrottled
            | Self::Refused
            | Self::UsersSeen
            | Self::PickerLimited
            | Self::SessionExpired
            | Self::LinkSeen
            | Self::LinksSeen
            | Self::EntryHost
            | Self::EntryRefused
            | Self::ObserveBegin
            | Self::ObserveEnd
            | Self::ObserveRefused
            | Self::MeetingBegin
            | Self::MeetingEnd
            | Self::MeetingPermission
            | Self::MeetingRestrict
            | Self::MeetingRename
            | Self::MeetingLock
            | Self::MeetingAnnounce
            | Self::MeetingRemove
            | Self::MeetingAdmit
            | Self::AttendanceExport
            | Self::Export => &[],
        }
    }

    /// What the log's page lists it under.
    pub(crate) const fn kind(self) -> AuditKind {
        match self {
            Self::UserCreate
            | Self::UserEdit
            | Self::UserDeactivate
            | Self::UserReactivate
            | Self::UserDelete => AuditKind::Users,
            Self::GroupCreate
            | Self::GroupRename
            | Self::GroupMerge
            | Self::GroupDelete
            | Self::GroupAdd
            | Self::GroupRemove => AuditKind::Groups,
            Self::RoomCreate
            | Self::RoomDuplicate
            | Self::RoomEdit
            | Self::RoomEnd
            | Self::RoomReopen
            | Self::RoomDelete
            | Self::RoomOwner => AuditKind::Rooms,
            Self::MembersAdd
            | Self::MembersPermission
            | Self::MembersRemove
            | Self::LinkSeen
            | Self::LinksSeen
            | Self::LinkRenew
            | Self::LinkRevoke
            | Self::LinkAllow
            | Self::LinkExpiry
            | Self::RoomBan
            | Self::RoomBanLift
            | Self::RoomNewcomers => AuditKind::Members,
            Self::SignedIn
            | Self::SignInFailed
            | Self::SignInThrottled
            | Self::SessionEnd
            | Self::SessionExpired
            | Self::PasswordReset
            | Self::PasswordLink
            | Self::PasswordSet => AuditKind::SignIn,
            Self::SettingsChange | Self::Export => AuditKind::Settings,
            Self::Refused | Self::EntryRefused | Self::UsersSeen | Self::PickerLimited => {
                AuditKind::Refused
            }
            Self::ObserveBegin | Self::ObserveEnd | Self::ObserveRefused => AuditKind::Observations,
            Self::FirstAdmin | Self::AdminCreate | Self::Seed => AuditKind::Server,
            Self::EntryHost
            | Self::MeetingBegin
            | Self::MeetingEnd
            | Self::MeetingPermission
            | Self::MeetingRestrict
            | Self::MeetingRename
            | Self::MeetingLock
            | Self::MeetingAnnounce
            | Self::MeetingRemove
            | Self::MeetingAdmit
            | Self::AttendanceExport => AuditKind::Meetings,
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

    /// What a request named: a user, a room, both or nothing.
    pub(crate) const fn about(user: Option<&'a UserId>, room: Option<&'a RoomId>) -> Self {
        Self { user, room }
    }

    /// The same with that user, if one is meant.
    pub(crate) const fn with(self, user: Option<&'a UserId>) -> Self {
        Self { user, ..self }
    }

    /// A user in a room.
    pub(crate) const fn member(room: &'a RoomId, user: &'a UserId) -> Self {
        Self { user: Some(user), room: Some(room) }
    }
}

/// Has it told, once it is done, that this was. Where it is about several, the subject is none of them.
fn tell(tx: &mut Tx, action: Action, subject: Subject<'_>) {
    tx.concerns(&[Concern::Shown(Kind::Log)]);
    tx.concerns(action.concerns());
    if let Some(change) = action.reach().of(subject) {
        tx.changes_entry(change);
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
    tell(tx, action, subject);
    audit::insert(tx, row(at, author, action, subject, detail)).await
}

/// Something to be noted in the log, beside others.
#[derive(Debug)]
pub(crate) struct Noted<'a> {
    pub(crate) at: Timestamp,
    pub(crate) author: Author<'a>,
    pub(crate) action: Action,
    pub(crate) subject: Subject<'a>,
    pub(crate) detail: Value,
}

/// Adds a row to the log for each of these, in that order, at once.
pub(crate) async fn note_all(tx: &mut Tx, noted: Vec<Noted<'_>>) -> Result<(), Internal> {
    let mut rows = Vec::new();
    for it in noted {
        tell(tx, it.action, it.subject);
        rows.push(row(it.at, it.author, it.action, it.subject, it.detail));
    }
    audit::insert_all(tx, rows).await
}

/// How often somebody has done that since, to others than themselves.
pub(crate) async fn count_done(
    db: &mut Db,
    actor: &UserId,
    action: Action,
    since: Timestamp,
) -> Result<u32, Internal> {
    audit::count_done(db, actor, (action.kind(), action.name()), since).await
}

/// Adds a row to the log for each of the users of those numbers.
pub(crate) async fn note_each(
    tx: &mut Tx,
    users: &[i64],
    at: Timestamp,
    author: Author<'_>,
    action: Action,
    detail: Value,
) -> Result<(), Internal> {
    tell(tx, action, Subject::default());
    audit::insert_for_each(tx, users, row(at, author, action, Subject::default(), detail)).await
}

/// Adds a row to the log for each room that the user of that number owns.
pub(crate) async fn note_in_rooms_of(
    tx: &mut Tx,
    owner: i64,
    at: Timestamp,
    author: Author<'_>,
    action: Action,
    subject: Subject<'_>,
    detail: Value,
) -> Result<(), Internal> {
    tell(tx, action, Subject::default());
    audit::insert_for_rooms_of(tx, owner, row(at, author, action, subject, detail)).await
}

fn row<'a>(
    at: Timestamp,
    author: Author<'a>,
    action: Action,
    subject: Subject<'a>,
    detail: Value,
) -> AuditRow<'a> {
    AuditRow {
        at,
        actor: author.actor,
        action: action.name(),
        kind: action.kind(),
        user: subject.user,
        room: subject.room,
        detail: detail.to_string(),
        request_id: author.context.map(|it| it.request_id.as_str()),
        address: author.context.map(|it| it.address.as_str()),
    }
}
