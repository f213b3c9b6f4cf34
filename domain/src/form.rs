//! How forms travel: the pairs that a browser sends, and what comes back.

use serde::{Deserialize, Serialize};

use crate::Problems;

/// The name-value pairs of a submitted form, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// The pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Finds that each of these names was sent: an edit that leaves one out would reset it.
    ///
    /// The error is the first name that is missing.
    pub fn require(&self, names: &[&str]) -> Result<(), String> {
        match names.iter().find(|it| self.get(it).is_none()) {
            Some(missing) => Err((*missing).to_owned()),
            None => Ok(()),
        }
    }

    /// Takes out all pairs of that name; the answer is the first value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let first = self.get(name).map(str::to_owned);
        self.0.retain(|it| it.0 != name);
        first
    }

    /// The first value of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(it, _)| *it == name).map(|(_, value)| value)
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// The answer to a submitted form, as JSON where a script asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", bound(deserialize = "F: Deserialize<'de>"))]
pub enum FormReply<F> {
    /// Done; what was made or changed is to be seen at this path.
    Done {
        /// An absolute path on the same site.
        location: String,
    },
    /// Nothing was changed.
    Refused(Problems<F>),
}

#[cfg(test)]
mod tests;
