//! What a search found.

/// The best of what a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What was found, best first.
    pub rows: Vec<T>,
    /// Whether there is more than was asked for.
    pub more: bool,
}

impl<T> Found<T> {
    /// The best of these that are wanted, at most so many.
    pub(crate) fn only(self, limit: u32, wanted: impl Fn(&T) -> bool) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut rows: Vec<T> = self.rows.into_iter().filter(|it| wanted(it)).collect();
        let more = self.more || rows.len() > limit;
        rows.truncate(limit);
        Self { rows, more }
    }
}
