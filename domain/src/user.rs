//! Users: their User ID, nickname and status, and the form that creates and edits them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    ConsoleRole, Edition, EntryPermission, GroupName, Problem, Problems, Timestamp,
    account::SignIn,
    form::Pairs,
    image::ImageName,
    named::named,
    text::{is_invisible, parse_name},
    unicode::{case_folded, is_mark, nfc},
};

/// The identifier an operator chooses, such as `S-2041`.
///
/// 1 to 64 characters in NFC: letters, marks and digits of any script and `. _ - @`. Shown as it
/// was typed, unique under Unicode case folding, never changed, never given again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(String);

impl UserId {
    /// The most characters.
    pub const MAX: u32 = 64;
    /// Stands where a User ID would in the address of the form that creates users.
    const RESERVED: &str = "new";

    /// Reads what somebody typed; spaces around it are dropped.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(Problem::Missing);
        }
        // A character has at most four bytes: longer can't fit, so it isn't normalised at all.
        if raw.len() > 8 * Self::MAX as usize {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        let id = nfc(raw);
        if let Some(problem) = id.chars().find_map(Self::refuse) {
            return Err(problem);
        }
        if id.chars().count() > Self::MAX as usize {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        // What has neither letter nor digit can't be read out, and `..` can't stand in an address.
        if !id.chars().any(|c| c.is_alphanumeric() && !is_mark(c)) {
            return Err(Problem::NoLetter);
        }
        if id == Self::RESERVED {
            return Err(Problem::Reserved);
        }
        Ok(Self(id))
    }

    fn refuse(c: char) -> Option<Problem> {
        if c.is_whitespace() {
            Some(Problem::Space)
        } else if is_invisible(c) {
            Some(Problem::Invisible)
        } else if c.is_alphanumeric() || is_mark(c) || matches!(c, '.' | '_' | '-' | '@') {
            None
        } else {
            Some(Problem::Character { character: c })
        }
    }

    /// The User ID as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What must be unique: two User IDs with the same key are the same.
    #[must_use]
    pub fn key(&self) -> String {
        case_folded(&self.0)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for UserId {
    type Err = Problem;

    fn from_str(raw: &str) -> Result<Self, Problem> {
        Self::parse(raw)
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.0
    }
}

impl TryFrom<String> for UserId {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).map_err(|_| "not a User ID")
    }
}

/// The name others see in the classroom: 1 to 64 graphemes. Duplicates are fine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nickname(String);

impl Nickname {
    /// The most graphemes.
    pub const MAX: u32 = 64;

    /// Reads what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        parse_name(raw, Self::MAX).map(Self)
    }

    /// The nickname of a user who was given none.
    #[must_use]
    pub fn from_user_id(id: &UserId) -> Self {
        Self(id.as_str().to_owned())
    }

    /// The nickname as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nickname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Nickname> for String {
    fn from(nickname: Nickname) -> Self {
        nickname.0
    }
}

impl TryFrom<String> for Nickname {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).map_err(|_| "not a nickname")
    }
}

/// Whether a user may do anything at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// May enter and sign in, as far as permissions and role go.
    #[default]
    Active,
    /// May do nothing until reactivated; everything of theirs is kept.
    Deactivated,
}

named!(UserStatus { Active = "active", Deactivated = "deactivated" });

/// A user as lists, pickers and pages show them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UserSummary {
    /// The User ID.
    pub user_id: UserId,
    /// The nickname, which is the User ID where none was given.
    pub nickname: Nickname,
    /// The profile image, if there is one.
    pub image: Option<ImageName>,
    /// The default entry permission.
    pub permission: EntryPermission,
    /// The console role.
    pub role: ConsoleRole,
    /// Active or deactivated.
    pub status: UserStatus,
}

/// A user as the list of users shows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListedUser {
    /// The user.
    pub user: UserSummary,
    /// The first of the groups they are in, by name.
    pub groups: Vec<GroupName>,
    /// How many more groups they are in.
    pub more_groups: u32,
    /// When they last entered a room as a participant, if they ever have.
    pub last_entry: Option<Timestamp>,
}

impl ListedUser {
    /// How many groups are named of each user.
    pub const GROUPS: usize = 2;
}

/// A user with everything that their page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDetails {
    /// What lists show too.
    pub summary: UserSummary,
    /// The groups the user is in, by name.
    pub groups: Vec<GroupName>,
    /// What the form that edits them is filled in from.
    pub edition: Edition,
    /// How they can sign in, where they have a console role.
    pub sign_in: Option<SignIn>,
}

/// The fields of the forms that create and edit a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserField {
    /// The User ID; only when creating.
    UserId,
    /// The nickname.
    Nickname,
    /// The profile image.
    Image,
    /// The default entry permission.
    Permission,
    /// The groups.
    Groups,
    /// The console role.
    Role,
    /// Which edition of the user was edited.
    Edition,
}

