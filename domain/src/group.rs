//! Groups: named sets of users, such as class 7B.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Problem, fold, text::parse_name};

/// A group's name: 1 to 64 graphemes, no comma, unique without regard to case and accents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GroupName(String);

impl GroupName {
    /// The most graphemes.
    pub const MAX: u32 = 64;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let name = parse_name(raw, Self::MAX)?;
        // Commas separate names where several are typed into one field.
        if name.contains(',') {
            return Err(Problem::Character { character: ',' });
        }
        Ok(Self(name))
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What must be unique among groups.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for GroupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<GroupName> for String {
    fn from(name: GroupName) -> Self {
        name.0
    }
}

impl TryFrom<String> for GroupName {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).map_err(|_| "not a group name")
    }
}

/// A group as pickers show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// The group's name.
    pub name: GroupName,
    /// How many users are in it, deactivated ones included.
    pub size: u32,
}
