//! Groups: named sets of users, such as class 7B.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Problem, Problems, fold, form::Pairs, text::parse_name};

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

    /// The name as it stands in addresses, before it is encoded: another spelling with the same key.
    ///
    /// What an address, or a machine on its way, would take for something else stands in its wide
    /// form, which folds to the same: slashes, percent signs, and dots alone. So does `new` in capitals,
    /// since creating a group has that address.
    #[must_use]
    pub fn in_address(&self) -> String {
        let dots = self.0.chars().all(|it| it == '.');
        let wide = |it: char| match it {
            '/' => '／',
            '\\' => '＼',
            '%' => '％',
            '.' if dots => '．',
            other => other,
        };
        if self.0 == "new" { "New".to_owned() } else { self.0.chars().map(wide).collect() }
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupSummary {
    /// The group's name.
    pub name: GroupName,
    /// How many users are in it, deactivated ones included.
    pub size: u32,
}

/// The fields of the forms about a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupField {
    /// The name: of the group, or of the one it is merged into.
    Name,
    /// The users to put into the group.
    Members,
}

/// What somebody typed in a form that asks for a group's name: to create or rename a group, to merge it
/// into another, or to make sure that it is to be deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupForm {
    /// The name as typed.
    pub name: String,
}

impl GroupForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            match name {
                "name" => value.clone_into(&mut form.name),
                unknown => return Err(unknown.to_owned()),
            }
        }
        Ok(form)
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<GroupName, Problems<GroupField>> {
        GroupName::parse(&self.name).map_err(|it| Problems::one(GroupField::Name, it))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(raw: &str) -> GroupName {
        GroupName::parse(raw).unwrap()
    }

    #[test]
    fn what_means_something_else_in_addresses_stands_otherwise_there() {
        for (raw, address) in [
            ("7B", "7B"),
            ("new", "New"),
            ("New", "New"),
            ("..", "．．"),
            ("St. Mary", "St. Mary"),
            ("100%25 / b", "100％25 ／ b"),
        ] {
            assert_eq!(name(raw).in_address(), address);
            assert_eq!(name(address).key(), name(raw).key());
        }
    }

    #[test]
    fn fields_that_the_form_does_not_have_are_refused() {
        let of = |pairs: &[(&str, &str)]| GroupForm::from_pairs(&pairs.iter().copied().collect());
        assert_eq!(of(&[("name", "7B"), ("size", "3")]), Err("size".to_owned()));
        assert_eq!(
            of(&[]).unwrap().parse().unwrap_err().of(GroupField::Name),
            Some(&Problem::Missing)
        );
        assert_eq!(of(&[("name", " 7B ")]).unwrap().parse(), Ok(name("7B")));
    }

    proptest! {
        #[test]
        fn an_address_names_the_same_group(raw in ".{1,20}") {
            if let Ok(name) = GroupName::parse(&raw) {
                let address = GroupName::parse(&name.in_address()).map(|it| it.key());
                prop_assert_eq!(address, Ok(name.key()));
            }
        }
    }
}
