//! The numbers under which the fixed sets of `domain` are stored. They never change their meaning.

use domain::{
    ConsoleRole, EntryPermission, RoomState, RoomType, UserStatus,
    audit::AuditKind,
    classroom::{Ending, Office, Standing},
    entry::Intent,
    settings::{Language, Retention},
};

/// One of a fixed set, stored as its place in [`Code::IN_ORDER`].
pub trait Code: Copy + PartialEq + 'static {
    /// All of the set; new ones go to the end.
    const IN_ORDER: &'static [Self];

    /// The number that is stored.
    fn code(self) -> i32 {
        let place = Self::IN_ORDER.iter().position(|it| *it == self);
        place.and_then(|it| i32::try_from(it).ok()).unwrap_or(-1)
    }

    /// What a stored number means.
    fn from_code(code: i64) -> Option<Self> {
        Self::IN_ORDER.get(usize::try_from(code).ok()?).copied()
    }
}

/// The numbers of the one that is asked for, else of all.
pub fn asked<T: Code>(one: Option<T>) -> Vec<i32> {
    T::IN_ORDER.iter().filter(|it| one.is_none_or(|one| one == **it)).map(|it| it.code()).collect()
}

impl Code for EntryPermission {
    const IN_ORDER: &'static [Self] = &[Self::Host, Self::Guest, Self::Monitoring];
}

impl Code for ConsoleRole {
    const IN_ORDER: &'static [Self] = &[Self::None, Self::Teacher, Self::Admin];
}

impl Code for UserStatus {
    const IN_ORDER: &'static [Self] = &[Self::Active, Self::Deactivated];
}

impl Code for RoomType {
    const IN_ORDER: &'static [Self] = &[Self::Private, Self::Public, Self::Open];
}

impl Code for RoomState {
    const IN_ORDER: &'static [Self] = &[Self::Open, Self::Ended];
}

impl Code for Retention {
    const IN_ORDER: &'static [Self] =
        &[Self::Month, Self::Quarter, Self::Year, Self::TwoYears, Self::FiveYears, Self::Forever];
}

impl Code for AuditKind {
    const IN_ORDER: &'static [Self] = &[
        Self::Users,
        Self::Groups,
        Self::Rooms,
        Self::Members,
        Self::SignIn,
        Self::Settings,
        Self::Refused,
        Self::Server,
        Self::Meetings,
        Self::Observations,
    ];
}

impl Code for Intent {
    const IN_ORDER: &'static [Self] = &[Self::Own, Self::Observe, Self::Host];
}

impl Code for Standing {
    const IN_ORDER: &'static [Self] = &[Self::Host, Self::Guest];
}

impl Code for Office {
    const IN_ORDER: &'static [Self] = &[Self::None, Self::Admin, Self::Owner];
}

impl Code for Ending {
    const IN_ORDER: &'static [Self] =
        &[Self::ByHost, Self::Empty, Self::TimeLimit, Self::RoomEnded];
}

impl Code for Language {
    const IN_ORDER: &'static [Self] = &[Self::English, Self::Korean];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returns_to_itself<T: Code + std::fmt::Debug>(all: &[T]) {
        for it in all {
            assert_eq!(T::from_code(it.code().into()), Some(*it));
        }
        assert_eq!(T::from_code(99), None);
        assert_eq!(T::from_code(-1), None);
    }

    #[test]
    fn every_code_returns_to_what_it_stands_for() {
        returns_to_itself(&EntryPermission::ALL);
        returns_to_itself(&ConsoleRole::ALL);
        returns_to_itself(&RoomType::ALL);
        returns_to_itself(&Retention::ALL);
        returns_to_itself(&Language::ALL);
        returns_to_itself(&AuditKind::ALL);
        returns_to_itself(&[Intent::Own, Intent::Observe, Intent::Host]);
        returns_to_itself(&[UserStatus::Active, UserStatus::Deactivated]);
        returns_to_itself(&[RoomState::Open, RoomState::Ended]);
        returns_to_itself(&[Standing::Host, Standing::Guest]);
        returns_to_itself(&[Office::None, Office::Admin, Office::Owner]);
        let endings = [Ending::ByHost, Ending::Empty, Ending::TimeLimit, Ending::RoomEnded];
        returns_to_itself(&endings);
    }
}