impl UserField {
    /// The name of the field in the form that is sent.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserId => "user_id",
            Self::Nickname => "nickname",
            Self::Image => "image",
            Self::Permission => "permission",
            Self::Groups => "group",
            Self::Role => "role",
            Self::Edition => Edition::FIELD,
        }
    }
}

/// What somebody typed into the form that creates or edits a user. The image travels beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserForm {
    /// The User ID as typed.
    pub user_id: String,
    /// The nickname as typed.
    pub nickname: String,
    /// The name of a permission.
    pub permission: String,
    /// Group names as typed; one entry may hold several, separated by commas.
    pub groups: Vec<String>,
    /// The name of a role.
    pub role: String,
    /// Whether the present image is to go (editing only).
    pub remove_image: bool,
}

impl Default for UserForm {
    fn default() -> Self {
        Self {
            user_id: String::new(),
            nickname: String::new(),
            permission: EntryPermission::default().name().to_owned(),
            groups: Vec::new(),
            role: ConsoleRole::default().name().to_owned(),
            remove_image: false,
        }
    }
}

/// What the form says of a user once it is parsed, but for the User ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserProfile {
    /// The nickname, already filled in where it was empty.
    pub nickname: Nickname,
    /// The default entry permission.
    pub permission: EntryPermission,
    /// The groups, each once.
    pub groups: Vec<GroupName>,
    /// The console role.
    pub role: ConsoleRole,
}

