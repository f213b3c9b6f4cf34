//! A room that is live: what its meeting comes to, decided at once and told once it is kept.
//!
//! Nothing here waits for anything: `task` asks the store, hands over what is to be written, and says
//! what came of it. There are two meetings. `working` holds everything that was decided, so that each act
//! is judged by all that were before it; `kept` holds what has been written, and of that alone people are
//! told. Should writing fail, what was decided is undone.

mod acts;
mod gallery;
mod looks;
mod sockets;
mod turn;

use std::collections::HashMap;

use domain::{
    Timestamp,
    classroom::{
        Audience, Change, Closing, Ending, Identity, Meeting, MeetingNumber, Newcomer, NewcomerId,
        Office, ParticipantId, Profile, RoomSettings, Standing,
    },
    entry::Refusal,
};

pub use self::{
    acts::{Attempt, Order, Ordered},
    gallery::Asides,
    sockets::{Socket, SocketId},
    turn::Turn,
};
use self::{
    gallery::Gallery,
    sockets::{PER_PERSON, Role, Sockets},
};
use super::{
    note::Note,
    record::Recorder,
    stage::Stage,
    whereabouts::{Whereabouts, whereabouts},
};
use crate::{
    allowance::Allowance,
    entry::{EntryId, HeldEntry},
    live::{Concerned, Pending},
    store::entry::StoredEntryRoom,
};

/// A room that is live.
#[derive(Debug)]
pub struct Room {
    working: Meeting,
    kept: Meeting,
    recorder: Recorder,
    hosts: Stage,
    guests: Stage,
    sockets: Sockets,
    turn: Turn,
    orders: Vec<Ordered>,
    /// What participants wanted to do and may not.
    attempts: Vec<Attempt>,
    /// How often participants may yet write, and raise their hand.
    paces: HashMap<(ParticipantId, u8), Allowance>,
    /// Whether parts of the list of people have changed since they were shown.
    lists: bool,
    /// Who wants chat from before which line that isn't at hand.
    wanted: Vec<(SocketId, u32)>,
    gallery: Gallery,
    /// When its window opens and closes.
    window: [Option<Timestamp>; 2],
}

impl Room {
    /// A room in which that meeting goes on or is yet to begin.
    pub fn new(meeting: Meeting) -> Self {
        let recorder =
            if meeting.began().is_some() { Recorder::taken_up() } else { Recorder::default() };
        Self {
            kept: meeting.clone(),
            hosts: Stage::new(Audience::Hosts, &meeting),
            guests: Stage::new(Audience::Guests, &meeting),
            working: meeting,
            recorder,
            sockets: Sockets::default(),
            turn: Turn::default(),
            orders: Vec::new(),
            attempts: Vec::new(),
            paces: HashMap::new(),
            lists: false,
            wanted: Vec::new(),
            gallery: Gallery::default(),
            window: [None; 2],
        }
    }

    /// The meeting as it was kept.
    pub const fn meeting(&self) -> &Meeting {
        &self.kept
    }

    /// Whether nobody is connected or observes, no meeting goes on, and nothing is left to write.
    pub fn is_over(&self) -> bool {
        self.sockets.is_empty()
            && self.turn.is_empty()
            && self.gallery.is_empty()
            && (self.working.began().is_none() || self.kept.ended().is_some())
    }

    /// Somebody connects; they are [found a place](Self::find_places) once the store was asked.
    pub fn connect(&mut self, id: SocketId, socket: Socket) {
        self.sockets.insert(id, socket);
    }

    /// The sockets about whom the store is to be asked: those that are new, and those of whom that is so.
    pub fn to_ask(&self, which: impl Fn(&Socket) -> bool) -> Vec<SocketId> {
        self.sockets.ids(|it| it.role != Role::Out && (it.known.is_none() || which(it)))
    }

    /// The entries by which somebody is connected.
    pub fn entries_of(&self, who: &Identity) -> impl Iterator<Item = EntryId> {
        let theirs = |it: &Socket| it.known.as_ref().is_some_and(|it| it.who == *who);
        self.sockets.iter().filter(move |(_, it)| theirs(it)).map(|(_, it)| it.entry)
    }

    /// The socket of that number.
    pub fn socket(&self, id: SocketId) -> Option<&Socket> {
        self.sockets.get(id)
    }

    /// The store says that of the room. An entry's own word for it may be of another moment.
    pub fn learn(&mut self, room: &StoredEntryRoom, now: Timestamp) {
        self.window = [room.facts.opens, room.facts.closes].map(|it| it.filter(|it| *it > now));
        if *self.working.settings() != room.settings {
            self.change(&Change::Settings(room.settings.clone()));
        }
        let goes_on = self.working.began().is_some() && self.working.ended().is_none();
        if goes_on && room.facts.state == domain::RoomState::Ended {
            self.end(Ending::RoomEnded, now);
        }
    }

