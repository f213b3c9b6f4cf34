//! Those who observe a room: on record from the moment on they do, and nowhere else.
//!
//! What is noted of them goes its own way to the store, beside what the meeting decides and tells: no act
//! of anybody in the room waits for it, and nothing is counted with it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    classroom::{Act, Audience, Closing, Identity, Meeting, MeetingNumber, SEAT_SECONDS},
};

use super::{
    Attempt, PER_PERSON, Room, SocketId,
    sockets::{Role, Socket},
};
use crate::classroom::note::{Doer, Mark, Note};

/// Who observes, and what is yet to be noted of them.
#[derive(Debug, Default)]
pub(super) struct Gallery {
    observers: BTreeMap<Identity, Observation>,
    asides: Asides,
    /// What could not be noted, and is to be once some time has passed.
    late: Vec<Note>,
}

/// Somebody observes.
#[derive(Debug)]
struct Observation {
    doer: Doer,
    since: Timestamp,
    /// When they were gone, and what is noted of that unless they are back in time.
    over: Option<(Timestamp, Note)>,
}

/// What is to be noted beside the meeting.
#[derive(Debug, Default)]
pub struct Asides {
    /// What the log is to say.
    pub notes: Vec<Note>,
    /// What observers wanted to do and may not.
    pub attempts: Vec<Attempt>,
    /// Whoever is shown the room once it is noted that they observe it.
    admit: BTreeSet<SocketId>,
}

impl Asides {
    fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.attempts.is_empty() && self.admit.is_empty()
    }
}

impl Gallery {
    /// Whether nobody observes, and nothing is left to note.
    pub(super) fn is_empty(&self) -> bool {
        self.observers.is_empty() && self.asides.is_empty() && self.late.is_empty()
    }
}

impl Room {
    pub(super) fn let_observe(&mut self, id: SocketId, audience: Audience, now: Timestamp) {
        let Some(who) = self.who(id) else { return };
        let role = self.role(id);
        if role != Role::Observing(audience) {
            let new = !matches!(role, Role::Observing(_));
            if new && self.observing_as(&who).len() >= PER_PERSON {
                self.put_out(id, Closing::TooMany, now);
                return;
            }
            self.leave_role(id, now);
            self.set_role(id, Role::Observing(audience));
            self.note_observer(id, who, now);
        }
        self.gallery.asides.admit.insert(id);
    }

    /// Somebody observes from now on. Whoever is back within a minute was never gone.
    fn note_observer(&mut self, id: SocketId, who: Identity, now: Timestamp) {
        if let Some(it) = self.gallery.observers.get_mut(&who) {
            it.over = None;
            return;
        }
        let (doer, meeting) = (self.doer(id), self.observed_meeting());
        self.gallery.asides.notes.push(Note::observing(doer.clone(), now, meeting));
        self.gallery.observers.insert(who, Observation { doer, since: now, over: None });
    }

    /// Somebody observes by one socket fewer; by the last, it is over unless they are back within a minute.
    pub(super) fn note_observed(&mut self, id: SocketId, now: Timestamp) {
        let Some(who) = self.who(id) else { return };
        if !self.observing_as(&who).is_empty() {
            return;
        }
        let meeting = self.observed_meeting();
        if let Some(it) = self.gallery.observers.get_mut(&who) {
            it.over = Some((now, Note::observed(it.doer.clone(), it.since, now, meeting)));
        }
    }

    /// An observer wanted to do something, which is on record.
    pub(super) fn note_observers_attempt(&mut self, id: SocketId, act: &Act, now: Timestamp) {
        let attempt = self.attempt(id, act, now);
        self.gallery.asides.attempts.extend(attempt);
    }

    /// All observations are over: the meeting has ended, or the server stops.
    pub fn end_observations(&mut self, now: Timestamp) {
        let meeting = self.observed_meeting();
        for it in std::mem::take(&mut self.gallery.observers).into_values() {
            let over = it.over.map(|it| it.1);
            let note = over.unwrap_or_else(|| Note::observed(it.doer, it.since, now, meeting));
            self.gallery.asides.notes.push(note);
        }
    }

    /// Whoever was gone for a minute doesn't observe any more; what could not be noted is tried again.
    pub(super) fn pass_gallery(&mut self, now: Timestamp) {
        let gallery = &mut self.gallery;
        gallery.asides.notes.append(&mut gallery.late);
        let back_until = now.plus_seconds(-SEAT_SECONDS);
        let over = |it: &Observation| it.over.as_ref().is_some_and(|it| it.0 <= back_until);
        let ended = gallery.observers.extract_if(.., |_, it| over(it));
        gallery.asides.notes.extend(ended.filter_map(|(_, it)| Some(it.over?.1)));
    }

    /// What is to be noted now beside the meeting.
    pub fn take_asides(&mut self) -> Option<Asides> {
        let asides = std::mem::take(&mut self.gallery.asides);
        (!asides.is_empty()).then_some(asides)
    }

    /// It is noted: whoever it is on record of that they observe is shown the room.
    pub fn show(&mut self, asides: &Asides, now: Timestamp) {
        for id in &asides.admit {
            if let Role::Observing(audience) = self.role(*id) {
                // Of what they were told before the meeting began nothing need be left.
                if let Some(socket) = self.sockets.get_mut(*id) {
                    socket.resume = None;
                }
                self.greet_as(*id, (audience, None), now);
            }
        }
    }

    /// It could not be noted. Nobody observes who isn't on record; whoever wants to comes back.
    pub fn shut_gallery(&mut self, asides: Asides, now: Timestamp) {
        for id in self.sockets.ids(|it| matches!(it.role, Role::Observing(_))) {
            self.put_out(id, Closing::Restarting, now);
        }
        for note in asides.notes {
            match note.mark() {
                Some(Mark::Begins(user)) => {
                    self.gallery.observers.remove(&Identity::User(user.clone()));
                }
                Some(Mark::Ends(_)) => self.gallery.late.push(note),
                None => {}
            }
        }
    }

    /// A room that observers alone keep live is as one that went live just now, as it would be without
    /// them: whatever was counted or told in it, no one else has heard. Answers whether it was another.
    pub fn forget_unless_seen(&mut self) -> bool {
        let unseen = self.working.began().is_none()
            && self.turn.is_empty()
            && self.orders.is_empty()
            && !self.gallery.is_empty()
            && self.sockets.iter().all(|(_, it)| matches!(it.role, Role::Observing(_)));
        let untold = self.hosts.is_untold() && self.guests.is_untold();
        let (number, settings) = (self.working.number(), self.working.settings().clone());
        if !unseen || (untold && self.working == Meeting::new(number, 1, settings.clone())) {
            return false;
        }
        self.begin_anew(number, settings);
        for (_, socket) in self.sockets.iter_mut() {
            match socket.audience() {
                Some(Audience::Hosts) => socket.attach(&self.hosts, &self.kept),
                Some(Audience::Guests) => socket.attach(&self.guests, &self.kept),
                None => {}
            }
        }
        true
    }

    fn observed_meeting(&self) -> Option<MeetingNumber> {
        self.kept.began().map(|_| self.kept.number())
    }

    fn observing_as(&self, who: &Identity) -> Vec<SocketId> {
        let same = |it: &Socket| it.known.as_ref().is_some_and(|it| it.who == *who);
        self.sockets.ids(|it| matches!(it.role, Role::Observing(_)) && same(it))
    }

    /// Who is connected by that socket.
    fn who(&self, id: SocketId) -> Option<Identity> {
        self.sockets.get(id)?.known.as_ref().map(|it| it.who.clone())
    }
}
