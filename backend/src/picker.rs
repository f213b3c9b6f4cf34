//! The picker: whom somebody may specify, found by a term, in a group, or named by a pasted list.
//!
//! Teachers may specify anybody who is active, but aren't shown the whole directory at once: see `shown`.

use std::{collections::HashMap, sync::Arc};

use domain::{
    GroupName, GroupSummary, SearchTerm, UserId, UserStatus, UserSummary, UsersAsked,
    room::SpecifyForm,
};

use crate::{
    Found, Internal,
    accounts::{Proof, Staff},
    shown::{Shown, ShownRefusal},
    store::{self, Db, Store, groups, user_list, users, users::StoredUser},
};

/// How many users the picker shows at once.
const USERS: u32 = 20;
/// How many groups it shows beside them.
const GROUPS: u32 = 3;

/// The use cases of the picker.
#[derive(Debug)]
pub struct Picker {
    store: Store,
    shown: Arc<Shown>,
}

/// Why nobody is offered.
#[derive(Debug, thiserror::Error)]
pub enum PickerRefusal {
    /// There is no such group.
    #[error("there is no such group")]
    NotFound,
    /// A Teacher is told of no more users just now.
    #[error(transparent)]
    Shown(#[from] ShownRefusal),
}

impl From<Internal> for PickerRefusal {
    fn from(error: Internal) -> Self {
        Self::Shown(error.into())
    }
}

impl Picker {
    pub(crate) const fn new(store: Store, shown: Arc<Shown>) -> Self {
        Self { store, shown }
    }

    /// The users whom a term finds, or the first by nickname without one. A Teacher finds those who are
    /// active, and whoever has just that User ID.
    pub async fn users(
        &self,
        proof: &impl Proof,
        term: Option<&SearchTerm>,
    ) -> Result<Found<UserSummary>, PickerRefusal> {
        let staff = proof.staff();
        let mut db = self.store.read().await?;
        let found = match term {
            None => first(&mut db, staff).await?,
            Some(term) if staff.is_admin() => {
                user_list::search(&mut db, term, &UsersAsked::default(), USERS).await?
            }
            Some(term) => search_active(&mut db, term).await?,
        };
        drop(db);
        self.show(staff, &found.rows).await?;
        Ok(found)
    }

    /// The groups that a term finds.
    pub async fn groups(
        &self,
        _: &impl Proof,
        term: &SearchTerm,
    ) -> Result<Vec<GroupSummary>, Internal> {
        Ok(groups::search(&mut *self.store.read().await?, term, GROUPS).await?.rows)
    }

    /// The people who are in a group now, as many as a room takes in one request. A Teacher is shown
    /// those who are active.
    pub async fn group(
        &self,
        proof: &impl Proof,
        name: &GroupName,
    ) -> Result<Found<UserSummary>, PickerRefusal> {
        let staff = proof.staff();
        let mut db = self.store.read().await?;
        let group = groups::find(&mut db, name).await?.ok_or(PickerRefusal::NotFound)?;
        let mut rows = groups::first_users(&mut db, group.number, SpecifyForm::MAX_MEMBERS).await?;
        drop(db);
        rows.retain(|it| staff.is_admin() || is_active(it));
        let more = group.summary.size > SpecifyForm::MAX_MEMBERS;
        self.show(staff, &rows).await?;
        Ok(Found { rows, more })
    }

    /// The users of those User IDs who exist, in that order.
    pub async fn named(
        &self,
        proof: &impl Proof,
        user_ids: &[UserId],
    ) -> Result<Vec<UserSummary>, PickerRefusal> {
        self.shown.count(proof.staff(), user_ids).await?;
        let keys: Vec<String> = user_ids.iter().map(UserId::key).collect();
        let found = users::by_keys(&mut *self.store.read().await?, &keys).await?;
        let mut found: HashMap<String, StoredUser> = found.into_iter().collect();
        Ok(keys.iter().filter_map(|it| Some(found.remove(it)?.summary)).collect())
    }

    async fn show(&self, staff: &Staff, rows: &[UserSummary]) -> Result<(), ShownRefusal> {
        self.shown.count(staff, rows.iter().map(|it| &it.user_id)).await
    }
}

fn is_active(user: &UserSummary) -> bool {
    user.status == UserStatus::Active
}

/// The first users by nickname: of a Teacher's, those who are active.
async fn first(db: &mut Db, staff: &Staff) -> Result<Found<UserSummary>, Internal> {
    let status = (!staff.is_admin()).then_some(UserStatus::Active);
    let asked = UsersAsked { status, ..UsersAsked::default() };
    let page = user_list::page(db, &asked, None).await?;
    Ok(Found { rows: page.rows, more: page.next.is_some() }.only(USERS, |_| true))
}

/// The active users whom a term finds, and whoever has just that User ID.
async fn search_active(db: &mut Db, term: &SearchTerm) -> Result<Found<UserSummary>, Internal> {
    let exact = term.user_id().map(UserId::key);
    let wanted = |it: &UserSummary| {
        is_active(it) || exact.as_ref().is_some_and(|id| *id == it.user_id.key())
    };
    let anybody = UsersAsked::default();
    // Nearly all are active, so that twice as many hold enough of them.
    let found = user_list::search(db, term, &anybody, 2 * USERS).await?;
    let (more, found) = (found.more, found.only(USERS, wanted));
    if !more || found.rows.len() == USERS as usize {
        return Ok(found);
    }
    Ok(user_list::search(db, term, &anybody, store::search::FILTERED).await?.only(USERS, wanted))
}
