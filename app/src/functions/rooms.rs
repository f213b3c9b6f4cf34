//! Rooms: the list, one room, its members, and whom the picker offers.

use domain::{
    EntryPermission, GroupName, GroupSummary, Page, RoomId, RoomsAsked, UserId, UserSummary,
    room::{Member, RoomSummary},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// What the rooms list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomsList {
    /// The rooms of this page, or the best matches of a search.
    pub page: Page<RoomSummary>,
    /// Whether a search found more than it shows.
    pub more: bool,
    /// How many rooms there are.
    pub total: u64,
    /// Whether there are users besides the one who asks.
    pub others: bool,
}

/// A page of the rooms asked for, or the best of them that a search finds.
#[server(prefix = "/api", endpoint = "rooms/list", input = GetUrl, output = Json)]
pub async fn list(
    search: String,
    at: String,
    #[server(default)] asked: RoomsAsked,
) -> Result<RoomsList, AppError> {
    use crate::server::{admin, backend, reject};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 50;
    let admin = admin()?;
    let rooms = &backend().rooms;
    let total = rooms.total(&admin).await.map_err(|it| reject(&it))?;
    let (page, more) = if let Some(term) = SearchTerm::parse(&search) {
        let found = rooms.search(&admin, &term, &asked, MATCHES).await.map_err(|it| reject(&it))?;
        (Page { rows: found.rows, previous: None, next: None }, found.more)
    } else {
        let cursor = Cursor::from_text(&at);
        (rooms.list(&admin, &asked, cursor.as_ref()).await.map_err(|it| reject(&it))?, false)
    };
    let users = backend().users.totals(&admin).await.map_err(|it| reject(&it))?;
    Ok(RoomsList { page, more, total, others: users.users > 1 })
}

/// One room.
#[server(prefix = "/api", endpoint = "rooms/get", input = GetUrl, output = Json)]
pub async fn get(room: String) -> Result<RoomSummary, AppError> {
    use crate::server::{admin, backend, found, reject};
    let admin = admin()?;
    let room = found(RoomId::parse(&room))?;
    found(backend().rooms.get(&admin, &room).await.map_err(|it| reject(&it))?)
}

/// A page of a room's members by nickname, or those whom a search finds.
#[server(prefix = "/api", endpoint = "rooms/members", input = GetUrl, output = Json)]
pub async fn members(room: String, search: String, at: String) -> Result<Page<Member>, AppError> {
    use crate::server::{admin, backend, found, reject};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 100;
    let admin = admin()?;
    let room = found(RoomId::parse(&room))?;
    let rooms = &backend().rooms;
    let Some(term) = SearchTerm::parse(&search) else {
        let cursor = Cursor::from_text(&at);
        let page = rooms.members(&admin, &room, cursor.as_ref()).await;
        return found(page.map_err(|it| reject(&it))?);
    };
    let matches = rooms.find_members(&admin, &room, &term, MATCHES).await;
    let matches = matches.map_err(|it| reject(&it))?;
    Ok(Page { rows: matches.rows, previous: None, next: None })
}

/// Ends a room, or reopens it.
#[server(prefix = "/api", endpoint = "rooms/set-ended", output = Json)]
pub async fn set_ended(room: RoomId, ended: bool) -> Result<RoomSummary, AppError> {
    use crate::server::{admin, backend, room_refused};
    let admin = admin()?;
    let rooms = &backend().rooms;
    let changed =
        if ended { rooms.end(&admin, &room).await } else { rooms.reopen(&admin, &room).await };
    changed.map_err(room_refused)
}

/// Changes a member's permission.
#[server(prefix = "/api", endpoint = "rooms/set-permission", output = Json)]
pub async fn set_permission(
    room: RoomId,
    user_id: UserId,
    permission: EntryPermission,
) -> Result<Member, AppError> {
    use crate::server::{admin, backend, room_refused};
    let admin = admin()?;
    let changed = backend().rooms.set_permission(&admin, &room, &user_id, permission).await;
    changed.map_err(room_refused)
}

/// Takes a member off a room. Somebody who is no member stays none.
#[server(prefix = "/api", endpoint = "rooms/remove-member", output = Json)]
pub async fn remove_member(room: RoomId, user_id: UserId) -> Result<(), AppError> {
    use crate::server::{admin, backend, room_refused};
    let admin = admin()?;
    let removed = backend().rooms.remove_member(&admin, &room, &user_id).await;
    removed.map(drop).map_err(room_refused)
}

/// Specifies one more user for a room.
#[server(prefix = "/api", endpoint = "rooms/add-member", output = Json)]
pub async fn add_member(
    room: RoomId,
    user_id: UserId,
    permission: EntryPermission,
) -> Result<(), AppError> {
    use crate::server::{admin, backend, members_refused};
    use domain::room::Specified;
    let admin = admin()?;
    let member = Specified { user_id, permission: Some(permission) };
    let added = backend().rooms.add_members(&admin, &room, &[member]).await;
    added.map(drop).map_err(members_refused)
}

