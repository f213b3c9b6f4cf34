//! For whom an act may change what the rule of entry answers.

use super::{Action, Subject};
use crate::live::{Concerned, EntryChange};

/// How far an act reaches into rooms that are live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Nowhere.
    Nothing,
    /// To everybody in its room.
    Room,
    /// To its user, in all rooms.
    User,
    /// To its user in its room, and to everybody there where it is about several.
    Member,
    /// To everybody in all rooms.
    Everybody,
}

impl Action {
    /// For whom the rule of entry may answer otherwise once this was done. What is too wide costs a look,
    /// what is too narrow leaves somebody in.
    pub(crate) const fn reach(self) -> Reach {
        match self {
            Self::UserEdit
            | Self::UserDeactivate
            | Self::UserReactivate
            | Self::UserDelete
            | Self::FirstAdmin
            | Self::AdminCreate
            | Self::SessionEnd
            | Self::SessionExpired
            | Self::PasswordReset
            | Self::PasswordSet => Reach::User,
            // A ban that shuts out strangers too says so by itself.
            Self::MembersAdd | Self::MembersPermission | Self::MembersRemove | Self::RoomBan => {
                Reach::Member
            }
            Self::RoomEdit
            | Self::RoomEnd
            | Self::RoomReopen
            | Self::RoomDelete
            | Self::RoomOwner
            | Self::RoomBanLift
            | Self::RoomNewcomers
            | Self::LinkRenew
            | Self::LinkRevoke
            | Self::LinkAllow
            | Self::LinkExpiry => Reach::Room,
            Self::Seed => Reach::Everybody,
            Self::UserCreate
            | Self::GroupCreate
            | Self::GroupRename
            | Self::GroupMerge
            | Self::GroupDelete
            | Self::GroupAdd
            | Self::GroupRemove
            | Self::RoomCreate
            | Self::RoomDuplicate
            | Self::LinkSeen
            | Self::LinksSeen
            | Self::EntryHost
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
            | Self::EntryRefused
            | Self::SignedIn
            | Self::SignInFailed
            | Self::SignInThrottled
            | Self::UsersSeen
            | Self::PickerLimited
            | Self::PasswordLink
            | Self::SettingsChange
            | Self::Refused
            | Self::Export => Reach::Nothing,
        }
    }
}

impl Reach {
    /// Where to and whom, of an act about that; nothing where it reaches nowhere. Where its room or user
    /// isn't named, it reaches everywhere or everybody.
    pub(super) fn of(self, subject: Subject<'_>) -> Option<EntryChange> {
        let room = || subject.room.cloned();
        let who = || subject.user.cloned().map(Concerned::User);
        match self {
            Self::Nothing => None,
            Self::Room => Some(EntryChange { room: room(), who: None }),
            Self::User => Some(EntryChange { room: None, who: who() }),
            Self::Member => Some(EntryChange { room: room(), who: who() }),
            Self::Everybody => Some(EntryChange { room: None, who: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{RoomId, UserId};

    use super::*;

    /// Every action by the name under which the log keeps it, but for those that reach nowhere.
    const REACH: [(&str, Reach); 26] = [
        ("user.edit", Reach::User),
        ("user.deactivate", Reach::User),
        ("user.reactivate", Reach::User),
        ("user.delete", Reach::User),
        ("admin.first", Reach::User),
        ("admin.create", Reach::User),
        ("session.end", Reach::User),
        ("session_use_after_expire", Reach::User),
        ("password.reset", Reach::User),
        ("authn_password_change", Reach::User),
        ("room.members.add", Reach::Member),
        ("room.members.permission", Reach::Member),
        ("room.members.remove", Reach::Member),
        ("room.edit", Reach::Room),
        ("room.end", Reach::Room),
        ("room.reopen", Reach::Room),
        ("room.delete", Reach::Room),
        ("room.owner", Reach::Room),
        ("room.ban", Reach::Member),
        ("room.ban.lift", Reach::Room),
        ("room.newcomers", Reach::Room),
        ("link.renew", Reach::Room),
        ("link.revoke", Reach::Room),
        ("link.allow", Reach::Room),
        ("link.expiry", Reach::Room),
        ("seed", Reach::Everybody),
    ];

    #[test]
    fn every_act_reaches_whom_it_may_put_out_or_let_in() {
        for action in Action::ALL {
            let expected = REACH.iter().find(|it| it.0 == action.name());
            let expected = expected.map_or(Reach::Nothing, |it| it.1);
            assert_eq!(action.reach(), expected, "{}", action.name());
        }
        for (name, _) in REACH {
            assert!(Action::from_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_an_act_does_not_name_is_everything() {
        let (room, user) = (RoomId::from_bits(1), UserId::parse("S-1").unwrap());
        let change = |room: Option<&RoomId>, who: Option<&UserId>| {
            Some(EntryChange { room: room.cloned(), who: who.cloned().map(Concerned::User) })
        };
        let member = Subject::member(&room, &user);
        assert_eq!(Reach::Member.of(member), change(Some(&room), Some(&user)));
        assert_eq!(Reach::Member.of(Subject::room(&room)), change(Some(&room), None));
        assert_eq!(Reach::Room.of(member), change(Some(&room), None));
        assert_eq!(Reach::User.of(member), change(None, Some(&user)));
        assert_eq!(Reach::User.of(Subject::default()), change(None, None));
        assert_eq!(Reach::Everybody.of(member), change(None, None));
        assert_eq!(Reach::Nothing.of(member), None);
    }
}
