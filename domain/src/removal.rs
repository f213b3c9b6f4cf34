//! The forms that delete a user or a room, and the one that hands a room over.

use serde::{Deserialize, Serialize};

use crate::{Problem, Problems, RoomName, UserId, form::Pairs};

/// What is lost with a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserLosses {
    /// The rooms for which they are specified.
    pub memberships: AtLeast,
    /// The rooms that they own, which somebody must take.
    pub owned: AtLeast,
    /// The groups that they are in.
    pub groups: u32,
}

/// How many there are, counted only so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtLeast {
    /// How many were counted.
    pub count: u32,
    /// Whether there are more.
    pub more: bool,
}

impl AtLeast {
    /// How far is counted.
    pub const MAX: u32 = 1_000;

    /// Of how many were found, looking for at most one more than [`MAX`](Self::MAX).
    #[must_use]
    pub fn of(found: u32) -> Self {
        Self { count: found.min(Self::MAX), more: found > Self::MAX }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.count == 0
    }
}

/// The fields of the form that deletes a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeleteUserField {
    /// The User ID, typed once more.
    UserId,
    /// Who takes the rooms.
    Owner,
}

/// What somebody typed into the form that deletes a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteUserForm {
    /// The User ID, typed once more.
    pub user_id: String,
    /// The User ID of who takes the rooms; empty where there are none.
    pub owner: String,
}

impl DeleteUserForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            match name {
                "user_id" => value.clone_into(&mut form.user_id),
                "owner" => value.clone_into(&mut form.owner),
                unknown => return Err(unknown.to_owned()),
            }
        }
        Ok(form)
    }

    /// Reads the form about that user: who takes their rooms, if anybody was named.
    pub fn parse(&self, user_id: &UserId) -> Result<Option<UserId>, Problems<DeleteUserField>> {
        let mut problems = Problems::default();
        let typed = UserId::parse(&self.user_id).ok().filter(|it| it.key() == user_id.key());
        if typed.is_none() {
            let expected = user_id.to_string();
            problems.add(DeleteUserField::UserId, Problem::TypedWrong { expected });
        }
        let owner = problems.take(DeleteUserField::Owner, parse_owner(&self.owner));
        match owner {
            Some(owner) if problems.is_empty() => Ok(owner),
            _ => Err(problems),
        }
    }
}

/// The field of the form that deletes a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeleteRoomField {
    /// The name, typed once more.
    Name,
}

/// What somebody typed into the form that deletes a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteRoomForm {
    /// The name, typed once more.
    pub name: String,
}

impl DeleteRoomForm {
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

    /// Whether what was typed is that name.
    #[must_use]
    pub fn names(&self, name: &RoomName) -> bool {
        RoomName::parse(&self.name).as_ref() == Ok(name)
    }
}

/// The field of the form that hands a room over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerField {
    /// To whom.
    Owner,
}

/// What somebody typed into the form that hands a room over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerForm {
    /// The User ID of the new owner.
    pub owner: String,
}

impl OwnerForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            match name {
                "owner" => value.clone_into(&mut form.owner),
                unknown => return Err(unknown.to_owned()),
            }
        }
        Ok(form)
    }

    /// Reads the form: who becomes the owner.
    pub fn parse(&self) -> Result<UserId, Problems<OwnerField>> {
        let owner = parse_owner(&self.owner).and_then(|it| it.ok_or(Problem::Missing));
        owner.map_err(|problem| Problems::one(OwnerField::Owner, problem))
    }
}

/// The field of the form that hands all rooms of a user over.
pub type HandOverField = OwnerField;

/// What somebody typed into the form that hands all rooms of a user over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverForm {
    /// The User ID of the new owner.
    pub owner: String,
    /// Whether the user is deactivated with it.
    pub deactivate: bool,
}

