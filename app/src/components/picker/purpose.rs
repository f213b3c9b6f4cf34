//! What users are picked for: to be specified for a room, each with a permission, or to be put into a
//! group, in which nobody has one. The picker is the same but for its words.

use crate::i18n::{count, tr};

/// What users are picked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be specified for a room.
    #[default]
    Room,
    /// To be put into a group.
    Group,
}

impl Purpose {
    /// Whether each of the chosen gets a permission.
    pub(super) const fn has_permissions(self) -> bool {
        matches!(self, Self::Room)
    }

    pub(super) fn label(self) -> String {
        match self {
            Self::Room => tr!("picker.label"),
            Self::Group => tr!("group.add"),
        }
    }

    pub(super) fn hint(self) -> String {
        match self {
            Self::Room => tr!("picker.hint"),
            Self::Group => tr!("group.add_hint"),
        }
    }

    pub(super) fn pasted_hint(self) -> String {
        match self {
            Self::Room => tr!("picker.pasted_hint"),
            Self::Group => tr!("group.pasted_hint"),
        }
    }

    /// Why somebody can't be chosen who is chosen, or there, already.
    pub(super) fn already(self) -> String {
        match self {
            Self::Room => tr!("picker.specified"),
            Self::Group => tr!("group.already"),
        }
    }

    /// What to do where nobody is found.
    pub(super) fn create_first(self) -> String {
        match self {
            Self::Room => tr!("picker.create_first"),
            Self::Group => tr!("group.create_first"),
        }
    }

    /// What becomes of a user who is created from the picker.
    pub(super) fn create_and_choose(self) -> String {
        match self {
            Self::Room => tr!("picker.create_and_specify"),
            Self::Group => tr!("group.create_and_add"),
        }
    }

    /// What the list of the chosen is called.
    pub(super) fn chosen(self) -> String {
        match self {
            Self::Room => tr!("picker.chosen"),
            Self::Group => tr!("group.chosen"),
        }
    }

    pub(super) fn nobody_chosen(self) -> String {
        match self {
            Self::Room => tr!("picker.nobody_chosen"),
            Self::Group => tr!("group.nobody_chosen"),
        }
    }

    pub(super) fn count(self, all: u32) -> String {
        match self {
            Self::Room => count!("picker.count", all),
            Self::Group => count!("group.chosen_count", all),
        }
    }

    pub(super) fn said_chosen(self, nickname: &str) -> String {
        match self {
            Self::Room => tr!("picker.said_chosen", nickname = nickname),
            Self::Group => tr!("group.said_chosen", nickname = nickname),
        }
    }

    pub(super) fn said_removed(self, nickname: &str) -> String {
        match self {
            Self::Room => tr!("picker.said_removed", nickname = nickname),
            Self::Group => tr!("group.said_removed", nickname = nickname),
        }
    }
}
