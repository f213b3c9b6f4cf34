//! What the audit log keeps of a meeting: that it began and ended, what Hosts did that lasts, and what
//! people tried that is not theirs to do. Hands, chat, comings and goings aren't audited, and bans are noted
//! where they are made.

use std::sync::Arc;

use domain::{
    Nickname, RoomId, Timestamp, UserId,
    classroom::{Act, Decision, Ending, Meeting, MeetingNumber, ParticipantId, Whom},
};
use serde_json::{Value, json};

use crate::{
    accounts::Context,
    audit::{Action, Author, Noted, Subject},
};

/// Where participants are refused something: the route of their page, as the console's refusals name theirs.
const CLASSROOM: &str = "/classroom/{room}";

/// Who does something in a meeting, as the log names them.
#[derive(Clone, Debug)]
pub struct Doer {
    /// Their User ID; none of somebody whom Rollcall doesn't know.
    pub user: Option<UserId>,
    /// Where their connection comes from.
    pub context: Arc<Context>,
}

/// Something to be noted of a meeting.
#[derive(Clone, Debug)]
pub struct Note {
    at: Timestamp,
    /// Nobody where it happened by itself.
    doer: Option<Doer>,
    action: Action,
    /// The user whom it was done to.
    user: Option<UserId>,
    detail: Value,
}

/// What a note says of an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark<'a> {
    /// That user observes from then on.
    Begins(&'a UserId),
    /// They don't any more.
    Ends(&'a UserId),
}

/// What the log keeps of an observation that is over.
pub(super) fn observed(
    since: Timestamp,
    until: Timestamp,
    meeting: Option<MeetingNumber>,
) -> Value {
    in_meeting(json!({ "seconds": (until.micros() - since.micros()) / 1_000_000 }), meeting)
}

/// The same with how many were left out before it, if any were.
fn with_left_out(mut detail: Value, left_out: u32) -> Value {
    if left_out > 0 {
        detail["left_out"] = left_out.into();
    }
    detail
}

/// The same with the meeting that goes on, if one does.
fn in_meeting(mut detail: Value, meeting: Option<MeetingNumber>) -> Value {
    if let Some(meeting) = meeting {
        detail["meeting"] = meeting.0.into();
    }
    detail
}

/// To whom an act is done, as the log keeps it.
#[derive(Debug, Default)]
struct Target {
    user: Option<UserId>,
    /// The name of whoever is no user.
    guest: Option<String>,
}

impl Note {
    /// The meeting began when that one came.
    #[must_use]
    pub fn began(doer: Doer, at: Timestamp) -> Self {
        let (action, detail) = (Action::MeetingBegin, json!({}));
        Self { at, doer: Some(doer), action, user: None, detail }
    }

    /// The meeting ended, by that one or by itself.
    #[must_use]
    pub fn ended(doer: Option<Doer>, ending: Ending, at: Timestamp) -> Self {
        let detail = json!({ "ending": ending });
        Self { at, doer, action: Action::MeetingEnd, user: None, detail }
    }

    /// Somebody began to observe the room unseen, and that meeting if one goes on.
    #[must_use]
    pub fn observing(doer: Doer, at: Timestamp, meeting: Option<MeetingNumber>) -> Self {
        let (action, detail) = (Action::ObserveBegin, in_meeting(json!({}), meeting));
        Self { at, doer: Some(doer), action, user: None, detail }
    }

    /// They did so since then, and that meeting if one went on.
    #[must_use]
    pub fn observed(
        doer: Doer,
        since: Timestamp,
        at: Timestamp,
        meeting: Option<MeetingNumber>,
    ) -> Self {
        let detail = observed(since, at, meeting);
        Self { at, doer: Some(doer), action: Action::ObserveEnd, user: None, detail }
    }

    /// Somebody who observes wanted to do that and may not; so many such attempts before it were left out.
    #[must_use]
    pub fn observer_refused(doer: Doer, act: &str, left_out: u32, at: Timestamp) -> Self {
        let detail = with_left_out(json!({ "act": act }), left_out);
        Self { at, doer: Some(doer), action: Action::ObserveRefused, user: None, detail }
    }

    /// Somebody who takes part, under that name if Rollcall doesn't know them, wanted to do that and may not;
    /// so many such attempts before it were left out.
    #[must_use]
    pub fn refused(
        (doer, guest): (Doer, Option<&Nickname>),
        act: &str,
        left_out: u32,
        at: Timestamp,
    ) -> Self {
        let mut detail = with_left_out(json!({ "path": CLASSROOM, "act": act }), left_out);
        if let Some(guest) = guest {
            detail["guest"] = json!(guest);
        }
        Self { at, doer: Some(doer), action: Action::Refused, user: None, detail }
    }

    /// What it says of an observation.
    pub(super) fn mark(&self) -> Option<Mark<'_>> {
        let user = self.doer.as_ref()?.user.as_ref()?;
        match self.action {
            Action::ObserveBegin => Some(Mark::Begins(user)),
            Action::ObserveEnd => Some(Mark::Ends(user)),
            _ => None,
        }
    }

    /// When it was.
    pub(super) const fn at(&self) -> Timestamp {
        self.at
    }

    /// What is noted of an act in a meeting, which is as it was before that, and of what was decided;
    /// nothing of an act that isn't audited, or changes nothing.
    #[must_use]
    pub fn of(
        doer: &Doer,
        meeting: &Meeting,
        act: &Act,
        decision: &Decision,
        at: Timestamp,
    ) -> Option<Self> {
        if decision.changes.is_empty() && decision.errand.is_none() {
            return None;
        }
        let (action, target, mut detail) = described(meeting, act)?;
        if let Some(guest) = target.guest {
            detail["guest"] = guest.into();
        }
        Some(Self { at, doer: Some(doer.clone()), action, user: target.user, detail })
    }

    /// The row of the log that this becomes.
    pub(super) fn noted<'a>(&'a self, room: &'a RoomId) -> Noted<'a> {
        let doer = self.doer.as_ref();
        Noted {
            at: self.at,
            author: Author {
                actor: doer.and_then(|it| it.user.as_ref()),
                context: doer.map(|it| &*it.context),
            },
            action: self.action,
            subject: Subject::about(self.user.as_ref(), Some(room)),
            detail: self.detail.clone(),
        }
    }
}

