//! What people in a room say, and what that comes to.

use std::sync::Arc;

use domain::{
    EntryPermission, Nickname, Timestamp,
    classroom::{
        Act, ActRefusal, BanId, Capabilities, ClientMessage, Closing, Decision, Errand, Identity,
        NewcomerId, ParticipantId, ServerMessage,
    },
};

use super::{Room, Socket, SocketId, sockets::Role};
use crate::{
    accounts::Context,
    allowance::Rate,
    classroom::note::{Doer, Note},
};

/// Lines of chat from one person: so many at once, then one a second.
const LINES: Rate = Rate { burst: 8, micros_per_token: 1_000_000 };
/// The same of raised and lowered hands.
const HANDS: Rate = Rate { burst: 6, micros_per_token: 1_000_000 };

/// Something to be done beyond the meeting, with entries, links and bans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Somebody's entries to the room end.
    Remove(Identity),
    /// So do they, for good. Whoever is in by the shared link goes on by the one that takes its place.
    Ban {
        /// Who.
        who: Identity,
        /// The name they have.
        nickname: Nickname,
        /// All others who are in and whom Rollcall doesn't know, by what tells them apart.
        seated: Vec<String>,
    },
    /// A ban is lifted.
    LiftBan(BanId),
    /// Whoever asked is told who is banned.
    Bans,
    /// Somebody who waits for a Host is let in.
    Admit(Identity),
    /// Their entries end.
    TurnAway(Identity),
    /// Newcomers wait for a Host, or don't any more.
    NewcomersWait(bool),
}

/// An order, and who gave it.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// What is to be done.
    pub order: Order,
    /// By which socket it was ordered.
    pub socket: SocketId,
    /// The number of the act.
    pub act: u32,
    /// Who did.
    pub doer: Doer,
    /// What the log is to say once it is carried out.
    pub note: Option<Note>,
}

/// Somebody who is in, or observes, wanted to do what nobody who entered as they did may.
#[derive(Debug)]
pub struct Attempt {
    /// Who.
    pub who: Identity,
    /// Their name, if Rollcall doesn't know them.
    pub guest: Option<Nickname>,
    /// Who, as the log names them.
    pub doer: Doer,
    /// What.
    pub act: &'static str,
    /// When.
    pub at: Timestamp,
}

impl Room {
    /// Somebody says something.
    pub fn hear(&mut self, id: SocketId, message: ClientMessage, now: Timestamp) {
        let (entered, denied) = match self.role(id) {
            // Participants are judged by the meeting.
            Role::In(who) => {
                self.hear_participant(id, who, message, now);
                return;
            }
            Role::Observing(_) => (Some(EntryPermission::Monitoring), Capabilities::NONE),
            Role::New | Role::Waiting(..) => (None, Capabilities::NONE),
            Role::Out => return,
        };
        if let Err(why) = message.permitted(entered, denied) {
            if let (Some(_), ClientMessage::Act { act, .. }) = (entered, &message) {
                self.note_observers_attempt(id, act, now);
            }
            self.refuse(id, &message, why);
            return;
        }
        self.hear_of_oneself(id, message, now);
    }

    fn hear_participant(
        &mut self,
        id: SocketId,
        who: ParticipantId,
        message: ClientMessage,
        now: Timestamp,
    ) {
        match message {
            ClientMessage::Act { id: number, act } => {
                if let Err(why) = self.act(id, who, number, &act, now) {
                    if why == ActRefusal::NotAllowed {
                        let attempt = self.attempt(id, &act, now);
                        self.attempts.extend(attempt);
                    }
                    self.answer(id, ServerMessage::Refused { id: number, why });
                }
            }
            other => self.hear_of_oneself(id, other, now),
        }
    }

    /// What tells nobody else anything.
    fn hear_of_oneself(&mut self, id: SocketId, message: ClientMessage, now: Timestamp) {
        match message {
            ClientMessage::Leave => self.put_out(id, Closing::Left, now),
            ClientMessage::Hello(_) => self.put_out(id, Closing::Unreadable, now),
            ClientMessage::Look(look) => self.look(id, look),
            ClientMessage::Earlier { before } => self.earlier(id, before),
            ClientMessage::Act { .. } => {}
        }
    }

    fn act(
        &mut self,
        id: SocketId,
        who: ParticipantId,
        number: u32,
        act: &Act,
        now: Timestamp,
    ) -> Result<(), ActRefusal> {
        let decision = self.working.decide(who, act, now)?;
        self.pace(who, act, now)?;
        let doer = self.doer(id);
        let note = Note::of(&doer, &self.working, act, &decision, now);
        let Decision { changes, errand, undo } = decision;
        let order = match (errand, act) {
            (Some(errand), _) => self.order(errand),
            // It belongs to the room, which the store tells of.
            (None, Act::LetNewcomersWait { on }) if !changes.is_empty() => {
                Some(Order::NewcomersWait(*on))
            }
            _ => None,
        };
        // Where these are carried out, the store says so; where they can't be, nothing has changed.
        if !matches!(order, Some(Order::NewcomersWait(_) | Order::Admit(_))) {
            for change in &changes {
                self.change(change);
            }
        }
        if let Some(order) = order {
            self.orders.push(Ordered { order, socket: id, act: number, doer, note });
        } else {
            self.turn.notes.extend(note);
            self.turn.answer(id, ServerMessage::Done { id: number, undo });
        }
        Ok(())
    }

