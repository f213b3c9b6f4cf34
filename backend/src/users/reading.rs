//! Looking users up: the list, a search, one of them, and whether a User ID is free.

use domain::{
    Cursor, GroupName, Page, SearchTerm, UserId, UserSummary, UsersAsked,
    user::{ListedUser, UserDetails},
};

use super::{Taken, Users, details};
use crate::{
    Found, Internal,
    accounts::{Admin, Proof},
    store::{
        counters::{self, Counter},
        user_list::{self, Listed},
        users,
    },
};

/// How many users there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// All of them.
    pub users: u64,
    /// Those who are active.
    pub active: u64,
}

impl Users {
    /// A page of the users asked for.
    pub async fn list(
        &self,
        _: &Admin,
        asked: &UsersAsked,
        cursor: Option<&Cursor>,
    ) -> Result<Page<UserSummary>, Internal> {
        user_list::page(&mut *self.store.read().await?, asked, cursor).await
    }

    /// The users asked for whom a term finds: the one whose User ID it is, then by word starts, then by any
    /// part. Deactivated ones are among them.
    pub async fn search(
        &self,
        _: &Admin,
        term: &SearchTerm,
        asked: &UsersAsked,
        limit: u32,
    ) -> Result<Found<UserSummary>, Internal> {
        user_list::search(&mut *self.store.read().await?, term, asked, limit).await
    }

    /// These users with the first of their groups, and when they last entered a room.
    pub async fn listed(
        &self,
        _: &Admin,
        users: Vec<UserSummary>,
    ) -> Result<Vec<ListedUser>, Internal> {
        let mut listed = user_list::listed(&mut *self.store.read().await?, &users).await?;
        let listed = users.into_iter().map(|user| {
            let Listed { mut groups, last_entry } =
                listed.remove(&user.user_id.key()).unwrap_or_default();
            groups.sort_by_cached_key(GroupName::key);
            let more = groups.len().saturating_sub(ListedUser::GROUPS);
            groups.truncate(ListedUser::GROUPS);
            let more_groups = u32::try_from(more).unwrap_or(u32::MAX);
            ListedUser { user, groups, more_groups, last_entry }
        });
        Ok(listed.collect())
    }

    /// How many users there are.
    pub async fn totals(&self, _: &impl Proof) -> Result<Totals, Internal> {
        let counted = [Counter::Users, Counter::ActiveUsers];
        let [users, active] = counters::read(&mut *self.store.read().await?, counted).await?;
        Ok(Totals { users, active })
    }

    /// A user with everything that their page shows.
    pub async fn details(
        &self,
        _: &Admin,
        user_id: &UserId,
    ) -> Result<Option<UserDetails>, Internal> {
        let mut db = self.store.read().await?;
        let Some(user) = users::find(&mut db, user_id).await? else { return Ok(None) };
        Ok(Some(details(&mut db, &user, self.clock.now()).await?))
    }

    /// Who has that User ID, or had it; `None` where it can be given.
    pub async fn taken(&self, _: &Admin, user_id: &UserId) -> Result<Option<Taken>, Internal> {
        super::taken(&mut *self.store.read().await?, user_id).await
    }

    /// The user of that User ID.
    pub async fn find(&self, _: &Admin, user_id: &UserId) -> Result<Option<UserSummary>, Internal> {
        let user = users::find(&mut *self.store.read().await?, user_id).await?;
        Ok(user.map(|it| it.summary))
    }
}
