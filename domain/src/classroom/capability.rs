//! What a person may do in a meeting: one set, preset by permission, of which a Host may take from Guests.

use serde::{Deserialize, Serialize};

use crate::EntryPermission;

/// Something that a person may be able to do in a meeting.
///
/// The numbers are kept with meetings: one that was given is never given to anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Capability {
    /// Write to everybody.
    Chat = 0,
    /// Raise one's hand.
    RaiseHand = 1,
    /// Put up an announcement, and take it down.
    Announce = 2,
    /// Let in newcomers, and have them wait.
    Admit = 3,
    /// Make somebody Host or Guest.
    SetPermission = 4,
    /// Take from Guests what they may do.
    Restrict = 5,
    /// Give somebody another name in this meeting.
    Rename = 6,
    /// Lower others' hands.
    LowerHands = 7,
    /// Put somebody out, who may come back.
    Remove = 8,
    /// Put somebody out for good; see who is, and let them back.
    Ban = 9,
    /// Lock the room.
    LockRoom = 10,
    /// End the meeting for all.
    End = 11,
}

/// A set of [`Capability`]s. On the wire and in the store it is a number, in which bits that this
/// version doesn't know are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capabilities(u32);

impl Capabilities {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// What Guests may do, and so what can be taken from them.
    pub const GUEST: Self = Self::NONE.with(Capability::Chat).with(Capability::RaiseHand);
    /// What Hosts may do: everything.
    const HOST: Self = Self::GUEST
        .with(Capability::Announce)
        .with(Capability::Admit)
        .with(Capability::SetPermission)
        .with(Capability::Restrict)
        .with(Capability::Rename)
        .with(Capability::LowerHands)
        .with(Capability::Remove)
        .with(Capability::Ban)
        .with(Capability::LockRoom)
        .with(Capability::End);

    /// What somebody may do who entered so.
    #[must_use]
    pub const fn of(permission: EntryPermission) -> Self {
        match permission {
            EntryPermission::Host => Self::HOST,
            EntryPermission::Guest => Self::GUEST,
            EntryPermission::Monitoring => Self::NONE,
        }
    }

    /// The set that the store keeps as this number.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The number as which the store keeps the set.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether it is in the set.
    #[must_use]
    pub const fn has(self, one: Capability) -> bool {
        self.0 & (1 << one as u8) != 0
    }

    /// The set with that one.
    #[must_use]
    pub const fn with(self, one: Capability) -> Self {
        Self(self.0 | 1 << one as u8)
    }

    /// What is in either set.
    #[must_use]
    pub const fn plus(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The set without what is in the other.
    #[must_use]
    pub const fn less(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_take_part_hosts_may_do_everything_and_monitoring_nothing() {
        assert_eq!(Capabilities::of(EntryPermission::Guest).bits(), 0b11);
        assert_eq!(Capabilities::of(EntryPermission::Host).bits(), 0b1111_1111_1111);
        assert_eq!(Capabilities::of(EntryPermission::Monitoring), Capabilities::NONE);
    }

    #[test]
    fn what_is_denied_is_gone_and_nothing_else() {
        let denied =
            Capabilities::NONE.with(Capability::Chat).plus(Capabilities::from_bits(1 << 31));
        let left = Capabilities::GUEST.less(denied);
        assert!(!left.has(Capability::Chat) && left.has(Capability::RaiseHand));
        assert_eq!(denied.bits(), 1 << 31 | 1, "an unknown bit is kept");
    }
}
