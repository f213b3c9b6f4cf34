//! What a browser sends. Nothing in it says who sends it: that is the connection's to know. Unknown
//! messages, fields and values are refused.

use serde::{Deserialize, Serialize};

use super::{
    ActRefusal, Audience, BanId, Capabilities, Capability, MeetingNumber, NewcomerId,
    ParticipantId, SentMark, Standing,
};
use crate::EntryPermission;

/// The version of the wire: one for all of it, and a server speaks only its own.
pub const WIRE: u16 = 2;

/// What a browser sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// The first message.
    Hello(Hello),
    /// Shows a part of the list of people, and keeps it up.
    Look(Look),
    /// Asks for chat from before that line.
    Earlier {
        /// Its number.
        before: u32,
    },
    /// Leaves.
    Leave,
    /// Does something that others notice. Answered by `done` or `refused`.
    Act {
        /// What the answer will name it by.
        id: u32,
        /// What.
        act: Act,
    },
}

/// The first message of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The version of the wire that it speaks.
    pub wire: u16,
    /// Up to where it was told everything, when it comes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<Place>,
}

/// How far an audience was told of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The meeting, within its room.
    pub meeting: MeetingNumber,
    /// How many times a server took it up.
    pub run: u32,
    /// The audience.
    pub audience: Audience,
    /// The number of the last frame.
    pub seq: u32,
}

/// Which part of the list of people somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Where they look.
    pub list: List,
    /// What they search for; empty: everybody.
    pub term: String,
    /// How many people stand before the part.
    pub first: u32,
    /// How many people there are in the part.
    pub rows: u8,
}

/// The places where a page shows people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// The tiles.
    Tiles,
    /// The list of people.
    People,
}

/// What a participant does to a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Writes to everybody.
    Say {
        /// What.
        text: String,
        /// The sender's mark of it.
        sent: SentMark,
    },
    /// Raises their hand.
    RaiseHand,
    /// Lowers their hand.
    LowerHand,
    /// Puts up an announcement, or takes it down.
    Announce {
        /// What it says.
        text: Option<String>,
    },
    /// Makes somebody Host or Guest.
    SetPermission {
        /// Whom.
        who: ParticipantId,
        /// What.
        to: Standing,
    },
    /// Takes from Guests what they may do, or gives it back.
    Restrict {
        /// From whom.
        whom: Whom,
        /// What.
        what: Capability,
        /// Whether it is taken.
        on: bool,
    },
    /// Gives somebody another name in this meeting.
    Rename {
        /// Whom.
        who: ParticipantId,
        /// Which.
        to: String,
    },
    /// Lowers others' hands.
    LowerHands {
        /// Whose.
        whom: Whom,
    },
    /// Puts somebody out, who may come back.
    Remove {
        /// Whom.
        who: ParticipantId,
    },
    /// Puts somebody out for good.
    Ban {
        /// Whom.
        who: ParticipantId,
    },
    /// Lifts a ban.
    LiftBan {
        /// Which.
        ban: BanId,
    },
    /// Asks who is banned.
    Bans,
    /// Locks the room, or unlocks it.
    LockRoom {
        /// Whether it is locked.
        on: bool,
    },
    /// Has people whom Rollcall doesn't know wait for a Host, or not.
    LetNewcomersWait {
        /// Whether they wait.
        on: bool,
    },
    /// Lets in somebody who waits for it, or turns them away.
    Admit {
        /// Whom.
        who: NewcomerId,
        /// Whether they are let in.
        yes: bool,
    },
    /// Ends the meeting for all.
    End,
}

/// Whom an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// One participant.
    One(ParticipantId),
    /// All Guests.
    Everybody,
}

impl ClientMessage {
    /// Whether this may be sent by somebody who entered as that (`None`: still at the door), whom a
    /// Host has denied that. Of acts, this doesn't yet look at whom they are about.
    pub fn permitted(
        &self,
        entered: Option<EntryPermission>,
        denied: Capabilities,
    ) -> Result<(), ActRefusal> {
        match self {
            Self::Hello(_) | Self::Leave => Ok(()),
            Self::Look(_) | Self::Earlier { .. } => entered.map(drop).ok_or(ActRefusal::NotIn),
            Self::Act { act, .. } => act.permitted(entered.ok_or(ActRefusal::NotIn)?, denied),
        }
    }
}

impl Act {
    /// What it is called on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Say { .. } => "say",
            Self::RaiseHand => "raise_hand",
            Self::LowerHand => "lower_hand",
            Self::Announce { .. } => "announce",
            Self::SetPermission { .. } => "set_permission",
            Self::Restrict { .. } => "restrict",
            Self::Rename { .. } => "rename",
            Self::LowerHands { .. } => "lower_hands",
            Self::Remove { .. } => "remove",
            Self::Ban { .. } => "ban",
            Self::LiftBan { .. } => "lift_ban",
            Self::Bans => "bans",
            Self::LockRoom { .. } => "lock_room",
            Self::LetNewcomersWait { .. } => "let_newcomers_wait",
            Self::Admit { .. } => "admit",
            Self::End => "end",
        }
    }

    /// What it takes to do this.
    #[must_use]
    pub const fn needs(&self) -> Capability {
        match self {
            Self::Say { .. } => Capability::Chat,
            Self::RaiseHand | Self::LowerHand => Capability::RaiseHand,
            Self::Announce { .. } => Capability::Announce,
            Self::SetPermission { .. } => Capability::SetPermission,
            Self::Restrict { .. } => Capability::Restrict,
            Self::Rename { .. } => Capability::Rename,
            Self::LowerHands { .. } => Capability::LowerHands,
            Self::Remove { .. } => Capability::Remove,
            Self::Ban { .. } | Self::LiftBan { .. } | Self::Bans => Capability::Ban,
            Self::LockRoom { .. } => Capability::LockRoom,
            Self::LetNewcomersWait { .. } | Self::Admit { .. } => Capability::Admit,
            Self::End => Capability::End,
        }
    }

    pub(super) fn permitted(
        &self,
        permission: EntryPermission,
        denied: Capabilities,
    ) -> Result<(), ActRefusal> {
        if !Capabilities::of(permission).has(self.needs()) {
            return Err(ActRefusal::NotAllowed);
        }
        // Only Guests are denied anything; and a hand that is up may be taken down.
        let denied = permission == EntryPermission::Guest && denied.has(self.needs());
        if denied && *self != Self::LowerHand {
            return Err(ActRefusal::Locked);
        }
        Ok(())
    }
}