    /// In place of entries of these others were made, which they are told once the store says that theirs are
    /// gone.
    pub fn note_replaced(&mut self, of: &Pending) {
        let Pending::Of(all) = of else { return };
        for (_, socket) in self.sockets.iter_mut() {
            if all.contains(&Concerned::Replaced(socket.entry)) {
                socket.entry_gone = Closing::EnteredElsewhere;
            }
        }
    }

    /// The store says that of those who are connected; of whom it says nothing, the entry is gone. Whoever
    /// waits at the door comes before whoever has just come to it.
    pub fn find_places(
        &mut self,
        sockets: Vec<SocketId>,
        held: &HashMap<EntryId, HeldEntry>,
        now: Timestamp,
    ) {
        let (new, known): (Vec<_>, Vec<_>) =
            sockets.into_iter().partition(|it| self.role(*it) == Role::New);
        for id in known {
            self.find_place(id, held, now);
        }
        if !new.is_empty() {
            self.let_waiting_in(now);
        }
        for id in new {
            self.find_place(id, held, now);
        }
    }

    fn find_place(&mut self, id: SocketId, held: &HashMap<EntryId, HeldEntry>, now: Timestamp) {
        let Some(socket) = self.sockets.get_mut(id) else { return };
        if let Some(entry) = held.get(&socket.entry) {
            socket.known = Some(entry.clone());
            self.place(id, now);
        } else {
            let closing = socket.entry_gone;
            self.put_out(id, closing, now);
        }
    }

    /// Has somebody where they belong, by what is known of them.
    fn place(&mut self, id: SocketId, now: Timestamp) {
        let Some(socket) = self.sockets.get(id).filter(|it| it.role != Role::Out) else { return };
        let Some(entry) = &socket.known else { return };
        // One meeting has ended and is yet to be kept: the next one begins after that.
        if self.working.ended().is_some() {
            return;
        }
        let who = entry.who.clone();
        match whereabouts(entry, &self.working) {
            Whereabouts::In(profile) => {
                let admitted = self.strongest(&who, &profile);
                self.let_in(id, who, Profile { admitted, ..profile }, now);
            }
            Whereabouts::Observing(audience) => self.let_observe(id, audience, now),
            Whereabouts::Waiting(why) => self.have_wait(id, why, now),
            Whereabouts::Out(closing) => self.put_out(id, closing, now),
        }
    }

    /// As what somebody takes part, by whatever they are connected: an Admin may have come openly as Host by
    /// one browser, and as the member that they are by another.
    fn strongest(&self, who: &Identity, profile: &Profile) -> Standing {
        if profile.office != Office::Admin {
            return profile.admitted;
        }
        let theirs = self.sockets.iter().filter(|(_, it)| it.role.participant().is_some());
        let entries = theirs.filter_map(|(_, it)| it.known.as_ref()).filter(|it| it.who == *who);
        let admitted = entries.filter_map(|it| match whereabouts(it, &self.working) {
            Whereabouts::In(profile) => Some(profile.admitted),
            Whereabouts::Observing(_) | Whereabouts::Waiting(_) | Whereabouts::Out(_) => None,
        });
        // Hosts stand before Guests.
        admitted.fold(profile.admitted, Standing::min)
    }

    fn let_in(&mut self, id: SocketId, who: Identity, profile: Profile, now: Timestamp) {
        let (participant, changes) = self.working.enter(who, profile, now);
        let role = Role::In(participant);
        if self.role(id) != role {
            if self.sockets.ids(|it| it.role == role).len() >= PER_PERSON {
                self.put_out(id, Closing::TooMany, now);
                return;
            }
            self.leave_role(id, now);
            self.set_role(id, role);
        }
        let had_begun = self.working.began().is_some();
        for change in &changes {
            self.change(change);
        }
        if !had_begun && self.working.began().is_some() {
            self.turn.notes.push(Note::began(self.doer(id), now));
        }
        self.turn.settle(id);
    }

    fn have_wait(&mut self, id: SocketId, why: Refusal, now: Timestamp) {
        if matches!(self.role(id), Role::Waiting(before, _) if before == why) {
            return;
        }
        self.leave_role(id, now);
        let asks = why == Refusal::AwaitingHost;
        let newcomer = asks.then(|| self.newcomer(id, now)).flatten();
        self.set_role(id, Role::Waiting(why, newcomer));
        self.turn.settle(id);
    }

