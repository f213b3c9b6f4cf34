//! Groups: named sets of users, which forms make by naming them.

use domain::{GroupName, GroupSummary, SearchTerm, UserSummary};

use crate::{
    Found, Internal,
    accounts::Admin,
    store::{Store, groups},
};

/// The use cases about groups.
#[derive(Debug)]
pub struct Groups {
    store: Store,
}

impl Groups {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }

    /// The groups that a term finds.
    pub async fn search(
        &self,
        _: &Admin,
        term: &SearchTerm,
        limit: u32,
    ) -> Result<Found<GroupSummary>, Internal> {
        groups::search(&mut *self.store.read().await?, term, limit).await
    }

    /// The first groups by name, to suggest them.
    pub async fn all_names(&self, _: &Admin, limit: u32) -> Result<Vec<GroupSummary>, Internal> {
        groups::first(&mut *self.store.read().await?, limit).await
    }

    /// At most `limit` users of a group, by nickname; `None` where there is no such group.
    pub async fn members(
        &self,
        _: &Admin,
        name: &GroupName,
        limit: u32,
    ) -> Result<Option<Vec<UserSummary>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(group) = groups::find(&mut db, name).await? else { return Ok(None) };
        groups::members(&mut db, &group, limit).await.map(Some)
    }
}
