//! Who is chosen, and as what: apart from all that is typed and found, so that nothing loses it.

use std::collections::{HashMap, HashSet};

use domain::{EntryPermission, UserId, UserStatus, UserSummary, room::SpecifyForm};
use leptos::prelude::*;

use super::{Purpose, offer::WhyNot};
use crate::{functions::picker::Offer, i18n::number, words};

/// A chosen user and as what they are to enter the room.
#[derive(Clone, PartialEq)]
pub(crate) struct Chosen {
    /// Who.
    pub(crate) user: UserSummary,
    /// As what; preset to the user's default.
    pub(crate) permission: EntryPermission,
    /// Whether they were deleted since they were chosen.
    pub(super) gone: bool,
}

impl Chosen {
    fn new(user: UserSummary) -> Self {
        Self { permission: user.permission, user, gone: false }
    }
}

/// The chosen users, in the order of choosing.
#[derive(Clone, Copy, Default)]
pub(crate) struct Choice {
    all: RwSignal<Vec<Chosen>>,
    /// The same, to find one among thousands.
    ids: StoredValue<HashSet<UserId>>,
}

/// What came of choosing many at once.
#[derive(Clone, Default, PartialEq)]
pub(super) struct TakenIn {
    /// How many are chosen now who were not.
    pub(super) added: u32,
    /// Those who can't be chosen.
    pub(super) left_out: Vec<(WhyNot, Vec<UserSummary>)>,
    /// What was asked for and is nobody's User ID.
    pub(super) unknown: Vec<String>,
    /// Whether there are more who were not even looked at.
    pub(super) more: bool,
}

impl Choice {
    /// The most that can be chosen.
    pub(super) const MAX: usize = SpecifyForm::MAX_MEMBERS as usize;

    /// Looks at all of them.
    pub(crate) fn with<T>(self, look: impl FnOnce(&[Chosen]) -> T) -> T {
        self.all.with(|all| look(all))
    }

    /// How many there are.
    pub(super) fn count(self) -> u32 {
        u32::try_from(self.all.with(Vec::len)).unwrap_or(u32::MAX)
    }

    /// Why a user can't be chosen; `there` says whether they are in the room or group already.
    pub(super) fn why_not(
        self,
        user: &UserSummary,
        owner: Option<&UserId>,
        there: bool,
    ) -> Option<WhyNot> {
        let chosen = self.all.with(Vec::len);
        if owner == Some(&user.user_id) {
            Some(WhyNot::Owner)
        } else if there || self.ids.with_value(|it| it.contains(&user.user_id)) {
            Some(WhyNot::Specified)
        } else if user.status == UserStatus::Deactivated {
            Some(WhyNot::Deactivated)
        } else {
            (chosen >= Self::MAX).then_some(WhyNot::Full)
        }
    }

    /// Chooses a user, unless they are chosen already.
    pub(super) fn add(self, user: UserSummary) {
        if self.ids.try_update_value(|it| it.insert(user.user_id.clone())) == Some(true) {
            self.all.update(|all| all.push(Chosen::new(user)));
        }
    }

    /// Chooses all who can be chosen, and tells who can't and why.
    pub(super) fn take_in(self, offer: Offer) -> TakenIn {
        let there: HashSet<UserId> = offer.specified.into_iter().collect();
        let mut left_out = WhyNot::ALL.map(|it| (it, Vec::new()));
        let mut new = Vec::new();
        for user in offer.users {
            let there = there.contains(&user.user_id);
            let full = self.all.with_untracked(Vec::len) + new.len() >= Self::MAX;
            let why_not = untrack(|| self.why_not(&user, offer.owner.as_ref(), there));
            match why_not.or_else(|| full.then_some(WhyNot::Full)) {
                Some(why) => left_out[why as usize].1.push(user),
                None => new.push(Chosen::new(user)),
            }
        }
        let added = u32::try_from(new.len()).unwrap_or(u32::MAX);
        self.ids.update_value(|it| it.extend(new.iter().map(|it| it.user.user_id.clone())));
        self.all.update(|all| all.extend(new));
        let left_out = left_out.into_iter().filter(|(_, users)| !users.is_empty()).collect();
        TakenIn { added, left_out, unknown: offer.unknown, more: offer.more }
    }

    /// Shows those as they are now: what was asked for is a user, or nobody's User ID any more.
    pub(super) fn renew(self, now: Vec<UserSummary>, unknown: &[String]) {
        let now: HashMap<UserId, UserSummary> =
            now.into_iter().map(|it| (it.user_id.clone(), it)).collect();
        self.all.update(|all| {
            for it in all {
                it.gone = it.gone || unknown.iter().any(|id| id == it.user.user_id.as_str());
                if let Some(now) = now.get(&it.user.user_id) {
                    it.user = now.clone();
                }
            }
        });
    }

    /// Takes back the last choice.
    pub(super) fn take_back(self) -> Option<Chosen> {
        let last = self.all.try_update(Vec::pop).flatten()?;
        self.ids.update_value(|it| it.retain(|id| *id != last.user.user_id));
        Some(last)
    }

    /// Takes back the choice of those, and answers with what was chosen before.
    pub(super) fn remove(self, users: &HashSet<UserId>) -> Vec<Chosen> {
        let before = self.all.get_untracked();
        self.ids.update_value(|it| it.retain(|id| !users.contains(id)));
        self.all.update(|all| all.retain(|it| !users.contains(&it.user.user_id)));
        before
    }

    /// Chooses those again who were chosen before and are not any more.
    pub(super) fn put_back(self, before: Vec<Chosen>) {
        self.all.try_update(|all| {
            let now = std::mem::replace(all, before);
            let mut known: HashSet<UserId> = all.iter().map(|it| it.user.user_id.clone()).collect();
            all.extend(now.into_iter().filter(|it| known.insert(it.user.user_id.clone())));
            self.ids.set_value(known);
        });
    }

    /// Gives those a permission, and answers with what was chosen before.
    pub(super) fn set(self, users: &HashSet<UserId>, permission: EntryPermission) -> Vec<Chosen> {
        let before = self.all.get_untracked();
        self.all.update(|all| {
            for it in all.iter_mut().filter(|it| users.contains(&it.user.user_id)) {
                it.permission = permission;
            }
        });
        before
    }

    /// Gives those of them who are still chosen the permission that they had before.
    pub(super) fn restore(self, before: Vec<Chosen>) {
        let before: HashMap<UserId, EntryPermission> =
            before.into_iter().map(|it| (it.user.user_id, it.permission)).collect();
        self.all.try_update(|all| {
            for it in all {
                if let Some(permission) = before.get(&it.user.user_id) {
                    it.permission = *permission;
                }
            }
        });
    }
}

/// How many are chosen, and as what.
pub(crate) fn summary(choice: Choice, purpose: Purpose) -> String {
    let all = choice.count();
    if all == 0 {
        return purpose.nobody_chosen();
    }
    if !purpose.has_permissions() {
        return purpose.count(all);
    }
    let parts = choice.with(|all| {
        EntryPermission::ALL
            .into_iter()
            .filter_map(|permission| {
                let held = all.iter().filter(|it| it.permission == permission).count();
                let held = i64::try_from(held).unwrap_or(i64::MAX);
                (held > 0).then(|| format!("{} {}", number(held), words::permission(permission)))
            })
            .collect::<Vec<_>>()
    });
    format!("{}: {}", purpose.count(all), parts.join(", "))
}
