//! The rule of entry: may this person enter this room now, as what, and if not, why not.
//!
//! One pure function, [`may_enter`], decides everywhere and every time; nothing else admits anybody.

use serde::{Deserialize, Serialize};

use crate::{
    ConsoleRole, EntryPermission, RoomState, RoomType, Timestamp, UserStatus, classroom::Standing,
    entry_link::LinkStanding,
};

/// Who wants to enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Somebody Rollcall knows.
    User(KnownUser),
    /// Somebody it doesn't know, who at most holds a link.
    Unknown,
}

/// What the rule needs to know of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownUser {
    /// Active or deactivated.
    pub status: UserStatus,
    /// The console role.
    pub role: ConsoleRole,
    /// The default entry permission.
    pub default_permission: EntryPermission,
    /// The permission in this room, for members.
    pub membership: Option<EntryPermission>,
    /// Whether the room belongs to them.
    pub owner: bool,
    /// As what they ask to enter.
    pub intent: Intent,
}

/// As what a user asks to enter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Intent {
    /// As the room's type and their own permission say.
    #[default]
    Own,
    /// Unseen. Counts for Admins only.
    Observe,
    /// Openly as Host, after confirming. Counts for Admins only.
    Host,
}

/// The link with which somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Valid for this room.
    Valid,
    /// Was valid until its expiry.
    Expired,
    /// Was renewed or revoked.
    Revoked,
}

impl From<LinkStanding> for LinkState {
    fn from(standing: LinkStanding) -> Self {
        match standing {
            LinkStanding::Valid => Self::Valid,
            LinkStanding::Expired => Self::Expired,
            LinkStanding::Revoked => Self::Revoked,
        }
    }
}

/// What the rule needs to know of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomFacts {
    /// Who may enter.
    pub room_type: RoomType,
    /// Open or ended.
    pub state: RoomState,
    /// From when on it may be entered.
    pub opens: Option<Timestamp>,
    /// Until when it may be entered, that moment excluded.
    pub closes: Option<Timestamp>,
    /// Whether a Host has locked it.
    pub locked: bool,
    /// How many may be in at once, monitors apart.
    pub capacity: Option<u32>,
    /// How many are in now, monitors apart.
    pub inside: u32,
    /// Whether those whom Rollcall doesn't know wait until a Host lets them in.
    pub newcomers_wait: bool,
}

/// Everything the rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who wants to enter.
    pub visitor: Visitor,
    /// The link they came by, if they came by one.
    pub link: Option<LinkState>,
    /// The room.
    pub room: RoomFacts,
    /// Whether they are banned from this room.
    pub banned: bool,
    /// Whether they are in already and only reconnect.
    pub seated: bool,
    /// What a Host made of a user in the meeting that goes on.
    pub granted: Option<Standing>,
    /// Whether a Host let in somebody whom Rollcall doesn't know.
    pub admitted: bool,
    /// Now.
    pub now: Timestamp,
}

/// Somebody may enter: as what, and on which ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// As what.
    pub permission: EntryPermission,
    /// Why.
    pub ground: Ground,
}

/// The ground on which somebody may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The room is theirs.
    Owner,
    /// They are specified for the room.
    Member,
    /// Every user may enter, and this is their default permission.
    AllUsers,
    /// Anyone with the link may enter.
    AnyoneWithLink,
    /// An Admin may enter any room.
    Admin,
}

/// Somebody may not enter: why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Nobody knows who this is, and they hold no link.
    Unknown,
    /// Their link has expired.
    LinkExpired,
    /// Their link was renewed or revoked.
    LinkRevoked,
    /// The room has been ended.
    RoomEnded,
    /// They have been deactivated.
    Deactivated,
    /// They are banned from this room.
    Banned,
    /// Only specified users may enter, and they are not among them.
    NotSpecified,
    /// Only users may enter, and they are none.
    UsersOnly,
    /// The room opens later.
    NotYet {
        /// When.
        opens: Timestamp,
    },
    /// The room's window is over.
    Over {
        /// Since when.
        closed: Timestamp,
    },
    /// A Host has locked the room.
    Locked,
    /// As many are in as may be.
    Full {
        /// How many that is.
        capacity: u32,
    },
    /// Newcomers wait until a Host lets them in.
    AwaitingHost,
}

impl Refusal {
    /// Whether it may be over without anybody changing what the console says: whoever is refused for
    /// that may wait at the door.
    #[must_use]
    pub const fn waits(self) -> bool {
        match self {
            Self::NotYet { .. } | Self::Locked | Self::Full { .. } | Self::AwaitingHost => true,
            Self::Unknown
            | Self::LinkExpired
            | Self::LinkRevoked
            | Self::RoomEnded
            | Self::Deactivated
            | Self::Banned
            | Self::NotSpecified
            | Self::UsersOnly
            | Self::Over { .. } => false,
        }
    }
}

