//! Meetings on record, as pages and files read them, and forgetting them.

use domain::{
    AtLeast, Nickname, RoomId, RoomName, Timestamp, UserId,
    attendance::Stay,
    classroom::{Ending, MeetingNumber, ParticipantId},
};

use super::{
    Db, Store, dialect,
    row::{Row, Rows},
    user_rooms,
};
use crate::Internal;

/// How many meetings a page holds, of a room or a user.
pub const PAGE: u32 = 10;

/// How many meetings are deleted at once, each with everybody who took part: others get to write in
/// between.
pub const AT_ONCE: u32 = 100;

/// The columns of a [`StoredMeeting`]. While it goes on, the window of the room is its own. Who ended it stands in
/// the audit log (8: meetings) alone.
macro_rules! meeting_columns {
    () => {
        "m.id AS row_number, m.number AS number, m.began_at, m.ended_at, m.ending, m.people, \
         m.expected, m.absent, CASE WHEN m.ended_at IS NULL THEN r.opens ELSE m.opens END AS opens, \
         (SELECT a.actor FROM audit a WHERE a.room_id = r.public_id \
         AND a.kind = 8 AND a.at = m.ended_at AND a.action = 'meeting.end' LIMIT 1) AS ended_by"
    };
}

macro_rules! select_meetings {
    () => {
        concat!(
            "SELECT ",
            meeting_columns!(),
            " FROM meetings m JOIN rooms r ON r.id = m.room_id WHERE m.room_id = $1"
        )
    };
}

pub(super) const LIST: &str =
    concat!(select_meetings!(), " AND m.number < $2 ORDER BY m.number DESC LIMIT $3 + 0");
pub(super) const FIND: &str = concat!(select_meetings!(), " AND m.number = $2");
pub(super) const STAYS: &str = "SELECT s.participant, s.came_at, s.left_at \
    FROM meeting_sessions s WHERE s.meeting_id = $1 ORDER BY s.participant, s.came_at";
pub(super) const ABSENT_THEN: &str =
    "SELECT a.user_id, a.nickname FROM meeting_absent a WHERE a.meeting_id = $1";

/// The members of the room $1 who are expected: who is active and doesn't observe.
macro_rules! expected {
    () => {
        "FROM members m JOIN users u ON u.id = m.user_id \
         WHERE m.room_id = $1 AND m.permission <> 2 AND u.status = 0"
    };
}

pub(super) const EXPECTED_NOW: &str = concat!("SELECT COUNT(*) AS expected ", expected!());
pub(super) const ABSENT_NOW: &str = concat!(
    "SELECT u.user_id, u.nickname ",
    expected!(),
    " AND NOT EXISTS \
     (SELECT 1 FROM participants p WHERE p.user_number = u.id AND p.meeting_id = $2)"
);

/// The meetings in which the user $1 took part, below the number $2, newest first.
pub(super) const OF_USER: &str = "SELECT m.id AS row_number, m.number, m.began_at, m.ended_at, \
    r.public_id, r.name FROM participants p JOIN meetings m ON m.id = p.meeting_id \
    JOIN rooms r ON r.id = m.room_id WHERE p.user_number = $1 AND p.meeting_id < $2 \
    ORDER BY p.meeting_id DESC LIMIT $3 + 0";
/// Their stays in the meetings from the number $2 to the number $3.
pub(super) const STAYS_OF_USER: &str = "SELECT s.meeting_id, s.came_at, s.left_at \
    FROM participants p JOIN meeting_sessions s \
    ON s.meeting_id = p.meeting_id AND s.participant = p.number \
    WHERE p.user_number = $1 AND p.meeting_id >= $2 AND p.meeting_id <= $3";

pub(super) const OF_ROOMS: &str =
    concat!("SELECT 1 FROM meetings WHERE room_id IN ", dialect::list!("$1"), " LIMIT $2 + 0");
