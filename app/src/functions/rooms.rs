//! Rooms: the list, one room, and its members.

use domain::{
    EntryPermission, Page, RoomId, RoomsAsked, UserId,
    classroom::{Ban, BanId},
    local_time::LocalTime,
    room::{ListedRoom, LiveMeeting, Member, RoomDetails, RoomSummary},
    settings::{MostRooms, TeacherLimits},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// What the rooms list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomsList {
    /// The rooms of this page, or the best matches of a search.
    pub page: Page<ListedRoom>,
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
    use crate::server::{backend, reject, staff};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 50;
    let staff = staff()?;
    let rooms = &backend().rooms;
    let total = rooms.total(&staff).await.map_err(|it| reject(&it))?;
    let (page, more) = if let Some(term) = SearchTerm::parse(&search) {
        let found = rooms.search(&staff, &term, &asked, MATCHES).await.map_err(|it| reject(&it))?;
        (Page { rows: found.rows, previous: None, next: None }, found.more)
    } else {
        let cursor = Cursor::from_text(&at);
        (rooms.list(&staff, &asked, cursor.as_ref()).await.map_err(|it| reject(&it))?, false)
    };
    let Page { rows, previous, next } = page;
    let page = Page { rows: rooms.listed(&staff, rows), previous, next };
    let users = backend().users.totals(&staff).await.map_err(|it| reject(&it))?;
    Ok(RoomsList { page, more, total, others: users.users > 1 })
}

/// One room.
#[server(prefix = "/api", endpoint = "rooms/get", input = GetUrl, output = Json)]
pub async fn get(room: String) -> Result<RoomSummary, AppError> {
    use crate::server::room_reader;
    Ok(room_reader(RoomId::parse(&room)).await?.room().clone())
}

/// One room, for whoever may change it.
#[server(prefix = "/api", endpoint = "rooms/own", input = GetUrl, output = Json)]
pub async fn own(room: String) -> Result<RoomSummary, AppError> {
    use crate::server::room_owner;
    Ok(room_owner(RoomId::parse(&room)).await?.reader().room().clone())
}

/// What a Teacher may still do; nothing limits an Admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// What limits them.
    pub limits: TeacherLimits,
    /// How many rooms they own, where that is limited.
    pub owned: u32,
}

impl Allowed {
    /// How many rooms they may own, where they own as many.
    pub(crate) fn reached(&self) -> Option<u32> {
        self.limits.rooms.map(MostRooms::get).filter(|max| self.owned >= *max)
    }
}

/// What whoever asks may still do.
#[server(prefix = "/api", endpoint = "rooms/allowance", input = GetUrl, output = Json)]
pub async fn allowance() -> Result<Allowed, AppError> {
    use crate::server::{backend, reject, staff};
    let allowance = backend().rooms.allowance(&staff()?).await.map_err(|it| reject(&it))?;
    Ok(Allowed { limits: allowance.limits, owned: allowance.owned })
}

/// A room with everything that can be set of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSettings {
    /// The room.
    pub room: RoomDetails,
    /// From when on it may be entered, by the school's clocks.
    pub opens: Option<LocalTime>,
    /// Until when, by the school's clocks.
    pub closes: Option<LocalTime>,
    /// How many users are active: those who may enter a room for all of them.
    pub active_users: u64,
}

/// What the page of a room tells about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutRoom {
    /// What is set of it.
    pub settings: RoomSettings,
    /// Who is banned from it, the latest first, for whoever may lift that.
    pub banned: Vec<Ban>,
}

/// About one room.
#[server(prefix = "/api", endpoint = "rooms/about", input = GetUrl, output = Json)]
pub async fn about(room: String) -> Result<AboutRoom, AppError> {
    use crate::server::{backend, reject, room_reader, room_settings};
    let reader = room_reader(RoomId::parse(&room)).await?;
    let settings = room_settings(&reader).await?;
    let banned = if reader.is_owner() {
        backend().bans.list(&reader).await.map_err(|it| reject(&it))?
    } else {
        Vec::new()
    };
    Ok(AboutRoom { settings, banned })
}

/// Lifts a ban from a room. One that is lifted already stays so.
#[server(prefix = "/api", endpoint = "rooms/lift-ban", output = Json)]
pub async fn lift_ban(room: RoomId, ban: BanId) -> Result<(), AppError> {
    use crate::server::{backend, room_owner, room_refused};
    let owner = room_owner(Some(room)).await?;
    backend().bans.lift(&owner, ban).await.map_err(room_refused)
}

