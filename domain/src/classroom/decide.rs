//! What an act of a participant comes to.
//!
//! Whether they may do it at all is [`Act::needs`]'s to say; here is what depends on whom it is about.
//! What is so already is done without a change.

use super::{
    Act, ActRefusal, Announcement, AnnouncementText, BanId, Capabilities, Capability, Change,
    ChatText, Ending, Identity, Line, Meeting, NewcomerId, Office, Participant, ParticipantId,
    Presence, SentMark, Standing, Whom,
};
use crate::{Nickname, Timestamp};

/// What an act comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// How the meeting changes.
    pub changes: Vec<Change>,
    /// What is to be done beyond the meeting.
    pub errand: Option<Errand>,
    /// What would undo it.
    pub undo: Option<Act>,
}

/// What a meeting can't do by itself, with links, entries and bans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Somebody's connections and entries to the room end; they may come back by the door.
    Remove(ParticipantId),
    /// So do they, for good.
    Ban(ParticipantId),
    /// A ban is lifted.
    LiftBan(BanId),
    /// Whoever asked is told who is banned.
    Bans,
    /// A newcomer is let in.
    Admit(NewcomerId),
    /// A newcomer is turned away.
    TurnAway(NewcomerId),
}

type Decided = Result<Decision, ActRefusal>;

impl Decision {
    fn change(change: Change) -> Self {
        Self { changes: vec![change], ..Self::default() }
    }

    fn errand(errand: Errand) -> Self {
        Self { errand: Some(errand), ..Self::default() }
    }

    fn undone_by(self, act: Act) -> Self {
        Self { undo: Some(act), ..self }
    }

    /// Something is set, unless it is so already.
    fn set<T: PartialEq>(now: &T, then: &T, change: Change, back: Act) -> Self {
        if now == then { Self::default() } else { Self::change(change).undone_by(back) }
    }
}

/// Somebody who does something.
#[derive(Clone, Copy)]
struct Doer<'a> {
    id: ParticipantId,
    participant: &'a Participant,
    now: Timestamp,
}

impl Meeting {
    /// What it comes to that a participant does something; the meeting is yet to [apply](Self::apply)
    /// the changes.
    pub fn decide(&self, who: ParticipantId, act: &Act, now: Timestamp) -> Decided {
        let participant = self.inside_as(who).ok_or(ActRefusal::NotIn)?;
        act.permitted(participant.standing().into(), self.denied_to(participant))?;
        let doer = Doer { id: who, participant, now };
        match act {
            Act::Say { text, sent } => self.say(doer, text, sent),
            Act::RaiseHand => Ok(raise_hand(doer)),
            Act::LowerHand => Ok(lower(participant, who)),
            Act::Announce { text } => self.announce(doer, text.as_deref()),
            Act::SetPermission { who, to } => self.set_permission(doer, *who, *to),
            Act::Restrict { whom, what, on } => self.restrict(*whom, *what, *on),
            Act::Rename { who, to } => self.rename(*who, to),
            Act::LowerHands { whom } => self.lower_hands(*whom),
            Act::Remove { who } => self.remove(doer, *who),
            Act::Ban { who } => self.ban(doer, *who),
            Act::LiftBan { ban } => Ok(Decision::errand(Errand::LiftBan(*ban))),
            Act::Bans => Ok(Decision::errand(Errand::Bans)),
            Act::LockRoom { on } => {
                let back = Act::LockRoom { on: !on };
                Ok(Decision::set(&self.locked(), on, Change::Locked(*on), back))
            }
            Act::LetNewcomersWait { on } => {
                let back = Act::LetNewcomersWait { on: !on };
                let now = self.settings().newcomers_wait;
                Ok(Decision::set(&now, on, Change::NewcomersWait(*on), back))
            }
            Act::Admit { who, yes } => self.admit(*who, *yes),
            Act::End => {
                let changes = self.end(Ending::ByHost, now);
                Ok(Decision { changes, ..Decision::default() })
            }
        }
    }

    /// A participant who is in, while the meeting goes on.
    fn inside_as(&self, who: ParticipantId) -> Option<&Participant> {
        let there = self.participant(who).filter(|it| it.is_inside());
        there.filter(|_| self.ended().is_none())
    }

    /// Whom an act is about: somebody who is in.
    fn target(&self, who: ParticipantId) -> Result<&Participant, ActRefusal> {
        self.inside_as(who).ok_or(ActRefusal::Gone)
    }

    fn say(&self, doer: Doer<'_>, text: &str, sent: &SentMark) -> Decided {
        // Sent again, since the answer was lost: it has been said.
        if self.lines().iter().any(|it| it.by == doer.id && it.sent == *sent) {
            return Ok(Decision::default());
        }
        let text = ChatText::parse(text).map_err(ActRefusal::Problem)?;
        Ok(Decision::change(Change::Said(Line {
            number: self.last_line().saturating_add(1),
            at: doer.now,
            by: doer.id,
            nickname: doer.participant.nickname().clone(),
            text,
            sent: sent.clone(),
        })))
    }

