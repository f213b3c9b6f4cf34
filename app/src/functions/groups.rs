//! Groups: finding them by name.

use domain::GroupSummary;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::json::Json;
use crate::error::AppError;

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