impl UserForm {
    /// The most groups one user may be put into at once.
    pub const MAX_GROUPS: u32 = 100;

    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            match name {
                "user_id" => value.clone_into(&mut form.user_id),
                "nickname" => value.clone_into(&mut form.nickname),
                "permission" => value.clone_into(&mut form.permission),
                "role" => value.clone_into(&mut form.role),
                "remove_image" => form.remove_image = value == "yes",
                "group" if !value.trim().is_empty() => form.groups.push(value.to_owned()),
                "group" | "then" => {}
                unknown => return Err(unknown.to_owned()),
            }
        }
        Ok(form)
    }

    /// Reads the pairs of the form that edits a user, which says everything but the User ID.
    pub fn from_edit_pairs(pairs: &Pairs) -> Result<Self, String> {
        if pairs.get("user_id").is_some() {
            return Err("user_id".to_owned());
        }
        pairs.require(&["nickname", "permission", "role"])?;
        Self::from_pairs(pairs)
    }

    /// Reads the form that creates a user.
    pub fn parse(&self) -> Result<(UserId, UserProfile), Problems<UserField>> {
        let mut problems = Problems::default();
        let user_id = problems.take(UserField::UserId, UserId::parse(&self.user_id));
        // Without a User ID the rest is still read, so that everything wrong is said at once.
        let profile = self.profile(user_id.as_ref(), &mut problems);
        match (user_id, profile) {
            (Some(user_id), Some(profile)) if problems.is_empty() => Ok((user_id, profile)),
            _ => Err(problems),
        }
    }

    /// Reads the form that edits that user.
    pub fn parse_edit(&self, user_id: &UserId) -> Result<UserProfile, Problems<UserField>> {
        let mut problems = Problems::default();
        match self.profile(Some(user_id), &mut problems) {
            Some(profile) if problems.is_empty() => Ok(profile),
            _ => Err(problems),
        }
    }

    fn profile(
        &self,
        user_id: Option<&UserId>,
        problems: &mut Problems<UserField>,
    ) -> Option<UserProfile> {
        let nickname = problems.take(UserField::Nickname, self.nickname(user_id));
        let permission = problems.take(
            UserField::Permission,
            EntryPermission::from_name(&self.permission).ok_or(Problem::Choice),
        );
        let groups = problems.take(UserField::Groups, self.groups());
        let role = problems
            .take(UserField::Role, ConsoleRole::from_name(&self.role).ok_or(Problem::Choice));
        Some(UserProfile {
            nickname: nickname??,
            permission: permission?,
            groups: groups?,
            role: role?,
        })
    }

    /// The nickname; `None` where it is empty and there is no User ID to stand in for it.
    fn nickname(&self, user_id: Option<&UserId>) -> Result<Option<Nickname>, Problem> {
        match Nickname::parse(&self.nickname) {
            Ok(nickname) => Ok(Some(nickname)),
            Err(Problem::Missing) => Ok(user_id.map(Nickname::from_user_id)),
            Err(problem) => Err(problem),
        }
    }

    fn groups(&self) -> Result<Vec<GroupName>, Problem> {
        let mut groups: Vec<GroupName> = Vec::new();
        for raw in self.groups.iter().flat_map(|it| it.split(',')) {
            if raw.trim().is_empty() {
                continue;
            }
            let name = GroupName::parse(raw)?;
            if groups.iter().all(|it| it.key() != name.key()) {
                groups.push(name);
            }
            if groups.len() > Self::MAX_GROUPS as usize {
                return Err(Problem::TooMany { max: Self::MAX_GROUPS });
            }
        }
        Ok(groups)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn user_ids_of_any_script_are_taken_as_typed() {
        for good in
            ["T-kim", "S-2041", "a", "kim@school.kr", "김지호", "أمل", "नेहा_1", "E\u{301}va"]
        {
            let id = UserId::parse(&format!(" {good} ")).unwrap();
            assert_eq!(id.as_str(), nfc(good));
        }
    }

    #[test]
    fn other_characters_are_refused_with_the_reason() {
        for (bad, problem) in [
            ("", Problem::Missing),
            ("  ", Problem::Missing),
            ("kim jiho", Problem::Space),
            ("a\u{202e}b", Problem::Invisible),
            ("a\0b", Problem::Invisible),
            ("\u{3164}", Problem::Invisible),
            ("a/b", Problem::Character { character: '/' }),
            ("a%", Problem::Character { character: '%' }),
            ("'--", Problem::Character { character: '\'' }),
            ("<b>", Problem::Character { character: '<' }),
            ("👩", Problem::Character { character: '👩' }),
            ("\u{301}", Problem::NoLetter),
            ("\u{903}", Problem::NoLetter),
            ("..", Problem::NoLetter),
            ("new", Problem::Reserved),
        ] {
            assert_eq!(UserId::parse(bad), Err(problem), "{bad:?}");
        }
        assert!(UserId::parse(&"가".repeat(64)).is_ok());
        assert_eq!(UserId::parse(&"가".repeat(65)), Err(Problem::TooLong { max: 64 }));
        assert_eq!(UserId::parse(&"a".repeat(10_000_000)), Err(Problem::TooLong { max: 64 }));
    }

    #[test]
    fn user_ids_that_differ_only_in_case_are_the_same() {
        let key = |raw: &str| UserId::parse(raw).unwrap().key();
        assert_eq!(key("T-Kim"), key("t-kim"));
        assert_eq!(key("STRASSE"), key("straße"));
        assert_eq!(key("É"), key("e\u{301}"));
        assert_ne!(key("eva"), key("éva"));
    }

    #[test]
    fn an_empty_nickname_is_the_user_id() {
        let form = UserForm { user_id: "S-1".into(), ..UserForm::default() };
        let (_, profile) = form.parse().unwrap();
        assert_eq!(profile.nickname.as_str(), "S-1");
        assert_eq!(profile.permission, EntryPermission::Guest);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let form = UserForm {
            nickname: "\u{202e}".into(),
            permission: "king".into(),
            role: "king".into(),
            groups: vec!["7B".into(), "\0".into()],
            ..UserForm::default()
        };
        let problems = form.parse().unwrap_err();
        for field in [
            UserField::UserId,
            UserField::Nickname,
            UserField::Permission,
            UserField::Groups,
            UserField::Role,
        ] {
            assert!(problems.of(field).is_some(), "{field:?}");
        }
    }

    #[test]
    fn groups_are_split_at_commas_and_kept_once() {
        let form = UserForm {
            user_id: "S-1".into(),
            groups: vec!["7B, Choir".into(), "choir".into(), " ".into()],
            ..UserForm::default()
        };
        let names: Vec<_> =
            form.parse().unwrap().1.groups.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["7B", "Choir"]);
    }

    #[test]
    fn an_edit_that_leaves_something_out_is_refused() {
        let pairs = Pairs::from_iter([("nickname", "Kim"), ("permission", "host")]);
        assert_eq!(UserForm::from_edit_pairs(&pairs), Err("role".to_owned()));
        let pairs = Pairs::from_iter([
            ("nickname", "Kim"),
            ("permission", "host"),
            ("role", "none"),
            ("user_id", "S-1"),
        ]);
        assert_eq!(UserForm::from_edit_pairs(&pairs), Err("user_id".to_owned()));
    }

    #[test]
    fn unknown_fields_are_refused() {
        let pairs = Pairs::from_iter([("user_id", "S-1"), ("status", "active")]);
        assert_eq!(UserForm::from_pairs(&pairs), Err("status".to_owned()));
    }

    proptest! {
        #[test]
        fn parsed_user_ids_parse_to_themselves_and_their_key_is_steady(raw in ".{0,24}") {
            if let Ok(id) = UserId::parse(&raw) {
                prop_assert_eq!(UserId::parse(id.as_str()), Ok(id.clone()));
                let nickname = Nickname::from_user_id(&id);
                prop_assert_eq!(Nickname::parse(nickname.as_str()), Ok(nickname));
                if let Ok(again) = UserId::parse(&id.key()) {
                    prop_assert_eq!(again.key(), id.key());
                }
            }
        }
    }
}
