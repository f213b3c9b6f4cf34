//! The task of a live room: it hears what is said and what has changed, has the store asked and written,
//! and the room decide. In each turn, what has changed elsewhere comes before what people say: whatever
//! was answered before they said it holds for it.

mod asides;
#[cfg(test)]
mod tests;

use std::{future::pending, pin::Pin, sync::Arc, time::Duration};

use domain::{
    RoomId, Timestamp,
    classroom::{ClientMessage, Closing, Meeting, ServerMessage},
};
use tokio::{
    sync::mpsc,
    time::{Sleep, sleep},
};

use super::{
    hub::Hub,
    note::Note,
    orders,
    room::{Asides, Room, Socket, SocketId, Turn},
    scribe::{Answer, Batch},
    status::Status,
};
use crate::{
    Internal,
    live::{Concerned, LiveRoom, Pending},
};

/// What happens within that time is told together; what happens alone is told at once.
const TOGETHER: Duration = Duration::from_millis(50);
/// How often, at most, parts of the list are shown anew.
const LISTS: Duration = Duration::from_millis(250);
/// How long after the store couldn't be asked, or couldn't keep something, it is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// So many commands are taken at once.
const AT_ONCE: usize = 256;
/// After so many seconds everybody is asked about anew: sessions and links run out by themselves.
const ASK_EVERY_SECONDS: i64 = 60;

/// What a room is asked to do.
#[derive(Debug)]
pub enum Command {
    /// Somebody connects.
    Connect(SocketId, Box<Socket>),
    /// They say something.
    Say(SocketId, ClientMessage),
    /// Their connection is lost.
    Gone(SocketId),
    /// Time has passed.
    Tick,
    /// The server stops.
    Stop,
}

/// What was handed in to be written.
struct Flight<T> {
    cargo: T,
    answer: Answer,
}

/// A timer that may be off.
type Timer = Option<Pin<Box<Sleep>>>;

/// The task.
pub struct Task {
    hub: Arc<Hub>,
    room: Room,
    id: RoomId,
    live: LiveRoom,
    mailbox: mpsc::Receiver<Command>,
    status: Arc<Status>,
    flight: Option<Flight<Turn>>,
    /// What goes to the log beside that, which nothing else waits for.
    aside: Option<Flight<Asides>>,
    /// Of whom the store is yet to be asked, where that failed.
    stale: Pending,
    /// When everybody was asked about last.
    asked: Timestamp,
    /// Until then what happens is told together.
    together: Timer,
    /// Until then lists stand still.
    lists: Timer,
    /// Until then the store isn't asked.
    again: Timer,
    /// Until then nothing is handed in to it.
    rest: Timer,
}

impl Task {
    /// The task of a room in which that meeting goes on, or is yet to begin.
    pub fn new(
        hub: Arc<Hub>,
        id: RoomId,
        meeting: Meeting,
        mailbox: mpsc::Receiver<Command>,
        status: Arc<Status>,
    ) -> Self {
        let (live, asked) = (hub.register(id.clone()), hub.now());
        let mut room = Room::new(meeting);
        // What came about while no server ran.
        room.pass(asked);
        Self {
            hub,
            room,
            id,
            live,
            mailbox,
            status,
            flight: None,
            aside: None,
            // What the room has become since its meeting was written is yet to be asked.
            stale: Pending::Everybody,
            asked,
            together: None,
            lists: None,
            again: None,
            rest: None,
        }
    }

    /// Goes on until nobody is connected and no meeting goes on, or the server stops.
    pub async fn run(mut self) {
        let _lease = Lease {
            hub: Arc::clone(&self.hub),
            id: self.id.clone(),
            status: Arc::clone(&self.status),
        };
        let mut commands = Vec::with_capacity(AT_ONCE);
        loop {
            tokio::select! {
                biased;
                landed = landing(&mut self.flight) => {
                    self.land(landed);
                }
                landed = landing(&mut self.aside) => self.land_aside(landed),
                () = self.live.changed() => {}
                taken = self.mailbox.recv_many(&mut commands, AT_ONCE) => if taken == 0 { return },
                () = over(&mut self.together) => {}
                () = over(&mut self.lists) => {}
                () = over(&mut self.again) => {}
                () = over(&mut self.rest) => {}
            }
            if self.take_turn(&mut commands).await || self.is_over() {
                return;
            }
        }
    }