pub(super) const FORGET: &str = "DELETE FROM meetings WHERE id IN \
    (SELECT id FROM meetings WHERE ended_at < $1 ORDER BY ended_at LIMIT $2 + 0)";

/// A meeting of a room.
#[derive(Debug)]
pub struct StoredMeeting {
    /// By which other tables refer to it.
    pub row: i64,
    /// Which, within its room.
    pub number: MeetingNumber,
    /// When it began.
    pub began: Timestamp,
    /// When it ended and why, if it has.
    pub ended: Option<(Timestamp, Ending)>,
    /// Who ended it, if somebody did and the log still tells.
    pub ended_by: Option<UserId>,
    /// How many took part.
    pub people: u32,
    /// How many were expected and how many of these didn't come, once it has ended.
    pub expected: Option<(u32, u32)>,
    /// From when on Guests could enter, if the room had a window: once it has ended, as it was then.
    pub opens: Option<Timestamp>,
}

/// A meeting in which somebody took part.
#[derive(Debug)]
pub struct Attended {
    /// By which other tables refer to it.
    pub row: i64,
    /// Which, within its room.
    pub number: MeetingNumber,
    /// When it began.
    pub began: Timestamp,
    /// When it ended, if it has.
    pub ended: Option<Timestamp>,
    /// Its room.
    pub room: RoomId,
    /// What people call that.
    pub name: RoomName,
}

/// At most one more than [`PAGE`] of the meetings of a room below that number, newest first.
pub async fn list(
    db: &mut Db,
    room: i64,
    older_than: Option<i64>,
) -> Result<Vec<StoredMeeting>, Internal> {
    let rows = Rows::read(db, &[MEETING], LIST, |it| {
        it.bind(room).bind(older_than.unwrap_or(i64::MAX)).bind(i64::from(PAGE) + 1)
    })
    .await?;
    rows.of("meetings").map(meeting).collect()
}

/// The meeting of that number in a room.
pub async fn find(
    db: &mut Db,
    room: i64,
    number: MeetingNumber,
) -> Result<Option<StoredMeeting>, Internal> {
    let query = sqlx::query(FIND).bind(room).bind(i64::from(number.0));
    let row = query.fetch_optional(db).await?;
    row.map(|it| meeting(Row::of("meetings", &it))).transpose()
}

/// All stays in a meeting, those of one participant after the other.
pub async fn stays(db: &mut Db, meeting: i64) -> Result<Vec<(ParticipantId, Stay)>, Internal> {
    let columns = ["participant, came_at, left_at"];
    let rows = Rows::read(db, &columns, STAYS, |it| it.bind(meeting)).await?;
    rows.of("meeting_sessions")
        .map(|row| Ok((ParticipantId(row.count("participant")?), stay(row)?)))
        .collect()
}

/// Who was expected at a meeting that has ended and didn't come, by the name that they had then.
pub async fn absent_then(db: &mut Db, meeting: i64) -> Result<Vec<(UserId, Nickname)>, Internal> {
    let rows = Rows::read(db, &NAMED, ABSENT_THEN, |it| it.bind(meeting)).await?;
    rows.of("meeting_absent").map(named).collect()
}

/// Who is expected at a meeting that goes on in a room and hasn't come yet.
pub async fn absent_now(
    db: &mut Db,
    room: i64,
    meeting: i64,
) -> Result<Vec<(UserId, Nickname)>, Internal> {
    let rows = Rows::read(db, &NAMED, ABSENT_NOW, |it| it.bind(room).bind(meeting)).await?;
    rows.of("users").map(named).collect()
}

/// How many are expected at a meeting that goes on in a room.
pub async fn expected_now(db: &mut Db, room: i64) -> Result<u32, Internal> {
    let row = sqlx::query(EXPECTED_NOW).bind(room).fetch_one(db).await?;
    Row::of("members", &row).count("expected")
}

