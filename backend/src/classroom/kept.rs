//! What the store keeps of meetings that go on, from which a server takes them up.

use std::collections::HashMap;

use domain::{
    RoomId, RoomName, Timestamp,
    classroom::{
        Arrival, Change, Line, Meeting, Participant, ParticipantId, RoomSettings, SEAT_SECONDS,
    },
    room::{Capacity, TimeLimit},
};

use super::record::MeetingNow;
use crate::{
    Internal,
    store::{
        Store, chat,
        open_meetings::{self, StoredMeeting},
    },
};

/// A meeting that hasn't ended, as the store keeps it.
#[derive(Debug)]
pub struct Kept {
    /// Its room.
    pub room: RoomId,
    /// What people call that.
    pub name: RoomName,
    /// How many may be in at once.
    pub capacity: Option<Capacity>,
    /// After how many minutes it ends.
    pub time_limit: Option<TimeLimit>,
    /// The meeting.
    pub now: MeetingNow,
    people: Vec<(ParticipantId, Participant)>,
    /// Who of these was in.
    inside: Vec<ParticipantId>,
    /// When the others went for the last time.
    left: Vec<(ParticipantId, Timestamp)>,
    /// The last lines of chat, the oldest first.
    lines: Vec<Line>,
}

impl Kept {
    /// The meeting, taken up once more: whoever was in has been out of reach since it was last known to go
    /// on, and has as long to come back as anybody. Whether newcomers may come, and wait, is as the room has
    /// it.
    #[must_use]
    pub fn take_up(&self, room: &RoomSettings, now: Timestamp) -> Meeting {
        let settings = RoomSettings {
            name: self.name.clone(),
            capacity: self.capacity,
            time_limit: self.time_limit,
            ..*room
        };
        let run = self.now.run.saturating_add(1);
        let mut meeting = Meeting::new(self.now.number, run, settings);
        for (id, it) in &self.people {
            self.person(*id, it).iter().for_each(|it| meeting.apply(it));
        }
        let left = self.left.iter().map(|(who, at)| Change::Went(*who, *at));
        let (since, until) = (self.now.seen, now.plus_seconds(SEAT_SECONDS));
        let away = self.inside.iter().map(|who| Change::Away { who: *who, since, until });
        let said = self.lines.iter().cloned().map(Change::Said);
        let room = [
            Change::Locked(self.now.locked),
            Change::Denied(self.now.denied),
            Change::Announced(self.now.announcement.clone()),
        ];
        left.chain(away).chain(said).chain(room).for_each(|it| meeting.apply(&it));
        meeting
    }

    /// What made a participant what they are.
    fn person(&self, id: ParticipantId, it: &Participant) -> [Change; 5] {
        let (who, profile) = (it.who.clone(), it.profile.clone());
        [
            // The first of them came when the meeting began; of the others it doesn't matter.
            Change::Came(Arrival { id, who, profile, at: self.now.began }),
            Change::Granted(id, it.granted),
            Change::Renamed(id, it.given.clone()),
            Change::DeniedTo(id, it.denied),
            Change::Hand(id, it.hand),
        ]
    }
}

/// All meetings that haven't ended, read by as many statements whatever their number.
pub(super) async fn open(store: &Store) -> Result<Vec<Kept>, Internal> {
    let mut db = store.read().await?;
    let open = open_meetings::open(&mut db).await?;
    let numbers: Vec<_> = open.iter().map(|it| it.number).collect();
    let mut people = by_meeting(
        open_meetings::participants_of(&mut db, &numbers).await?,
        |it| it.meeting,
        |it| (it.id, it.participant),
    );
    let stays = open_meetings::stays_of(&mut db, &numbers).await?;
    let mut stays = by_meeting(stays, |it| it.0, |it| (it.1, it.2));
    let from: Vec<_> = open.iter().map(|it| (it.number, first_line(it))).collect();
    let lines = chat::from(&mut db, &from).await?;
    let mut lines = by_meeting(lines, |it| it.0, |it| it.1);
    let kept = open.into_iter().map(|it| {
        let people = people.remove(&it.number).unwrap_or_default();
        let stays = stays.remove(&it.number).unwrap_or_default();
        let lines = lines.remove(&it.number).unwrap_or_default();
        put_together(it, people, &stays, lines)
    });
    Ok(kept.collect())
}

/// The first line of those that a meeting has at hand.
fn first_line(meeting: &StoredMeeting) -> u32 {
    let at_hand = u32::try_from(Meeting::LINES).unwrap_or(u32::MAX);
    meeting.now.lines.saturating_sub(at_hand).saturating_add(1)
}

fn by_meeting<T, U>(
    rows: Vec<T>,
    meeting: impl Fn(&T) -> i64,
    part: impl Fn(T) -> U,
) -> HashMap<i64, Vec<U>> {
    let mut all: HashMap<i64, Vec<U>> = HashMap::new();
    for it in rows {
        all.entry(meeting(&it)).or_default().push(part(it));
    }
    all
}

fn put_together(
    stored: StoredMeeting,
    mut people: Vec<(ParticipantId, Participant)>,
    stays: &[(ParticipantId, Option<Timestamp>)],
    mut lines: Vec<Line>,
) -> Kept {
    people.sort_unstable_by_key(|it| it.0);
    lines.sort_unstable_by_key(|it| it.number);
    let mut last: HashMap<ParticipantId, Option<Timestamp>> = HashMap::new();
    for (who, left) in stays {
        let end = last.entry(*who).or_insert(*left);
        // One that goes on is the last.
        *end = end.zip(*left).map(|(one, other)| one.max(other));
    }
    let mut left: Vec<_> = last.iter().filter_map(|(who, at)| Some((*who, (*at)?))).collect();
    let is_inside = |who: &ParticipantId| last.get(who).is_none_or(Option::is_none);
    let inside = people.iter().map(|it| it.0).filter(is_inside).collect();
    // The meeting has been empty since the last of them went.
    left.sort_unstable_by_key(|(who, at)| (*at, *who));
    Kept {
        room: stored.room,
        name: stored.name,
        capacity: stored.limits.capacity,
        time_limit: stored.limits.time_limit,
        now: stored.now,
        people,
        inside,
        left,
        lines,
    }
}
