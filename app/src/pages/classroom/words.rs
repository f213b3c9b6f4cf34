//! Puts into words what the classroom knows as closed sets: refusals, in the second person; why it is
//! over; what was done.

use domain::{
    classroom::{Act, ActRefusal, Capability, Closing, Ending, Standing, Whom, You},
    entry::Refusal,
};

use crate::{
    components::toast::Toaster,
    i18n::{count, number, tr},
    words::problem_text,
};

/// Why somebody may not enter, or not yet, as they are told themselves; `when` puts a moment into words.
pub(super) fn refusal(
    why: Refusal,
    place: Option<u32>,
    when: impl Fn(domain::Timestamp) -> String,
) -> String {
    match why {
        Refusal::Unknown => tr!("classroom.refusal.unknown"),
        Refusal::LinkExpired => tr!("classroom.refusal.link_expired"),
        Refusal::LinkRevoked => tr!("classroom.refusal.link_revoked"),
        Refusal::RoomEnded => tr!("classroom.refusal.room_ended"),
        Refusal::Deactivated => tr!("classroom.refusal.deactivated"),
        Refusal::Banned => tr!("classroom.refusal.banned"),
        Refusal::NotSpecified => tr!("classroom.refusal.not_specified"),
        Refusal::UsersOnly => tr!("classroom.refusal.users_only"),
        Refusal::NotYet { opens } => tr!("classroom.refusal.not_yet", time = when(opens)),
        Refusal::Over { closed } => tr!("classroom.refusal.over", time = when(closed)),
        Refusal::Locked => tr!("classroom.refusal.locked"),
        Refusal::AwaitingHost => tr!("classroom.refusal.awaiting_host"),
        Refusal::Full { capacity } => match place {
            Some(place) => tr!(
                "classroom.refusal.full_in_line",
                capacity = number(capacity.into()),
                place = number(place.into())
            ),
            None => tr!("classroom.refusal.full", capacity = number(capacity.into())),
        },
    }
}

/// Why it is over: the title, and what that means.
pub(super) fn closing(
    why: Closing,
    when: impl Fn(domain::Timestamp) -> String,
) -> (String, String) {
    match why {
        Closing::Left => (tr!("classroom.closed.left"), tr!("classroom.closed.left_text")),
        Closing::Ended(ending) => (tr!("classroom.closed.ended"), ended(ending)),
        Closing::Removed => (tr!("classroom.closed.removed"), tr!("classroom.closed.removed_text")),
        Closing::TurnedAway => {
            (tr!("classroom.closed.turned_away"), tr!("classroom.closed.turned_away_text"))
        }
        Closing::Banned => (tr!("classroom.closed.banned"), tr!("classroom.closed.banned_text")),
        Closing::Refused(why) => (tr!("classroom.closed.refused"), refusal(why, None, when)),
        Closing::EntryOver => {
            (tr!("classroom.closed.entry_over"), tr!("classroom.closed.entry_over_text"))
        }
        Closing::EnteredElsewhere => {
            (tr!("classroom.closed.elsewhere"), tr!("classroom.closed.elsewhere_text"))
        }
        Closing::Restarting => (tr!("classroom.closed.restarting"), tr!("classroom.closed.waits")),
        Closing::TooSlow => (tr!("classroom.closed.too_slow"), tr!("classroom.closed.waits")),
        Closing::TooLate => (tr!("classroom.closed.too_late"), tr!("classroom.closed.waits")),
        Closing::TooMuch => {
            (tr!("classroom.closed.too_much"), tr!("classroom.closed.too_much_text"))
        }
        Closing::TooLarge => {
            (tr!("classroom.closed.too_large"), tr!("classroom.closed.too_large_text"))
        }
        Closing::Unreadable => {
            (tr!("classroom.closed.unreadable"), tr!("classroom.closed.unreadable_text"))
        }
        Closing::OtherVersion => (tr!("line.updated"), tr!("classroom.closed.other_version_text")),
        Closing::TooMany => {
            (tr!("classroom.closed.too_many"), tr!("classroom.closed.too_many_text"))
        }
    }
}

fn ended(ending: Ending) -> String {
    match ending {
        Ending::ByHost => tr!("classroom.closed.by_host"),
        Ending::Empty => tr!("classroom.closed.empty"),
        Ending::TimeLimit => tr!("classroom.closed.time_limit"),
        Ending::RoomEnded => tr!("classroom.closed.room_ended"),
    }
}

/// Why an act is not done.
pub(super) fn act_refused(why: &ActRefusal) -> String {
    match why {
        ActRefusal::NotIn => tr!("classroom.refused.not_in"),
        ActRefusal::NotAllowed => tr!("classroom.refused.not_allowed"),
        ActRefusal::Locked => tr!("classroom.refused.locked"),
        ActRefusal::Gone => tr!("classroom.refused.gone"),
        ActRefusal::Protected => tr!("classroom.refused.protected"),
        ActRefusal::LastHost => tr!("classroom.refused.last_host"),
        ActRefusal::UnknownCantHost => tr!("classroom.refused.unknown_cant_host"),
        ActRefusal::Problem(problem) => problem_text(problem),
        ActRefusal::TooFast { seconds } => count!("classroom.refused.too_fast", *seconds),
        ActRefusal::Unavailable => tr!("classroom.refused.unavailable"),
    }
}