    /// Answers whether the server stops.
    async fn take_turn(&mut self, commands: &mut Vec<Command>) -> bool {
        let (mut said, mut stops) = (Vec::new(), false);
        for command in commands.drain(..) {
            match command {
                Command::Connect(id, socket) => self.room.connect(id, *socket),
                Command::Say(id, message) => said.push((id, Some(message))),
                Command::Gone(id) => said.push((id, None)),
                Command::Tick => self.pass(),
                Command::Stop => stops = true,
            }
        }
        self.ask().await;
        for (id, message) in said {
            let now = self.hub.now();
            match message {
                Some(message) => self.room.hear(id, message, now),
                None => self.room.lose(id, now),
            }
            // Answered in the order in which it was asked.
            self.look_up_chat().await;
        }
        self.note_attempts();
        self.carry_out_orders().await;
        if stops {
            self.stop().await;
            return true;
        }
        self.hand_over();
        self.hand_over_asides();
        if self.flight.is_none() && self.room.forget_unless_seen() {
            self.together = None;
        }
        self.show_lists();
        false
    }

    /// Has the log say what participants wanted to do and may not, but no flood of it.
    fn note_attempts(&mut self) {
        for it in self.room.take_attempts() {
            let counted = self.hub.refusals().count_act(&it.who, &it.doer.context, it.at);
            if let Some(left_out) = counted {
                let doer = (it.doer, it.guest.as_ref());
                self.room.note(Note::refused(doer, it.act, left_out, it.at));
            }
        }
    }

    async fn carry_out_orders(&mut self) {
        let orders = self.room.take_orders();
        if orders.is_empty() {
            return;
        }
        for ordered in orders {
            let about = orders::carry_out(&self.hub, &self.id, &mut self.room, &ordered).await;
            self.stale.merge(about);
        }
        self.ask().await;
    }

    /// Shows chat that only the store has any more to whoever wants it.
    async fn look_up_chat(&mut self) {
        /// So many lines at once.
        const LINES: u32 = 30;
        let meeting = self.room.meeting().number();
        for (id, before) in self.room.take_wanted() {
            match self.hub.scribe().lines_before(&self.id, meeting, before, LINES).await {
                Ok(lines) => self.room.show_earlier(id, &lines),
                // They can ask again.
                Err(error) => {
                    tracing::error!(error = %error.cause(), "chat could not be read");
                    self.room.answer(id, ServerMessage::EarlierUnavailable);
                }
            }
        }
    }

    fn pass(&mut self) {
        let now = self.hub.now();
        self.room.pass(now);
        if self.room.has_reached_window(now) || self.round(now) != self.round(self.asked) {
            self.stale = Pending::Everybody;
        }
    }

    /// In which round of asking about everybody a moment is. The rounds are those of the room's id, so that
    /// they say nothing of who made it go live, and not all rooms ask at once.
    fn round(&self, at: Timestamp) -> i64 {
        let id = self.id.as_str().bytes();
        let shift = id.fold(0, |sum, it| (sum * 31 + i64::from(it)) % ASK_EVERY_SECONDS);
        at.plus_seconds(shift).micros().div_euclid(ASK_EVERY_SECONDS * 1_000_000)
    }

    /// Asks the store about whoever is new, and whoever something has changed for, until nothing changes
    /// while it is asked.
    async fn ask(&mut self) {
        loop {
            let pending = self.live.take_pending();
            self.room.note_replaced(&pending);
            self.stale.merge(pending);
            let nothing = self.stale == Pending::Nothing && self.room.to_ask(|_| false).is_empty();
            if nothing || self.again.is_some() {
                return;
            }
            let of = std::mem::take(&mut self.stale);
            if let Err(error) = self.ask_about(&of).await {
                tracing::error!(error = %error.cause(), "the rule of entry could not be asked");
                self.stale = of;
                self.again = Some(Box::pin(sleep(AGAIN)));
            }
        }
    }

    async fn ask_about(&mut self, of: &Pending) -> Result<(), Internal> {
        let sockets = self.room.to_ask(|it| concerns(of, it));
        let entries = sockets.iter().filter_map(|it| Some(self.room.socket(*it)?.entry)).collect();
        let everybody = *of == Pending::Everybody;
        let room = if everybody { Some(self.hub.room(&self.id).await?) } else { None };
        let held = self.hub.held(entries).await?;
        let now = self.hub.now();
        match room {
            Some(None) => {
                self.room.abandon(now);
                return Ok(());
            }
            Some(Some(room)) => {
                self.asked = now;
                self.room.learn(&room, now);
            }
            None => {}
        }
        self.room.find_places(sockets, &held, now);
        Ok(())
    }

