//! Why nothing was done to a group.

use domain::{GroupName, Problem};

use crate::Internal;

/// Why nothing was done to a group.
#[derive(Debug, thiserror::Error)]
pub enum GroupRefusal {
    /// There is no such group.
    #[error("there is no such group")]
    NotFound,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a group wasn't made or renamed.
#[derive(Debug, thiserror::Error)]
pub enum NameRefusal {
    /// There is no such group.
    #[error("there is no such group")]
    NotFound,
    /// Another group has that name, but for case and accents.
    #[error("the name is taken by {by}")]
    Taken {
        /// The name as it was first typed.
        by: GroupName,
    },
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why a group wasn't merged into another.
#[derive(Debug, thiserror::Error)]
pub enum MergeRefusal {
    /// There is no such group.
    #[error("there is no such group")]
    NotFound,
    /// There is no group that it could be merged into.
    #[error("there is no group of the other name")]
    NoOther,
    /// A group can't be merged into itself.
    #[error("both are the same group")]
    Itself,
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

/// Why users weren't put into a group.
#[derive(Debug, thiserror::Error)]
pub enum JoinRefusal {
    /// There is no such group.
    #[error("there is no such group")]
    NotFound,
    /// [`Problem::UnknownUsers`] or [`Problem::DeactivatedUsers`] among them.
    #[error("some of the users can't be put into a group")]
    Users(Problem),
    /// Something failed inside.
    #[error(transparent)]
    Internal(#[from] Internal),
}

impl From<GroupRefusal> for NameRefusal {
    fn from(refusal: GroupRefusal) -> Self {
        match refusal {
            GroupRefusal::NotFound => Self::NotFound,
            GroupRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<GroupRefusal> for MergeRefusal {
    fn from(refusal: GroupRefusal) -> Self {
        match refusal {
            GroupRefusal::NotFound => Self::NotFound,
            GroupRefusal::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<GroupRefusal> for JoinRefusal {
    fn from(refusal: GroupRefusal) -> Self {
        match refusal {
            GroupRefusal::NotFound => Self::NotFound,
            GroupRefusal::Internal(error) => Self::Internal(error),
        }
    }
}