/// At most one more than [`PAGE`] of the meetings in which a user took part, those below that number,
/// newest first.
pub async fn of_user(
    db: &mut Db,
    user: i64,
    older_than: Option<i64>,
) -> Result<Vec<Attended>, Internal> {
    let columns = ["row_number, number, began_at, ended_at, public_id, name"];
    let rows = Rows::read(db, &columns, OF_USER, |it| {
        it.bind(user).bind(older_than.unwrap_or(i64::MAX)).bind(i64::from(PAGE) + 1)
    })
    .await?;
    let attended = |row: Row<'_>| {
        let room = row.as_of("rooms");
        Ok(Attended {
            row: row.get("row_number")?,
            number: MeetingNumber(row.count("number")?),
            began: Timestamp::from_micros(row.get("began_at")?),
            ended: moment(row, "ended_at")?,
            room: room.parse("public_id", RoomId::parse)?,
            name: room.parse("name", |it| RoomName::parse(it).ok())?,
        })
    };
    rows.of("meetings").map(attended).collect()
}

/// The stays of a user in the meetings from the one number to the other, each with its meeting's,
/// unordered.
pub async fn stays_of_user(
    db: &mut Db,
    user: i64,
    (from, to): (i64, i64),
) -> Result<Vec<(i64, Stay)>, Internal> {
    let columns = ["meeting_id, came_at, left_at"];
    let rows =
        Rows::read(db, &columns, STAYS_OF_USER, |it| it.bind(user).bind(from).bind(to)).await?;
    rows.of("meeting_sessions").map(|row| Ok((row.get("meeting_id")?, stay(row)?))).collect()
}

/// How many meetings of a room are kept.
pub async fn count(db: &mut Db, room: i64) -> Result<AtLeast, Internal> {
    user_rooms::counted(db, OF_ROOMS, &[room]).await
}

/// Deletes the oldest of the meetings that ended before that moment, and answers how many that was.
pub async fn forget(store: &Store, before: Timestamp) -> Result<u64, Internal> {
    let mut tx = store.begin().await?;
    let gone = sqlx::query(FORGET).bind(before.micros()).bind(i64::from(AT_ONCE));
    let gone = gone.execute(&mut *tx).await?;
    super::commit(tx).await?;
    Ok(gone.rows_affected())
}

/// The names of [`meeting_columns`].
const MEETING: &str =
    "row_number, number, began_at, ended_at, ending, people, expected, absent, opens, ended_by";
/// Those of somebody who is named.
const NAMED: [&str; 1] = ["user_id, nickname"];

fn meeting(row: Row<'_>) -> Result<StoredMeeting, Internal> {
    let ending = row.code_optional::<Ending>("ending")?;
    let expected = row.number_optional("expected", Some)?;
    Ok(StoredMeeting {
        row: row.get("row_number")?,
        number: MeetingNumber(row.count("number")?),
        began: Timestamp::from_micros(row.get("began_at")?),
        ended: moment(row, "ended_at")?.zip(ending),
        ended_by: row.parse_optional("ended_by", |it| UserId::parse(it).ok())?,
        people: row.count("people")?,
        expected: expected.zip(row.number_optional("absent", Some)?),
        opens: moment(row, "opens")?,
    })
}

fn stay(row: Row<'_>) -> Result<Stay, Internal> {
    let came = Timestamp::from_micros(row.get("came_at")?);
    Ok(Stay { came, left: moment(row, "left_at")? })
}

fn named(row: Row<'_>) -> Result<(UserId, Nickname), Internal> {
    let user_id = row.parse("user_id", |it| UserId::parse(it).ok())?;
    Ok((user_id, row.parse("nickname", |it| Nickname::parse(it).ok())?))
}

fn moment(row: Row<'_>, column: &str) -> Result<Option<Timestamp>, Internal> {
    Ok(row.get::<Option<i64>>(column)?.map(Timestamp::from_micros))
}
