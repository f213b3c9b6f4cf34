//! Entry links: the token by which one member enters one room, or by which all may enter one that is open
//! or public, and how a link stands.
//!
//! A token is a prefix, by which secrets are found where they don't belong; the link's id; a secret that
//! only the key of the school can make; and a checksum, so that a slip of the keyboard is refused without
//! asking the database.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    Problem, Timestamp, UserSummary,
    base32::{self, random_id},
    local_time::LocalTime,
};

/// The name of a link, which is no secret: 12 characters, made at random.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LinkId(String);

random_id!(LinkId, "not a link's id");

/// What stands in an entry link. `Debug` hides it, and nothing serializes it: it leaves by
/// [`reveal`](Self::reveal) alone.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryToken {
    id: LinkId,
    secret: [u8; Self::SECRET_BYTES],
}

impl EntryToken {
    /// How many bytes of a secret it holds: 128 bits.
    pub const SECRET_BYTES: usize = 16;
    /// How many characters it has.
    pub const LENGTH: usize = Self::CHECKED + Self::CHECKSUM;
    const PREFIX: &str = "rc1";
    const SECRET: usize = 26;
    const CHECKED: usize = Self::PREFIX.len() + LinkId::LENGTH + Self::SECRET;
    const CHECKSUM: usize = 7;

    /// The token of a link.
    #[must_use]
    pub const fn new(id: LinkId, secret: [u8; Self::SECRET_BYTES]) -> Self {
        Self { id, secret }
    }

    /// Reads a token, also one that was typed off paper; `None` where it can't be one.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        if raw.len() != Self::LENGTH || !raw.is_ascii() {
            return None;
        }
        let meant = base32::as_meant(raw);
        let (checked, checksum) = meant.split_at(Self::CHECKED);
        if checksum_of(checked) != checksum {
            return None;
        }
        let (id, secret) = checked.strip_prefix(Self::PREFIX)?.split_at(LinkId::LENGTH);
        Some(Self { id: LinkId::parse(id)?, secret: base32::read(secret)?.to_be_bytes() })
    }

    /// Whose token it is.
    #[must_use]
    pub const fn id(&self) -> &LinkId {
        &self.id
    }

    /// What proves it. Only to be compared in constant time.
    #[must_use]
    pub const fn secret(&self) -> &[u8; Self::SECRET_BYTES] {
        &self.secret
    }

    /// The token itself, to hand it to whoever it is for.
    #[must_use]
    pub fn reveal(&self) -> String {
        let secret = base32::write(u128::from_be_bytes(self.secret), Self::SECRET);
        let checked = format!("{}{}{secret}", Self::PREFIX, self.id);
        let checksum = checksum_of(&checked);
        checked + &checksum
    }
}

impl fmt::Debug for EntryToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryToken({}, …)", self.id)
    }
}

/// CRC-32 (as of ISO 3309) of the text. Finds any wrong character, and any two that were swapped.
fn checksum_of(text: &str) -> String {
    let crc = text.bytes().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    });
    base32::write((!crc).into(), EntryToken::CHECKSUM)
}

/// Whose a link is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkHolder {
    /// One user's: whoever comes by it enters as them.
    Personal(UserSummary),
    /// That of the room, which all may share.
    Shared,
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStanding {
    /// It leads into the room, as far as the rule of entry lets its holder in.
    Valid,
    /// It was valid until its expiry.
    Expired,
    /// It was revoked.
    Revoked,
}

/// What is done to a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkAct {
    /// Makes it anew: the one before leads nowhere from that moment on.
    Renew,
    /// Revokes it.
    Revoke,
    /// Lets it lead into the room again after it was revoked.
    Allow,
    /// Sets until when it leads into the room; without a moment, it doesn't expire.
    Expire(Option<Timestamp>),
}

/// Until when a link is to lead into its room, as somebody chooses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// Until it is renewed or revoked.
    Never,
    /// So many days from now.
    InDays(u8),
    /// Until the school's clocks show that.
    On(LocalTime),
}

