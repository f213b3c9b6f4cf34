//! The rooms that are live, each with a task of its own.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use domain::{
    RoomId, Timestamp,
    classroom::{Identity, Meeting, MeetingNumber},
    live::Kind,
};
use tokio::{sync::mpsc, task::JoinHandle};

use super::{
    InProgress,
    room::{Socket, SocketId},
    scribe::{Batch, Scribe},
    status::Status,
    task::{Command, Task},
};
use crate::{
    Internal,
    accounts::Refusals,
    clock::Clock,
    entry::{self, EntryId, HeldEntry, Inside},
    live::{Concern, Live, LiveRoom},
    store::{
        Store,
        entry::{self as facts, StoredEntryRoom},
    },
};

/// So many commands wait for a room, at most; whoever says more waits.
const WAITING: usize = 1_024;

/// The rooms that are live.
#[derive(Debug)]
pub struct Hub {
    store: Store,
    clock: Arc<dyn Clock>,
    live: Live,
    scribe: Scribe,
    refusals: Arc<Refusals>,
    rooms: Mutex<HashMap<RoomId, Handle>>,
    /// The rooms whose tasks broke off: nobody connects to them until they are mended.
    broken: Mutex<HashSet<RoomId>>,
    /// Held by whoever mends them.
    mending: Arc<tokio::sync::Mutex<()>>,
    sockets: AtomicU64,
    /// Whether no room goes live any more.
    stopped: AtomicBool,
    /// Whether meetings have changed that pages show, and that isn't told yet.
    news: AtomicBool,
}

/// How a room is reached.
#[derive(Debug)]
struct Handle {
    mailbox: mpsc::Sender<Command>,
    status: Arc<Status>,
    task: JoinHandle<()>,
}

