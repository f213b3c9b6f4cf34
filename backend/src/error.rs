//! What went wrong when it is not the fault of whoever asked.

use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    io,
};

use deadpool::managed::PoolError;

use crate::store::dialect;

/// The database, the disk or the machine failed, or a stored value is broken.
///
/// `Display` says nothing of the cause, so that it can be shown; [`Error::source`] is for the log.
#[derive(Debug)]
pub struct Internal {
    kind: InternalKind,
    source: Box<dyn Error + Send + Sync>,
}

/// What a failure means for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InternalKind {
    /// There is no room left to write; what was stored before is safe.
    DiskFull,
    /// The database can't be reached now; trying again may help.
    Unavailable,
    /// Whoever asked was allowed to when they began, and is not any more.
    Revoked,
    /// It was done before, by the same form.
    Repeated,
    /// Anything else.
    Other,
}

impl Internal {
    /// A failure of that kind.
    pub fn new(kind: InternalKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }

    /// A failure that trying again won't help.
    pub fn other(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(InternalKind::Other, source)
    }

    /// A stored value that nothing here could have written.
    pub(crate) fn broken_value(table: &str, column: &str) -> Self {
        Self::other(format!("a value of {table}.{column} in the database is broken"))
    }

    /// What failed in the end, without line breaks, for whoever runs the machine.
    pub(crate) fn cause(&self) -> String {
        self.source.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What the failure means for whoever asked.
    #[must_use]
    pub const fn kind(&self) -> InternalKind {
        self.kind
    }
}

impl Display for Internal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            InternalKind::DiskFull => "there is no room left on the disk",
            InternalKind::Unavailable => "the database can't be reached now",
            InternalKind::Revoked => "whoever asked may not do so any more",
            InternalKind::Repeated => "it was done before",
            InternalKind::Other => "something went wrong inside",
        })
    }
}

impl Error for Internal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

impl From<sqlx::Error> for Internal {
    fn from(error: sqlx::Error) -> Self {
        let kind = match &error {
            sqlx::Error::Database(failure) => dialect::kind_of(failure.as_ref()),
            sqlx::Error::Io(failure) => kind_of_io(failure),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                InternalKind::Unavailable
            }
            _ => InternalKind::Other,
        };
        Self::new(kind, error)
    }
}

impl From<PoolError<sqlx::Error>> for Internal {
    fn from(error: PoolError<sqlx::Error>) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            error => Self::new(InternalKind::Unavailable, error),
        }
    }
}

impl From<io::Error> for Internal {
    fn from(error: io::Error) -> Self {
        Self::new(kind_of_io(&error), error)
    }
}

impl From<object_store::Error> for Internal {
    fn from(error: object_store::Error) -> Self {
        Self::new(kind_of_chain(&error), error)
    }
}

impl From<tokio::task::JoinError> for Internal {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::other(error)
    }
}

/// The kind of the first failure of input or output among an error and its causes.
fn kind_of_chain(error: &(dyn Error + 'static)) -> InternalKind {
    std::iter::successors(Some(error), |it: &&(dyn Error + 'static)| (*it).source())
        .find_map(|it| it.downcast_ref::<io::Error>())
        .map_or(InternalKind::Other, kind_of_io)
}

fn kind_of_io(error: &io::Error) -> InternalKind {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => InternalKind::DiskFull,
        io::ErrorKind::TimedOut | io::ErrorKind::ConnectionRefused => InternalKind::Unavailable,
        _ => InternalKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(Internal::from(full()).kind(), InternalKind::DiskFull);
        let wrapped = object_store::Error::Generic { store: "files", source: Box::new(full()) };
        assert_eq!(Internal::from(wrapped).kind(), InternalKind::DiskFull);
        assert_eq!(Internal::from(sqlx::Error::PoolTimedOut).kind(), InternalKind::Unavailable);
    }

    #[test]
    fn the_cause_is_for_the_log_only() {
        let error = Internal::broken_value("users", "role");
        assert!(!error.to_string().contains("users"));
        assert!(error.source().unwrap().to_string().contains("users.role"));
    }
}
