//! What a search found.

/// The best of what a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What was found, best first.
    pub rows: Vec<T>,
    /// Whether there is more than was asked for.
    pub more: bool,
}
