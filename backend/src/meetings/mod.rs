//! Meetings on record: which there were in a room, who came to each, and in which a user took part. Whoever
//! observed stands in none of them.

mod attendance;
mod export;

use std::{collections::HashMap, sync::Arc};

use domain::{
    AtLeast, Newest, Timestamp, UserId, UserSummary,
    attendance::{MeetingTimes, Stay, attended},
    history::Named,
    meeting_record::{HeldMeeting, HowEnded, Turnout, UserMeeting},
};

use crate::{
    Internal,
    accounts::Admin,
    clock::Clock,
    rooms::{RoomOwner, RoomReader},
    settings::SchoolSettings,
    store::{
        Db, Store,
        held_meetings::{self, Attended, StoredMeeting},
        users,
    },
    zone::Zone,
};

/// The use cases about meetings on record.
#[derive(Debug)]
pub struct Meetings {
    store: Store,
    clock: Arc<dyn Clock>,
    settings: Arc<SchoolSettings>,
}

impl Meetings {
    pub(crate) const fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        settings: Arc<SchoolSettings>,
    ) -> Self {
        Self { store, clock, settings }
    }

    /// The meetings of a room, newest first: the latest, or those before the meeting of that number.
    pub async fn of_room(
        &self,
        reader: &RoomReader,
        older_than: Option<i64>,
    ) -> Result<Newest<HeldMeeting>, Internal> {
        let mut db = self.store.read().await?;
        let rows = held_meetings::list(&mut db, reader.stored().number, older_than).await?;
        let (rows, older_than) = page(rows, |it| i64::from(it.number.0));
        let users = existing(&mut db, rows.iter().filter_map(|it| it.ended_by.as_ref())).await?;
        let (zone, now) = (self.settings.zone(), self.clock.now());
        let rows = rows.iter().map(|it| held(it, &users, &zone, now)).collect();
        Ok(Newest { rows, older_than })
    }

    /// The meetings in which a user took part, newest first: the latest, or those before the one of that
    /// number. `None` where there is no such user.
    pub async fn of_user(
        &self,
        _: &Admin,
        user_id: &UserId,
        older_than: Option<i64>,
    ) -> Result<Option<Newest<UserMeeting>>, Internal> {
        let mut db = self.store.read().await?;
        let Some(user) = users::find(&mut db, user_id).await? else { return Ok(None) };
        let meetings = held_meetings::of_user(&mut db, user.number, older_than).await?;
        let (meetings, older_than) = page(meetings, |it| it.row);
        let (Some(newest), Some(oldest)) = (meetings.first(), meetings.last()) else {
            return Ok(Some(Newest { rows: Vec::new(), older_than }));
        };
        let range = (oldest.row, newest.row);
        let mut stays = HashMap::<i64, Vec<Stay>>::new();
        for (meeting, stay) in held_meetings::stays_of_user(&mut db, user.number, range).await? {
            stays.entry(meeting).or_default().push(stay);
        }
        let (zone, now) = (self.settings.zone(), self.clock.now());
        let rows = meetings
            .into_iter()
            .filter_map(|it| of_one(stays.get(&it.row)?, it, &zone, now))
            .collect();
        Ok(Some(Newest { rows, older_than }))
    }

    /// How many meetings would be lost with a room.
    pub async fn lost_with(&self, owner: &RoomOwner) -> Result<AtLeast, Internal> {
        let mut db = self.store.read().await?;
        held_meetings::count(&mut db, owner.reader().stored().number).await
    }

    /// Deletes the meetings that ended before what the school keeps, some at a time so that others get to
    /// write, and answers how many those were.
    pub async fn forget(&self) -> Result<u64, Internal> {
        let Some(oldest) = self.settings.kept_from() else { return Ok(0) };
        let mut forgotten = 0;
        loop {
            let gone = held_meetings::forget(&self.store, oldest).await?;
            forgotten += gone;
            if gone < u64::from(held_meetings::AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }
}

/// As many as a page holds, and the number of the last where there are more.
fn page<T>(mut rows: Vec<T>, number: impl Fn(&T) -> i64) -> (Vec<T>, Option<i64>) {
    let size = usize::try_from(held_meetings::PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let older_than = rows.last().filter(|_| more).map(number);
    (rows, older_than)
}

/// Those of these users who still exist, by the keys of their User IDs.
async fn existing(
    db: &mut Db,
    named: impl Iterator<Item = &UserId>,
) -> Result<HashMap<String, UserSummary>, Internal> {
    let mut keys: Vec<String> = named.map(UserId::key).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let users = users::by_keys(db, &keys).await?;
    Ok(users.into_iter().map(|(key, user)| (key, user.summary)).collect())
}

/// A meeting as lists show it.
fn held(
    meeting: &StoredMeeting,
    users: &HashMap<String, UserSummary>,
    zone: &Zone,
    now: Timestamp,
) -> HeldMeeting {
    let named = |user_id: &UserId| Named {
        user_id: user_id.clone(),
        nickname: users.get(&user_id.key()).map(|it| it.nickname.clone()),
    };
    let until = meeting.ended.map_or(now, |it| it.0);
    let turnout = meeting.expected.map(|(expected, absent)| turnout(expected, absent));
    HeldMeeting {
        number: meeting.number,
        began: zone.clocked(meeting.began),
        seconds: seconds_between(meeting.began, until),
        ended: meeting.ended.map(|(at, ending)| HowEnded {
            at: zone.clocked(at),
            ending,
            by: meeting.ended_by.as_ref().map(named),
        }),
        people: meeting.people,
        turnout,
    }
}

/// How many came of so many, of whom so many didn't.
const fn turnout(expected: u32, absent: u32) -> Turnout {
    Turnout { expected, came: expected.saturating_sub(absent) }
}

fn seconds_between(from: Timestamp, until: Timestamp) -> u32 {
    u32::try_from((until.micros() - from.micros()).max(0) / 1_000_000).unwrap_or(u32::MAX)
}

/// How one user attended a meeting; not at all without a stay.
fn of_one(stays: &[Stay], meeting: Attended, zone: &Zone, now: Timestamp) -> Option<UserMeeting> {
    // Whether they were late doesn't show here, so a window changes nothing.
    let times = MeetingTimes { began: meeting.began, opens: None, ended: meeting.ended };
    let attended = attended(&times, stays, now)?;
    Some(UserMeeting {
        room: meeting.room,
        name: meeting.name,
        number: meeting.number,
        came: zone.clocked(attended.stays.first()?.came),
        left: attended.stays.last()?.left.map(|it| zone.clocked(it)),
        seconds: attended.seconds,
    })
}
