//! Users: the list, one user, and whether they are active.

use domain::{Page, UserId, UserSummary, UsersAsked, user::UserDetails};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// What the users list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersList {
    /// The users of this page, or the best matches of a search.
    pub page: Page<UserSummary>,
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

/// The user of that User ID, if it is taken.
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
    changed.map_err(status_refused)
}
