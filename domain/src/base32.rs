//! Crockford's base 32 in lower case: five bits a character, without look-alikes. Names on the wire and
//! links that people type off paper are written so.

/// How many characters the id of a thing has that is made at random.
pub(crate) const ID: usize = 12;

/// Makes a struct of one text the id of a thing: [`ID`] characters, made at random.
macro_rules! random_id {
    ($id:ident, $wrong:literal) => {
        impl $id {
            /// How many characters.
            pub const LENGTH: usize = $crate::base32::ID;

            /// Reads an id; `None` for what can be none.
            #[must_use]
            pub fn parse(raw: &str) -> Option<Self> {
                let good = raw.len() == Self::LENGTH && $crate::base32::read(raw).is_some();
                good.then(|| Self(raw.to_owned()))
            }

            /// Makes an id of random bits; the lowest 60 are used.
            #[must_use]
            pub fn from_bits(bits: u64) -> Self {
                Self($crate::base32::write(bits.into(), Self::LENGTH))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $id {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$id> for String {
            fn from(id: $id) -> Self {
                id.0
            }
        }

        impl TryFrom<String> for $id {
            type Error = &'static str;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                Self::parse(&raw).ok_or($wrong)
            }
        }
    };
}
pub(crate) use random_id;

/// The characters, in the order of their value.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The lowest bits as that many characters, the highest first.
pub(crate) fn write(bits: u128, characters: usize) -> String {
    let digit = |at: usize| {
        let index = usize::try_from(bits >> (5 * at) & 31).unwrap_or_default();
        char::from(ALPHABET[index])
    };
    (0..characters).rev().map(digit).collect()
}

/// The bits that were written so; `None` where there is another character, or more than 128 bits.
pub(crate) fn read(text: &str) -> Option<u128> {
    text.bytes().try_fold(0_u128, |bits, it| {
        let digit = ALPHABET.iter().position(|known| *known == it)?;
        let fits = bits >> 123 == 0;
        fits.then(|| bits << 5 | u128::try_from(digit).unwrap_or_default())
    })
}

/// What somebody typed off paper or a screen, with look-alikes and capitals as they were meant.
pub(crate) fn as_meant(typed: &str) -> String {
    let meant = |it: char| match it.to_ascii_lowercase() {
        'i' | 'l' => '1',
        'o' => '0',
        other => other,
    };
    typed.chars().map(meant).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(bits in any::<u128>()) {
            prop_assert_eq!(read(&write(bits, 26)), Some(bits));
        }

        #[test]
        fn whatever_is_read_is_written_the_same(text in "[0-7][0-9a-hjkmnp-tv-z]{25}") {
            prop_assert_eq!(write(read(&text).unwrap(), 26), text);
        }

        #[test]
        fn anything_may_be_read(text in any::<String>()) {
            let _ = read(&as_meant(&text));
        }
    }

    #[test]
    fn look_alikes_are_meant() {
        assert_eq!(as_meant("OilL-0aZ"), "0111-0az");
        assert_eq!(read("u"), None, "not of the alphabet");
        assert_eq!(read(&"z".repeat(26)), None, "more than 128 bits");
    }
}
