//! Passwords: how long they may be. They are never normalised, cut or shown.

use std::fmt;

use crate::{Problem, UserId};

/// A password that is long enough and not too long. `Debug` doesn't show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The fewest characters.
    pub const MIN: u32 = 8;
    /// The most characters.
    pub const MAX: u32 = 256;

    /// Accepts 8 to 256 characters of any kind, other than the person's own User ID.
    pub fn parse(raw: &str, of: Option<&UserId>) -> Result<Self, Problem> {
        if raw.is_empty() {
            return Err(Problem::Missing);
        }
        let length = u32::try_from(raw.chars().take(257).count()).unwrap_or(u32::MAX);
        if length < Self::MIN {
            return Err(Problem::TooShort { min: Self::MIN });
        }
        if length > Self::MAX {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        let password = Self(raw.to_owned());
        if of.is_some_and(|it| password.is(it)) {
            return Err(Problem::SameAsUserId);
        }
        Ok(password)
    }

    /// Whether it is that User ID, however it is written.
    #[must_use]
    pub fn is(&self, user_id: &UserId) -> bool {
        crate::fold(user_id.as_str()) == crate::fold(&self.0)
    }

    /// The password itself, to hash it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_bounded_and_never_shown() {
        let id = UserId::parse("A-hana-lee").unwrap();
        assert_eq!(Password::parse("", None), Err(Problem::Missing));
        assert_eq!(Password::parse("1234567", None), Err(Problem::TooShort { min: 8 }));
        assert_eq!(Password::parse(&"é".repeat(257), None), Err(Problem::TooLong { max: 256 }));
        assert_eq!(Password::parse("a-HANA-lee", Some(&id)), Err(Problem::SameAsUserId));
        let good = Password::parse(" spaces stay ", Some(&id)).unwrap();
        assert_eq!(good.reveal(), " spaces stay ");
        assert_eq!(format!("{good:?}"), "Password(…)");
    }
}
