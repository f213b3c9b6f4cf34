//! The form at the door of a room: as whom, or as what, somebody presses Enter.

use serde::{Deserialize, Serialize};

use crate::{Nickname, Problem, Problems, entry::Intent, form::Pairs, named::named};

/// As whom, or as what, somebody enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnterAs {
    /// As the user whose link it is; by a shared link, as somebody unknown.
    Link,
    /// At the door of a link, as whoever is signed in.
    Me,
    /// Signed in, as the room's type and one's own permission say.
    Own,
    /// Signed in as an Admin, unseen.
    Observe,
    /// Signed in as an Admin, openly as Host.
    Host,
}

named!(EnterAs { Link = "link", Me = "me", Own = "own", Observe = "observe", Host = "host" });

impl EnterAs {
    /// What somebody who is signed in asks for by it; by a link, it is nobody's to ask.
    #[must_use]
    pub const fn intent(self) -> Option<Intent> {
        match self {
            Self::Link => None,
            Self::Me | Self::Own => Some(Intent::Own),
            Self::Observe => Some(Intent::Observe),
            Self::Host => Some(Intent::Host),
        }
    }

    /// Whether the door of a link offers it, or else the one of the console.
    #[must_use]
    pub const fn is_by_link(self) -> bool {
        matches!(self, Self::Link | Self::Me)
    }
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorField {
    /// As whom, or as what.
    As,
    /// The name of somebody unknown.
    Nickname,
}

/// What somebody chose and typed at a door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorForm {
    /// As whom, or as what, as it was sent.
    pub enter_as: String,
    /// The name as typed.
    pub nickname: String,
}

/// A parsed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entering {
    /// As whom, or as what.
    pub enter_as: EnterAs,
    /// The name of somebody unknown, where one was typed.
    pub nickname: Option<Nickname>,
}

impl DoorForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            let field = match name {
                "as" => &mut form.enter_as,
                "nickname" => &mut form.nickname,
                unknown => return Err(unknown.to_owned()),
            };
            value.clone_into(field);
        }
        Ok(form)
    }

    /// Parses what was chosen at the door of a link, or else at the one of the console.
    pub fn parse(&self, by_link: bool) -> Result<Entering, Problems<DoorField>> {
        let mut problems = Problems::default();
        let chosen = EnterAs::from_name(&self.enter_as).filter(|it| it.is_by_link() == by_link);
        let chosen = problems.take(DoorField::As, chosen.ok_or(Problem::Choice));
        let typed = Some(self.nickname.as_str()).filter(|it| !it.trim().is_empty());
        let nickname = typed.map(Nickname::parse).transpose();
        let nickname = problems.take(DoorField::Nickname, nickname);
        match (chosen, nickname) {
            (Some(enter_as), Some(nickname)) => Ok(Entering { enter_as, nickname }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pairs: &[(&str, &str)], by_link: bool) -> Result<Entering, Problems<DoorField>> {
        let pairs = pairs.iter().copied().collect();
        DoorForm::from_pairs(&pairs).unwrap().parse(by_link)
    }

    #[test]
    fn each_door_has_its_own_ways() {
        for (name, by_link, by_session) in [
            ("link", true, false),
            ("me", true, false),
            ("own", false, true),
            ("observe", false, true),
            ("host", false, true),
            ("admin", false, false),
            ("", false, false),
        ] {
            let wrong = Err(Problems::one(DoorField::As, Problem::Choice));
            for (door, good) in [(true, by_link), (false, by_session)] {
                let parsed = parsed(&[("as", name)], door);
                assert!(parsed.is_ok() == good && (good || parsed == wrong), "{name} {door}");
            }
        }
    }

    #[test]
    fn a_name_is_one_that_others_can_see() {
        let typed = |name| parsed(&[("as", "link"), ("nickname", name)], true);
        let named = |name| Some(Nickname::parse(name).unwrap());
        assert_eq!(typed(" Kim ").unwrap().nickname, named("Kim"));
        assert_eq!(typed(" \t").unwrap().nickname, None);
        let invisible = Problems::one(DoorField::Nickname, Problem::Invisible);
        assert_eq!(typed("Kim\u{202e}"), Err(invisible));
        assert!(typed(&"x".repeat(65)).is_err());
    }

    #[test]
    fn unknown_fields_are_refused() {
        let pairs = [("as", "own"), ("permission", "host")].into_iter().collect();
        assert_eq!(DoorForm::from_pairs(&pairs), Err("permission".to_owned()));
    }
}