/// Whom the picker offers for a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Users in the order of the search: exact User ID, word starts, the rest.
    pub users: Vec<UserSummary>,
    /// Groups that the term finds too.
    pub groups: Vec<GroupSummary>,
    /// Those of the users who are members of the room, or in the group, already.
    pub specified: Vec<UserId>,
    /// The room's owner, or whoever would own it; nobody owns a group.
    pub owner: Option<UserId>,
    /// Whether there are more users than offered.
    pub more: bool,
}

/// Whom the picker offers for a term, or first of all where nothing is typed yet. `room` is the room
/// to which members are added, `group` the group into which users are put; both are none while a room
/// is being created.
#[server(prefix = "/api", endpoint = "rooms/candidates", input = GetUrl, output = Json)]
pub async fn candidates(
    term: String,
    room: Option<RoomId>,
    group: Option<GroupName>,
) -> Result<Offer, AppError> {
    use crate::server::{admin, backend, found, reject, session};
    use domain::{SearchTerm, UsersAsked};
    /// As many as the picker shows.
    const USERS: u32 = 20;
    const GROUPS: u32 = 3;
    let admin = admin()?;
    let backend = backend();
    let anybody = UsersAsked::default();
    let (users, more, groups) = if let Some(term) = SearchTerm::parse(&term) {
        let users = backend.users.search(&admin, &term, &anybody, USERS).await;
        let users = users.map_err(|it| reject(&it))?;
        let groups = backend.groups.search(&admin, &term, GROUPS).await;
        (users.rows, users.more, groups.map_err(|it| reject(&it))?.rows)
    } else {
        let mut page =
            backend.users.list(&admin, &anybody, None).await.map_err(|it| reject(&it))?;
        let more = page.next.is_some() || page.rows.len() > USERS as usize;
        page.rows.truncate(USERS as usize);
        (page.rows, more, Vec::new())
    };
    let groups = groups.into_iter().filter(|it| group.as_ref() != Some(&it.name)).collect();
    let ids: Vec<UserId> = users.iter().map(|it| it.user_id.clone()).collect();
    let (specified, owner) = match (room, group) {
        (Some(room), _) => {
            let specified = backend.rooms.member_ids(&admin, &room, &ids).await;
            let summary = backend.rooms.get(&admin, &room).await.map_err(|it| reject(&it))?;
            (specified.map_err(|it| reject(&it))?, Some(found(summary)?.owner.user_id))
        }
        (None, Some(group)) => {
            let there = backend.groups.user_ids(&admin, &group, &ids).await;
            (found(there.map_err(|it| reject(&it))?)?, None)
        }
        (None, None) => (Vec::new(), Some(session()?.user().user_id.clone())),
    };
    Ok(Offer { users, groups, specified, owner, more })
}

/// The people who are in a group now.
#[server(prefix = "/api", endpoint = "groups/members", input = GetUrl, output = Json)]
pub async fn group_members(name: GroupName) -> Result<Vec<UserSummary>, AppError> {
    use crate::server::{admin, backend, found, reject};
    use domain::room::SpecifyForm;
    let admin = admin()?;
    // As many as a room takes in one request.
    let members = backend().groups.members(&admin, &name, SpecifyForm::MAX_MEMBERS).await;
    found(members.map_err(|it| reject(&it))?)
}

/// The rooms that a term finds, or the first ones by name where nothing is searched for.
#[server(prefix = "/api", endpoint = "rooms/find", input = GetUrl, output = Json)]
pub async fn find(term: String) -> Result<Vec<RoomSummary>, AppError> {
    use crate::server::{admin, backend, reject};
    use domain::SearchTerm;
    /// As many as fit under a field.
    const SHOWN: u32 = 20;
    let admin = admin()?;
    let rooms = &backend().rooms;
    match SearchTerm::parse(&term) {
        Some(term) => {
            rooms.search(&admin, &term, &RoomsAsked::default(), SHOWN).await.map(|it| it.rows)
        }
        None => rooms.list(&admin, &RoomsAsked::default(), None).await.map(|mut it| {
            it.rows.truncate(SHOWN as usize);
            it.rows
        }),
    }
    .map_err(|it| reject(&it))
}

/// Makes a copy of a room, and names it so in the reader's language.
#[server(prefix = "/api", endpoint = "rooms/duplicate", output = Json)]
pub async fn duplicate(room: RoomId) -> Result<RoomSummary, AppError> {
    use crate::{
        i18n::tr,
        server::{admin, answer, backend, found, reject, room_refused},
    };
    use domain::RoomName;
    let admin = admin()?;
    let rooms = &backend().rooms;
    let original = found(rooms.get(&admin, &room).await.map_err(|it| reject(&it))?)?;
    let name = RoomName::shortened(&tr!("room.copy_of", name = original.name));
    let name = name.map_err(|it| answer(AppError::Refused(it)))?;
    rooms.duplicate(&admin, &room, &name).await.map_err(room_refused)
}
