//! The scribe writes down what happens in meetings, and looks up what was written.
//!
//! One task takes what all rooms have to write and writes all that is there in one transaction: the disk
//! takes as long for a thousand rows as for one, and while it writes, more comes together.

use domain::{
    RoomId, Timestamp,
    classroom::{Line, MeetingNumber},
};
use tokio::sync::{mpsc, oneshot};

use super::{
    kept::{self, Kept},
    note::{self, Mark, Note},
    record::Record,
};
use crate::{
    Internal, InternalKind,
    audit::{self, Action, Author, Noted, Subject},
    store::{self, Store, Tx, chat, meetings, observations},
};

/// How many batches are written at once, at most.
const AT_ONCE: usize = 1_024;

/// What a room has to write: all of it, or nothing.
///
/// A room hands in the next one when the one before is answered, so that what it wrote stays in order.
#[derive(Debug)]
pub struct Batch {
    /// The room.
    pub room: RoomId,
    /// What has become of its meeting.
    pub record: Option<Record>,
    /// What the audit log is to keep of that.
    pub notes: Vec<Note>,
}

/// Whether a batch is written, once that is known.
pub type Answer = oneshot::Receiver<Result<(), Internal>>;

#[derive(Debug)]
struct Order {
    batch: Batch,
    answer: oneshot::Sender<Result<(), Internal>>,
}

/// Writes down what happens in meetings. Cheap to clone; all clones hand in to the same task, which ends
/// with the last of them.
#[derive(Clone, Debug)]
pub struct Scribe {
    store: Store,
    orders: mpsc::UnboundedSender<Order>,
}

impl Scribe {
    /// Begins its task.
    pub(crate) fn begin(store: Store) -> Self {
        let (orders, waiting) = mpsc::unbounded_channel();
        tokio::spawn(write_all(store.clone(), waiting));
        Self { store, orders }
    }

    /// Hands in a batch. The answer comes once it is written and kept, or can't be: then nothing of it is.
    /// It also fails where the room is gone, or the meeting has ended. An answer that is dropped unsent
    /// means that the server is stopping.
    #[must_use]
    pub fn write(&self, batch: Batch) -> Answer {
        let (answer, answered) = oneshot::channel();
        // Where the task has ended, the order is dropped, and the answer with it.
        let _ = self.orders.send(Order { batch, answer });
        answered
    }

    /// Notes that all meetings that haven't ended are going on, and all observations. To be called often
    /// enough that what a loss of power leaves in doubt is short.
    pub async fn note_seen(&self, now: Timestamp) -> Result<(), Internal> {
        let mut tx = self.store.begin().await?;
        meetings::note_seen(&mut tx, now).await?;
        observations::note_seen(&mut tx, now).await?;
        store::commit(tx).await
    }

    /// All meetings that haven't ended.
    pub async fn open_meetings(&self) -> Result<Vec<Kept>, Internal> {
        kept::open(&self.store).await
    }

    /// Has the log say of observations that broke off, with the server or with the task of a room, how long
    /// they were, as far as is known: of those of these rooms. `meeting` names the one that goes on in a
    /// room.
    pub async fn end_observations(
        &self,
        of: impl Fn(&RoomId) -> bool,
        meeting: impl Fn(&RoomId) -> Option<MeetingNumber>,
    ) -> Result<(), Internal> {
        let mut tx = self.store.begin().await?;
        let mut open = observations::open(&mut tx).await?;
        open.retain(|it| of(&it.room));
        let noted = open.iter().map(|it| Noted {
            at: it.seen,
            author: Author { actor: Some(&it.user), context: None },
            action: Action::ObserveEnd,
            subject: Subject::room(&it.room),
            detail: note::observed(it.began, it.seen, meeting(&it.room)),
        });
        audit::note_all(&mut tx, noted.collect()).await?;
        for it in &open {
            observations::end(&mut tx, &it.room, &it.user).await?;
        }
        store::commit(tx).await
    }

