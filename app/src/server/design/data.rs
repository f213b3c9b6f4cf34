//! Made-up people and rooms.

use domain::{
    ConsoleRole, EntryPermission, GroupName, GroupSummary, Nickname, RoomId, RoomName, Timestamp,
    UserId, UserStatus, UserSummary,
    audit::{Detail, Entry},
    avatar,
    history::{Deed, Event, Named, NamedRoom, UserChange},
};

/// Somebody, if the names can be names.
pub(super) fn user(
    user_id: &str,
    nickname: &str,
    permission: EntryPermission,
    status: UserStatus,
) -> Option<UserSummary> {
    Some(UserSummary {
        user_id: UserId::parse(user_id).ok()?,
        nickname: Nickname::parse(nickname).ok()?,
        image: None,
        permission,
        role: if permission == EntryPermission::Host {
            ConsoleRole::Teacher
        } else {
            ConsoleRole::None
        },
        status,
    })
}

/// People of every kind.
pub(super) fn people() -> Vec<UserSummary> {
    use EntryPermission::{Guest, Host, Monitoring};
    use UserStatus::{Active, Deactivated};
    [
        user("T-kim", "Hana Kim", Host, Active),
        user("S-2041", "김민지", Guest, Active),
        user(
            "O-1",
            "Observer with a rather long nickname, and still more of it",
            Monitoring,
            Active,
        ),
        user("S-2042", "Joon Lee", Guest, Deactivated),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Somebody of each colour of blank avatars.
pub(super) fn colours() -> Vec<UserSummary> {
    let mut all: Vec<(u8, UserSummary)> = Vec::new();
    for number in 0..200 {
        let somebody = user(
            &format!("S-{number}"),
            &format!("{}", char::from(b'A' + (number % 26))),
            EntryPermission::Guest,
            UserStatus::Active,
        );
        if let Some(somebody) = somebody {
            let colour = avatar::colour(&somebody.user_id);
            if all.iter().all(|it| it.0 != colour) {
                all.push((colour, somebody));
            }
        }
    }
    all.sort_by_key(|it| it.0);
    all.into_iter().map(|it| it.1).collect()
}

/// A group.
pub(super) fn group() -> Option<GroupSummary> {
    Some(GroupSummary { name: GroupName::parse("Class 7B").ok()?, size: 1_204 })
}

/// The id of a room.
pub(super) fn room_id() -> Option<RoomId> {
    RoomId::parse("0123456789ab")
}

/// A moment.
pub(super) fn moment() -> Timestamp {
    Timestamp::from_micros(1_790_000_000_000_000)
}

/// What was done, newest first.
pub(super) fn events() -> Vec<Event> {
    let named = |user: &UserSummary| Named {
        user_id: user.user_id.clone(),
        nickname: Some(user.nickname.clone()),
    };
    let people = people();
    let room = room_id().map(|id| NamedRoom { id, name: RoomName::parse("Algebra 7B").ok() });
    let deeds = [
        Deed::UserEdited(vec![
            UserChange::Permission(EntryPermission::Guest, EntryPermission::Host),
            UserChange::Groups,
        ]),
        Deed::MembersAdded(1_204),
        Deed::RoomEnded,
        Deed::SignInFailed,
        Deed::UserCreated,
    ];
    let event = |(at, deed): (i64, Deed)| Event {
        at: Timestamp::from_micros((1_790_000_000 - at * 86_400) * 1_000_000),
        actor: people.first().map(named),
        user: people.get(1).map(named),
        room: room.clone(),
        deed,
    };
    (0..).zip(deeds).map(event).collect()
}

/// What the log keeps of it.
pub(super) fn entries() -> Vec<Entry> {
    let detail = |field: &str, before: Option<&str>, after: &str| Detail {
        field: field.to_owned(),
        before: before.map(ToOwned::to_owned),
        after: Some(after.to_owned()),
    };
    let entry = |(number, event): (i64, Event)| Entry {
        number,
        event,
        action: "user.edit".to_owned(),
        request_id: Some("0123456789abcdef".to_owned()),
        address: (number > 1).then(|| "192.0.2.7".to_owned()),
        details: vec![
            detail("permission", Some("guest"), "host"),
            detail("capacity", None, "1204"),
        ],
    };
    (1..).zip(events()).map(entry).collect()
}