impl Hub {
    /// No room is live.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        (live, scribe, refusals): (Live, Scribe, Arc<Refusals>),
    ) -> Arc<Self> {
        Arc::new(Self {
            store,
            clock,
            live,
            scribe,
            refusals,
            rooms: Mutex::default(),
            broken: Mutex::default(),
            mending: Arc::default(),
            sockets: AtomicU64::default(),
            stopped: AtomicBool::default(),
            news: AtomicBool::default(),
        })
    }

    /// Has a room go live in which that meeting goes on.
    pub fn take_up(self: &Arc<Self>, id: &RoomId, meeting: Meeting) {
        self.reach(&mut self.rooms(), id, || meeting);
    }

    /// Somebody connects to a room, which goes live if it isn't. Answers by what number, and how the room is
    /// told what they say; `None` where there is no such room, where its task broke off and is yet to be
    /// mended, and where the server stops.
    pub async fn connect(
        self: &Arc<Self>,
        id: &RoomId,
        socket: Socket,
    ) -> Result<Option<(SocketId, mpsc::Sender<Command>)>, Internal> {
        let Some(mailbox) = self.mailbox(id).await? else { return Ok(None) };
        let number = SocketId(self.sockets.fetch_add(1, Ordering::Relaxed));
        let command = Command::Connect(number, Box::new(socket));
        // A room doesn't go while somebody has its mailbox, unless the server stops or its task breaks off.
        Ok(mailbox.send(command).await.is_ok().then_some((number, mailbox)))
    }

    /// The mailbox of a room, which goes live if it isn't.
    async fn mailbox(
        self: &Arc<Self>,
        id: &RoomId,
    ) -> Result<Option<mpsc::Sender<Command>>, Internal> {
        if let Some(handle) = self.rooms().get(id) {
            return Ok(Some(handle.mailbox.clone()));
        }
        let Some(latest) = self.scribe.latest_meeting(id).await? else { return Ok(None) };
        let Some(room) = self.room(id).await? else { return Ok(None) };
        let number = MeetingNumber(latest.0.saturating_add(1));
        let mut rooms = self.rooms();
        if self.broken().contains(id) {
            return Ok(None);
        }
        Ok(self.reach(&mut rooms, id, || Meeting::new(number, 1, room.settings)))
    }

    /// The mailbox of a room, which goes live with that meeting unless it is already; `None` where no room
    /// does any more.
    fn reach(
        self: &Arc<Self>,
        rooms: &mut HashMap<RoomId, Handle>,
        id: &RoomId,
        meeting: impl FnOnce() -> Meeting,
    ) -> Option<mpsc::Sender<Command>> {
        if self.stopped.load(Ordering::Relaxed) {
            return None;
        }
        let begin = || {
            let (mailbox, waiting) = mpsc::channel(WAITING);
            let meeting = meeting();
            let status = Arc::new(Status::of(&meeting));
            let task =
                Task::new(Arc::clone(self), id.clone(), meeting, waiting, Arc::clone(&status));
            Handle { mailbox, status, task: tokio::spawn(task.run()) }
        };
        Some(rooms.entry(id.clone()).or_insert_with(begin).mailbox.clone())
    }

    /// Mends the rooms whose tasks broke off, beside everything else; what can't be is tried again.
    fn mend_all(self: &Arc<Self>) {
        let Ok(turn) = Arc::clone(&self.mending).try_lock_owned() else { return };
        let broken: Vec<RoomId> = self.broken().iter().cloned().collect();
        if broken.is_empty() {
            return;
        }
        let hub = Arc::clone(self);
        tokio::spawn(async move {
            for id in &broken {
                if let Err(error) = hub.mend(id).await {
                    tracing::error!(room = %id, error = %error.cause(), "a room could not be mended");
                }
            }
            drop(turn);
        });
    }

    /// Takes up the meeting of a room whose task broke off, if one goes on, and has the log say how long it
    /// was observed.
    async fn mend(self: &Arc<Self>, id: &RoomId) -> Result<(), Internal> {
        // What the task had handed in is written before this is.
        let after = Batch { room: id.clone(), record: None, notes: Vec::new() };
        self.scribe.write(after).await.unwrap_or_else(|it| Err(Internal::other(it)))?;
        let kept = self.scribe.open_meetings().await?.into_iter().find(|it| it.room == *id);
        let number = kept.as_ref().map(|it| it.now.number);
        self.scribe.end_observations(|it| it == id, |_| number).await?;
        let room = self.room(id).await?;
        let meeting = kept.zip(room).map(|(it, room)| it.take_up(&room.settings, self.now()));
        let mut rooms = self.rooms();
        self.broken().remove(id);
        if let Some(meeting) = meeting {
            self.reach(&mut rooms, id, || meeting);
        }
        Ok(())
    }

    /// Waits until nobody mends rooms.
    #[cfg(test)]
    pub async fn mended(&self) {
        drop(self.mending.lock().await);
    }

    /// Takes a room away that nobody needs any more; answers whether that is so.
    pub fn retire(&self, id: &RoomId, mailbox: &mpsc::Receiver<Command>) -> bool {
        let mut rooms = self.rooms();
        // The one that is kept here is the last: nobody has anything to say, or can begin to.
        let unused = mailbox.is_empty() && mailbox.sender_strong_count() == 1;
        if unused {
            rooms.remove(id);
        }
        unused
    }

    /// The task of a room has ended, of which that was the status. Where nobody has taken the room away, it
    /// broke off.
    pub fn give_up(&self, id: &RoomId, status: &Arc<Status>) {
        let mut rooms = self.rooms();
        if rooms.get(id).is_some_and(|it| Arc::ptr_eq(&it.status, status)) {
            tracing::error!(room = %id, "the task of a room broke off");
            rooms.remove(id);
            self.broken().insert(id.clone());
            self.note_news();
        }
    }

    /// Has the task of a room break off.
    #[cfg(test)]
    pub fn break_off(&self, id: &RoomId) {
        if let Some(handle) = self.rooms().get(id) {
            handle.task.abort();
        }
    }

    /// Meetings have changed that pages show.
    pub fn note_news(&self) {
        self.news.store(true, Ordering::Relaxed);
    }

    /// Has all rooms look at the time, mends those whose tasks broke off, and tells pages if meetings have
    /// changed: once for all that has been since the last time, since each asks anew for everything it shows.
    pub fn tick(self: &Arc<Self>) {
        self.mend_all();
        if self.news.swap(false, Ordering::Relaxed) {
            self.live.tell(&[Concern::Shown(Kind::Meetings)], &[]);
        }
        for handle in self.rooms().values() {
            // One that has so much to do looks at the time anyway, or at the next tick.
            let _ = handle.mailbox.try_send(Command::Tick);
        }
    }

    /// The status of a room; `None` where it isn't live.
    pub fn status(&self, id: &RoomId) -> Option<Arc<Status>> {
        self.rooms().get(id).map(|it| Arc::clone(&it.status))
    }

    /// What the meeting in a room says of itself and of somebody, for the rule of entry.
    pub fn ask(&self, id: &RoomId, who: Option<&Identity>) -> Inside {
        self.status(id).map(|it| it.ask(who)).unwrap_or_default()
    }

    /// The meetings that go on.
    pub fn in_progress(&self) -> InProgress {
        let meeting = |(id, it): (&RoomId, &Handle)| Some((id.clone(), it.status.meeting()?));
        self.rooms().iter().filter_map(meeting).collect()
    }

    /// Ends all tasks, once what was decided is written and everybody is told.
    pub async fn stop(&self) {
        let rooms: Vec<Handle> = {
            let mut rooms = self.rooms();
            self.stopped.store(true, Ordering::Relaxed);
            rooms.drain().map(|(_, it)| it).collect()
        };
        for handle in &rooms {
            // A task that has ended has nothing left to do.
            let _ = handle.mailbox.send(Command::Stop).await;
        }
        for handle in rooms {
            if let Err(error) = handle.task.await {
                tracing::error!(%error, "the task of a room broke off");
            }
        }
    }

    /// What the store knows of a room.
    pub async fn room(&self, id: &RoomId) -> Result<Option<StoredEntryRoom>, Internal> {
        let facts = facts::facts(&mut *self.store.read().await?, id, None).await?;
        Ok(facts.map(|it| it.0))
    }

    /// What is known of these entries, which are in use.
    pub async fn held(
        &self,
        entries: Vec<EntryId>,
    ) -> Result<HashMap<EntryId, HeldEntry>, Internal> {
        if entries.is_empty() {
            return Ok(HashMap::new());
        }
        let now = self.now();
        let held = entry::held(&self.store, &entries, now).await?;
        let due = entry::due(held.iter().map(|it| (it.id, it.used)), now);
        if !due.is_empty() {
            let store = self.store.clone();
            // Beside the room that asks, which would stand still for as long as others write.
            tokio::spawn(async move { entry::note_use(&store, due, now).await });
        }
        Ok(held.into_iter().map(|it| (it.id, it)).collect())
    }

    /// Has a room told of what changes the answer of the rule of entry.
    pub fn register(&self, id: RoomId) -> LiveRoom {
        self.live.entries().register(id)
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The store.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Who writes.
    pub const fn scribe(&self) -> &Scribe {
        &self.scribe
    }

    /// How much of what people were refused stands in the log.
    pub fn refusals(&self) -> &Refusals {
        &self.refusals
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<RoomId, Handle>> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn broken(&self) -> MutexGuard<'_, HashSet<RoomId>> {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
