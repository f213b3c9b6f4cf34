//! Rooms' ids: how a room is named on the wire and in addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base32;

/// A room's name on the wire and in addresses: 12 characters of a lowercase alphabet without
/// look-alikes, made at random.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomId(String);

impl RoomId {
    /// How many characters.
    pub const LENGTH: usize = 12;

    /// Reads an id; `None` for what no room can have.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        (raw.len() == Self::LENGTH && base32::read(raw).is_some()).then(|| Self(raw.to_owned()))
    }

    /// Makes an id of random bits; the lowest 60 are used.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(base32::write(bits.into(), Self::LENGTH))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RoomId> for String {
    fn from(id: RoomId) -> Self {
        id.0
    }
}

impl TryFrom<String> for RoomId {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a room's id")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn room_ids_parse_to_themselves(bits in any::<u64>()) {
            let id = RoomId::from_bits(bits);
            prop_assert_eq!(RoomId::parse(id.as_str()), Some(id));
        }
    }
}
