//! Groups: named sets of users, which forms about users also make by naming them.

mod refusal;

use std::sync::Arc;

use domain::{Cursor, GroupName, GroupSummary, Page, SearchTerm, UserId, UserSummary};
use serde_json::json;

pub use self::refusal::{GroupRefusal, JoinRefusal, MergeRefusal, NameRefusal};
use crate::{
    Found, Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    clock::Clock,
    specified,
    store::{
        self, Store, Tx,
        counters::{self, Counter},
        groups,
        groups::StoredGroup,
        users,
        users::StoredUser,
    },
};

/// The use cases about groups.
#[derive(Debug)]
pub struct Groups {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl Groups {
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// Makes a group that nobody is in.
    pub async fn create(
        &self,
        admin: &Admin,
        name: &GroupName,
    ) -> Result<GroupSummary, NameRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        if groups::insert(&mut tx, name).await?.is_none() {
            let by = groups::find(&mut tx, name).await?;
            return Err(by.map_or(NameRefusal::NotFound, taken));
        }
        self.note(&mut tx, admin, Action::GroupCreate, json!({ "group": name })).await?;
        store::commit(tx).await?;
        Ok(GroupSummary { name: name.clone(), size: 0 })
    }

    /// Gives a group another name; it may be the old one in another case.
    pub async fn rename(
        &self,
        admin: &Admin,
        group: &GroupName,
        name: &GroupName,
    ) -> Result<GroupSummary, NameRefusal> {
        let (mut tx, before) = self.begin(admin, group).await?;
        if before.summary.name == *name {
            return Ok(before.summary);
        }
        let other = groups::find(&mut tx, name).await?;
        if let Some(other) = other.filter(|it| it.number != before.number) {
            return Err(taken(other));
        }
        groups::rename(&mut tx, &before, name).await?;
        let detail = json!({ "group": before.summary.name, "after": name });
        self.note(&mut tx, admin, Action::GroupRename, detail).await?;
        store::commit(tx).await?;
        Ok(GroupSummary { name: name.clone(), ..before.summary })
    }

    /// Puts everybody who is in a group into another, and deletes it; answers with the other.
    pub async fn merge(
        &self,
        admin: &Admin,
        group: &GroupName,
        into: &GroupName,
    ) -> Result<GroupSummary, MergeRefusal> {
        let (mut tx, from) = self.begin(admin, group).await?;
        let other = groups::find(&mut tx, into).await?.ok_or(MergeRefusal::NoOther)?;
        if other.number == from.number {
            return Err(MergeRefusal::Itself);
        }
        let users = groups::numbers(&mut tx, from.number).await?;
        groups::join_all(&mut tx, from.number, other.number).await?;
        groups::delete(&mut tx, &from).await?;
        let detail = json!({ "group": from.summary.name, "into": other.summary.name });
        self.note_of_all(&mut tx, admin, Action::GroupMerge, &users, detail).await?;
        let merged = groups::find(&mut tx, into).await?.ok_or(MergeRefusal::NoOther)?;
        store::commit(tx).await?;
        Ok(merged.summary)
    }

    /// Deletes a group. Whoever is in it stays a user.
    pub async fn delete(
        &self,
        admin: &Admin,
        group: &GroupName,
    ) -> Result<GroupSummary, GroupRefusal> {
        let (mut tx, group) = self.begin(admin, group).await?;
        let users = groups::numbers(&mut tx, group.number).await?;
        groups::delete(&mut tx, &group).await?;
        let detail = json!({ "group": group.summary.name });
        self.note_of_all(&mut tx, admin, Action::GroupDelete, &users, detail).await?;
        store::commit(tx).await?;
        Ok(group.summary)
    }

    /// Puts users into a group, all or none, and answers how many are new.
    pub async fn add_users(
        &self,
        admin: &Admin,
        group: &GroupName,
        users: &[&UserId],
    ) -> Result<u32, JoinRefusal> {
        let (mut tx, group) = self.begin(admin, group).await?;
        let users = specified::known(&mut tx, users).await?.map_err(JoinRefusal::Users)?;
        specified::all_active(users.iter()).map_err(JoinRefusal::Users)?;
        self.add(tx, admin, &group, &users).await
    }

    /// Puts a user back into a group they were taken out of, whether they are active or not, and
    /// answers whether they are new.
    pub async fn put_back(
        &self,
        admin: &Admin,
        group: &GroupName,
        user_id: &UserId,
    ) -> Result<bool, JoinRefusal> {
        let (mut tx, group) = self.begin(admin, group).await?;
        let users = specified::known(&mut tx, &[user_id]).await?.map_err(JoinRefusal::Users)?;
        Ok(self.add(tx, admin, &group, &users).await? > 0)
    }

