//! How a developer command fails: what, why, and what to do about it.

use std::fmt;

/// What every step returns.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// A step that could not be done.
#[derive(Debug)]
pub struct Failure {
    what: String,
    why: String,
    remedy: String,
}

impl Failure {
    pub fn new(what: impl Into<String>, why: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into(), remedy: remedy.into() }
    }

    /// A file or folder that could not be read or written.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("cannot use {}", path.display()),
            error.to_string(),
            "check that it exists, who owns it and that the disk has room",
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}. To fix it: {}.", self.what, self.why, self.remedy)
    }
}