/// Decides whether somebody may enter a room now.
///
/// The order of the checks is part of the rule: identity, room ended, deactivated, banned, allowed by
/// type, window, locked, full, awaiting a Host. Hosts and monitors pass all from the window on; an owner
/// can't be banned; somebody who reconnects keeps their seat, through all from the lock on. A link that
/// has expired keeps nobody from a seat they have, one that was renewed or revoked does.
///
/// What a Host made of somebody in the meeting counts as their permission, but neither makes nor unmakes
/// a monitor, and never an owner.
pub fn may_enter(facts: &Facts) -> Result<Admission, Refusal> {
    identify(facts)?;
    if facts.room.state == RoomState::Ended {
        return Err(Refusal::RoomEnded);
    }
    let admission = match facts.visitor {
        Visitor::User(user) => as_granted(user, admit_user(user, facts)?, facts.granted),
        Visitor::Unknown => admit_unknown(facts)?,
    };
    if admission.permission == EntryPermission::Guest {
        pass_the_door(facts)?;
    }
    Ok(admission)
}

fn identify(facts: &Facts) -> Result<(), Refusal> {
    match (facts.visitor, facts.link) {
        (_, Some(LinkState::Expired)) if !facts.seated => Err(Refusal::LinkExpired),
        (_, Some(LinkState::Revoked)) => Err(Refusal::LinkRevoked),
        (Visitor::Unknown, None) => Err(Refusal::Unknown),
        (Visitor::User(_), None) | (_, Some(LinkState::Valid | LinkState::Expired)) => Ok(()),
    }
}

fn admit_user(user: KnownUser, facts: &Facts) -> Result<Admission, Refusal> {
    if user.status == UserStatus::Deactivated {
        return Err(Refusal::Deactivated);
    }
    if user.owner {
        return Ok(as_admin_asks(user).unwrap_or(admission(EntryPermission::Host, Ground::Owner)));
    }
    if facts.banned {
        return Err(Refusal::Banned);
    }
    as_admin_asks(user).or_else(|| by_type(user, facts.room.room_type)).ok_or(Refusal::NotSpecified)
}

/// What a Host made of somebody counts, where they take part and the room isn't theirs.
fn as_granted(user: KnownUser, admission: Admission, granted: Option<Standing>) -> Admission {
    match (admission.permission, granted) {
        (EntryPermission::Host | EntryPermission::Guest, Some(granted)) if !user.owner => {
            Admission { permission: granted.into(), ..admission }
        }
        _ => admission,
    }
}

/// An Admin who asks for it enters any room as Monitoring, or openly as Host.
fn as_admin_asks(user: KnownUser) -> Option<Admission> {
    let permission = match user.intent {
        Intent::Own => return None,
        Intent::Observe => EntryPermission::Monitoring,
        Intent::Host => EntryPermission::Host,
    };
    (user.role == ConsoleRole::Admin).then_some(admission(permission, Ground::Admin))
}

fn by_type(user: KnownUser, room_type: RoomType) -> Option<Admission> {
    match (user.membership, room_type) {
        (Some(permission), _) => Some(admission(permission, Ground::Member)),
        (None, RoomType::Public | RoomType::Open) => {
            Some(admission(user.default_permission, Ground::AllUsers))
        }
        (None, RoomType::Private) => (user.role == ConsoleRole::Admin)
            .then_some(admission(EntryPermission::Monitoring, Ground::Admin)),
    }
}

fn admit_unknown(facts: &Facts) -> Result<Admission, Refusal> {
    if facts.banned {
        return Err(Refusal::Banned);
    }
    match facts.room.room_type {
        RoomType::Open => Ok(admission(EntryPermission::Guest, Ground::AnyoneWithLink)),
        RoomType::Public => Err(Refusal::UsersOnly),
        RoomType::Private => Err(Refusal::NotSpecified),
    }
}

fn pass_the_door(facts: &Facts) -> Result<(), Refusal> {
    let room = &facts.room;
    if let Some(opens) = room.opens.filter(|opens| facts.now < *opens) {
        return Err(Refusal::NotYet { opens });
    }
    if let Some(closed) = room.closes.filter(|closes| facts.now >= *closes) {
        return Err(Refusal::Over { closed });
    }
    if facts.seated {
        return Ok(());
    }
    if room.locked {
        return Err(Refusal::Locked);
    }
    if let Some(capacity) = room.capacity.filter(|capacity| room.inside >= *capacity) {
        return Err(Refusal::Full { capacity });
    }
    let waits = facts.visitor == Visitor::Unknown && room.newcomers_wait && !facts.admitted;
    if waits { Err(Refusal::AwaitingHost) } else { Ok(()) }
}

const fn admission(permission: EntryPermission, ground: Ground) -> Admission {
    Admission { permission, ground }
}

#[cfg(test)]
mod tests;