    /// What is to be done beyond the meeting; whoever is put out is from this moment.
    fn order(&mut self, errand: Errand) -> Option<Order> {
        match errand {
            Errand::Remove(who) => {
                let target = self.working.participant(who)?.who.clone();
                self.see_off(|it| it == Role::In(who), Closing::Removed);
                Some(Order::Remove(target))
            }
            Errand::Ban(who) => {
                let target = self.working.participant(who)?;
                let (identity, nickname) = (target.who.clone(), target.nickname().clone());
                self.see_off(|it| it == Role::In(who), Closing::Banned);
                // Also whoever dropped out, for as long as their seat is kept.
                let seated = self.working.participants().filter(|(_, it)| it.is_inside());
                let seated = seated.filter_map(|(_, it)| match &it.who {
                    Identity::Guest(guest) if it.who != identity => Some(guest.clone()),
                    Identity::Guest(_) | Identity::User(_) => None,
                });
                let seated = seated.collect();
                Some(Order::Ban { who: identity, nickname, seated })
            }
            Errand::LiftBan(ban) => Some(Order::LiftBan(ban)),
            Errand::Bans => Some(Order::Bans),
            Errand::Admit(newcomer) => self.who_waits(newcomer).map(Order::Admit),
            Errand::TurnAway(newcomer) => {
                let who = self.who_waits(newcomer)?;
                self.see_off(|it| it.newcomer() == Some(newcomer), Closing::TurnedAway);
                Some(Order::TurnAway(who))
            }
        }
    }

    /// Somebody is out: nothing they say counts any more, and they are told at once. Should it not be kept,
    /// they may come back; that is better than that they stay for as long as it takes to be kept.
    fn see_off(&mut self, which: impl Fn(Role) -> bool, closing: Closing) {
        for id in self.sockets.ids(|it| which(it.role)) {
            self.set_role(id, Role::Out);
            if let Some(socket) = self.sockets.get(id) {
                socket.close(closing);
            }
            self.turn.close(id, closing);
        }
    }

    fn who_waits(&self, newcomer: NewcomerId) -> Option<Identity> {
        let waits = |it: &Socket| it.role.newcomer() == Some(newcomer);
        let socket = self.sockets.iter().find(|(_, it)| waits(it))?.1;
        Some(socket.known.as_ref()?.who.clone())
    }

    /// Nobody floods the others with what they write or with their hand.
    fn pace(&mut self, who: ParticipantId, act: &Act, now: Timestamp) -> Result<(), ActRefusal> {
        let (rate, kind) = match act {
            Act::Say { .. } => (LINES, 0),
            Act::RaiseHand | Act::LowerHand => (HANDS, 1),
            _ => return Ok(()),
        };
        let full = crate::allowance::Allowance::full(now);
        let allowance = self.paces.entry((who, kind)).or_insert(full);
        allowance.take(rate, now).map_err(|seconds| ActRefusal::TooFast { seconds })
    }

    /// What somebody wanted to do and may not.
    pub(super) fn attempt(&self, id: SocketId, act: &Act, at: Timestamp) -> Option<Attempt> {
        let entry = self.sockets.get(id)?.known.as_ref()?;
        let guest = entry.who.user_id().is_none().then(|| entry.nickname.clone());
        Some(Attempt { who: entry.who.clone(), guest, doer: self.doer(id), act: act.name(), at })
    }

    /// What participants wanted to do and may not. Whoever takes it decides what the log is to say of it.
    pub fn take_attempts(&mut self) -> Vec<Attempt> {
        std::mem::take(&mut self.attempts)
    }

    /// Has the log say that, with what was decided.
    pub fn note(&mut self, note: Note) {
        self.turn.notes.push(note);
    }

    /// What is to be done beyond the meeting; whoever takes it does it, and says what came of it.
    pub fn take_orders(&mut self) -> Vec<Ordered> {
        std::mem::take(&mut self.orders)
    }

    /// Tells somebody something, if they are still there.
    pub fn answer(&self, id: SocketId, message: ServerMessage) {
        if let Some(socket) = self.sockets.get(id) {
            socket.say(&message);
        }
    }

    /// An order is carried out: who gave it is told once it is known what becomes of everything before it.
    pub fn carried_out(&mut self, ordered: &Ordered, undo: Option<Act>) {
        self.turn.answer_anyway(ordered.socket, ServerMessage::Done { id: ordered.act, undo });
    }

    fn refuse(&self, id: SocketId, message: &ClientMessage, why: ActRefusal) {
        if let ClientMessage::Act { id: number, .. } = message {
            self.answer(id, ServerMessage::Refused { id: *number, why });
        }
    }

    /// Who speaks by a socket, as the log names them.
    pub(super) fn doer(&self, id: SocketId) -> Doer {
        let socket = self.sockets.get(id);
        let known = socket.and_then(|it| it.known.as_ref());
        Doer {
            user: known.and_then(|it| it.who.user_id().cloned()),
            context: socket.map_or_else(nowhere, |it| Arc::clone(&it.context)),
        }
    }
}

fn nowhere() -> Arc<Context> {
    let nothing = String::new;
    Arc::new(Context { request_id: nothing(), address: nothing(), browser: nothing() })
}
