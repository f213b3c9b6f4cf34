//! Randomness: ids of rooms, links and people unknown, and secrets.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{RoomId, entry_link::LinkId};
use sha2::{Digest, Sha256};

use crate::Internal;

/// A secret that only its holder knows: 32 random bytes as base64url text. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn random() -> Result<Self, Internal> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random_bytes::<32>()?)))
    }

    /// The secret itself, to hand it to its holder.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored in its place.
    pub(crate) fn hash(&self) -> Vec<u8> {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is stored in place of a secret.
///
/// Nobody can guess 32 random bytes, so a fast hash is enough.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A new room's id.
pub(crate) fn room_id() -> Result<RoomId, Internal> {
    Ok(RoomId::from_bits(u64::from_le_bytes(random_bytes()?)))
}

/// A new entry link's id.
pub(crate) fn link_id() -> Result<LinkId, Internal> {
    Ok(LinkId::from_bits(u64::from_le_bytes(random_bytes()?)))
}

/// What tells somebody unknown from all others, for good.
pub(crate) fn guest() -> Result<String, Internal> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes::<16>()?))
}

#[expect(clippy::disallowed_methods, reason = "this is where all randomness comes from")]
fn random_bytes<const N: usize>() -> Result<[u8; N], Internal> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Internal::other)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_differ_and_are_never_shown() {
        let (one, other) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_eq!(one.reveal().len(), 43);
        assert_ne!(one, other);
        assert_ne!(one.hash(), other.hash());
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }
}
