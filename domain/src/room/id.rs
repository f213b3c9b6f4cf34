//! Rooms' ids: how a room is named on the wire and in addresses.

use serde::{Deserialize, Serialize};

use crate::base32::random_id;

/// A room's name on the wire and in addresses: 12 characters of a lowercase alphabet without
/// look-alikes, made at random.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoomId(String);

random_id!(RoomId, "not a room's id");

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
