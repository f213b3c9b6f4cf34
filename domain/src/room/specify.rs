//! Users to specify for a room: as picked, and as pasted.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{EntryPermission, Problem, UserId, form::Pairs, pasted::user_ids};

/// A user to specify: who, and as what (`None`: as their default permission says).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specified {
    /// Who.
    pub user_id: UserId,
    /// As what they are to enter.
    pub permission: Option<EntryPermission>,
}

/// Users to specify, as picked and pasted: part of the room form, and the form that adds members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecifyForm {
    /// The chosen users: User ID and the name of a permission (empty: their default).
    pub members: Vec<(String, String)>,
    /// User IDs as pasted, separated by commas, spaces or lines.
    pub pasted: String,
}

impl SpecifyForm {
    /// The most members in one request.
    pub const MAX_MEMBERS: u32 = 10_000;

    /// Reads the pairs of the form that adds members.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        pairs.iter().try_for_each(|(name, value)| form.take(name, value))?;
        Ok(form)
    }

    /// Reads the pairs of the form that puts users into a group, where nobody has a permission.
    pub fn from_group_pairs(pairs: &Pairs) -> Result<Self, String> {
        match pairs.get("permission") {
            Some(_) => Err("permission".to_owned()),
            None => Self::from_pairs(pairs),
        }
    }

    /// Takes one pair: each `member` is followed by its `permission`, as the form's rows stand.
    pub(super) fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "member" => self.members.push((value.to_owned(), String::new())),
            "permission" => match self.members.last_mut() {
                Some((_, permission)) => value.clone_into(permission),
                None => return Err(name.to_owned()),
            },
            "pasted" => value.clone_into(&mut self.pasted),
            unknown => return Err(unknown.to_owned()),
        }
        Ok(())
    }

    /// Reads the form: the users to specify, each once.
    pub fn parse(&self) -> Result<Vec<Specified>, Problem> {
        let chosen = self.members.iter().map(|(id, permission)| (id.as_str(), permission.as_str()));
        let pasted = user_ids(&self.pasted).into_iter().map(|id| (id, ""));
        let mut seen = HashSet::new();
        let mut members = Vec::new();
        let mut unknown = Vec::new();
        for (raw, permission) in chosen.chain(pasted) {
            if seen.len() + unknown.len() > Self::MAX_MEMBERS as usize {
                return Err(Problem::TooMany { max: Self::MAX_MEMBERS });
            }
            let permission = match permission {
                "" => None,
                name => Some(EntryPermission::from_name(name).ok_or(Problem::Choice)?),
            };
            match UserId::parse(raw) {
                Err(_) => unknown.push(raw.to_owned()),
                Ok(user_id) if seen.insert(user_id.key()) => {
                    members.push(Specified { user_id, permission });
                }
                Ok(_) => {}
            }
        }
        if !unknown.is_empty() {
            return Err(Problem::UnknownUsers(unknown));
        }
        if seen.len() > Self::MAX_MEMBERS as usize {
            return Err(Problem::TooMany { max: Self::MAX_MEMBERS });
        }
        Ok(members)
    }
}
