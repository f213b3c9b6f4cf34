//! The passwords that whoever guesses tries first, and nobody may choose.
//!
//! `common.txt` holds the 3,000 commonest of those that are long enough, in small letters: facts about
//! passwords that became known by break-ins, as counted by Royce Williams for the list that Django brings
//! along.

use domain::{Password, Problem, UserId, fold};

const COMMON: &str = include_str!("common.txt");

/// A password that somebody may choose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen<'a>(&'a Password);

impl<'a> Chosen<'a> {
    /// The password as that user's, unless it is their User ID or one of the commonest.
    pub(super) fn by(user_id: &UserId, password: &'a Password) -> Result<Self, Problem> {
        if password.is(user_id) {
            Err(Problem::SameAsUserId)
        } else if is_common(password) {
            Err(Problem::CommonPassword)
        } else {
            Ok(Self(password))
        }
    }

    /// The password itself.
    pub(super) const fn password(self) -> &'a Password {
        self.0
    }
}

/// Walks through the list, which takes nothing beside the hashing that follows.
fn is_common(password: &Password) -> bool {
    let folded = fold(password.reveal());
    COMMON.lines().any(|it| it == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(password: &str) -> Result<(), Problem> {
        let user_id = UserId::parse("A-hana-lee").unwrap();
        let password = Password::parse(password, None).unwrap();
        Chosen::by(&user_id, &password).map(|_| ())
    }

    #[test]
    fn the_commonest_are_refused_however_they_are_written() {
        for common in ["12345678", "iloveyou", "Password1", "QWERTYUIOP", "ｐａｓｓｗｏｒｄ１"]
        {
            assert_eq!(choose(common), Err(Problem::CommonPassword), "{common}");
        }
        assert_eq!(choose("a-HANA-lee"), Err(Problem::SameAsUserId));
        for good in ["correct horse", "iloveyou, Hana", " password1"] {
            assert_eq!(choose(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn the_list_holds_what_could_be_chosen_otherwise_each_once() {
        let listed: Vec<&str> = COMMON.lines().collect();
        assert_eq!(listed.len(), 3_000);
        assert!(listed.is_sorted_by(|one, next| one < next));
        for common in listed {
            assert!(Password::parse(common, None).is_ok(), "{common}");
            assert_eq!(fold(common), common);
        }
    }
}
