//! Many users at once: what is done to them, and what became of each.

use serde::{Deserialize, Serialize};

use crate::{
    AtLeast, ConsoleRole, EntryPermission, GroupName, Nickname, Problem, UserId, UserSummary,
    user::UserForm,
};

/// What is done to users who have no console role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Sets their default entry permission.
    SetPermission {
        /// To this one.
        to: EntryPermission,
        /// Only where it still is this one; whatever it is where none is named.
        from: Option<EntryPermission>,
    },
    /// Puts them into these groups, making those that don't exist.
    Join(Vec<GroupName>),
    /// Takes them out of these groups.
    Leave(Vec<GroupName>),
    /// Deactivates them.
    Deactivate,
    /// Reactivates them.
    Reactivate,
    /// Deletes them.
    Delete {
        /// Who takes their rooms.
        owner: Option<UserId>,
    },
}

/// One act, and to whom it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// What is done.
    pub act: Act,
    /// To whom.
    pub users: Vec<UserId>,
}

impl Order {
    /// The most users at once.
    pub const MAX_USERS: u32 = 1_000;

    /// Finds that all orders together are no more than is done at once.
    pub fn few_enough(orders: &[Self]) -> Result<(), Problem> {
        let users = orders.iter().map(|it| it.users.len()).sum::<usize>();
        if users > Self::MAX_USERS as usize {
            return Err(Problem::TooMany { max: Self::MAX_USERS });
        }
        let groups = orders.iter().map(|it| match &it.act {
            Act::Join(groups) | Act::Leave(groups) => groups.len(),
            _ => 0,
        });
        if groups.max().unwrap_or_default() > UserForm::MAX_GROUPS as usize {
            return Err(Problem::TooMany { max: UserForm::MAX_GROUPS });
        }
        Ok(())
    }
}

/// What became of one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The User ID, as it was typed when there is such a user.
    pub user_id: UserId,
    /// The nickname, when there is such a user.
    pub nickname: Option<Nickname>,
    /// Whether it was done.
    pub became: Became,
}

impl Outcome {
    /// What became of that user.
    #[must_use]
    pub fn of(user: &UserSummary, became: Became) -> Self {
        let (user_id, nickname) = (user.user_id.clone(), Some(user.nickname.clone()));
        Self { user_id, nickname, became }
    }
}

/// Whether something was done to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It was done.
    Done,
    /// It was so already.
    AlreadySo,
    /// It wasn't done.
    Refused(Reason),
}

/// Why nothing was done to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is no such user, or none any more.
    NotFound,
    /// The user has a console role; whoever has one is changed on their own page.
    HasRole(ConsoleRole),
    /// Somebody has changed it in the meantime.
    Changed,
    /// The user owns rooms, and nobody was named who takes them.
    OwnsRooms,
    /// The user owns rooms, and whoever was named can't take them.
    UnfitOwner,
    /// The user is the one who was named to take the rooms of others.
    TakesRooms,
}

/// What became of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What became of each, once.
    pub outcomes: Vec<Outcome>,
    /// What takes back what was done, and nothing else; empty where nothing can be taken back.
    pub undo: Vec<Order>,
}

impl Report {
    /// Notes what became of a user, and what takes it back if it was done.
    pub fn add(&mut self, user: &UserSummary, became: Became, back: Act) {
        self.outcomes.push(Outcome::of(user, became));
        if became != Became::Done {
            return;
        }
        let user_id = user.user_id.clone();
        match self.undo.iter_mut().find(|it| it.act == back) {
            Some(order) => order.users.push(user_id),
            None => self.undo.push(Order { act: back, users: vec![user_id] }),
        }
    }
}

/// What is lost when many users are deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManyLosses {
    /// How many users would be deleted.
    pub users: u32,
    /// How many of them have a profile image.
    pub images: u32,
    /// For how many rooms they are specified, each counted on their own.
    pub memberships: AtLeast,
    /// In how many groups they are, each counted on their own.
    pub groups: AtLeast,
    /// How many rooms they own, which somebody must take.
    pub owned: AtLeast,
    /// Who would stay, and why.
    pub refused: Vec<Outcome>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(act: Act, users: usize) -> Order {
        let users = (0..users).map(|it| UserId::parse(&format!("S-{it}")));
        Order { act, users: users.collect::<Result<_, _>>().unwrap() }
    }

    #[test]
    fn a_thousand_users_are_enough_for_once() {
        assert_eq!(Order::few_enough(&[order(Act::Deactivate, 1_000)]), Ok(()));
        let orders = [order(Act::Deactivate, 600), order(Act::Reactivate, 401)];
        assert_eq!(Order::few_enough(&orders), Err(Problem::TooMany { max: 1_000 }));
        let groups = (0..101).map(|it| GroupName::parse(&it.to_string()));
        let groups = groups.collect::<Result<_, _>>().unwrap();
        let refused = Order::few_enough(&[order(Act::Join(groups), 1)]);
        assert_eq!(refused, Err(Problem::TooMany { max: 100 }));
    }
}