fn described(meeting: &Meeting, act: &Act) -> Option<(Action, Target, Value)> {
    let nobody = Target::default;
    Some(match act {
        Act::Announce { text } => {
            let before = meeting.announcement().map(|it| &it.text);
            (Action::MeetingAnnounce, nobody(), json!({ "before": before, "after": text }))
        }
        Act::SetPermission { who, to } => {
            let before = meeting.participant(*who)?.standing();
            let detail = json!({ "before": before, "after": to });
            (Action::MeetingPermission, target(meeting, *who)?, detail)
        }
        Act::Restrict { whom, what, on } => {
            let target = match whom {
                Whom::One(who) => target(meeting, *who)?,
                Whom::Everybody => nobody(),
            };
            (Action::MeetingRestrict, target, json!({ "what": what, "locked": on }))
        }
        Act::Rename { who, to } => {
            let before = meeting.participant(*who)?.nickname().as_str();
            // As it was read, not as it was typed.
            let after = Nickname::parse(to).ok()?;
            let detail = json!({ "before": before, "after": after });
            (Action::MeetingRename, target(meeting, *who)?, detail)
        }
        Act::LockRoom { on } => (Action::MeetingLock, nobody(), json!({ "locked": on })),
        Act::Remove { who } => (Action::MeetingRemove, target(meeting, *who)?, json!({})),
        Act::Admit { who, yes } => {
            let guest = Some(meeting.newcomers().get(who)?.nickname.clone());
            let target = Target { user: None, guest };
            (Action::MeetingAdmit, target, json!({ "admitted": yes }))
        }
        Act::End => (Action::MeetingEnd, nobody(), json!({ "ending": Ending::ByHost })),
        Act::Say { .. }
        | Act::RaiseHand
        | Act::LowerHand
        | Act::LowerHands { .. }
        | Act::Ban { .. }
        | Act::LiftBan { .. }
        | Act::Bans
        | Act::LetNewcomersWait { .. } => return None,
    })
}

fn target(meeting: &Meeting, who: ParticipantId) -> Option<Target> {
    let participant = meeting.participant(who)?;
    let user = participant.who.user_id().cloned();
    let guest = user.is_none().then(|| participant.nickname().to_string());
    Some(Target { user, guest })
}
