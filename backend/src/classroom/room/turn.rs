//! What a room decided since it last handed over what is to be written, and what comes once it is.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    classroom::{
        ActRefusal, Audience, Change, Closing, Ending, Meeting, MeetingNumber, NewcomerId,
        Participant, ParticipantId, Presence, ServerMessage, You,
    },
    entry::Refusal,
};

use super::{
    Room, SocketId,
    sockets::{Role, Socket},
};
use crate::classroom::{
    note::Note,
    record::{Record, Recorder},
};

/// What was decided.
#[derive(Debug, Default)]
pub struct Turn {
    pub(super) changes: Vec<Change>,
    /// What the log is to say of it.
    pub(super) notes: Vec<Note>,
    /// Whoever is to be told who they are, or that they wait.
    settle: BTreeSet<SocketId>,
    /// The acts that are done once it is kept.
    done: Vec<(SocketId, ServerMessage)>,
    /// The acts that the store has kept already, which nothing undoes any more.
    stands: Vec<(SocketId, ServerMessage)>,
    /// Whoever is put out once it is kept.
    close: Vec<(SocketId, Closing)>,
}

impl Turn {
    /// Whether it is to be told at once, whatever was told just before: what takes something from somebody,
    /// or gives it.
    fn is_urgent(&self) -> bool {
        let urgent = |it: &Change| {
            matches!(
                it,
                Change::Went(..)
                    | Change::Granted(..)
                    | Change::Denied(_)
                    | Change::DeniedTo(..)
                    | Change::Locked(_)
                    | Change::Ended(..)
            )
        };
        !self.close.is_empty() || self.changes.iter().any(urgent)
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.notes.is_empty()
            && self.settle.is_empty()
            && self.done.is_empty()
            && self.stands.is_empty()
            && self.close.is_empty()
    }

    /// Has somebody told who they are there.
    pub(super) fn settle(&mut self, id: SocketId) {
        self.settle.insert(id);
    }

    /// Has somebody put out.
    pub(super) fn close(&mut self, id: SocketId, closing: Closing) {
        self.close.push((id, closing));
    }

    /// Has somebody told that their act is done.
    pub(super) fn answer(&mut self, id: SocketId, done: ServerMessage) {
        self.done.push((id, done));
    }

    /// Has somebody told the same, whatever becomes of everything else that was decided.
    pub(super) fn answer_anyway(&mut self, id: SocketId, done: ServerMessage) {
        self.stands.push((id, done));
    }
}

/// What is handed over to be written.
#[derive(Debug)]
pub struct Handed {
    /// What becomes of it afterwards.
    pub turn: Turn,
    /// The meeting.
    pub record: Option<Record>,
    /// What the log is to say.
    pub notes: Vec<Note>,
}

impl Room {
    /// Whether what was decided is to be told at once.
    pub fn is_urgent(&self) -> bool {
        self.turn.is_urgent()
    }

    /// What was decided and is to be written now, if anything was. Whoever waits gets in before that, if
    /// it made room.
    pub fn hand_over(&mut self, now: Timestamp) -> Option<Handed> {
        if !self.turn.changes.is_empty() {
            self.let_waiting_in(now);
        }
        if self.turn.is_empty() && self.working.began().is_none() {
            return None;
        }
        let record = self.recorder.take(&self.working, now);
        if self.turn.is_empty() && record.is_none() {
            return None;
        }
        let mut turn = std::mem::take(&mut self.turn);
        let notes = std::mem::take(&mut turn.notes);
        Some(Handed { turn, record, notes })
    }

    /// What was handed over is kept: it is told. Answers what has changed.
    pub fn keep(&mut self, turn: Turn, now: Timestamp) -> Vec<Change> {
        for change in &turn.changes {
            self.kept.apply(change);
        }
        let news = [
            (Audience::Hosts, self.hosts.tell(&self.kept)),
            (Audience::Guests, self.guests.tell(&self.kept)),
        ];
        self.lists |= !turn.changes.is_empty();
        for id in self.concerned(&turn) {
            self.greet(id, now);
        }
        self.line_up(now);
        for (id, done) in turn.done.iter().chain(&turn.stands) {
            if let Some(socket) = self.sockets.get(*id) {
                socket.say(done);
            }
        }
        for (id, closing) in turn.close {
            if let Some(socket) = self.sockets.remove(id) {
                socket.close(closing);
            }
        }
        // Last, so that whom it is about needn't wait until thousands of others have heard of it.
        for (audience, _) in news.into_iter().filter(|it| it.1) {
            self.wake(audience);
        }
        if let Some(ending) = self.kept.ended() {
            self.see_out(ending, now);
        }
        turn.changes
    }

    /// Has an audience hear what is new.
    fn wake(&self, audience: Audience) {
        let readers = self.sockets.iter().filter(|(_, it)| it.audience() == Some(audience));
        readers.for_each(|(_, it)| it.outbox.wake());
    }