/// What was done, where the page doesn't show it anyway. A ban that can't be undone has shut out strangers
/// too.
pub(super) fn done(act: &Act, name: &str, has_undo: bool) -> Option<String> {
    Some(match act {
        Act::Say { .. } | Act::RaiseHand | Act::LowerHand | Act::Bans | Act::End => return None,
        Act::Announce { text: Some(_) } => tr!("classroom.done.announced"),
        Act::Announce { text: None } => tr!("classroom.done.taken_down"),
        Act::SetPermission { to: Standing::Host, .. } => tr!("classroom.done.host", name = name),
        Act::SetPermission { to: Standing::Guest, .. } => tr!("classroom.done.guest", name = name),
        Act::Restrict { whom, what, on } => restricted(*whom, *what, *on, name),
        Act::Rename { to, .. } => tr!("classroom.done.renamed", name = name, new = to),
        Act::LowerHands { whom: Whom::One(_) } => tr!("classroom.done.hand", name = name),
        Act::LowerHands { whom: Whom::Everybody } => tr!("classroom.done.hands"),
        Act::Remove { .. } => tr!("classroom.done.removed", name = name),
        Act::Ban { .. } if has_undo => tr!("classroom.done.banned", name = name),
        Act::Ban { .. } => tr!("classroom.done.banned_and_shut", name = name),
        Act::LiftBan { .. } if name.is_empty() => tr!("classroom.done.lifted_one"),
        Act::LiftBan { .. } => tr!("classroom.done.lifted", name = name),
        Act::LockRoom { on: true } => tr!("classroom.done.room_locked"),
        Act::LockRoom { on: false } => tr!("classroom.done.room_unlocked"),
        Act::LetNewcomersWait { on: true } => tr!("classroom.done.wait"),
        Act::LetNewcomersWait { on: false } => tr!("classroom.done.wait_not"),
        Act::Admit { yes: true, .. } => tr!("classroom.done.admitted", name = name),
        Act::Admit { yes: false, .. } => tr!("classroom.done.turned_away", name = name),
    })
}

/// What was taken from Guests, or given back. Only these two can be.
fn restricted(whom: Whom, what: Capability, on: bool, name: &str) -> String {
    let chat = what == Capability::Chat;
    match (whom, chat, on) {
        (Whom::Everybody, true, true) => tr!("classroom.done.chat_locked"),
        (Whom::Everybody, true, false) => tr!("classroom.done.chat_unlocked"),
        (Whom::Everybody, false, true) => tr!("classroom.done.hands_locked"),
        (Whom::Everybody, false, false) => tr!("classroom.done.hands_unlocked"),
        (Whom::One(_), true, true) => tr!("classroom.done.chat_locked_for", name = name),
        (Whom::One(_), true, false) => tr!("classroom.done.chat_unlocked_for", name = name),
        (Whom::One(_), false, true) => tr!("classroom.done.hands_locked_for", name = name),
        (Whom::One(_), false, false) => tr!("classroom.done.hands_unlocked_for", name = name),
    }
}

/// Says what others made of whoever looks at the page.
pub(super) fn tell_of_change(toaster: Toaster, before: Option<&You>, now: Option<&You>) {
    let (Some(before), Some(now)) = (before, now) else { return };
    if before.person.id != now.person.id {
        return;
    }
    if before.person.standing != now.person.standing {
        let text = match now.person.standing {
            Standing::Host => tr!("classroom.you.host"),
            Standing::Guest => tr!("classroom.you.guest"),
        };
        return toaster.show(text, None);
    }
    let texts = [
        (Capability::Chat, "classroom.you.chat_locked", "classroom.you.chat_unlocked"),
        (Capability::RaiseHand, "classroom.you.hands_locked", "classroom.you.hands_unlocked"),
    ];
    for (what, locked, unlocked) in texts {
        match (before.may.has(what), now.may.has(what)) {
            (true, false) => toaster.show(tr!(locked), None),
            (false, true) => toaster.show(tr!(unlocked), None),
            _ => {}
        }
    }
    if before.person.nickname != now.person.nickname {
        toaster.show(tr!("classroom.you.renamed", name = now.person.nickname), None);
    }
}

#[cfg(test)]
mod tests {
    use domain::classroom::ParticipantId;

    use super::*;

    #[test]
    fn of_a_ban_that_renewed_the_shared_link_that_is_said() {
        let ban = Act::Ban { who: ParticipantId(1) };
        assert!(done(&ban, "Kim", true).is_some());
        assert_ne!(done(&ban, "Kim", true), done(&ban, "Kim", false));
    }
}
