//! The picker: whom somebody may specify, found by a term, in a group, or named by a pasted list.
//!
//! Teachers may specify anybody who is active, but aren't shown the whole directory at once: how many
//! users each of them is shown within an hour is counted, noted where it is many, and bounded.

mod shown;

use std::{collections::HashMap, sync::Arc};

use domain::{
    GroupName, GroupSummary, SearchTerm, UserId, UserStatus, UserSummary, UsersAsked,
    room::SpecifyForm,
};
use serde_json::json;

use self::shown::{Count, Shown};
use crate::{
    Found, Internal,
    accounts::{Proof, Staff},
    audit::{self, Action, Subject},
    clock::Clock,
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
    clock: Arc<dyn Clock>,
    shown: Shown,
}

/// Why nobody is offered.
#[derive(Debug, thiserror::Error)]
pub enum PickerRefusal {
    /// There is no such group.
    #[error("there is no such group")]
    NotFound,
    /// A Teacher was shown as many users as anybody needs within an hour.
    #[error("too many users were shown; the next are in {seconds} s")]
    Wait {
        /// Seconds until more are shown.
        seconds: u32,
    },
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Picker {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, shown: Shown::default() }
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
        let rows = self.show(staff, found.rows).await?;
        Ok(Found { rows, more: found.more })
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
        Ok(Found { rows: self.show(staff, rows).await?, more })
    }

    /// The users of those User IDs who exist, in that order.
    pub async fn named(
        &self,
        proof: &impl Proof,
        user_ids: &[UserId],
    ) -> Result<Vec<UserSummary>, PickerRefusal> {
        let keys: Vec<String> = user_ids.iter().map(UserId::key).collect();
        let found = users::by_keys(&mut *self.store.read().await?, &keys).await?;
        let mut found: HashMap<String, StoredUser> = found.into_iter().collect();
        let rows = keys.iter().filter_map(|it| Some(found.remove(it)?.summary)).collect();
        self.show(proof.staff(), rows).await
    }

    /// Counts what a Teacher is shown, and notes where it is many.
    async fn show(
        &self,
        staff: &Staff,
        rows: Vec<UserSummary>,
    ) -> Result<Vec<UserSummary>, PickerRefusal> {
        let Some(number) = staff.number().filter(|_| !staff.is_admin()) else { return Ok(rows) };
        let keys = rows.iter().map(|it| it.user_id.key());
        match self.shown.count(number, keys, self.clock.now()) {
            Count::Few => Ok(rows),
            Count::Many => {
                self.note(staff, Action::UsersSeen).await?;
                Ok(rows)
            }
            Count::TooMany { seconds, first } => {
                if first {
                    self.note(staff, Action::PickerLimited).await?;
                }
                Err(PickerRefusal::Wait { seconds })
            }
        }
    }

    async fn note(&self, staff: &Staff, action: Action) -> Result<(), Internal> {
        let mut tx = self.store.begin().await?;
        let subject = staff.user_id().map_or_else(Subject::default, Subject::user);
        let detail = json!({ "count": shown::MANY });
        audit::note(&mut tx, self.clock.now(), staff.author(), action, subject, detail).await?;
        store::commit(tx).await
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