    /// What was handed over could not be kept: what was decided in it, and since, is undone. Everybody is to be
    /// asked about anew then, since what the console had said of them may be among it.
    pub fn undo(&mut self, turn: Turn, now: Timestamp) {
        let since = std::mem::take(&mut self.turn);
        self.working = self.kept.clone();
        // What is yet to be written of the meeting is found anew from whatever comes.
        self.recorder = Recorder::taken_up();
        for (id, done) in turn.done.into_iter().chain(since.done) {
            if let (Some(socket), ServerMessage::Done { id, .. }) = (self.sockets.get(id), done) {
                socket.say(&ServerMessage::Refused { id, why: ActRefusal::Unavailable });
            }
        }
        for (id, done) in turn.stands.into_iter().chain(since.stands) {
            if let Some(socket) = self.sockets.get(id) {
                socket.say(&done);
            }
        }
        // Whoever isn't where they were thought to be comes back, and is asked anew.
        let kept = &self.kept;
        let lost = |it: &Socket| match it.role {
            Role::In(who) => !kept.participant(who).is_some_and(Participant::is_inside),
            Role::Waiting(_, newcomer) => {
                newcomer.is_some_and(|it| !kept.newcomers().contains_key(&it))
            }
            Role::Observing(_) => false,
            Role::New | Role::Out => true,
        };
        for id in self.sockets.ids(lost) {
            if let Some(socket) = self.sockets.remove(id) {
                socket.close(Closing::Restarting);
            }
        }
        self.lose_all_unconnected(now);
    }

    /// That somebody went, or gave up waiting, may be among what was undone. They are gone all the same.
    fn lose_all_unconnected(&mut self, now: Timestamp) {
        let roles: Vec<Role> = self.sockets.iter().map(|(_, it)| it.role).collect();
        let connected: BTreeSet<ParticipantId> =
            roles.iter().filter_map(|it| it.participant()).collect();
        let waiting: BTreeSet<NewcomerId> = roles.iter().filter_map(|it| it.newcomer()).collect();
        let people = self.working.participants();
        let lost = people.filter(|(id, it)| it.presence == Presence::In && !connected.contains(id));
        let newcomers = self.working.newcomers().keys();
        let gone = newcomers.filter(|it| !waiting.contains(it));
        let changes: Vec<Change> = lost
            .map(|(id, _)| Meeting::lose(id, now))
            .chain(gone.map(|it| Change::NewcomerGone(*it)))
            .collect();
        for change in &changes {
            self.change(change);
        }
    }

    /// Whoever may have to be told who they are now.
    fn concerned(&self, turn: &Turn) -> BTreeSet<SocketId> {
        let mut people = BTreeSet::new();
        let mut all = false;
        for change in &turn.changes {
            all |= matches!(change, Change::Denied(_));
            people.extend(change.about());
        }
        let named = self.sockets.iter().filter(|(_, it)| match it.role {
            Role::In(who) => all || people.contains(&who),
            _ => false,
        });
        named.map(|(id, _)| id).chain(turn.settle.iter().copied()).collect()
    }

    /// Tells a participant who they are in the room.
    fn greet(&mut self, id: SocketId, now: Timestamp) {
        if let Role::In(who) = self.role(id)
            && let Some(you) = self.kept.you(who)
        {
            self.greet_as(id, (you.person.standing.audience(), Some(you)), now);
        }
    }

    /// Tells somebody that they are there as that, and has them told what their audience is.
    pub(super) fn greet_as(
        &mut self,
        id: SocketId,
        (audience, you): (Audience, Option<You>),
        now: Timestamp,
    ) {
        let stage = match audience {
            Audience::Hosts => &self.hosts,
            Audience::Guests => &self.guests,
        };
        let Some(socket) = self.sockets.get_mut(id) else { return };
        let before = socket.audience();
        socket.welcome((audience, you), self.kept.number(), now);
        if before != Some(audience) {
            socket.attach(stage, &self.kept);
        }
    }

    /// Tells whoever waits for what, and those who wait for a seat their place in the line.
    fn line_up(&mut self, now: Timestamp) {
        let mut line = 0;
        for (_, socket) in self.sockets.iter_mut() {
            if let Role::Waiting(why, _) = socket.role {
                let place = matches!(why, Refusal::Full { .. }).then(|| {
                    line += 1;
                    line
                });
                socket.keep_waiting(why, place, now);
            }
        }
    }

    /// A meeting has ended: everybody who was there is told. Whoever waits may begin the next one, in which
    /// nothing is locked and every seat is free; unless the room was ended.
    fn see_out(&mut self, ending: Ending, now: Timestamp) {
        self.end_observations(now);
        let stays = |it: &Socket| match it.role {
            Role::New => true,
            Role::Waiting(..) => ending != Ending::RoomEnded,
            Role::In(_) | Role::Observing(_) | Role::Out => false,
        };
        for id in self.sockets.ids(|it| !stays(it)) {
            if let Some(socket) = self.sockets.remove(id) {
                socket.close(Closing::Ended(ending));
            }
        }
        let next = MeetingNumber(self.kept.number().0.saturating_add(1));
        self.begin_anew(next, self.working.settings().clone());
        for (_, socket) in self.sockets.iter_mut() {
            // As newcomers they were known to the meeting that has ended.
            socket.role = Role::New;
        }
        self.place_again(|_| true, now);
    }
}
