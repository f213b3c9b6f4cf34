//! Accounts: how somebody can sign in to the console, the forms by which they set their password, and
//! where they are signed in.

use serde::{Deserialize, Serialize};

use crate::{Password, Problem, Problems, Timestamp, UserId, browser::Browser, form::Pairs};

/// How somebody with a console role can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Whether they have a password.
    pub password: bool,
    /// Until when a one-time link waits for them, by which they set one.
    pub link_until: Option<Timestamp>,
}

/// The fields of the form that sets a password by the one-time link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetPasswordField {
    /// The one-time link by which the form was opened.
    Link,
    /// The password.
    Password,
    /// The password once more.
    PasswordAgain,
}

/// What somebody typed to set their password by the one-time link. `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SetPasswordForm {
    /// The secret of the link.
    pub secret: String,
    /// The password as typed.
    pub password: String,
    /// The password as typed once more.
    pub password_again: String,
}

impl SetPasswordForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            let field = match name {
                "secret" => &mut form.secret,
                "password" => &mut form.password,
                "password_again" => &mut form.password_again,
                unknown => return Err(unknown.to_owned()),
            };
            value.clone_into(field);
        }
        Ok(form)
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<Password, Problems<SetPasswordField>> {
        let fields = (SetPasswordField::Password, SetPasswordField::PasswordAgain);
        twice(&mut Problems::default(), fields, (&self.password, &self.password_again), None)
    }
}

impl std::fmt::Debug for SetPasswordForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetPasswordForm").finish_non_exhaustive()
    }
}

/// The fields of the form that changes one's own password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangePasswordField {
    /// The password until now.
    Old,
    /// The new password.
    Password,
    /// The new password once more.
    PasswordAgain,
}

/// What somebody typed to change their password. `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ChangePasswordForm {
    /// The password until now, as typed.
    pub old: String,
    /// The new password as typed.
    pub password: String,
    /// The new password as typed once more.
    pub password_again: String,
}

impl ChangePasswordForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            let field = match name {
                "old" => &mut form.old,
                "password" => &mut form.password,
                "password_again" => &mut form.password_again,
                unknown => return Err(unknown.to_owned()),
            };
            value.clone_into(field);
        }
        Ok(form)
    }

    /// Reads the form that somebody of that User ID sent, as far as anything is wrong with it before the
    /// old password is looked at.
    pub fn parse(&self, of: &UserId) -> Result<Password, Problems<ChangePasswordField>> {
        let mut problems = Problems::default();
        if self.old.is_empty() {
            problems.add(ChangePasswordField::Old, Problem::Missing);
        }
        let fields = (ChangePasswordField::Password, ChangePasswordField::PasswordAgain);
        twice(&mut problems, fields, (&self.password, &self.password_again), Some(of))
    }
}

impl std::fmt::Debug for ChangePasswordForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangePasswordForm").finish_non_exhaustive()
    }
}

/// A password that was typed twice, if nothing is wrong with the form.
fn twice<F: Copy + PartialEq>(
    problems: &mut Problems<F>,
    fields: (F, F),
    typed: (&str, &str),
    of: Option<&UserId>,
) -> Result<Password, Problems<F>> {
    let password = problems.take(fields.0, Password::parse(typed.0, of));
    if password.is_some() && typed.0 != typed.1 {
        problems.add(fields.1, Problem::Differs);
    }
    password.filter(|_| problems.is_empty()).ok_or_else(|| std::mem::take(problems))
}

/// Where somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// By what it is named to be signed out.
    pub name: DeviceName,
    /// The browser.
    pub browser: Browser,
    /// The address it was signed in from.
    pub address: String,
    /// Since when it is signed in.
    pub since: Timestamp,
    /// When it was last used, to within five minutes.
    pub last_seen: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// The name of a device: says nothing of the secret by which it is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeviceName(String);

impl DeviceName {
    const DIGITS: usize = 32;

