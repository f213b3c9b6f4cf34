//! History: what the audit log tells of one user and of one room, newest first.

use std::{collections::HashMap, sync::Arc};

use domain::{
    EntryPermission, GroupName, Newest, Nickname, RoomId, Timestamp, UserId,
    classroom::Capability,
    history::{
        Deed, DoorDeed, Event, LinkDeed, MeetingDeed, Named, NamedRoom, RoomChange, UserChange,
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Internal,
    accounts::{Admin, Proof},
    audit::Action,
    rooms::RoomReader,
    settings::SchoolSettings,
    store::{
        Db, Store,
        audit::{self, NotedEvent},
        audit_list::{self, Part, Whose},
        users,
    },
};

/// How many events a page holds.
const PAGE: u32 = 20;
/// Over so many pages in which somebody was refused something, and nothing else was done, others are led at
/// once.
const PAGES_OF_REFUSALS: u32 = 5;

/// The use cases about history.
#[derive(Debug)]
pub struct History {
    store: Store,
    settings: Arc<SchoolSettings>,
}

impl History {
    pub(crate) const fn new(store: Store, settings: Arc<SchoolSettings>) -> Self {
        Self { store, settings }
    }

    /// Deletes what is older than the school keeps, some at a time so that others get to write, and
    /// answers how much that was.
    pub async fn forget(&self) -> Result<u64, Internal> {
        let Some(oldest) = self.settings.kept_from() else { return Ok(0) };
        let mut forgotten = 0;
        loop {
            let gone = audit::forget(&self.store, oldest).await?;
            forgotten += gone;
            if gone < u64::from(audit::AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    /// What was done to a user, newest first: the latest, or what came before the event of that
    /// number.
    pub async fn of_user(
        &self,
        _: &Admin,
        user_id: &UserId,
        older_than: Option<i64>,
    ) -> Result<Newest<Event>, Internal> {
        let mut db = self.store.read().await?;
        // The log names people as they were typed when they were created.
        let user = users::find(&mut db, user_id).await?;
        let user_id = user.map_or_else(|| user_id.clone(), |it| it.summary.user_id);
        newest(&mut db, Whose::DoneTo(user_id), older_than).await
    }

    /// What was done in a room, newest first: the latest, or what came before the event of that
    /// number.
    pub async fn of_room(
        &self,
        reader: &RoomReader,
        older_than: Option<i64>,
    ) -> Result<Newest<Event>, Internal> {
        let mut db = self.store.read().await?;
        let mut older_than = older_than;
        // Where somebody goes on being refused, pages hold nothing else; there may be more of them than these.
        for _ in 0..PAGES_OF_REFUSALS {
            let whose = Whose::Rooms(vec![reader.room().id.clone()]);
            let mut events = newest(&mut db, whose, older_than).await?;
            if !reader.staff().is_admin() {
                events.rows.retain(|it| !is_refusal(&it.deed));
            }
            if !events.rows.is_empty() || events.older_than.is_none() {
                return Ok(events);
            }
            older_than = events.older_than;
        }
        Ok(Newest { rows: Vec::new(), older_than })
    }
}

/// Whether somebody was refused something, which is for the log.
fn is_refusal(deed: &Deed) -> bool {
    matches!(deed, Deed::Refused { .. } | Deed::Door(DoorDeed::Refused { .. }))
}

async fn newest(
    db: &mut Db,
    whose: Whose,
    older_than: Option<i64>,
) -> Result<Newest<Event>, Internal> {
    let cursor = match older_than {
        None => None,
        Some(number) => match audit_list::behind(db, number).await? {
            None => return Ok(Newest { rows: Vec::new(), older_than: None }),
            behind => behind,
        },
    };
    let (rows, next) = audit_list::on(db, &Part::told(whose), cursor.as_ref(), PAGE).await?;
    Ok(Newest { rows: told(db, &rows).await?, older_than: next.map(|it| it.number) })
}

/// What each of these tells.
pub(crate) async fn told(db: &mut Db, noted: &[NotedEvent]) -> Result<Vec<Event>, Internal> {
    let nicknames = nicknames(db, noted).await?;
    let named = |user_id: &UserId| {
        let nickname = nicknames.get(&user_id.key()).cloned();
        Named { user_id: user_id.clone(), nickname }
    };
    let room = |(id, name): &(RoomId, _)| NamedRoom { id: id.clone(), name: Option::clone(name) };
    let event = |it: &NotedEvent| Event {
        at: it.at,
        deed: deed(&it.action, &it.detail),
        actor: it.actor.as_ref().map(named),
        user: it.user.as_ref().map(named),
        room: it.room.as_ref().map(room),
    };
    Ok(noted.iter().map(event).collect())
}

/// The nicknames of all whom the events name and who still exist, by the keys of their User IDs.
async fn nicknames(
    db: &mut Db,
    noted: &[NotedEvent],
) -> Result<HashMap<String, Nickname>, Internal> {
    let named = noted.iter().flat_map(|it| it.actor.iter().chain(&it.user));
    let mut keys: Vec<String> = named.map(UserId::key).collect();
    keys.sort_unstable();
    keys.dedup();
    let users = users::by_keys(db, &keys).await?;
    Ok(users.into_iter().map(|(key, user)| (key, user.summary.nickname)).collect())
}

/// What an action was, with what its detail tells of it. What can't be read is left out: what was
/// noted by earlier versions stays as it is.
fn deed(action: &str, detail: &str) -> Deed {
    let Some(action) = Action::from_name(action) else { return Deed::Other };
    let detail = serde_json::from_str(detail).unwrap_or(Value::Null);
    match action {
        Action::UserCreate => Deed::UserCreated,
        Action::UserEdit => Deed::UserEdited(user_changes(&detail)),
        Action::UserDeactivate => Deed::UserDeactivated,
        Action::UserReactivate => Deed::UserReactivated,
        Action::UserDelete => Deed::UserDeleted,
        Action::RoomCreate => Deed::RoomCreated,
        Action::RoomDuplicate => Deed::RoomDuplicated,
        Action::RoomEdit => Deed::RoomEdited(room_changes(&detail)),
        Action::RoomEnd => Deed::RoomEnded,
        Action::RoomReopen => Deed::RoomReopened,
        Action::RoomDelete => Deed::RoomDeleted,
        Action::RoomOwner => Deed::OwnerChanged,
        Action::MembersAdd => {
            Deed::MembersAdded(many(&detail).unwrap_or_else(|| length(&detail["members"])))
        }
        Action::MembersPermission => permissions(&detail),
        Action::MembersRemove => many(&detail).map_or(Deed::MemberRemoved, Deed::MembersRemoved),
        Action::LinkSeen => Deed::EntryLink(LinkDeed::Seen),
        Action::LinksSeen => Deed::EntryLink(LinkDeed::AllSeen(many(&detail).unwrap_or_default())),
        Action::LinkRenew => Deed::EntryLink(LinkDeed::Renewed),
        Action::LinkRevoke => Deed::EntryLink(LinkDeed::Revoked),
        Action::LinkAllow => Deed::EntryLink(LinkDeed::Allowed),
        Action::LinkExpiry => Deed::EntryLink(LinkDeed::ExpirySet),
        Action::EntryHost
        | Action::EntryRefused
        | Action::RoomBan
        | Action::RoomBanLift
        | Action::RoomNewcomers
        | Action::ObserveBegin
        | Action::ObserveEnd
        | Action::ObserveRefused => door_deed(action, &detail).map_or(Deed::Other, Deed::Door),
        Action::MeetingBegin
        | Action::MeetingEnd
        | Action::MeetingPermission
        | Action::MeetingRestrict
        | Action::MeetingRename
        | Action::MeetingLock
        | Action::MeetingAnnounce
        | Action::MeetingRemove
        | Action::MeetingAdmit
        | Action::AttendanceExport => {
            let guest = read(&detail["guest"]);
            meeting_deed(action, &detail).map_or(Deed::Other, |deed| Deed::Meeting { deed, guest })
        }
        Action::SignedIn => Deed::SignedIn,
        Action::SignInFailed => Deed::SignInFailed,
        Action::SessionEnd => match detail["where"].as_str() {
            Some("device" | "others") => Deed::SignedOutElsewhere,
            Some("unused") => Deed::SignedOutUnused,
            Some("everywhere") => Deed::SignedOutEverywhere,
            _ => Deed::SignedOut,
        },
        Action::FirstAdmin => Deed::FirstAdmin,
        Action::AdminCreate => Deed::AdminCreated,
        Action::PasswordReset => Deed::PasswordSet,
        Action::PasswordLink => Deed::PasswordLinkMade,
        Action::PasswordSet if detail["by"] == "link" => Deed::PasswordSetByLink,
        Action::PasswordSet => Deed::PasswordChanged,
        Action::GroupCreate
        | Action::GroupRename
        | Action::GroupMerge
        | Action::GroupDelete
        | Action::GroupAdd
        | Action::GroupRemove => group_deed(action, &detail).unwrap_or(Deed::Other),
        Action::UsersSeen => Deed::ManyUsersSeen(many(&detail).unwrap_or_default()),
        Action::PickerLimited => Deed::PickerLimited,
        Action::SettingsChange => Deed::SettingsChanged,
        Action::SignInThrottled => Deed::SignInThrottled,
        Action::SessionExpired => Deed::SessionUsedAfterEnd,
        Action::Refused => refused(&detail),
        Action::Export => Deed::LogExported,
        Action::Seed => Deed::Seeded,
    }
}

/// What was refused, and how often that went unsaid before.
fn refused(detail: &Value) -> Deed {
    let parts = ["method", "path", "act"].map(|it| detail[it].as_str().unwrap_or_default());
    let asked: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    Deed::Refused { asked: asked.join(" "), left_out: left_out(detail) }
}

/// How many refusals went before that are not in the log.
fn left_out(detail: &Value) -> u32 {
    let left_out = detail["left_out"].as_u64().and_then(|it| u32::try_from(it).ok());
    left_out.unwrap_or_default()
}

/// What happened at the door of a room.
fn door_deed(action: Action, detail: &Value) -> Option<DoorDeed> {
    match action {
        Action::EntryHost => Some(DoorDeed::EnteredAsHost),
        Action::EntryRefused => Some(DoorDeed::Refused { left_out: left_out(detail) }),
        Action::RoomBan => {
            Some(DoorDeed::Banned { guest: guest(detail), shut: detail["renewed"] == true })
        }
        Action::RoomBanLift => Some(DoorDeed::BanLifted(guest(detail))),
        Action::RoomNewcomers => Some(DoorDeed::NewcomersWait(detail["wait"] == true)),
        Action::ObserveBegin => Some(DoorDeed::ObservationBegan),
        Action::ObserveEnd => {
            Some(DoorDeed::Observed { seconds: detail["seconds"].as_i64().unwrap_or_default() })
        }
        Action::ObserveRefused => Some(DoorDeed::ObserverRefused { left_out: left_out(detail) }),
        _ => None,
    }
}

/// The name of somebody whom Rollcall doesn't know.
fn guest(detail: &Value) -> Option<Nickname> {
    Deserialize::deserialize(&detail["guest"]).ok()
}

/// What was done to a group; nothing where that can't be read.
fn group_deed(action: Action, detail: &Value) -> Option<Deed> {
    let name = |part: &str| GroupName::deserialize(&detail[part]).ok();
    let group = name("group")?;
    match action {
        Action::GroupCreate => Some(Deed::GroupCreated(group)),
        Action::GroupRename => Some(Deed::GroupRenamed { before: group, after: name("after")? }),
        Action::GroupMerge => Some(Deed::GroupMerged { group, into: name("into")? }),
        Action::GroupDelete => Some(Deed::GroupDeleted(group)),
        Action::GroupAdd => Some(Deed::GroupJoined(group)),
        Action::GroupRemove => Some(Deed::GroupLeft(group)),
        _ => None,
    }
}

/// What was done in a meeting, or with what is on record of one; nothing where that can't be read.
fn meeting_deed(action: Action, detail: &Value) -> Option<MeetingDeed> {
    match action {
        Action::MeetingBegin => Some(MeetingDeed::Began),
        Action::MeetingEnd => Some(MeetingDeed::Ended(read(&detail["ending"])?)),
        Action::MeetingPermission => Some(MeetingDeed::PermissionSet(read(&detail["after"])?)),
        Action::MeetingRestrict => match read(&detail["what"])? {
            Capability::Chat => Some(MeetingDeed::ChatLocked(read(&detail["locked"])?)),
            Capability::RaiseHand => Some(MeetingDeed::HandsLocked(read(&detail["locked"])?)),
            _ => None,
        },
        Action::MeetingRename => Some(MeetingDeed::Renamed(read(&detail["after"])?)),
        Action::MeetingLock => Some(MeetingDeed::Locked(read(&detail["locked"])?)),
        Action::MeetingAnnounce => Some(MeetingDeed::Announced(!detail["after"].is_null())),
        Action::MeetingRemove => Some(MeetingDeed::Removed),
        Action::MeetingAdmit => Some(MeetingDeed::Admitted(read(&detail["admitted"])?)),
        Action::AttendanceExport => Some(MeetingDeed::AttendanceExported),
        _ => None,
    }
}

/// What a part of a detail says, if it can be read.
fn read<T: DeserializeOwned>(part: &Value) -> Option<T> {
    T::deserialize(part).ok()
}

/// How many it was done to at once, where it was done to several.
fn many(detail: &Value) -> Option<u32> {
    u32::try_from(detail["count"].as_u64()?).ok()
}

fn permissions(detail: &Value) -> Deed {
    let after = EntryPermission::deserialize(&detail["after"]).ok();
    match (many(detail), after, changed(detail, "")) {
        (Some(count), Some(after), _) => Deed::PermissionsSet(count, after),
        (Some(count), None, _) => Deed::PermissionsRestored(count),
        (None, _, Some((before, after))) => Deed::PermissionChanged { before, after },
        (None, _, None) => Deed::Other,
    }
}

fn user_changes(detail: &Value) -> Vec<UserChange> {
    let nickname = changed(detail, "/summary/nickname");
    let image = changed::<Value>(detail, "/summary/image");
    let permission = changed(detail, "/summary/permission");
    let groups = changed::<Value>(detail, "/groups");
    let role = changed(detail, "/summary/role");
    [
        nickname.map(|(before, after)| UserChange::Nickname(before, after)),
        image.map(|_| UserChange::Image),
        permission.map(|(before, after)| UserChange::Permission(before, after)),
        groups.map(|_| UserChange::Groups),
        role.map(|(before, after)| UserChange::Role(before, after)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn room_changes(detail: &Value) -> Vec<RoomChange> {
    let name = changed(detail, "/name").map(|(before, after)| RoomChange::Name(before, after));
    let kind = changed(detail, "/type").map(|(before, after)| RoomChange::Type(before, after));
    let capacity = changed(detail, "/capacity");
    let time_limit = changed(detail, "/time_limit");
    let opens = changed::<Option<Timestamp>>(detail, "/opens");
    let closes = changed::<Option<Timestamp>>(detail, "/closes");
    [
        name,
        kind,
        capacity.map(|(before, after)| RoomChange::Capacity(before, after)),
        time_limit.map(|(before, after)| RoomChange::TimeLimit(before, after)),
        (opens.is_some() || closes.is_some()).then_some(RoomChange::Window),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What stands at that place before and after, if both can be read and they differ.
fn changed<T: DeserializeOwned + PartialEq>(detail: &Value, place: &str) -> Option<(T, T)> {
    let at = |when: &str| {
        let value = detail.get(when)?.pointer(place)?;
        T::deserialize(value).ok()
    };
    let (before, after) = (at("before")?, at("after")?);
    (before != after).then_some((before, after))
}

fn length(list: &Value) -> u32 {
    let length = list.as_array().map_or(0, Vec::len);
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use domain::{RoomType, room::Capacity};
    use serde_json::json;

    use super::*;

    fn told(action: Action, detail: &Value) -> Deed {
        deed(action.name(), &detail.to_string())
    }

    #[test]
    fn only_what_differs_is_told_of_an_edit() {
        let user = |nickname: &str, role: &str| {
            let summary = json!({ "nickname": nickname, "image": null, "role": role });
            json!({ "summary": summary, "groups": ["7B"] })
        };
        let detail = json!({ "before": user("Kim", "none"), "after": user("Min", "none") });
        let name = |raw: &str| Nickname::parse(raw).unwrap();
        let expected = vec![UserChange::Nickname(name("Kim"), name("Min"))];
        assert_eq!(told(Action::UserEdit, &detail), Deed::UserEdited(expected));
        let detail = json!({
            "before": { "name": "x", "type": "private", "capacity": null, "opens": 7 },
            "after": { "name": "x", "type": "public", "capacity": 7, "opens": null },
        });
        let expected = vec![
            RoomChange::Type(RoomType::Private, RoomType::Public),
            RoomChange::Capacity(None, Capacity::new(7)),
            RoomChange::Window,
        ];
        assert_eq!(told(Action::RoomEdit, &detail), Deed::RoomEdited(expected));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(deed("room.explode", "{}"), Deed::Other);
        assert_eq!(deed("user.edit", "nonsense"), Deed::UserEdited(Vec::new()));
        let broken = json!({ "before": "king", "after": "guest" });
        assert_eq!(told(Action::MembersPermission, &broken), Deed::Other);
        let good = json!({ "before": "host", "after": "guest" });
        let (before, after) = (EntryPermission::Host, EntryPermission::Guest);
        let expected = Deed::PermissionChanged { before, after };
        assert_eq!(told(Action::MembersPermission, &good), expected);
    }

    #[test]
    fn what_was_done_to_many_says_to_how_many() {
        let set = json!({ "count": 3, "members": [["S-1", "guest"]], "after": "host" });
        let expected = Deed::PermissionsSet(3, EntryPermission::Host);
        assert_eq!(told(Action::MembersPermission, &set), expected);
        let some = json!({ "count": 3, "members": [["S-1", "guest"]] });
        assert_eq!(told(Action::MembersPermission, &some), Deed::PermissionsRestored(3));
        assert_eq!(told(Action::MembersRemove, &some), Deed::MembersRemoved(3));
        assert_eq!(told(Action::MembersRemove, &json!({})), Deed::MemberRemoved);
        assert_eq!(told(Action::MembersAdd, &some), Deed::MembersAdded(3));
        let listed = json!({ "members": [["S-1", "guest"]] });
        assert_eq!(told(Action::MembersAdd, &listed), Deed::MembersAdded(1));
    }
}
