//! Meetings, who takes part in them, and their stays: rows of many meetings at once.
//!
//! Whatever the number, rows of one kind are written by one statement, so that a thousand who come at once
//! cost no more statements than one.

use domain::{
    RoomId, Timestamp, UserId,
    classroom::{Identity, MeetingNumber, Participant, ParticipantId},
};
use serde_json::{Value, json};

use super::{Db, Tx, codes::Code, dialect, row::Row};
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

pub(super) const AS_IT_ENDED: &str = concat!(
    "UPDATE meetings SET expected = (SELECT COUNT(*) FROM members m JOIN users u ON u.id = m.user_id \
     WHERE m.room_id = meetings.room_id AND m.permission <> 2 AND u.status = 0), \
     absent = (SELECT COUNT(*) FROM meeting_absent a WHERE a.meeting_id = meetings.id), \
     opens = (SELECT r.opens FROM rooms r WHERE r.id = meetings.room_id) \
     WHERE id IN ",
    dialect::list!("$1")
);

/// A meeting, by the number by which other tables refer to it.
pub type Numbered<'a, T> = (i64, &'a T);

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

/// Does what is done once with meetings that ended at those moments: stays that went on end, who was absent is
/// listed, and counted, and the window of the room is kept.
pub async fn end(tx: &mut Tx, ended: &[(i64, Timestamp)]) -> Result<(), Internal> {
    if ended.is_empty() {
        return Ok(());
    }
    let rows = ended.iter().map(|(meeting, at)| json!({ "meeting": meeting, "ended": at }));
    dialect::run_over(tx, dialect::END_ALL_STAYS, rows.collect()).await?;
    let numbers: Vec<_> = ended.iter().map(|it| it.0).collect();
    for statement in [ABSENT, AS_IT_ENDED] {
        sqlx::query(statement).bind(json!(numbers).to_string()).execute(&mut **tx).await?;
    }
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