/// Lifts the ban of a user from a room. Somebody who isn't banned stays so.
#[server(prefix = "/api", endpoint = "rooms/lift-ban-of", output = Json)]
pub async fn lift_ban_of(room: RoomId, user_id: UserId) -> Result<(), AppError> {
    use crate::server::{backend, room_owner, room_refused};
    let owner = room_owner(Some(room)).await?;
    backend().bans.lift_of(&owner, &user_id).await.map_err(room_refused)
}

/// One room with everything that can be set of it, for whoever may change it.
#[server(prefix = "/api", endpoint = "rooms/own-settings", input = GetUrl, output = Json)]
pub async fn own_settings(room: String) -> Result<RoomSettings, AppError> {
    use crate::server::{room_owner, room_settings};
    room_settings(room_owner(RoomId::parse(&room)).await?.reader()).await
}

/// The meeting that goes on in a room.
#[server(prefix = "/api", endpoint = "rooms/meeting", input = GetUrl, output = Json)]
pub async fn meeting(room: String) -> Result<Option<LiveMeeting>, AppError> {
    use crate::server::{backend, room_reader};
    let reader = room_reader(RoomId::parse(&room)).await?;
    Ok(backend().classroom.meeting(&reader))
}

/// What the list of a room's members shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersList {
    /// The members of this page, or those whom a search finds.
    pub page: Page<Member>,
    /// Whether a search found more than it shows.
    pub more: bool,
    /// Who of them, and the owner, is in, where a meeting goes on.
    pub inside: Option<Vec<UserId>>,
}

/// A page of a room's members by nickname, or those whom a search finds.
#[server(prefix = "/api", endpoint = "rooms/members", input = GetUrl, output = Json)]
pub async fn members(room: String, search: String, at: String) -> Result<MembersList, AppError> {
    use crate::server::{backend, reject, room_reader};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 100;
    let reader = room_reader(RoomId::parse(&room)).await?;
    let rooms = &backend().rooms;
    let (page, more) = if let Some(term) = SearchTerm::parse(&search) {
        let matches = rooms.find_members(&reader, &term, MATCHES).await;
        let matches = matches.map_err(|it| reject(&it))?;
        (Page { rows: matches.rows, previous: None, next: None }, matches.more)
    } else {
        let cursor = Cursor::from_text(&at);
        (rooms.members(&reader, cursor.as_ref()).await.map_err(|it| reject(&it))?, false)
    };
    let classroom = &backend().classroom;
    let inside = classroom.meeting(&reader).map(|_| {
        let members = page.rows.iter().map(|it| it.user.user_id.clone());
        let shown: Vec<_> = members.chain([reader.room().owner.user_id.clone()]).collect();
        classroom.inside(&reader, &shown)
    });
    Ok(MembersList { page, more, inside })
}

/// Ends a room, or reopens it.
#[server(prefix = "/api", endpoint = "rooms/set-ended", output = Json)]
pub async fn set_ended(room: RoomId, ended: bool) -> Result<RoomSummary, AppError> {
    use crate::server::{backend, room_owner, room_refused};
    let owner = room_owner(Some(room)).await?;
    let rooms = &backend().rooms;
    let changed = if ended { rooms.end(&owner).await } else { rooms.reopen(&owner).await };
    changed.map_err(room_refused)
}

/// Changes a member's permission.
#[server(prefix = "/api", endpoint = "rooms/set-permission", output = Json)]
pub async fn set_permission(
    room: RoomId,
    user_id: UserId,
    permission: EntryPermission,
) -> Result<Member, AppError> {
    use crate::server::{backend, room_owner, room_refused};
    let owner = room_owner(Some(room)).await?;
    let changed = backend().rooms.set_permission(&owner, &user_id, permission).await;
    changed.map_err(room_refused)
}

/// Takes a member off a room. Somebody who is no member stays none.
#[server(prefix = "/api", endpoint = "rooms/remove-member", output = Json)]
pub async fn remove_member(room: RoomId, user_id: UserId) -> Result<(), AppError> {
    use crate::server::{backend, room_owner, room_refused};
    let owner = room_owner(Some(room)).await?;
    let removed = backend().rooms.remove_member(&owner, &user_id).await;
    removed.map(drop).map_err(room_refused)
}

/// Specifies one more user for a room.
#[server(prefix = "/api", endpoint = "rooms/add-member", output = Json)]
pub async fn add_member(
    room: RoomId,
    user_id: UserId,
    permission: EntryPermission,
) -> Result<(), AppError> {
    use crate::server::{backend, members_refused, room_owner};
    use domain::room::Specified;
    let owner = room_owner(Some(room)).await?;
    let member = Specified { user_id, permission: Some(permission) };
    let added = backend().rooms.add_members(&owner, &[member]).await;
    added.map(drop).map_err(members_refused)
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