impl HandOverForm {
    /// The name of the field that says that the user is deactivated with it, and its value.
    pub const THEN: (&str, &str) = ("then", "deactivate");

    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            match (name, value) {
                ("owner", _) => value.clone_into(&mut form.owner),
                it if it == Self::THEN => form.deactivate = true,
                (unknown, _) => return Err(unknown.to_owned()),
            }
        }
        Ok(form)
    }

    /// Reads the form: who becomes the owner.
    pub fn parse(&self) -> Result<UserId, Problems<HandOverField>> {
        OwnerForm { owner: self.owner.clone() }.parse()
    }
}

/// Who was named as owner; what can't be a User ID is nobody's.
fn parse_owner(raw: &str) -> Result<Option<UserId>, Problem> {
    match UserId::parse(raw) {
        Ok(owner) => Ok(Some(owner)),
        Err(Problem::Missing) => Ok(None),
        Err(_) => Err(Problem::NoSuchUser { user_id: raw.trim().to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_handed_over_with_or_without_deactivating() {
        let form =
            |pairs: &[(&str, &str)]| HandOverForm::from_pairs(&pairs.iter().copied().collect());
        let asked = form(&[("owner", "T-1"), ("then", "deactivate")]).unwrap();
        assert_eq!((asked.parse().unwrap().as_str(), asked.deactivate), ("T-1", true));
        assert!(!form(&[("owner", "T-1")]).unwrap().deactivate);
        assert_eq!(form(&[("then", "promote")]), Err("then".to_owned()));
        let nobody = form(&[("owner", " ")]).unwrap().parse().unwrap_err();
        assert_eq!(nobody.of(HandOverField::Owner), Some(&Problem::Missing));
    }

    fn id(raw: &str) -> UserId {
        UserId::parse(raw).unwrap()
    }

    #[test]
    fn a_user_is_deleted_only_where_their_user_id_is_typed() {
        for wrong in ["", "S-2", "S 1"] {
            let form = DeleteUserForm { user_id: wrong.into(), owner: String::new() };
            let problems = form.parse(&id("S-1")).unwrap_err();
            let expected = Problem::TypedWrong { expected: "S-1".into() };
            assert_eq!(problems.of(DeleteUserField::UserId), Some(&expected), "{wrong}");
        }
        let form = DeleteUserForm { user_id: " S-1 ".into(), owner: "T-1".into() };
        assert_eq!(form.parse(&id("S-1")), Ok(Some(id("T-1"))));
    }

    #[test]
    fn what_is_no_user_id_takes_no_rooms() {
        let form = DeleteUserForm { user_id: "S-1".into(), owner: "a b".into() };
        let problems = form.parse(&id("S-1")).unwrap_err();
        let nobody = Problem::NoSuchUser { user_id: "a b".into() };
        assert_eq!(problems.of(DeleteUserField::Owner), Some(&nobody));
        let problems = OwnerForm::default().parse().unwrap_err();
        assert_eq!(problems.of(OwnerField::Owner), Some(&Problem::Missing));
    }

    #[test]
    fn a_room_is_deleted_only_where_its_name_is_typed() {
        let name = RoomName::parse("Algebra II").unwrap();
        for (typed, same) in [("Algebra II ", true), ("algebra ii", false), ("", false)] {
            assert_eq!(DeleteRoomForm { name: typed.into() }.names(&name), same, "{typed}");
        }
    }

    #[test]
    fn unknown_fields_are_refused() {
        let pairs = Pairs::from_iter([("admin", "yes")]);
        assert_eq!(DeleteUserForm::from_pairs(&pairs), Err("admin".to_owned()));
        assert_eq!(DeleteRoomForm::from_pairs(&pairs), Err("admin".to_owned()));
        assert_eq!(OwnerForm::from_pairs(&pairs), Err("admin".to_owned()));
    }

    #[test]
    fn counting_stops_somewhere() {
        assert_eq!(AtLeast::of(1_000), AtLeast { count: 1_000, more: false });
        assert_eq!(AtLeast::of(1_001), AtLeast { count: 1_000, more: true });
    }
}