    /// The newcomer that somebody is who waits for a Host: one for all their tabs.
    fn newcomer(&mut self, id: SocketId, now: Timestamp) -> Option<NewcomerId> {
        let entry = self.sockets.get(id)?.known.as_ref()?;
        let same = |it: &Socket| it.known.as_ref().is_some_and(|it| it.who == entry.who);
        let newcomer = |it: &Socket| it.role.newcomer().filter(|_| same(it));
        let there = self.sockets.iter().find_map(|(_, it)| newcomer(it));
        if there.is_some() {
            return there;
        }
        let newcomer = Newcomer {
            id: self.working.next_newcomer(),
            nickname: entry.nickname.to_string(),
            since: now,
        };
        let number = newcomer.id;
        self.change(&Change::NewcomerCame(newcomer));
        Some(number)
    }

    /// Whoever is out is told why, and at once.
    fn put_out(&mut self, id: SocketId, closing: Closing, now: Timestamp) {
        self.leave_role(id, now);
        if let Some(socket) = self.sockets.remove(id) {
            socket.close(closing);
        }
    }

    /// Somebody is no longer what they were by that socket. Who takes part by no other has left; who does is
    /// what those that are left make them, and may have been more by this one.
    fn leave_role(&mut self, id: SocketId, now: Timestamp) {
        let role = self.role(id);
        self.set_role(id, Role::New);
        match role {
            Role::In(who) if !self.sockets.has(who) => self.change(&Change::Went(who, now)),
            Role::In(_) => self.place_again(|it| it.role == role, now),
            Role::Observing(_) => self.note_observed(id, now),
            Role::Waiting(_, Some(newcomer)) if !self.sockets.wait_as(newcomer) => {
                self.change(&Change::NewcomerGone(newcomer));
            }
            _ => {}
        }
    }

    /// A connection is lost: whoever took part by it alone may come back to their seat.
    pub fn lose(&mut self, id: SocketId, now: Timestamp) {
        let role = self.role(id);
        if let Role::In(who) = role {
            self.sockets.remove(id);
            if self.sockets.has(who) {
                self.place_again(|it| it.role == role, now);
            } else {
                self.change(&Meeting::lose(who, now));
            }
            return;
        }
        self.leave_role(id, now);
        self.sockets.remove(id);
    }

    /// What has come about by itself: seats that are given up, and the end.
    pub fn pass(&mut self, now: Timestamp) {
        let overdue = self.working.overdue(now);
        self.happen(&overdue);
        self.pass_gallery(now);
    }

    /// Whether the room has opened or closed since that was asked last: the store is to be asked anew then.
    pub fn has_reached_window(&mut self, now: Timestamp) -> bool {
        let before = self.window;
        self.window = before.map(|it| it.filter(|it| *it > now));
        self.window != before
    }

    /// Whoever waits may get in by what has changed, in the order in which they came.
    fn let_waiting_in(&mut self, now: Timestamp) {
        self.place_again(|it| matches!(it.role, Role::Waiting(..)), now);
    }

    fn place_again(&mut self, which: impl Fn(&Socket) -> bool, now: Timestamp) {
        for id in self.sockets.ids(which) {
            self.place(id, now);
        }
    }

    /// There is no such room any more.
    pub fn abandon(&mut self, now: Timestamp) {
        self.end_observations(now);
        for id in self.sockets.ids(|_| true) {
            if let Some(socket) = self.sockets.remove(id) {
                socket.close(Closing::Ended(Ending::RoomEnded));
            }
        }
        let (number, settings) = (self.kept.number(), self.kept.settings().clone());
        self.begin_anew(number, settings);
        self.turn = Turn::default();
        self.orders.clear();
    }

    /// Everybody is out.
    pub fn close_all(&self, closing: Closing) {
        for (_, socket) in self.sockets.iter() {
            socket.close(closing);
        }
    }

    fn end(&mut self, ending: Ending, now: Timestamp) {
        let end = self.working.end(ending, now);
        self.happen(&end);
    }

    /// Something comes about that no participant did.
    fn happen(&mut self, changes: &[Change]) {
        for change in changes {
            self.change(change);
            if let Change::Ended(ending, at) = change {
                self.turn.notes.push(Note::ended(None, *ending, *at));
            }
        }
    }

    /// A meeting is over; the next one in this room is another.
    fn begin_anew(&mut self, number: MeetingNumber, settings: RoomSettings) {
        let meeting = Meeting::new(number, 1, settings);
        self.hosts = Stage::new(Audience::Hosts, &meeting);
        self.guests = Stage::new(Audience::Guests, &meeting);
        self.recorder = Recorder::default();
        self.paces.clear();
        self.kept = meeting.clone();
        self.working = meeting;
    }

    /// Decides a change: it holds from now on, and is told once it is kept.
    fn change(&mut self, change: &Change) {
        self.recorder.apply(&mut self.working, change);
        self.turn.changes.push(change.clone());
    }

    fn role(&self, id: SocketId) -> Role {
        self.sockets.get(id).map(|it| it.role).unwrap_or_default()
    }

    fn set_role(&mut self, id: SocketId, role: Role) {
        if let Some(socket) = self.sockets.get_mut(id) {
            socket.role = role;
        }
    }
}