    fn announce(&self, doer: Doer<'_>, text: Option<&str>) -> Decided {
        let text = text.map(AnnouncementText::parse).transpose().map_err(ActRefusal::Problem)?;
        let text: Option<String> = text.map(Into::into);
        let before = self.announcement().map(|it| it.text.clone());
        let by = doer.participant.nickname().to_string();
        let announcement = text.clone().map(|text| Announcement { text, by, at: doer.now });
        let back = Act::Announce { text: before.clone() };
        Ok(Decision::set(&before, &text, Change::Announced(announcement), back))
    }

    fn set_permission(&self, doer: Doer<'_>, who: ParticipantId, to: Standing) -> Decided {
        let target = self.target(who)?;
        let before = target.standing();
        if before == to {
            return Ok(Decision::default());
        }
        match target.profile.office {
            Office::Owner => return Err(ActRefusal::Protected),
            Office::Admin if who != doer.id => return Err(ActRefusal::Protected),
            Office::Admin | Office::None => {}
        }
        if matches!(target.who, Identity::Guest(_)) && to == Standing::Host {
            return Err(ActRefusal::UnknownCantHost);
        }
        let granted = (target.profile.admitted != to).then_some(to);
        let decision = Decision::change(Change::Granted(who, granted));
        if who != doer.id {
            return Ok(decision.undone_by(Act::SetPermission { who, to: before }));
        }
        // Whoever gives up being Host can't take it back, and leaves the room to another.
        if self.has_other_host(who) { Ok(decision) } else { Err(ActRefusal::LastHost) }
    }

    /// Whether a Host but for that one is connected.
    fn has_other_host(&self, who: ParticipantId) -> bool {
        self.participants().any(|(id, it)| {
            id != who && it.presence == Presence::In && it.standing() == Standing::Host
        })
    }

    fn restrict(&self, whom: Whom, what: Capability, on: bool) -> Decided {
        if !Capabilities::GUEST.has(what) {
            return Err(ActRefusal::NotAllowed);
        }
        let now = match whom {
            Whom::One(who) => self.target(who)?.denied,
            Whom::Everybody => self.denied(),
        };
        let one = Capabilities::NONE.with(what);
        let then = if on { now.plus(one) } else { now.less(one) };
        let change = match whom {
            Whom::One(who) => Change::DeniedTo(who, then),
            Whom::Everybody => Change::Denied(then),
        };
        Ok(Decision::set(&now, &then, change, Act::Restrict { whom, what, on: !on }))
    }

    fn rename(&self, who: ParticipantId, to: &str) -> Decided {
        let target = self.target(who)?;
        let to = Nickname::parse(to).map_err(ActRefusal::Problem)?;
        let back = Act::Rename { who, to: target.nickname().to_string() };
        let given = Some(&to).filter(|it| **it != target.profile.nickname).cloned();
        Ok(Decision::set(target.nickname(), &to, Change::Renamed(who, given), back))
    }

    fn lower_hands(&self, whom: Whom) -> Decided {
        if let Whom::One(who) = whom {
            return Ok(lower(self.target(who)?, who));
        }
        let guests = self.participants().filter(|(_, it)| it.standing() == Standing::Guest);
        let changes = guests.flat_map(|(id, it)| lower(it, id).changes).collect();
        Ok(Decision { changes, ..Decision::default() })
    }

    fn remove(&self, doer: Doer<'_>, who: ParticipantId) -> Decided {
        unprotected(doer, who, self.target(who)?)?;
        let changes = vec![Change::Went(who, doer.now)];
        Ok(Decision { changes, errand: Some(Errand::Remove(who)), undo: None })
    }

    /// Bans also somebody who has gone: a Host needn't wait for them to come back.
    fn ban(&self, doer: Doer<'_>, who: ParticipantId) -> Decided {
        let target = self.participant(who).ok_or(ActRefusal::Gone)?;
        unprotected(doer, who, target)?;
        let went = target.is_inside().then_some(Change::Went(who, doer.now));
        let changes = went.into_iter().collect();
        Ok(Decision { changes, errand: Some(Errand::Ban(who)), undo: None })
    }

    fn admit(&self, who: NewcomerId, yes: bool) -> Decided {
        if !self.newcomers().contains_key(&who) {
            return Err(ActRefusal::Gone);
        }
        let errand = if yes { Errand::Admit(who) } else { Errand::TurnAway(who) };
        let changes = vec![Change::NewcomerGone(who)];
        Ok(Decision { changes, errand: Some(errand), undo: None })
    }
}

fn raise_hand(doer: Doer<'_>) -> Decision {
    match doer.participant.hand {
        Some(_) => Decision::default(),
        None => Decision::change(Change::Hand(doer.id, Some(doer.now))).undone_by(Act::LowerHand),
    }
}

fn lower(participant: &Participant, id: ParticipantId) -> Decision {
    match participant.hand {
        Some(_) => Decision::change(Change::Hand(id, None)),
        None => Decision::default(),
    }
}

/// Nobody puts out the owner, an Admin, or themselves.
fn unprotected(doer: Doer<'_>, who: ParticipantId, target: &Participant) -> Result<(), ActRefusal> {
    if who == doer.id || target.profile.office != Office::None {
        return Err(ActRefusal::Protected);
    }
    Ok(())
}
