//! Where somebody belongs who has an entry: in the meeting, at its side unseen, at the door, or out. The
//! rule of entry says so, of what the store knows and what only the meeting does.

use domain::{
    EntryPermission,
    classroom::{Audience, Closing, Identity, Meeting, Office, Profile, Standing},
    entry::Refusal,
};

use crate::entry::{HeldEntry, Inside};

/// Where somebody belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// In the meeting, as somebody of whom the console says that.
    In(Profile),
    /// At its side, told what that audience is told.
    Observing(Audience),
    /// At the door, until that changes.
    Waiting(Refusal),
    /// Nowhere.
    Out(Closing),
}

/// Where somebody belongs who has that entry.
pub fn whereabouts(entry: &HeldEntry, meeting: &Meeting) -> Whereabouts {
    let inside = inside(&entry.who, meeting);
    let Some(answer) = entry.may_enter(inside) else {
        return Whereabouts::Out(Closing::EntryOver);
    };
    match answer.map(|it| it.permission) {
        Ok(EntryPermission::Monitoring) => Whereabouts::Observing(audience_of_observer(entry)),
        Ok(EntryPermission::Host | EntryPermission::Guest) if !meeting.has_room_for(&entry.who) => {
            Whereabouts::Waiting(Refusal::Full { capacity: Meeting::STRANGERS })
        }
        Ok(EntryPermission::Host | EntryPermission::Guest) => {
            Whereabouts::In(entry.profile(without_grant(entry, inside)))
        }
        Err(Refusal::Banned) => Whereabouts::Out(Closing::Banned),
        Err(refusal) if refusal.waits() => Whereabouts::Waiting(refusal),
        Err(refusal) => Whereabouts::Out(Closing::Refused(refusal)),
    }
}

/// What a meeting says of itself and of somebody, for the rule of entry.
pub fn inside(who: &Identity, meeting: &Meeting) -> Inside {
    Inside {
        locked: meeting.locked(),
        inside: meeting.inside(),
        seated: meeting.seated(who),
        granted: meeting.find(who).and_then(|(_, it)| it.granted),
    }
}

/// As what the console has somebody take part, whatever a Host made of them. Whom the door would keep out
/// then is a Guest: it keeps out nobody else.
fn without_grant(entry: &HeldEntry, inside: Inside) -> Standing {
    let own = entry.may_enter(Inside { granted: None, ..inside });
    match own {
        Some(Ok(admission)) if admission.permission == EntryPermission::Host => Standing::Host,
        _ => Standing::Guest,
    }
}

/// Admins are shown what Hosts are, others who observe no more than Guests. Of those who may observe,
/// Admins alone hold an office: an owner who isn't one is Host.
fn audience_of_observer(entry: &HeldEntry) -> Audience {
    match entry.office {
        Office::Admin | Office::Owner => Audience::Hosts,
        Office::None => Audience::Guests,
    }
}
