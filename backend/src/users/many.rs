//! Many users at once. What can't be done to one of them stops nobody else's change, and is said.

use std::collections::{HashMap, HashSet};

use domain::{
    ConsoleRole, EntryPermission, GroupName, Problem, UserId, UserStatus,
    many::{Act, Became, ManyLosses, Order, Outcome, Reason, Report},
};
use serde_json::json;

use super::{Users, deletion::possible_owner};
use crate::{
    Internal,
    accounts::Admin,
    audit::{self, Action, Subject},
    store::{self, Db, Tx, groups, user_rooms, users, users::StoredUser},
};

/// Why nothing was done to anybody.
#[derive(Debug, thiserror::Error)]
pub enum ManyRefusal {
    /// [`Problem::TooMany`] at once.
    #[error("too many at once")]
    TooMany(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl Users {
    /// Carries out orders in one transaction, and tells what became of each user. Only users without a
    /// console role are changed.
    pub async fn many(&self, admin: &Admin, orders: &[Order]) -> Result<Report, ManyRefusal> {
        Order::few_enough(orders).map_err(ManyRefusal::TooMany)?;
        let mut tx = admin.begin(&self.store).await?;
        let mut report = Report::default();
        for order in orders {
            self.carry_out(&mut tx, admin, order, &mut report).await?;
        }
        if report.outcomes.iter().any(|it| it.became == Became::Done) {
            store::commit(tx).await?;
        }
        Ok(report)
    }

    /// What would be lost with these users.
    pub async fn losses_of_many(
        &self,
        _: &Admin,
        user_ids: &[UserId],
    ) -> Result<ManyLosses, ManyRefusal> {
        let order = Order { act: Act::Delete { owner: None }, users: user_ids.to_vec() };
        Order::few_enough(std::slice::from_ref(&order)).map_err(ManyRefusal::TooMany)?;
        let mut db = self.store.read().await?;
        let (can, refused) = sorted(&mut db, &order).await?;
        let numbers = numbers(&can);
        let images = can.iter().filter(|it| it.summary.image.is_some()).count();
        Ok(ManyLosses {
            users: length(can.len()),
            images: length(images),
            memberships: user_rooms::memberships(&mut db, &numbers).await?,
            groups: groups::places(&mut db, &numbers).await?,
            owned: user_rooms::owned(&mut db, &numbers).await?,
            refused: refused.into_iter().filter(|it| it.became != Became::AlreadySo).collect(),
        })
    }

    async fn carry_out(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        order: &Order,
        report: &mut Report,
    ) -> Result<(), Internal> {
        let (can, refused) = sorted(tx, order).await?;
        report.outcomes.extend(refused);
        let users = can.as_slice();
        match &order.act {
            Act::Join(names) => self.join(tx, admin, names, users, report).await,
            Act::Leave(names) => self.leave(tx, admin, names, users, report).await,
            Act::Delete { owner } => {
                self.delete_all(tx, admin, owner.as_ref(), users, report).await
            }
            Act::SetPermission { to, from } => {
                for user in users {
                    let became = self.permit(tx, admin, user, *to, *from).await?;
                    let back = user.summary.permission;
                    report.add(
                        &user.summary,
                        became,
                        Act::SetPermission { to: back, from: Some(*to) },
                    );
                }
                Ok(())
            }
            Act::Deactivate => {
                self.all_become(tx, admin, users, UserStatus::Deactivated, report).await
            }
            Act::Reactivate => self.all_become(tx, admin, users, UserStatus::Active, report).await,
        }
    }

    async fn permit(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        user: &StoredUser,
        to: EntryPermission,
        from: Option<EntryPermission>,
    ) -> Result<Became, Internal> {
        let before = &user.summary;
        if before.permission == to {
            return Ok(Became::AlreadySo);
        }
        if from.is_some_and(|it| it != before.permission) {
            return Ok(Became::Refused(Reason::Changed));
        }
        let now = self.clock.now();
        users::set_permission(tx, user.number, to, now).await?;
        let permission = |it: EntryPermission| json!({ "summary": { "permission": it } });
        let detail = json!({ "before": permission(before.permission), "after": permission(to) });
        let subject = Subject::user(&before.user_id);
        audit::note(tx, now, admin.author(), Action::UserEdit, subject, detail).await?;
        Ok(Became::Done)
    }

    async fn all_become(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        users: &[StoredUser],
        status: UserStatus,
        report: &mut Report,
    ) -> Result<(), Internal> {
        let back = match status {
            UserStatus::Active => Act::Deactivate,
            UserStatus::Deactivated => Act::Reactivate,
        };
        for user in users {
            let became = if user.summary.status == status {
                Became::AlreadySo
            } else {
                self.change_status(tx, admin, user, status).await?;
                Became::Done
            };
            report.add(&user.summary, became, back.clone());
        }
        Ok(())
    }

    async fn join(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        names: &[GroupName],
        users: &[StoredUser],
        report: &mut Report,
    ) -> Result<(), Internal> {
        let mut changed = Vec::new();
        for name in names.iter().filter(|_| !users.is_empty()) {
            let group = groups::find_or_make(tx, name).await?;
            let joined = groups::join(tx, group.number, &numbers(users)).await?;
            self.note_all(tx, admin, Action::GroupAdd, &group.summary.name, &joined).await?;
            changed.push((group.summary.name, joined));
        }
        tell_of_groups(report, users, &changed, Act::Leave);
        Ok(())
    }

    async fn leave(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        names: &[GroupName],
        users: &[StoredUser],
        report: &mut Report,
    ) -> Result<(), Internal> {
        let mut changed = Vec::new();
        for name in names {
            let Some(group) = groups::find(tx, name).await? else { continue };
            let left = groups::leave(tx, group.number, &numbers(users)).await?;
            self.note_all(tx, admin, Action::GroupRemove, &group.summary.name, &left).await?;
            changed.push((group.summary.name, left));
        }
        tell_of_groups(report, users, &changed, Act::Join);
        Ok(())
    }

    async fn note_all(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        action: Action,
        group: &GroupName,
        users: &HashSet<i64>,
    ) -> Result<(), Internal> {
        let users: Vec<i64> = users.iter().copied().collect();
        let detail = json!({ "group": group });
        audit::note_each(tx, &users, self.clock.now(), admin.author(), action, detail).await
    }

    async fn delete_all(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        owner: Option<&UserId>,
        users: &[StoredUser],
        report: &mut Report,
    ) -> Result<(), Internal> {
        let heir = match owner {
            None => None,
            Some(owner) => Some(possible_owner(tx, owner).await?.ok()),
        };
        for user in users {
            let became = self.delete_one(tx, admin, user, heir.as_ref()).await?;
            report.outcomes.push(Outcome::of(&user.summary, became));
        }
        Ok(())
    }

    /// `heir` is who was named to take the rooms, if they can.
    async fn delete_one(
        &self,
        tx: &mut Tx,
        admin: &Admin,
        user: &StoredUser,
        heir: Option<&Option<StoredUser>>,
    ) -> Result<Became, Internal> {
        if heir.and_then(Option::as_ref).is_some_and(|it| it.number == user.number) {
            return Ok(Became::Refused(Reason::TakesRooms));
        }
        let owns = !user_rooms::owned(tx, &[user.number]).await?.is_none();
        let heir = match heir {
            _ if !owns => None,
            None => return Ok(Became::Refused(Reason::OwnsRooms)),
            Some(None) => return Ok(Became::Refused(Reason::UnfitOwner)),
            Some(heir) => heir.as_ref(),
        };
        self.remove(tx, admin, user, heir).await?;
        Ok(Became::Done)
    }
}

/// The users to whom an order can be carried out, each once, and what is said of the others.
async fn sorted(db: &mut Db, order: &Order) -> Result<(Vec<StoredUser>, Vec<Outcome>), Internal> {
    let keys: Vec<String> = order.users.iter().map(UserId::key).collect();
    let mut known: HashMap<String, StoredUser> =
        users::by_keys(db, &keys).await?.into_iter().collect();
    let (mut can, mut refused, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (user_id, key) in order.users.iter().zip(keys) {
        if !seen.insert(key.clone()) {
            continue;
        }
        match known.remove(&key) {
            Some(user) if user.summary.role == ConsoleRole::None => can.push(user),
            Some(user) => {
                let reason = Reason::HasRole(user.summary.role);
                refused.push(Outcome::of(&user.summary, Became::Refused(reason)));
            }
            None => {
                let deleting = matches!(order.act, Act::Delete { .. });
                let gone = deleting && users::former(db, user_id).await?.is_some();
                let became =
                    if gone { Became::AlreadySo } else { Became::Refused(Reason::NotFound) };
                refused.push(Outcome { user_id: user_id.clone(), nickname: None, became });
            }
        }
    }
    Ok((can, refused))
}

/// Notes of each user which groups they came into or out of; `back` takes that back.
fn tell_of_groups(
    report: &mut Report,
    users: &[StoredUser],
    changed: &[(GroupName, HashSet<i64>)],
    back: fn(Vec<GroupName>) -> Act,
) {
    for user in users {
        let of_user = changed.iter().filter(|(_, users)| users.contains(&user.number));
        let names: Vec<GroupName> = of_user.map(|(name, _)| name.clone()).collect();
        let became = if names.is_empty() { Became::AlreadySo } else { Became::Done };
        report.add(&user.summary, became, back(names));
    }
}

fn numbers(users: &[StoredUser]) -> Vec<i64> {
    users.iter().map(|it| it.number).collect()
}

fn length(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