    /// The name made of these bytes.
    #[must_use]
    pub fn of(bytes: [u8; Self::DIGITS / 2]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(bytes)))
    }

    /// Accepts what can be a name.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let good = raw.len() == Self::DIGITS
            && raw.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it));
        good.then(|| Self(raw.to_owned()))
    }

    /// As a form sends it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which of one's devices are signed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// One of them.
    One(DeviceName),
    /// All but the one that asks.
    Others,
    /// All.
    All,
}

impl SignOut {
    /// The name of the field that says so.
    pub const FIELD: &str = "sign_out";
    /// What stands in it for all but the one that asks.
    pub const OTHERS: &str = "others";
    /// What stands in it for all.
    pub const ALL: &str = "all";

    /// Reads the pairs of a submitted form: nothing but that field. `None` within where it names
    /// nothing.
    pub fn from_pairs(pairs: &Pairs) -> Result<Option<Self>, String> {
        if let Some((unknown, _)) = pairs.iter().find(|it| it.0 != Self::FIELD) {
            return Err(unknown.to_owned());
        }
        Ok(match pairs.get(Self::FIELD).unwrap_or_default() {
            Self::OTHERS => Some(Self::Others),
            Self::ALL => Some(Self::All),
            name => DeviceName::parse(name).map(Self::One),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn device_names_parse_to_themselves(bytes in any::<[u8; 16]>()) {
            let name = DeviceName::of(bytes);
            prop_assert_eq!(DeviceName::parse(name.as_str()), Some(name));
        }

        #[test]
        fn nothing_else_is_a_device_name(raw in "\\PC*|[0-9a-fA-F]{31,33}") {
            if let Some(name) = DeviceName::parse(&raw) {
                prop_assert_eq!(name.as_str(), raw);
            }
        }
    }

    fn form(old: &str, password: &str, again: &str) -> ChangePasswordForm {
        let [old, password, password_again] = [old, password, again].map(str::to_owned);
        ChangePasswordForm { old, password, password_again }
    }

    #[test]
    fn a_password_is_changed_by_the_old_one_and_the_new_one_twice() {
        use ChangePasswordField::{Old, Password, PasswordAgain};
        let id = UserId::parse("A-hana-lee").unwrap();
        let good = form("x", "correct horse", "correct horse").parse(&id).unwrap();
        assert_eq!(good.reveal(), "correct horse");
        for (typed, field, problem) in [
            (form("", "correct horse", "correct horse"), Old, Problem::Missing),
            (form("x", "short", "short"), Password, Problem::TooShort { min: 8 }),
            (form("x", "a-hana-LEE", "a-hana-LEE"), Password, Problem::SameAsUserId),
            (form("x", "correct horse", "correct hors"), PasswordAgain, Problem::Differs),
        ] {
            assert_eq!(typed.parse(&id).unwrap_err(), Problems::one(field, problem));
        }
    }

    #[test]
    fn forms_with_passwords_show_none_and_take_no_further_field() {
        let typed = form("canary-7", "canary-7", "canary-7");
        assert!(!format!("{typed:?}").contains("canary-7"));
        let typed = SetPasswordForm { secret: "canary-7".into(), ..SetPasswordForm::default() };
        assert!(!format!("{typed:?}").contains("canary-7"));
        let pairs = Pairs::from_iter([("user_id", "A-hana")]);
        assert!(SetPasswordForm::from_pairs(&pairs).is_err());
        assert!(ChangePasswordForm::from_pairs(&pairs).is_err());
        assert!(SignOut::from_pairs(&pairs).is_err());
    }

    #[test]
    fn a_device_is_named_by_its_name_alone() {
        let name = DeviceName::of([0xa7; 16]);
        assert_eq!(DeviceName::parse(name.as_str()), Some(name.clone()));
        let asked = |it: &str| SignOut::from_pairs(&Pairs::from_iter([(SignOut::FIELD, it)]));
        assert_eq!(asked(name.as_str()), Ok(Some(SignOut::One(name))));
        assert_eq!(asked("others"), Ok(Some(SignOut::Others)));
        assert_eq!(asked("all"), Ok(Some(SignOut::All)));
        for nothing in ["", "A7A7", "../../etc", &"A7".repeat(16)] {
            assert_eq!(asked(nothing), Ok(None), "{nothing}");
        }
    }
}
