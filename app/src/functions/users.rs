//! Users: the list, one user, and whether they are active.

use domain::{
    Newest, Page, Problem, Timestamp, UserId, UserSummary, UsersAsked,
    many::{ManyLosses, Order, Report},
    removal::UserLosses,
    room::UserRoom,
    user::ListedUser,
    user::UserDetails,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::{AsText, Json};
use crate::error::AppError;

/// What the users list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersList {
    /// The users of this page, or the best matches of a search.
    pub page: Page<ListedUser>,
    /// Whether a search found more than it shows.
    pub more: bool,
    /// How many users there are.
    pub total: u64,
    /// How many of them are active.
    pub active: u64,
}

/// A page of the users asked for, or the best of them that a search finds.
#[server(prefix = "/api", endpoint = "users/list", input = GetUrl, output = Json)]
pub async fn list(
    search: String,
    at: String,
    #[server(default)] asked: UsersAsked,
) -> Result<UsersList, AppError> {
    use crate::server::{admin, backend, reject};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 50;
    let admin = admin()?;
    let users = &backend().users;
    let totals = users.totals(&admin).await.map_err(|it| reject(&it))?;
    let (page, more) = if let Some(term) = SearchTerm::parse(&search) {
        let found = users.search(&admin, &term, &asked, MATCHES).await.map_err(|it| reject(&it))?;
        (Page { rows: found.rows, previous: None, next: None }, found.more)
    } else {
        let cursor = Cursor::from_text(&at);
        (users.list(&admin, &asked, cursor.as_ref()).await.map_err(|it| reject(&it))?, false)
    };
    let Page { rows, previous, next } = page;
    let rows = users.listed(&admin, rows).await.map_err(|it| reject(&it))?;
    let page = Page { rows, previous, next };
    Ok(UsersList { page, more, total: totals.users, active: totals.active })
}

/// Everything the page of one user shows.
#[server(prefix = "/api", endpoint = "users/details", input = GetUrl, output = Json)]
pub async fn details(user_id: String) -> Result<UserDetails, AppError> {
    use crate::server::{admin, backend, found, reject};
    let admin = admin()?;
    let user_id = found(UserId::parse(&user_id).ok())?;
    let details = backend().users.details(&admin, &user_id).await.map_err(|it| reject(&it))?;
    found(details)
}

/// Why that User ID can't be given, if it can't: somebody has it, or had it.
#[server(prefix = "/api", endpoint = "users/taken", input = GetUrl, output = Json)]
pub async fn taken(user_id: UserId) -> Result<Option<Problem>, AppError> {
    use crate::server::{admin, backend, reject};
    let admin = admin()?;
    let taken = backend().users.taken(&admin, &user_id).await.map_err(|it| reject(&it))?;
    Ok(taken.map(|it| Problem::Taken { by: it.by, nickname: it.nickname }))
}

/// The user of that User ID.
#[server(prefix = "/api", endpoint = "users/find", input = GetUrl, output = Json)]
pub async fn find(user_id: UserId) -> Result<Option<UserSummary>, AppError> {
    use crate::server::{admin, backend, reject};
    let admin = admin()?;
    backend().users.find(&admin, &user_id).await.map_err(|it| reject(&it))
}

/// Deactivates or reactivates a user.
#[server(prefix = "/api", endpoint = "users/set-active", output = Json)]
pub async fn set_active(user_id: UserId, active: bool) -> Result<UserSummary, AppError> {
    use crate::server::{admin, backend, status_refused};
    let admin = admin()?;
    let users = &backend().users;
    let changed = if active {
        users.reactivate(&admin, &user_id).await
    } else {
        users.deactivate(&admin, &user_id).await
    };
    changed.map_err(|it| status_refused(&user_id, it))
}

/// The one-time link by which somebody sets their password, as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordLink {
    /// The link itself.
    pub address: String,
    /// Until when it can be used.
    pub until: Timestamp,
    /// The same for cameras.
    pub code: Option<Code>,
}

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Of how many squares a side consists.
    pub side: u32,
    /// The path around the dark ones.
    pub path: String,
}

/// Makes the one-time link by which a user sets their password, in place of any before.
#[server(prefix = "/api", endpoint = "users/password-link", output = Json)]
pub async fn make_password_link(user_id: UserId) -> Result<PasswordLink, AppError> {
    use crate::server::{admin, backend, link_refused, to_hand_over};
    let admin = admin()?;
    let made = backend().accounts.make_password_link(&admin, &user_id).await;
    to_hand_over(&made.map_err(link_refused)?)
}

/// A page of a user's rooms, newest first: the latest, or those before the room of that number.
#[server(prefix = "/api", endpoint = "users/rooms", input = GetUrl, output = Json)]
pub async fn rooms(user_id: String, older_than: String) -> Result<Newest<UserRoom>, AppError> {
    use crate::server::{admin, backend, found, reject};
    let admin = admin()?;
    let user_id = found(UserId::parse(&user_id).ok())?;
    let rooms = backend().rooms.of_user(&admin, &user_id, older_than.parse().ok()).await;
    found(rooms.map_err(|it| reject(&it))?)
}

/// What is said before a user is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserAndLosses {
    /// Who would be deleted.
    pub user: UserSummary,
    /// What would be lost with them.
    pub losses: UserLosses,
}

/// A user, and what would be lost with them.
#[server(prefix = "/api", endpoint = "users/losses", input = GetUrl, output = Json)]
pub async fn losses(user_id: String) -> Result<UserAndLosses, AppError> {
    use crate::server::{admin, backend, found, reject};
    let admin = admin()?;
    let user_id = found(UserId::parse(&user_id).ok())?;
    let users = &backend().users;
    let user = found(users.find(&admin, &user_id).await.map_err(|it| reject(&it))?)?;
    let losses = found(users.losses(&admin, &user_id).await.map_err(|it| reject(&it))?)?;
    Ok(UserAndLosses { user, losses })
}

/// Does something to many users at once, and tells what became of each.
#[server(prefix = "/api", endpoint = "users/many", output = Json)]
pub async fn many(orders: AsText<Vec<Order>>) -> Result<Report, AppError> {
    use crate::server::{admin, backend, many_refused};
    let admin = admin()?;
    backend().users.many(&admin, &orders.0).await.map_err(many_refused)
}

/// What would be lost with many users.
#[server(prefix = "/api", endpoint = "users/many-losses", output = Json)]
pub async fn losses_of_many(users: AsText<Vec<UserId>>) -> Result<ManyLosses, AppError> {
    use crate::server::{admin, backend, many_refused};
    let admin = admin()?;
    backend().users.losses_of_many(&admin, &users.0).await.map_err(many_refused)
}
