//! What was done in meetings, in plain words.

use domain::{
    classroom::Ending,
    history::{Event, MeetingDeed},
};

use super::{person, room};
use crate::{i18n::tr, words};

/// What was done in a meeting, by whom if by anybody Rollcall knows, and to whom.
pub(super) fn in_words(deed: &MeetingDeed, guest: Option<&str>, event: &Event) -> String {
    let by = event.actor.as_ref().map(person);
    let actor = by.as_deref().unwrap_or_default();
    let whom = event.user.as_ref().map(person);
    let whom = whom.or_else(|| Some(tr!("history.guest", name = guest?)));
    let whom = whom.unwrap_or_else(|| tr!("history.all_guests"));
    let room = event.room.as_ref().map(room).unwrap_or_default();
    match deed {
        MeetingDeed::Began if by.is_none() => tr!("history.meeting_began_itself", room = room),
        MeetingDeed::Began => tr!("history.meeting_began", actor = actor, room = room),
        MeetingDeed::Ended(Ending::ByHost) => {
            tr!("history.meeting_ended", actor = actor, room = room)
        }
        MeetingDeed::Ended(Ending::Empty) => tr!("history.meeting_empty", room = room),
        MeetingDeed::Ended(Ending::TimeLimit) => tr!("history.meeting_time_up", room = room),
        MeetingDeed::Ended(Ending::RoomEnded) => tr!("history.meeting_room_ended", room = room),
        MeetingDeed::PermissionSet(standing) => tr!(
            "history.meeting_permission",
            actor = actor,
            whom = whom,
            room = room,
            permission = words::permission((*standing).into())
        ),
        MeetingDeed::ChatLocked(true) => {
            tr!("history.chat_locked", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::ChatLocked(false) => {
            tr!("history.chat_unlocked", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::HandsLocked(true) => {
            tr!("history.hands_locked", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::HandsLocked(false) => {
            tr!("history.hands_unlocked", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::Renamed(name) => {
            tr!("history.meeting_renamed", actor = actor, whom = whom, room = room, name = name)
        }
        MeetingDeed::Locked(true) => tr!("history.room_locked", actor = actor, room = room),
        MeetingDeed::Locked(false) => tr!("history.room_unlocked", actor = actor, room = room),
        MeetingDeed::Announced(true) => tr!("history.announced", actor = actor, room = room),
        MeetingDeed::Announced(false) => {
            tr!("history.announcement_gone", actor = actor, room = room)
        }
        MeetingDeed::Removed => {
            tr!("history.meeting_removed", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::Admitted(true) => {
            tr!("history.admitted", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::Admitted(false) => {
            tr!("history.turned_away", actor = actor, whom = whom, room = room)
        }
        MeetingDeed::AttendanceExported => {
            tr!("history.attendance_exported", actor = actor, room = room)
        }
    }
}
