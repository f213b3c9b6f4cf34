//! Meetings, who takes part in them, and their stays: rows of many meetings at once.
//!
//! Whatever the number, rows of one kind are written by one statement, so that a thousand who come at once
//! cost no more statements than one.

use domain::{
    Nickname, RoomId, RoomName, Timestamp, UserId,
    classroom::{
        Announcement, Capabilities, Identity, MeetingNumber, Participant, ParticipantId, Presence,
        Profile,
    },
    image::ImageName,
    room::RoomLimits,
};
use serde_json::{Value, json};

use super::{
    Db, Tx,
    codes::Code,
    dialect, rooms,
    row::{Row, Rows},
};
use crate::{
    Internal,
    classroom::record::{MeetingNow, NewStay, Record},
};

pub(super) const ABSENT: &str = concat!(
    "INSERT INTO meeting_absent (meeting_id, user_id, nickname) \
     SELECT me.id, u.user_id, u.nickname FROM meetings me \
     JOIN members m ON m.room_id = me.room_id JOIN users u ON u.id = m.user_id \
     WHERE me.id IN ",
    dialect::list!("$1"),
    " AND m.permission <> 2 AND u.status = 0 AND NOT EXISTS \
     (SELECT 1 FROM participants p WHERE p.user_number = u.id AND p.meeting_id = me.id)"
);

/// The columns of a [`StoredMeeting`].
macro_rules! meeting_columns {
    () => {
        "m.id AS number, r.public_id, r.name, r.capacity, r.time_limit, r.opens, r.closes, \
         m.number AS meeting, m.runs, m.began_at, m.seen_at, m.locked, m.denied, m.announcement, \
         m.announced_by, m.announced_at, m.people, m.chat_lines"
    };
}

/// The columns of a [`StoredParticipant`].
macro_rules! participant_columns {
    () => {
        "p.meeting_id, p.number, p.user_id, p.guest, p.nickname, p.image, p.office, p.admitted, \
         p.given, p.granted, p.denied, p.hand_at"
    };
}

/// The columns of a stay.
macro_rules! stay_columns {
    () => {
        "s.meeting_id, s.participant, s.left_at"
    };
}

pub(super) const OPEN: &str = concat!(
    "SELECT ",
    meeting_columns!(),
    " FROM meetings m JOIN rooms r ON r.id = m.room_id WHERE m.ended_at IS NULL"
);
pub(super) const PARTICIPANTS_OF: &str = concat!(
    "SELECT ",
    participant_columns!(),
    " FROM participants p WHERE p.meeting_id IN ",
    dialect::list!("$1")
);
pub(super) const STAYS_OF: &str = concat!(
    "SELECT ",
    stay_columns!(),
    " FROM meeting_sessions s WHERE s.meeting_id IN ",
    dialect::list!("$1")
);

/// A meeting, by the number by which other tables refer to it.
pub type Numbered<'a, T> = (i64, &'a T);

/// A meeting that hasn't ended.
#[derive(Debug)]
pub struct StoredMeeting {
    /// By which other tables refer to it.
    pub number: i64,
    /// Its room.
    pub room: RoomId,
    /// What people call that.
    pub name: RoomName,
    /// What limits that.
    pub limits: RoomLimits,
    /// The meeting.
    pub now: MeetingNow,
}

/// Somebody who took part in a meeting; whether they are in is for their stays to say.
#[derive(Debug)]
pub struct StoredParticipant {
    /// The number of the meeting.
    pub meeting: i64,
    /// Who, within it.
    pub id: ParticipantId,
    /// Who they are.
    pub participant: Participant,
}

/// Keeps meetings as they are now. Answers, in their order, by what number other tables refer to each;
/// `None` where the room is gone or the meeting has ended.
pub async fn keep(
    tx: &mut Tx,
    records: &[(&RoomId, &Record)],
) -> Result<Vec<Option<i64>>, Internal> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<_> = records.iter().map(|(room, it)| meeting_row(room, it)).collect();
    let list = Value::from(rows).to_string();
    let kept = sqlx::query(dialect::KEEP_MEETINGS).bind(list).fetch_all(&mut **tx).await?;
    let mut numbers = std::collections::HashMap::new();
    for it in &kept {
        let row = Row::of("meetings", it);
        let room = row.as_of("rooms").parse("room", RoomId::parse)?;
        let which = (room, MeetingNumber(row.count("meeting")?));
        numbers.insert(which, row.get::<i64>("number")?);
    }
    let began = records.iter().filter(|(_, it)| it.began);
    let began = began.map(|(room, it)| {
        let MeetingNow { number, began, .. } = &it.meeting;
        json!({ "room": room, "number": number, "began": began })
    });
    dialect::run_over(tx, dialect::NOTE_BEGINNINGS, began.collect()).await?;
    let number = |(room, it): &(&RoomId, &Record)| {
        numbers.get(&((*room).clone(), it.meeting.number)).copied()
    };
    Ok(records.iter().map(number).collect())
}

