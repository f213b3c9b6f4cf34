//! The forms at the door of the console: signing in, and creating the first Admin.

use serde::{Deserialize, Serialize};

use crate::{Nickname, Password, Problem, Problems, UserId, form::Pairs};

/// The fields of the sign-in form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInField {
    /// Who.
    UserId,
    /// The password.
    Password,
}

/// What somebody typed to sign in. `Debug` doesn't show the password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SignInForm {
    /// The User ID as typed.
    pub user_id: String,
    /// The password as typed.
    pub password: String,
    /// The path to go to afterwards, as asked for; not to be trusted.
    pub next: String,
}

impl SignInForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            let field = match name {
                "user_id" => &mut form.user_id,
                "password" => &mut form.password,
                "next" => &mut form.next,
                unknown => return Err(unknown.to_owned()),
            };
            value.clone_into(field);
        }
        Ok(form)
    }

    /// Says what is missing, before anything is looked up.
    pub fn check(&self) -> Result<(), Problems<SignInField>> {
        let mut problems = Problems::default();
        if self.user_id.trim().is_empty() {
            problems.add(SignInField::UserId, Problem::Missing);
        }
        if self.password.is_empty() {
            problems.add(SignInField::Password, Problem::Missing);
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl std::fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInForm").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

/// The fields of the form that creates the first Admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupField {
    /// The one-time link by which the form was opened.
    Link,
    /// The User ID.
    UserId,
    /// The nickname.
    Nickname,
    /// The password.
    Password,
    /// The password once more.
    PasswordAgain,
}

/// What somebody typed to create the first Admin. `Debug` shows no secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SetupForm {
    /// The secret of the one-time link.
    pub secret: String,
    /// The User ID as typed.
    pub user_id: String,
    /// The nickname as typed.
    pub nickname: String,
    /// The password as typed.
    pub password: String,
    /// The password as typed once more.
    pub password_again: String,
}

/// A parsed setup form.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    /// The User ID.
    pub user_id: UserId,
    /// The nickname, filled in where it was empty.
    pub nickname: Nickname,
    /// The password.
    pub password: Password,
}

impl SetupForm {
    /// Reads the pairs of a submitted form. Unknown fields are refused, never ignored.
    pub fn from_pairs(pairs: &Pairs) -> Result<Self, String> {
        let mut form = Self::default();
        for (name, value) in pairs.iter() {
            let field = match name {
                "secret" => &mut form.secret,
                "user_id" => &mut form.user_id,
                "nickname" => &mut form.nickname,
                "password" => &mut form.password,
                "password_again" => &mut form.password_again,
                unknown => return Err(unknown.to_owned()),
            };
            value.clone_into(field);
        }
        Ok(form)
    }

    /// Reads the form.
    pub fn parse(&self) -> Result<FirstAdmin, Problems<SetupField>> {
        let mut problems = Problems::default();
        let user_id = problems.take(SetupField::UserId, UserId::parse(&self.user_id));
        let nickname = match (Nickname::parse(&self.nickname), &user_id) {
            (Err(Problem::Missing), id) => id.as_ref().map(Nickname::from_user_id),
            (parsed, _) => problems.take(SetupField::Nickname, parsed),
        };
        let password =
            problems.take(SetupField::Password, Password::parse(&self.password, user_id.as_ref()));
        if password.is_some() && self.password != self.password_again {
            problems.add(SetupField::PasswordAgain, Problem::Differs);
        }
        match (user_id, nickname, password) {
            (Some(user_id), Some(nickname), Some(password)) if problems.is_empty() => {
                Ok(FirstAdmin { user_id, nickname, password })
            }
            _ => Err(problems),
        }
    }
}

impl std::fmt::Debug for SetupForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetupForm").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_admin_needs_a_user_id_and_the_password_twice() {
        let form = SetupForm {
            user_id: "A-hana".into(),
            password: "correct horse".into(),
            password_again: "correct horse".into(),
            ..SetupForm::default()
        };
        assert_eq!(form.parse().unwrap().nickname.as_str(), "A-hana");
        let typo = SetupForm { password_again: "correct hors".into(), ..form.clone() };
        assert_eq!(
            typo.parse().unwrap_err().of(SetupField::PasswordAgain),
            Some(&Problem::Differs)
        );
        assert!(SetupForm::default().parse().is_err());
    }

    #[test]
    fn secrets_are_never_shown_by_debug() {
        let form = SignInForm { password: "canary-7".into(), ..SignInForm::default() };
        assert!(!format!("{form:?}").contains("canary-7"));
        let form = SetupForm {
            secret: "canary-7".into(),
            password: "canary-7".into(),
            ..SetupForm::default()
        };
        assert!(!format!("{form:?}").contains("canary-7"));
    }

    #[test]
    fn what_is_missing_is_said_before_anything_is_looked_up() {
        let problems = SignInForm::default().check().unwrap_err();
        assert!(problems.of(SignInField::UserId).is_some());
        assert!(problems.of(SignInField::Password).is_some());
    }
}
