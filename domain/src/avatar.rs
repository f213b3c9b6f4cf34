//! The blank avatar of a user without a profile image: first letter, steady colour.

use crate::{
    UserId,
    unicode::{graphemes, push_upper},
};

/// How many colours there are for blank avatars.
pub const COLOURS: u8 = 10;

/// The colour of a user's blank avatar, below [`COLOURS`]: the same wherever the user appears.
///
/// FNV-1a over the User ID, because it is short, stable and the same on both sides.
#[must_use]
pub fn colour(user_id: &UserId) -> u8 {
    let hash = user_id
        .as_str()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u8::try_from(hash % u32::from(COLOURS)).unwrap_or_default()
}

/// The letter of a blank avatar: the first that people would read in the nickname, in upper case.
#[must_use]
pub fn letter(nickname: &str) -> String {
    let first = |wanted: fn(char) -> bool| {
        graphemes(nickname).find(|it| it.chars().next().is_some_and(wanted))
    };
    let letter = first(char::is_alphanumeric).or_else(|| first(|_| true)).unwrap_or_default();
    let mut upper = String::with_capacity(letter.len());
    letter.chars().for_each(|c| push_upper(c, &mut upper));
    upper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_is_the_first_that_people_read() {
        for (nickname, expected) in [
            ("kim", "K"),
            ("(kim)", "K"),
            ("김지호", "김"),
            ("👩\u{200d}👧", "👩\u{200d}👧"),
            ("éva", "É"),
        ] {
            assert_eq!(letter(nickname), expected);
        }
    }

    #[test]
    fn the_colour_is_steady() {
        let id = UserId::parse("S-2042").unwrap();
        assert_eq!(colour(&id), colour(&id.clone()));
        assert!(colour(&id) < COLOURS);
    }
}
