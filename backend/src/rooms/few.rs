//! Few rooms, of which no index has all in one order: those of a Teacher, which they own or in which they
//! are Host, and those in which a meeting goes on.
//!
//! They are as many as one person can look after, or one machine holds meetings in, so they are all read,
//! then filtered, sorted and cut into pages here.

use domain::{Cursor, Page, RoomOrder, RoomsAsked, SearchTerm, fold, room::RoomSummary};

use crate::{
    Found, Internal,
    accounts::Staff,
    classroom::InProgress,
    store::{
        Db, rooms,
        rooms::{PAGE, StoredRoom},
        user_rooms,
    },
};

/// Few rooms, in order.
#[derive(Debug)]
pub(super) struct Few {
    rooms: Vec<(String, StoredRoom)>,
    order: RoomOrder,
}

impl Few {
    /// The rooms that somebody may see; `None` for an Admin, who may see all.
    pub(super) async fn of(db: &mut Db, staff: &Staff) -> Result<Option<Self>, Internal> {
        let Some(number) = staff.number().filter(|_| !staff.is_admin()) else { return Ok(None) };
        let numbers = user_rooms::owned_or_hosted(db, number).await?;
        Ok(Some(Self::new(rooms::by_numbers(db, &numbers).await?)))
    }

    /// The rooms in which a meeting goes on.
    pub(super) async fn in_progress(db: &mut Db, meetings: &InProgress) -> Result<Self, Internal> {
        let ids: Vec<_> = meetings.rooms().cloned().collect();
        Ok(Self::new(rooms::by_ids(db, &ids).await?))
    }

    fn new(rooms: Vec<StoredRoom>) -> Self {
        let keyed = rooms.into_iter().map(|it| (fold(it.summary.name.as_str()), it));
        Self { rooms: keyed.collect(), order: RoomOrder::default() }
    }

    /// How many there are.
    pub(super) fn total(&self) -> u64 {
        self.rooms.len() as u64
    }

    /// Those that are asked for, in the order that is asked for.
    pub(super) fn asked(mut self, asked: RoomsAsked, meetings: &InProgress) -> Self {
        self.rooms.retain(|(_, it)| meetings.is_asked_for(&asked, &it.summary));
        self.order = asked.order;
        match self.order {
            RoomOrder::Name => self.rooms.sort_by(|one, other| place(one).cmp(&place(other))),
            RoomOrder::Newest => self.rooms.sort_by_key(|it| std::cmp::Reverse(it.1.number)),
        }
        self
    }

    /// The page beside the cursor.
    pub(super) fn page(self, cursor: Option<&Cursor>) -> Page<RoomSummary> {
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let start = match cursor {
            None => 0,
            Some(it) if it.forward => self.rooms.partition_point(|room| !self.is_after(room, it)),
            Some(it) => {
                self.rooms.partition_point(|room| self.is_before(room, it)).saturating_sub(size)
            }
        };
        let end = start.saturating_add(size).min(self.rooms.len());
        let shown = self.rooms.get(start..end).unwrap_or_default();
        Page {
            previous: self.beside(shown.first().filter(|_| start > 0), false),
            next: self.beside(shown.last().filter(|_| end < self.rooms.len()), true),
            rows: shown.iter().map(|it| it.1.summary.clone()).collect(),
        }
    }

    /// Those whose names a term finds, in order.
    pub(super) fn found(self, term: &SearchTerm, limit: u32) -> Found<RoomSummary> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let rooms = self.rooms.into_iter().map(|it| it.1.summary);
        let mut rows: Vec<_> = rooms
            .filter(|it| term.find_in(it.name.as_str()).is_some())
            .take(limit.saturating_add(1))
            .collect();
        let more = rows.len() > limit;
        rows.truncate(limit);
        Found { rows, more }
    }

    fn is_after(&self, room: &(String, StoredRoom), cursor: &Cursor) -> bool {
        match self.order {
            RoomOrder::Name => place(room) > (&cursor.key, cursor.number),
            RoomOrder::Newest => room.1.number < cursor.number,
        }
    }

    fn is_before(&self, room: &(String, StoredRoom), cursor: &Cursor) -> bool {
        match self.order {
            RoomOrder::Name => place(room) < (&cursor.key, cursor.number),
            RoomOrder::Newest => room.1.number > cursor.number,
        }
    }

    fn beside(&self, room: Option<&(String, StoredRoom)>, forward: bool) -> Option<Cursor> {
        let (key, room) = room?;
        let key = match self.order {
            RoomOrder::Name => key.clone(),
            RoomOrder::Newest => String::new(),
        };
        Some(Cursor { forward, number: room.number, key })
    }
}

/// Where a room stands among those sorted by name.
const fn place((key, room): &(String, StoredRoom)) -> (&String, i64) {
    (key, room.number)
}
