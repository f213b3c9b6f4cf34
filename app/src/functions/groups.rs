//! Groups: the list, one group, and who is in it.

use domain::{GroupName, GroupSummary, Page, UserId, UserSummary};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// What the groups list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsList {
    /// The groups of this page, or the best matches of a search.
    pub page: Page<GroupSummary>,
    /// Whether a search found more than it shows.
    pub more: bool,
    /// How many groups there are.
    pub total: u64,
    /// Whether there are users besides the one who asks.
    pub others: bool,
}

/// A page of groups by name, or the best matches of a search.
#[server(prefix = "/api", endpoint = "groups/list", input = GetUrl, output = Json)]
pub async fn list(search: String, at: String) -> Result<GroupsList, AppError> {
    use crate::server::{admin, backend, reject};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 50;
    let admin = admin()?;
    let groups = &backend().groups;
    let total = groups.total(&admin).await.map_err(|it| reject(&it))?;
    let (page, more) = if let Some(term) = SearchTerm::parse(&search) {
        let found = groups.search(&admin, &term, MATCHES).await.map_err(|it| reject(&it))?;
        (Page { rows: found.rows, previous: None, next: None }, found.more)
    } else {
        let cursor = Cursor::from_text(&at);
        (groups.list(&admin, cursor.as_ref()).await.map_err(|it| reject(&it))?, false)
    };
    let users = backend().users.totals(&admin).await.map_err(|it| reject(&it))?;
    Ok(GroupsList { page, more, total, others: users.users > 1 })
}

/// The groups that a term matches, or the first ones by name where nothing is searched for.
#[server(prefix = "/api", endpoint = "groups/search", input = GetUrl, output = Json)]
pub async fn search(term: String) -> Result<Vec<GroupSummary>, AppError> {
    use crate::server::{admin, backend, reject};
    use domain::SearchTerm;
    /// As many as fit under a field.
    const SHOWN: u32 = 8;
    let admin = admin()?;
    let groups = &backend().groups;
    match SearchTerm::parse(&term) {
        Some(term) => groups.search(&admin, &term, SHOWN).await.map(|it| it.rows),
        None => groups.all_names(&admin, SHOWN).await,
    }
    .map_err(|it| reject(&it))
}

/// One group.
#[server(prefix = "/api", endpoint = "groups/get", input = GetUrl, output = Json)]
pub async fn get(name: String) -> Result<GroupSummary, AppError> {
    use crate::server::{admin, backend, found, reject};
    let admin = admin()?;
    let name = found(GroupName::parse(&name).ok())?;
    found(backend().groups.get(&admin, &name).await.map_err(|it| reject(&it))?)
}

/// A page of a group's users by nickname, or those whom a search finds.
#[server(prefix = "/api", endpoint = "groups/users", input = GetUrl, output = Json)]
pub async fn users(
    name: String,
    search: String,
    at: String,
) -> Result<Page<UserSummary>, AppError> {
    use crate::server::{admin, backend, found, reject};
    use domain::{Cursor, SearchTerm};
    /// As many rows as a page of the list has.
    const MATCHES: u32 = 100;
    let admin = admin()?;
    let name = found(GroupName::parse(&name).ok())?;
    let groups = &backend().groups;
    let Some(term) = SearchTerm::parse(&search) else {
        let cursor = Cursor::from_text(&at);
        let page = groups.users(&admin, &name, cursor.as_ref()).await;
        return found(page.map_err(|it| reject(&it))?);
    };
    let matches = groups.find_users(&admin, &name, &term, MATCHES).await;
    let matches = found(matches.map_err(|it| reject(&it))?)?;
    Ok(Page { rows: matches.rows, previous: None, next: None })
}

/// Takes a user out of a group. Somebody who isn't in it stays out.
#[server(prefix = "/api", endpoint = "groups/remove-user", output = Json)]
pub async fn remove_user(name: GroupName, user_id: UserId) -> Result<(), AppError> {
    use crate::server::{admin, backend, group_refused};
    let admin = admin()?;
    let removed = backend().groups.remove_user(&admin, &name, &user_id).await;
    removed.map(drop).map_err(group_refused)
}

/// Puts a user back into a group.
#[server(prefix = "/api", endpoint = "groups/put-back", output = Json)]
pub async fn put_back(name: GroupName, user_id: UserId) -> Result<(), AppError> {
    use crate::server::{admin, backend, join_refused};
    let admin = admin()?;
    let added = backend().groups.put_back(&admin, &name, &user_id).await;
    added.map(drop).map_err(join_refused)
}