fn meeting_row(room: &RoomId, record: &Record) -> Value {
    let (now, ended) = (&record.meeting, record.ended);
    let announcement = now.announcement.as_ref();
    json!({
        "room": room,
        "number": now.number,
        "runs": now.run,
        "began": now.began,
        "seen": now.seen,
        "ended": ended.map(|(_, at)| at),
        "ending": ended.map(|(ending, _)| ending.code()),
        "locked": i32::from(now.locked),
        "denied": now.denied,
        "announcement": announcement.map(|it| &it.text),
        "announced_by": announcement.map(|it| &it.by),
        "announced_at": announcement.map(|it| it.at),
        "people": now.people,
        "lines": now.lines,
    })
}

/// Keeps participants as they are now.
pub async fn keep_participants(
    tx: &mut Tx,
    records: &[Numbered<'_, Record>],
) -> Result<(), Internal> {
    let rows = records.iter().flat_map(|(meeting, record)| {
        record.people.iter().map(|(id, it)| participant_row(*meeting, *id, it))
    });
    dialect::run_over(tx, dialect::KEEP_PARTICIPANTS, rows.collect()).await
}

fn participant_row(meeting: i64, id: ParticipantId, it: &Participant) -> Value {
    let (user, guest) = match &it.who {
        Identity::User(user_id) => (Some(user_id), None),
        Identity::Guest(guest) => (None, Some(guest)),
    };
    json!({
        "meeting": meeting,
        "number": id,
        "key": user.map(UserId::key),
        "user": user,
        "guest": guest,
        "nickname": it.profile.nickname,
        "image": it.profile.image,
        "office": it.profile.office.code(),
        "admitted": it.profile.admitted.code(),
        "given": it.given,
        "granted": it.granted.map(Code::code),
        "denied": it.denied,
        "hand": it.hand,
    })
}

/// Ends stays and begins others, and notes with users that they entered.
pub async fn keep_stays(tx: &mut Tx, records: &[Numbered<'_, Record>]) -> Result<(), Internal> {
    let left = records.iter().flat_map(|(meeting, record)| {
        let row = move |(who, at): &(ParticipantId, Timestamp)| {
            json!({ "meeting": meeting, "number": who, "left": at })
        };
        record.left.iter().map(row)
    });
    dialect::run_over(tx, dialect::END_STAYS, left.collect()).await?;
    let stays = records.iter().flat_map(|(meeting, record)| {
        let row = move |it: &NewStay| {
            json!({ "meeting": meeting, "number": it.who, "came": it.came, "left": it.left })
        };
        record.stays.iter().map(row)
    });
    dialect::run_over(tx, dialect::BEGIN_STAYS, stays.collect()).await?;
    let entries = records.iter().flat_map(|(_, record)| &record.stays).filter_map(|it| {
        let user = it.user.as_ref()?;
        Some(json!({ "key": user.key(), "came": it.came }))
    });
    dialect::run_over(tx, dialect::NOTE_ENTRIES, entries.collect()).await
}

/// Does what is done once with meetings that ended at those moments: stays that went on end, and who was
/// absent is listed.
pub async fn end(tx: &mut Tx, ended: &[(i64, Timestamp)]) -> Result<(), Internal> {
    if ended.is_empty() {
        return Ok(());
    }
    let rows = ended.iter().map(|(meeting, at)| json!({ "meeting": meeting, "ended": at }));
    dialect::run_over(tx, dialect::END_ALL_STAYS, rows.collect()).await?;
    let numbers: Vec<_> = ended.iter().map(|it| it.0).collect();
    sqlx::query(ABSENT).bind(json!(numbers).to_string()).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that all meetings that haven't ended are going on.
pub async fn note_seen(tx: &mut Tx, now: Timestamp) -> Result<(), Internal> {
    sqlx::query("UPDATE meetings SET seen_at = $1 WHERE ended_at IS NULL")
        .bind(now.micros())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The number of the latest meeting that began in a room, 0 where none has; `None` where there is no such
/// room.
pub async fn latest(db: &mut Db, room: &RoomId) -> Result<Option<MeetingNumber>, Internal> {
    let row = sqlx::query("SELECT meetings FROM rooms WHERE public_id = $1")
        .bind(room.as_str())
        .fetch_optional(db)
        .await?;
    row.map(|it| Ok(MeetingNumber(Row::of("rooms", &it).count("meetings")?))).transpose()
}

/// The meetings that haven't ended.
pub async fn open(db: &mut Db) -> Result<Vec<StoredMeeting>, Internal> {
    let rows = Rows::read(db, &[meeting_columns!()], OPEN, |it| it).await?;
    rows.of("meetings").map(decode).collect()
}

/// Everybody who took part in the meetings of these numbers, unordered.
pub async fn participants_of(
    db: &mut Db,
    meetings: &[i64],
) -> Result<Vec<StoredParticipant>, Internal> {
    let list = json!(meetings).to_string();
    let columns = [participant_columns!()];
    let rows = Rows::read(db, &columns, PARTICIPANTS_OF, |it| it.bind(list)).await?;
    rows.of("participants").map(participant).collect()
}

/// The stays in the meetings of these numbers: meeting, participant and when they went, unordered.
pub async fn stays_of(
    db: &mut Db,
    meetings: &[i64],
) -> Result<Vec<(i64, ParticipantId, Option<Timestamp>)>, Internal> {
    let list = json!(meetings).to_string();
    let rows = Rows::read(db, &[stay_columns!()], STAYS_OF, |it| it.bind(list)).await?;
    let stay = |row: Row<'_>| {
        let who = ParticipantId(row.count("participant")?);
        Ok((row.get("meeting_id")?, who, moment(row, "left_at")?))
    };
    rows.of("meeting_sessions").map(stay).collect()
}

fn decode(row: Row<'_>) -> Result<StoredMeeting, Internal> {
    let room = row.as_of("rooms");
    let text: Option<String> = row.get("announcement")?;
    let by: Option<String> = row.get("announced_by")?;
    let announcement = text.zip(by).zip(moment(row, "announced_at")?);
    Ok(StoredMeeting {
        number: row.get("number")?,
        room: room.parse("public_id", RoomId::parse)?,
        name: room.parse("name", |it| RoomName::parse(it).ok())?,
        limits: rooms::limits(room)?,
        now: MeetingNow {
            number: MeetingNumber(row.count("meeting")?),
            run: row.count("runs")?,
            began: Timestamp::from_micros(row.get("began_at")?),
            seen: Timestamp::from_micros(row.get("seen_at")?),
            locked: row.count("locked")? != 0,
            denied: Capabilities::from_bits(row.count("denied")?),
            announcement: announcement.map(|((text, by), at)| Announcement { text, by, at }),
            people: row.count("people")?,
            lines: row.count("chat_lines")?,
        },
    })
}

fn participant(row: Row<'_>) -> Result<StoredParticipant, Internal> {
    let nickname = |it: &str| Nickname::parse(it).ok();
    let user = row.parse_optional("user_id", |it| UserId::parse(it).ok())?;
    let who = match user {
        Some(user_id) => Identity::User(user_id),
        None => Identity::Guest(row.get("guest")?),
    };
    let profile = Profile {
        nickname: row.parse("nickname", nickname)?,
        image: row.parse_optional("image", ImageName::parse)?,
        office: row.code("office")?,
        admitted: row.code("admitted")?,
    };
    let participant = Participant {
        who,
        profile,
        given: row.parse_optional("given", nickname)?,
        granted: row.code_optional("granted")?,
        denied: Capabilities::from_bits(row.count("denied")?),
        hand: moment(row, "hand_at")?,
        presence: Presence::Gone,
    };
    Ok(StoredParticipant {
        meeting: row.get("meeting_id")?,
        id: ParticipantId(row.count("number")?),
        participant,
    })
}

fn moment(row: Row<'_>, column: &str) -> Result<Option<Timestamp>, Internal> {
    Ok(row.get::<Option<i64>>(column)?.map(Timestamp::from_micros))
}
