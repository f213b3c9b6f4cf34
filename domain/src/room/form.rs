//! The form that creates and edits a room.

use serde::{Deserialize, Serialize};

use super::{
    RoomName, RoomType,
    limits::{LimitsForm, RoomLimits},
    specify::{Specified, SpecifyForm},
};
use crate::{
    Problem, Problems, Timestamp,
    form::Pairs,
    local_time::{Edge, LocalTime},
};

/// The fields of the forms that create and edit a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomField {
    /// The name.
    Name,
    /// Who may enter.
    Type,
    /// The specified users.
    Members,
    /// How many may be in at once.
    Capacity,
    /// After how many minutes a meeting ends.
    TimeLimit,
    /// From when on it may be entered.
    Opens,
    /// Until when.
    Closes,
    /// Which edition of the room was edited.
    Edition,
    /// Whose it is, or would be.
    Owner,
}

/// What somebody typed and picked in the form that creates or edits a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomForm {
    /// The name as typed.
    pub name: String,
    /// The name of a type.
    pub room_type: String,
    /// What limits it.
    pub limits: LimitsForm,
    /// The users to specify.
    pub specify: SpecifyForm,
}

impl Default for RoomForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            room_type: RoomType::default().name().to_owned(),
            limits: LimitsForm::default(),
            specify: SpecifyForm::default(),
        }
    }
}

/// A parsed room form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomDraft {
    /// What people call it.
    pub name: RoomName,
    /// Who may enter.
    pub room_type: RoomType,
    /// What limits it.
    pub limits: RoomLimits,
    /// The users to specify, each once; empty unless the type is *Specified users only*.
    pub members: Vec<Specified>,
}

impl RoomForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            match name {
                "name" => value.clone_into(&mut form.name),
                "type" => value.clone_into(&mut form.room_type),
                _ => match form.limits.field(name) {
                    Some(field) => value.clone_into(field),
                    None => form.specify.take(name, value)?,
                },
            }
        }
        Ok(form)
    }

    /// Reads the pairs of the form that edits a room: its name, type and limits, and nothing else.
    pub fn from_edit_pairs(pairs: &Pairs) -> Result<Self, String> {
        pairs.require(&["name", "type"])?;
        LimitsForm::require(pairs)?;
        let known =
            |name: &str| matches!(name, "name" | "type") || LimitsForm::FIELDS.contains(&name);
        match pairs.iter().find(|(name, _)| !known(name)) {
            Some((unknown, _)) => Err(unknown.to_owned()),
            None => Self::from_pairs(pairs),
        }
    }

    /// Reads the form. `moment` is when the school's clocks show a time.
    pub fn parse(
        &self,
        moment: impl Fn(&LocalTime, Edge) -> Result<Timestamp, Problem>,
    ) -> Result<RoomDraft, Problems<RoomField>> {
        let mut problems = Problems::default();
        let name = problems.take(RoomField::Name, RoomName::parse(&self.name));
        let room_type = problems
            .take(RoomField::Type, RoomType::from_name(&self.room_type).ok_or(Problem::Choice));
        let members = match room_type {
            Some(RoomType::Private) => problems.take(RoomField::Members, self.specify.parse()),
            // The other types have no specified users; what was picked before is left out.
            _ => Some(Vec::new()),
        };
        let limits = self.limits.parse(&mut problems, moment);
        match (name, room_type, members, limits) {
            (Some(name), Some(room_type), Some(members), Some(limits)) => {
                Ok(RoomDraft { name, room_type, limits, members })
            }
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntryPermission;

    fn form(pairs: &[(&str, &str)]) -> RoomForm {
        RoomForm::from_pairs(&pairs.iter().copied().collect()).unwrap()
    }

    /// Clocks that show no time of a window.
    fn no_clock(_: &LocalTime, _: Edge) -> Result<Timestamp, Problem> {
        Err(Problem::Choice)
    }

    #[test]
    fn chosen_and_pasted_users_are_specified_once_each() {
        let draft = form(&[
            ("name", "Algebra II"),
            ("type", "private"),
            ("member", "T-mina"),
            ("permission", "host"),
            ("member", "S-2041"),
            ("permission", "guest"),
            ("pasted", "s-2041, S-2042\nS-2043;S-2042"),
        ])
        .parse(no_clock)
        .unwrap();
        let got: Vec<_> =
            draft.members.iter().map(|it| (it.user_id.as_str(), it.permission)).collect();
        assert_eq!(
            got,
            [
                ("T-mina", Some(EntryPermission::Host)),
                ("S-2041", Some(EntryPermission::Guest)),
                ("S-2042", None),
                ("S-2043", None),
            ]
        );
    }

    #[test]
    fn an_edit_says_name_type_and_limits_and_nothing_else() {
        let of =
            |pairs: &[(&str, &str)]| RoomForm::from_edit_pairs(&pairs.iter().copied().collect());
        assert_eq!(of(&[("name", "x")]), Err("type".to_owned()));
        let more = [
            ("name", "x"),
            ("type", "open"),
            ("capacity", "24"),
            ("time_limit", ""),
            ("opens", ""),
            ("closes", ""),
            ("member", "S-1"),
        ];
        assert_eq!(of(&more), Err("member".to_owned()));
        assert_eq!(of(&more[..5]), Err("closes".to_owned()));
        assert_eq!(of(&more[..6]).unwrap().limits.capacity, "24");
    }

    #[test]
    fn only_private_rooms_have_specified_users() {
        let draft = form(&[("name", "Hall"), ("type", "public"), ("member", "S-1")])
            .parse(no_clock)
            .unwrap();
        assert!(draft.members.is_empty());
    }

    #[test]
    fn broken_forms_are_refused_with_the_reason() {
        assert_eq!(
            form(&[]).parse(no_clock).unwrap_err().of(RoomField::Name),
            Some(&Problem::Missing)
        );
        assert_eq!(
            form(&[("name", "x"), ("type", "castle")])
                .parse(no_clock)
                .unwrap_err()
                .of(RoomField::Type),
            Some(&Problem::Choice)
        );
        assert_eq!(
            form(&[("name", "x"), ("pasted", "a <b> c/d")])
                .parse(no_clock)
                .unwrap_err()
                .of(RoomField::Members),
            Some(&Problem::UnknownUsers(vec!["<b>".into(), "c/d".into()]))
        );
        let many: Vec<String> = (0..10_001).map(|it| it.to_string()).collect();
        assert_eq!(
            form(&[("name", "x"), ("pasted", &many.join(" "))])
                .parse(no_clock)
                .unwrap_err()
                .of(RoomField::Members),
            Some(&Problem::TooMany { max: 10_000 })
        );
        for unknown in ["owner", "state"] {
            let pairs = Pairs::from_iter([("name", "x"), (unknown, "y")]);
            assert_eq!(RoomForm::from_pairs(&pairs), Err(unknown.to_owned()));
        }
    }
}
