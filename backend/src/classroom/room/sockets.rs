//! The sockets of a room, in the order in which they came.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Timestamp,
    classroom::{
        Audience, Closing, Look, Meeting, MeetingNumber, NewcomerId, ParticipantId, Place,
        ServerMessage, Welcome, You,
    },
    entry::Refusal,
};

use crate::{
    accounts::Context,
    classroom::{outbox::Outbox, packing, stage::Stage},
    entry::{EntryId, HeldEntry},
};

/// A socket, numbered in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// So many sockets one person may have in a room.
pub const PER_PERSON: usize = 8;

/// As what somebody is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nobody has asked yet.
    #[default]
    New,
    /// They wait at the door, perhaps to be let in by a Host.
    Waiting(Refusal, Option<NewcomerId>),
    /// They take part.
    In(ParticipantId),
    /// They observe.
    Observing(Audience),
    /// They are out, which they are told once it is kept.
    Out,
}

impl Role {
    /// The participant whom they are.
    pub const fn participant(self) -> Option<ParticipantId> {
        match self {
            Self::In(who) => Some(who),
            Self::New | Self::Waiting(..) | Self::Observing(_) | Self::Out => None,
        }
    }

    /// The newcomer whom they are.
    pub const fn newcomer(self) -> Option<NewcomerId> {
        match self {
            Self::Waiting(_, newcomer) => newcomer,
            Self::New | Self::In(_) | Self::Observing(_) | Self::Out => None,
        }
    }
}

/// One socket.
#[derive(Debug)]
pub struct Socket {
    /// The entry by which it is connected.
    pub entry: EntryId,
    /// From where they come.
    pub context: Arc<Context>,
    /// What is on its way to them.
    pub outbox: Arc<Outbox>,
    /// Up to where they had been told everything, when they came.
    pub resume: Option<Place>,
    /// The version of what the server serves.
    pub version: &'static str,
    /// What the store said of the entry.
    pub known: Option<HeldEntry>,
    /// As what they are connected.
    pub role: Role,
    /// As what they were told they are connected.
    told: Option<Told>,
    /// What parts of the list of people they look at, and what they were shown of each.
    pub looks: Vec<(Look, u64)>,
    /// Why they are out once their entry is gone.
    pub entry_gone: Closing,
}

/// What somebody was told of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Welcome(Audience, Option<You>),
    Waiting(Refusal, Option<u32>),
}

impl Socket {
    /// A socket that just came.
    pub fn new(
        entry: EntryId,
        (resume, version): (Option<Place>, &'static str),
        context: Arc<Context>,
        outbox: Arc<Outbox>,
    ) -> Self {
        Self {
            entry,
            context,
            outbox,
            resume,
            version,
            known: None,
            role: Role::New,
            told: None,
            looks: Vec::new(),
            entry_gone: Closing::EntryOver,
        }
    }

    /// Says something to this one alone.
    pub fn say(&self, message: &ServerMessage) {
        self.outbox.post(packing::message(message));
    }

    /// The audience to which they belong, once they were welcomed.
    pub fn audience(&self) -> Option<Audience> {
        match &self.told {
            Some(Told::Welcome(audience, _)) => Some(*audience),
            Some(Told::Waiting(..)) | None => None,
        }
    }

    /// Tells them who they are in the meeting of that number, unless they know.
    pub fn welcome(
        &mut self,
        (audience, you): (Audience, Option<You>),
        meeting: MeetingNumber,
        now: Timestamp,
    ) {
        let told = Told::Welcome(audience, you.clone());
        if self.told.as_ref() != Some(&told) {
            let version = self.version.to_owned();
            self.say(&ServerMessage::Welcome(Welcome { version, you, audience, meeting, now }));
            self.told = Some(told);
        }
    }

    /// Tells them for what they wait, and their place in the line, unless they know.
    pub fn keep_waiting(&mut self, why: Refusal, place: Option<u32>, now: Timestamp) {
        let told = Told::Waiting(why, place);
        if self.told.as_ref() != Some(&told) {
            self.say(&ServerMessage::Waiting { why, place, now });
            self.told = Some(told);
            self.outbox.leave();
        }
    }

    /// Has them told what an audience is, from where they were told everything.
    pub fn attach(&mut self, stage: &Stage, meeting: &Meeting) {
        stage.admit(&self.outbox, self.resume.take(), meeting);
    }

    /// Ends it.
    pub fn close(&self, closing: Closing) {
        self.outbox.close(closing);
    }
}

/// Whoever is connected isn't left without a word, however it comes that no room knows them any more.
impl Drop for Socket {
    fn drop(&mut self) {
        self.close(Closing::Restarting);
    }
}

/// All sockets of a room.
#[derive(Debug, Default)]
pub struct Sockets(BTreeMap<SocketId, Socket>);

impl Sockets {
    /// Adds one.
    pub fn insert(&mut self, id: SocketId, socket: Socket) {
        self.0.insert(id, socket);
    }

    /// Takes one away.
    pub fn remove(&mut self, id: SocketId) -> Option<Socket> {
        self.0.remove(&id)
    }

    /// One of them.
    pub fn get(&self, id: SocketId) -> Option<&Socket> {
        self.0.get(&id)
    }

    /// One of them.
    pub fn get_mut(&mut self, id: SocketId) -> Option<&mut Socket> {
        self.0.get_mut(&id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (SocketId, &Socket)> {
        self.0.iter().map(|(id, it)| (*id, it))
    }

    /// All of them, in the order in which they came.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (SocketId, &mut Socket)> {
        self.0.iter_mut().map(|(id, it)| (*id, it))
    }

    /// Those of whom that is so.
    pub fn ids(&self, which: impl Fn(&Socket) -> bool) -> Vec<SocketId> {
        self.iter().filter(|(_, it)| which(it)).map(|(id, _)| id).collect()
    }

    /// Whether somebody waits by any of them as that newcomer.
    pub fn wait_as(&self, newcomer: NewcomerId) -> bool {
        self.0.values().any(|it| it.role.newcomer() == Some(newcomer))
    }

    /// Whether somebody takes part by any of them.
    pub fn has(&self, who: ParticipantId) -> bool {
        self.0.values().any(|it| it.role == Role::In(who))
    }
}
