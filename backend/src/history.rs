//! History: what the audit log tells of one user and of one room, newest first.

use std::collections::HashMap;

use domain::{
    GroupName, Newest, Nickname, RoomId, UserId,
    history::{Deed, Event, Named, NamedRoom, RoomChange, UserChange},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Internal,
    accounts::Admin,
    audit::Action,
    store::{
        Db, Store,
        audit::{self, NotedEvent},
        users,
    },
};

/// The use cases about history.
#[derive(Debug)]
pub struct History {
    store: Store,
}

impl History {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
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
        let user_id = user.as_ref().map_or(user_id, |it| &it.summary.user_id);
        let noted = audit::of_user(&mut db, user_id, older_than.unwrap_or(i64::MAX)).await?;
        told(&mut db, noted).await
    }

    /// What was done in a room, newest first: the latest, or what came before the event of that
    /// number.
    pub async fn of_room(
        &self,
        _: &Admin,
        room: &RoomId,
        older_than: Option<i64>,
    ) -> Result<Newest<Event>, Internal> {
        let mut db = self.store.read().await?;
        let noted = audit::of_room(&mut db, room, older_than.unwrap_or(i64::MAX)).await?;
        told(&mut db, noted).await
    }
}

async fn told(db: &mut Db, mut noted: Vec<NotedEvent>) -> Result<Newest<Event>, Internal> {
    let page = usize::try_from(audit::PAGE).unwrap_or(usize::MAX);
    let more = noted.len() > page;
    noted.truncate(page);
    let nicknames = nicknames(db, &noted).await?;
    let older_than = noted.last().filter(|_| more).map(|it| it.number);
    let named = |user_id: UserId| {
        let nickname = nicknames.get(&user_id.key()).cloned();
        Named { user_id, nickname }
    };
    let rows = noted.into_iter().map(|it| Event {
        at: it.at,
        deed: deed(&it.action, &it.detail),
        actor: it.actor.map(named),
        user: it.user.map(named),
        room: it.room.map(|(id, name)| NamedRoom { id, name }),
    });
    Ok(Newest { rows: rows.collect(), older_than })
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
        Action::MembersAdd => Deed::MembersAdded(length(&detail["members"])),
        Action::MembersPermission => match changed(&detail, "") {
            Some((before, after)) => Deed::PermissionChanged { before, after },
            None => Deed::Other,
        },
        Action::MembersRemove => Deed::MemberRemoved,
        Action::SignedIn => Deed::SignedIn,
        Action::SignInFailed => Deed::SignInFailed,
        Action::SessionEnd => Deed::SignedOut,
        Action::FirstAdmin => Deed::FirstAdmin,
        Action::AdminCreate => Deed::AdminCreated,
        Action::PasswordReset => Deed::PasswordSet,
        Action::GroupCreate
        | Action::GroupRename
        | Action::GroupMerge
        | Action::GroupDelete
        | Action::GroupAdd
        | Action::GroupRemove => group_deed(action, &detail).unwrap_or(Deed::Other),
        Action::SignInThrottled | Action::Seed => Deed::Other,
    }
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
    let settings = detail["after"].as_object().is_some_and(|after| {
        let others = after.keys().filter(|it| !matches!(it.as_str(), "name" | "type"));
        others.into_iter().any(|it| detail["before"][it] != after[it])
    });
    let settings = settings.then_some(RoomChange::Settings);
    [name, kind, settings].into_iter().flatten().collect()
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
    use domain::{EntryPermission, RoomType};
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
            "before": { "name": "x", "type": "private", "capacity": null },
            "after": { "name": "x", "type": "public", "capacity": 7 },
        });
        let expected =
            vec![RoomChange::Type(RoomType::Private, RoomType::Public), RoomChange::Settings];
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
}