    /// Hands in what was decided, if it is time.
    fn hand_over(&mut self) {
        let waits = self.together.is_some() && !self.room.is_urgent();
        if waits || self.flight.is_some() || self.rest.is_some() {
            return;
        }
        let now = self.hub.now();
        let Some(handed) = self.room.hand_over(now) else { return };
        self.together = Some(Box::pin(sleep(TOGETHER)));
        if handed.record.is_none() && handed.notes.is_empty() {
            self.keep(handed.turn);
            return;
        }
        let batch = Batch { room: self.id.clone(), record: handed.record, notes: handed.notes };
        self.flight = Some(Flight { cargo: handed.turn, answer: self.hub.scribe().write(batch) });
    }

    /// It is kept, or can't be; answers which.
    fn land(&mut self, (turn, written): (Turn, Result<(), Internal>)) -> bool {
        match &written {
            Ok(()) => self.keep(turn),
            Err(error) => {
                tracing::error!(room = %self.id, error = %error.cause(), "a meeting could not be kept");
                self.room.undo(turn, self.hub.now());
                // What the console had said is undone as well.
                self.stale = Pending::Everybody;
                self.rest = Some(Box::pin(sleep(AGAIN)));
            }
        }
        written.is_ok()
    }

    fn keep(&mut self, turn: Turn) {
        let number = self.room.meeting().number();
        let changes = self.room.keep(turn, self.hub.now());
        let same = self.room.meeting().number() == number;
        if !same {
            self.status.begin(self.room.meeting());
        }
        if !same || self.status.follow(self.room.meeting(), &changes) {
            self.hub.note_news();
        }
    }

    fn show_lists(&mut self) {
        if self.lists.is_none() && self.room.has_new_lists() {
            self.room.show_lists();
            self.lists = Some(Box::pin(sleep(LISTS)));
        }
    }

    /// What was decided is written, if that can be, and everybody is told that the server stops.
    async fn stop(&mut self) {
        self.room.end_observations(self.hub.now());
        let mut kept = true;
        loop {
            if self.flight.is_some() {
                let landed = landing(&mut self.flight).await;
                kept = self.land(landed);
            }
            if self.aside.is_some() {
                let landed = landing(&mut self.aside).await;
                self.land_aside(landed);
            }
            (self.together, self.rest) = (None, None);
            if kept {
                self.hand_over();
            }
            self.hand_over_asides();
            if self.flight.is_none() && self.aside.is_none() {
                break;
            }
        }
        self.room.close_all(Closing::Restarting);
    }

    /// Whether the room needs no task any more, and nobody can have asked for one meanwhile.
    fn is_over(&self) -> bool {
        self.flight.is_none()
            && self.aside.is_none()
            && self.room.is_over()
            && self.hub.retire(&self.id, &self.mailbox)
    }
}

/// A room is reached for as long as its task holds this, also where the task breaks off.
struct Lease {
    hub: Arc<Hub>,
    id: RoomId,
    status: Arc<Status>,
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.hub.give_up(&self.id, &self.status);
    }
}

/// Whether the store is to be asked about that socket.
fn concerns(of: &Pending, socket: &Socket) -> bool {
    match of {
        Pending::Nothing => false,
        Pending::Everybody => true,
        Pending::Of(all) => {
            let who = socket.known.as_ref().and_then(|it| it.who.user_id());
            let user = who.is_some_and(|it| all.contains(&Concerned::User(it.clone())));
            let of_entry = [Concerned::Entry(socket.entry), Concerned::Replaced(socket.entry)];
            user || of_entry.iter().any(|it| all.contains(it))
        }
    }
}

/// What was handed in, once it is known whether it is kept.
async fn landing<T: Default>(flight: &mut Option<Flight<T>>) -> (T, Result<(), Internal>) {
    let Some(under_way) = flight else { return pending().await };
    let written = (&mut under_way.answer).await;
    let cargo = flight.take().map(|it| it.cargo).unwrap_or_default();
    (cargo, written.unwrap_or_else(|it| Err(Internal::other(it))))
}

/// Waits until a timer is over, and turns it off.
async fn over(timer: &mut Timer) {
    match timer {
        Some(sleep) => sleep.await,
        None => pending().await,
    }
    *timer = None;
}