    async fn add(
        &self,
        mut tx: Tx,
        admin: &Admin,
        group: &StoredGroup,
        users: &[StoredUser],
    ) -> Result<u32, JoinRefusal> {
        let numbers: Vec<i64> = users.iter().map(|it| it.number).collect();
        let joined = groups::join(&mut tx, group.number, &numbers).await?;
        let joined: Vec<i64> = numbers.into_iter().filter(|it| joined.contains(it)).collect();
        if !joined.is_empty() {
            let (now, author) = (self.clock.now(), admin.author());
            let detail = json!({ "group": group.summary.name });
            audit::note_each(&mut tx, &joined, now, author, Action::GroupAdd, detail).await?;
            store::commit(tx).await?;
        }
        Ok(u32::try_from(joined.len()).unwrap_or(u32::MAX))
    }

    /// Takes a user out of a group, and answers whether they were in it.
    pub async fn remove_user(
        &self,
        admin: &Admin,
        group: &GroupName,
        user_id: &UserId,
    ) -> Result<bool, GroupRefusal> {
        let (mut tx, group) = self.begin(admin, group).await?;
        let Some(user) = users::find(&mut tx, user_id).await? else { return Ok(false) };
        if groups::leave(&mut tx, group.number, &[user.number]).await?.is_empty() {
            return Ok(false);
        }
        let detail = json!({ "group": group.summary.name });
        let (now, subject) = (self.clock.now(), Subject::user(&user.summary.user_id));
        audit::note(&mut tx, now, admin.author(), Action::GroupRemove, subject, detail).await?;
        store::commit(tx).await?;
        Ok(true)
    }

    /// A page of all groups, by name.
    pub async fn list(
        &self,
        _: &Admin,
        cursor: Option<&Cursor>,
    ) -> Result<Page<GroupSummary>, Internal> {
        groups::page(&mut *self.store.read().await?, cursor).await
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

    /// How many groups there are.
    pub async fn total(&self, _: &Admin) -> Result<u64, Internal> {
        let [groups] = counters::read(&mut *self.store.read().await?, [Counter::Groups]).await?;
        Ok(groups)
    }

    /// The group of that name.
    pub async fn get(&self, _: &Admin, name: &GroupName) -> Result<Option<GroupSummary>, Internal> {
        let group = groups::find(&mut *self.store.read().await?, name).await?;
        Ok(group.map(|it| it.summary))
    }

    /// A page of a group's users, by nickname; `None` where there is no such group.
    pub async fn users(
        &self,
        _: &Admin,
        name: &GroupName,
        cursor: Option<&Cursor>,
    ) -> Result<Option<Page<UserSummary>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(group) = groups::find(&mut db, name).await? else { return Ok(None) };
        groups::users_page(&mut db, group.number, cursor).await.map(Some)
    }

    /// The users of a group whom a term finds, by nickname; `None` where there is no such group.
    pub async fn find_users(
        &self,
        _: &Admin,
        name: &GroupName,
        term: &SearchTerm,
        limit: u32,
    ) -> Result<Option<Found<UserSummary>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(group) = groups::find(&mut db, name).await? else { return Ok(None) };
        groups::search_users(&mut db, &group, term, limit).await.map(Some)
    }

    /// Which of these users are in a group; `None` where there is no such group.
    pub async fn user_ids(
        &self,
        _: &Admin,
        name: &GroupName,
        users: &[UserId],
    ) -> Result<Option<Vec<UserId>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(group) = groups::find(&mut db, name).await? else { return Ok(None) };
        groups::among(&mut db, group.number, users).await.map(Some)
    }

    /// Begins to change a group that exists.
    async fn begin(
        &self,
        admin: &Admin,
        name: &GroupName,
    ) -> Result<(Tx, StoredGroup), GroupRefusal> {
        let mut tx = admin.begin(&self.store).await?;
        let group = groups::find(&mut tx, name).await?.ok_or(GroupRefusal::NotFound)?;
        Ok((tx, group))
    }

    /// Notes what became of a group, and the same of each user who was in it.
    async fn note_of_all(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        action: Action,
        users: &[i64],
        detail: serde_json::Value,
    ) -> Result<(), Internal> {
        self.note(tx, admin, action, detail.clone()).await?;
        audit::note_each(tx, users, self.clock.now(), admin.author(), action, detail).await
    }

    async fn note(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        action: Action,
        detail: serde_json::Value,
    ) -> Result<(), Internal> {
        let now = self.clock.now();
        audit::note(tx, now, admin.author(), action, Subject::default(), detail).await
    }
}

fn taken(by: StoredGroup) -> NameRefusal {
    NameRefusal::Taken { by: by.summary.name }
}