    /// The number of the latest meeting that began in a room, 0 where none has; `None` where there is no
    /// such room.
    pub async fn latest_meeting(&self, room: &RoomId) -> Result<Option<MeetingNumber>, Internal> {
        meetings::latest(&mut *self.store.read().await?, room).await
    }

    /// The lines of a meeting before that one, so many at most, the oldest first.
    pub async fn lines_before(
        &self,
        room: &RoomId,
        meeting: MeetingNumber,
        before: u32,
        limit: u32,
    ) -> Result<Vec<Line>, Internal> {
        chat::before(&mut *self.store.read().await?, (room, meeting), before, limit).await
    }
}

/// Writes what is handed in, until nobody can hand in anything any more.
async fn write_all(store: Store, mut waiting: mpsc::UnboundedReceiver<Order>) {
    let mut orders = Vec::new();
    while waiting.recv_many(&mut orders, AT_ONCE).await > 0 {
        let (batches, answers): (Vec<_>, Vec<_>) =
            orders.drain(..).map(|it| (it.batch, it.answer)).unzip();
        let written = write_or_find_culprits(&store, &batches).await;
        for (answer, result) in answers.into_iter().zip(written) {
            // Whoever dropped it doesn't want to know.
            let _ = answer.send(result);
        }
    }
}

/// Writes batches together; where that fails by one of them, each alone, once.
async fn write_or_find_culprits(store: &Store, batches: &[Batch]) -> Vec<Result<(), Internal>> {
    let Err(failure) = write(store, batches).await else {
        return batches.iter().map(|_| Ok(())).collect();
    };
    // Alone, each would wait as long for a database that can't be reached.
    if failure.kind() == InternalKind::Unavailable {
        let same = || Internal::new(failure.kind(), failure.cause());
        return batches.iter().map(|_| Err(same())).collect();
    }
    if batches.len() == 1 {
        return vec![Err(failure)];
    }
    let mut results = Vec::with_capacity(batches.len());
    for batch in batches {
        results.push(write(store, std::slice::from_ref(batch)).await);
    }
    results
}

async fn write(store: &Store, batches: &[Batch]) -> Result<(), Internal> {
    let mut tx = store.begin().await?;
    write_records(&mut tx, batches).await?;
    let notes = batches.iter().flat_map(|it| it.notes.iter().map(|note| note.noted(&it.room)));
    audit::note_all(&mut tx, notes.collect()).await?;
    for it in batches {
        mark_observations(&mut tx, it).await?;
    }
    store::commit(tx).await
}

/// Keeps who observes, for as long as they do.
async fn mark_observations(tx: &mut Tx, batch: &Batch) -> Result<(), Internal> {
    let room = &batch.room;
    for note in &batch.notes {
        match note.mark() {
            Some(Mark::Begins(user)) => observations::begin(tx, room, user, note.at()).await?,
            Some(Mark::Ends(user)) => observations::end(tx, room, user).await?,
            None => {}
        }
    }
    Ok(())
}

async fn write_records(tx: &mut Tx, batches: &[Batch]) -> Result<(), Internal> {
    let records: Vec<(&RoomId, &Record)> =
        batches.iter().filter_map(|it| Some((&it.room, it.record.as_ref()?))).collect();
    let numbers = meetings::keep(tx, &records).await?;
    let numbered: Option<Vec<(i64, &Record)>> =
        numbers.into_iter().zip(&records).map(|(number, it)| Some((number?, it.1))).collect();
    let numbered = numbered.ok_or_else(|| Internal::other("there is no such meeting to write"))?;
    meetings::keep_participants(tx, &numbered).await?;
    meetings::keep_stays(tx, &numbered).await?;
    chat::say(tx, &numbered).await?;
    let ended: Vec<_> =
        numbered.iter().filter_map(|(number, it)| Some((*number, it.ended?.1))).collect();
    meetings::end(tx, &ended).await?;
    let ended: Vec<_> = ended.into_iter().map(|it| it.0).collect();
    chat::forget(tx, &ended).await
}