impl Expiry {
    /// The moment that is meant, none where it never expires; `clocks` says when the school's clocks show a
    /// time.
    pub fn moment(
        &self,
        now: Timestamp,
        clocks: impl FnOnce(&LocalTime) -> Result<Timestamp, Problem>,
    ) -> Result<Option<Timestamp>, Problem> {
        const DAY: i64 = 24 * 60 * 60;
        let until = match self {
            Self::Never => return Ok(None),
            Self::InDays(days) => now.plus_seconds(i64::from(*days) * DAY),
            Self::On(time) => clocks(time)?,
        };
        if until > now { Ok(Some(until)) } else { Err(Problem::Past) }
    }
}

/// A link as the room's page shows it; its token stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLink {
    /// Whose it is.
    pub holder: LinkHolder,
    /// How it stands.
    pub standing: LinkStanding,
    /// Until when it leads into the room, that moment excluded; nothing where it doesn't expire.
    pub expires: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(bits: u64, secret: u128) -> EntryToken {
        EntryToken::new(LinkId::from_bits(bits), secret.to_be_bytes())
    }

    proptest! {
        #[test]
        fn tokens_parse_to_themselves(bits in any::<u64>(), secret in any::<u128>()) {
            let token = token(bits, secret);
            let text = token.reveal();
            prop_assert_eq!(text.len(), EntryToken::LENGTH);
            prop_assert_eq!(EntryToken::parse(&text), Some(token.clone()));
            prop_assert_eq!(EntryToken::parse(&text.to_uppercase()), Some(token));
        }

        #[test]
        fn nothing_else_is_a_token(raw in any::<String>()) {
            prop_assert_eq!(EntryToken::parse(&raw), None);
        }
    }

    #[test]
    fn one_wrong_character_is_refused_wherever_it_stands() {
        let good = token(7, 11).reveal();
        for at in 0..good.len() {
            for wrong in base32::ALPHABET {
                let mut typed = good.clone().into_bytes();
                let was = std::mem::replace(&mut typed[at], *wrong);
                let typed = String::from_utf8(typed).unwrap();
                let is_the_same = was == *wrong;
                assert_eq!(EntryToken::parse(&typed).is_some(), is_the_same, "{typed}");
            }
        }
    }

    #[test]
    fn two_swapped_characters_are_refused() {
        let good = token(0x1234_5678_9abc, u128::MAX / 3).reveal();
        for at in 1..good.len() {
            let mut typed = good.clone().into_bytes();
            typed.swap(at - 1, at);
            let typed = String::from_utf8(typed).unwrap();
            assert_eq!(EntryToken::parse(&typed).is_some(), typed == good, "{typed}");
        }
    }

    #[test]
    fn an_expiry_is_still_to_come() {
        let now = Timestamp::from_micros(1_800_000_000_000_000);
        let time = LocalTime::parse("2027-01-15T08:00").unwrap();
        let skipped = Problem::Window(crate::room::WindowProblem::Skipped);
        let on = |shown| Expiry::On(time.clone()).moment(now, |_| shown);
        assert_eq!(Expiry::Never.moment(now, |_| Err(Problem::Missing)), Ok(None));
        let day = now.plus_seconds(86_400);
        assert_eq!(Expiry::InDays(1).moment(now, |_| Err(Problem::Missing)), Ok(Some(day)));
        assert_eq!(Expiry::InDays(0).moment(now, |_| Err(Problem::Missing)), Err(Problem::Past));
        assert_eq!(on(Ok(day)), Ok(Some(day)));
        assert_eq!(on(Ok(now)), Err(Problem::Past));
        assert_eq!(on(Err(skipped.clone())), Err(skipped));
    }

    #[test]
    fn a_token_is_not_shown() {
        let shown = format!("{:?}", token(7, 0x000c_a9a7));
        assert_eq!(shown, "EntryToken(000000000007, …)");
    }
}
