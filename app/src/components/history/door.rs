//! What happened at the door of a room, in plain words.

use domain::{
    Nickname,
    history::{DoorDeed, Event},
};

use super::{person, room};
use crate::i18n::{count, tr};

/// Who did what, as one sentence, or two.
pub(super) fn in_words(deed: &DoorDeed, event: &Event) -> String {
    let actor = event.actor.as_ref().map_or_else(|| tr!("history.at_the_server"), person);
    let room = event.room.as_ref().map(room).unwrap_or_default();
    match deed {
        DoorDeed::EnteredAsHost => tr!("history.entered_as_host", actor = actor, room = room),
        DoorDeed::Refused { left_out } => refused(event, &room, *left_out),
        DoorDeed::Banned { guest, shut: false } => {
            tr!("history.banned", actor = actor, who = banned(guest.as_ref(), event), room = room)
        }
        DoorDeed::Banned { guest, shut: true } => {
            let who = banned(guest.as_ref(), event);
            tr!("history.banned_and_shut", actor = actor, who = who, room = room)
        }
        DoorDeed::BanLifted(guest) => {
            let who = banned(guest.as_ref(), event);
            tr!("history.ban_lifted", actor = actor, who = who, room = room)
        }
        DoorDeed::ObservationBegan => {
            tr!("history.observation_began", actor = actor, room = room)
        }
        DoorDeed::Observed { seconds } => {
            let time = match u32::try_from(seconds / 60).unwrap_or_default() {
                0 => tr!("history.observed_briefly"),
                minutes => count!("history.observed_minutes", minutes),
            };
            tr!("history.observed", actor = actor, room = room, time = time)
        }
        DoorDeed::ObserverRefused { left_out } => observer_refused(event, &room, *left_out),
        DoorDeed::NewcomersWait(true) => tr!("history.newcomers_wait", actor = actor, room = room),
        DoorDeed::NewcomersWait(false) => {
            tr!("history.newcomers_enter", actor = actor, room = room)
        }
    }
}

/// The user, or somebody of that name whom Rollcall doesn't know.
fn banned(guest: Option<&Nickname>, event: &Event) -> String {
    let user = || event.user.as_ref().map(person).unwrap_or_default();
    guest.map_or_else(user, |name| tr!("history.guest", name = name))
}

/// Who was refused: who was signed in, else whose link it was, else nobody knows.
pub(super) fn whoever(event: &Event) -> String {
    let who = event.actor.as_ref().or(event.user.as_ref());
    who.map_or_else(|| tr!("history.stranger"), person)
}

fn refused(event: &Event, room: &str, left_out: u32) -> String {
    let who = whoever(event);
    if left_out == 0 {
        return tr!("history.entry_refused", who = who, room = room);
    }
    let others = count!("history.refused_others", left_out);
    tr!("history.entry_refused_again", who = who, room = room, others = others)
}

fn observer_refused(event: &Event, room: &str, left_out: u32) -> String {
    let who = whoever(event);
    if left_out == 0 {
        return tr!("history.observer_refused", who = who, room = room);
    }
    let others = count!("history.refused_others", left_out);
    tr!("history.observer_refused_again", who = who, room = room, others = others)
}
