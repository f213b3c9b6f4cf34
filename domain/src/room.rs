//! Rooms: name, type and members, and the form that creates and edits them.

use std::{collections::HashSet, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    EntryPermission, Problem, Problems, UserId, UserSummary,
    form::Pairs,
    named::named,
    text::{parse_name, shortened_name},
};

/// A room's name on the wire and in addresses: 12 characters of a lowercase alphabet without
/// look-alikes, made at random.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomId(String);

impl RoomId {
    /// How many characters.
    pub const LENGTH: usize = 12;
    /// Crockford's base 32 in lower case: 5 bits a character.
    pub const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

    /// Reads an id; `None` for what no room can have.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        (raw.len() == Self::LENGTH && raw.bytes().all(|it| Self::ALPHABET.contains(&it)))
            .then(|| Self(raw.to_owned()))
    }

    /// Makes an id of random bits; the lowest 60 are used.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        let digit = |at: usize| {
            let index = usize::try_from(bits >> (5 * at) & 31).unwrap_or_default();
            char::from(Self::ALPHABET[index])
        };
        Self((0..Self::LENGTH).map(digit).collect())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RoomId> for String {
    fn from(id: RoomId) -> Self {
        id.0
    }
}

impl TryFrom<String> for RoomId {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a room's id")
    }
}

/// What people call a room: 1 to 100 graphemes. Duplicates are fine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomName(String);

impl RoomName {
    /// The most graphemes.
    pub const MAX: u32 = 100;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        parse_name(raw, Self::MAX).map(Self)
    }

    /// Reads a name that was put together, cut where it is too long.
    pub fn shortened(raw: &str) -> Result<Self, Problem> {
        shortened_name(raw, Self::MAX).map(Self)
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RoomName> for String {
    fn from(name: RoomName) -> Self {
        name.0
    }
}

impl TryFrom<String> for RoomName {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).map_err(|_| "not a room name")
    }
}

/// Who may enter a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomType {
    /// Specified users only: members, each with a permission.
    #[default]
    Private,
    /// All users: everyone active, as their default permission says.
    Public,
    /// Anyone with the link: also people who are not users, as guests.
    Open,
}

named!(RoomType { Private = "private", Public = "public", Open = "open" });

/// Whether a room can be entered at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomState {
    /// Can be entered by those who may.
    #[default]
    Open,
    /// Nobody enters until it is reopened; members and settings are kept.
    Ended,
}

named!(RoomState { Open = "open", Ended = "ended" });

/// A room as lists and pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoomSummary {
    /// The room's id.
    pub id: RoomId,
    /// What people call it.
    pub name: RoomName,
    /// Who may enter.
    pub room_type: RoomType,
    /// Open or ended.
    pub state: RoomState,
    /// To whom it belongs.
    pub owner: UserSummary,
    /// How many users are specified, the owner apart.
    pub members: u32,
}

/// A user specified for a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserSummary,
    /// As what they enter this room.
    pub permission: EntryPermission,
}

/// A room of one user, as the user's page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRoom {
    /// The room.
    pub room: RoomSummary,
    /// As what the user enters it.
    pub permission: EntryPermission,
    /// Whether it is theirs.
    pub owner: bool,
}

/// A user to specify: who, and as what (`None`: as their default permission says).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Specified {
    /// Who.
    pub user_id: UserId,
    /// As what they are to enter.
    pub permission: Option<EntryPermission>,
}

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
}

/// What somebody typed and picked in the form that creates or edits a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomForm {
    /// The name as typed.
    pub name: String,
    /// The name of a type.
    pub room_type: String,
    /// The users to specify.
    pub specify: SpecifyForm,
}

impl Default for RoomForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            room_type: RoomType::default().name().to_owned(),
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
                _ => form.specify.take(name, value)?,
            }
        }
        Ok(form)
    }

    /// Reads the pairs of the form that edits a room: its name and type, and nothing else.
    pub fn from_edit_pairs(pairs: &Pairs) -> Result<Self, String> {
        pairs.require(&["name", "type"])?;
        match pairs.iter().find(|(name, _)| !matches!(*name, "name" | "type")) {
            Some((unknown, _)) => Err(unknown.to_owned()),
            None => Self::from_pairs(pairs),
        }
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<RoomDraft, Problems<RoomField>> {
        let mut problems = Problems::default();
        let name = problems.take(RoomField::Name, RoomName::parse(&self.name));
        let room_type = problems
            .take(RoomField::Type, RoomType::from_name(&self.room_type).ok_or(Problem::Choice));
        let members = match room_type {
            Some(RoomType::Private) => problems.take(RoomField::Members, self.specify.parse()),
            // The other types have no specified users; what was picked before is left out.
            _ => Some(Vec::new()),
        };
        match (name, room_type, members) {
            (Some(name), Some(room_type), Some(members)) => {
                Ok(RoomDraft { name, room_type, members })
            }
            _ => Err(problems),
        }
    }
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
    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
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
        let pasted = split_user_ids(&self.pasted).map(|id| (id, ""));
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

/// The User IDs of a pasted list: separated by commas, semicolons, spaces, tabs or lines.
pub fn split_user_ids(pasted: &str) -> impl Iterator<Item = &str> {
    pasted.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(pairs: &[(&str, &str)]) -> RoomForm {
        RoomForm::from_pairs(&pairs.iter().copied().collect()).unwrap()
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
        .parse()
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
    fn an_edit_says_name_and_type_and_nothing_else() {
        let of =
            |pairs: &[(&str, &str)]| RoomForm::from_edit_pairs(&pairs.iter().copied().collect());
        assert_eq!(of(&[("name", "x")]), Err("type".to_owned()));
        let more = [("name", "x"), ("type", "open"), ("member", "S-1")];
        assert_eq!(of(&more), Err("member".to_owned()));
        assert!(of(&more[..2]).is_ok());
    }

    #[test]
    fn only_private_rooms_have_specified_users() {
        let draft =
            form(&[("name", "Hall"), ("type", "public"), ("member", "S-1")]).parse().unwrap();
        assert!(draft.members.is_empty());
    }

    #[test]
    fn broken_forms_are_refused_with_the_reason() {
        assert_eq!(form(&[]).parse().unwrap_err().of(RoomField::Name), Some(&Problem::Missing));
        assert_eq!(
            form(&[("name", "x"), ("type", "castle")]).parse().unwrap_err().of(RoomField::Type),
            Some(&Problem::Choice)
        );
        assert_eq!(
            form(&[("name", "x"), ("pasted", "a <b> c/d")])
                .parse()
                .unwrap_err()
                .of(RoomField::Members),
            Some(&Problem::UnknownUsers(vec!["<b>".into(), "c/d".into()]))
        );
        let many: Vec<String> = (0..10_001).map(|it| it.to_string()).collect();
        assert_eq!(
            form(&[("name", "x"), ("pasted", &many.join(" "))])
                .parse()
                .unwrap_err()
                .of(RoomField::Members),
            Some(&Problem::TooMany { max: 10_000 })
        );
        for unknown in ["owner", "state"] {
            let pairs = Pairs::from_iter([("name", "x"), (unknown, "y")]);
            assert_eq!(RoomForm::from_pairs(&pairs), Err(unknown.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn room_ids_parse_to_themselves(bits in any::<u64>()) {
            let id = RoomId::from_bits(bits);
            prop_assert_eq!(RoomId::parse(id.as_str()), Some(id));
        }
    }
}
