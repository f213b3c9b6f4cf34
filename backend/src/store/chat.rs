//! Chat, for as long as its meeting goes on.

use domain::{
    Nickname, RoomId, Timestamp,
    classroom::{ChatText, Line, MeetingNumber, ParticipantId, SentMark},
};
use serde_json::json;

use super::{
    Db, Tx, dialect,
    meetings::Numbered,
    row::{Row, Rows},
};
use crate::{Internal, classroom::record::Record};

/// The columns of a [`Line`].
macro_rules! line_columns {
    () => {
        "c.meeting_id, c.number, c.said_at, c.participant, c.nickname, c.text, c.sent"
    };
}

/// The lines before a number, the last first.
pub(super) const BEFORE: &str = concat!(
    "SELECT ",
    line_columns!(),
    " FROM rooms r JOIN meetings m ON m.room_id = r.id AND m.number = $2 \
     JOIN chat c ON c.meeting_id = m.id AND c.number < $3 \
     WHERE r.public_id = $1 ORDER BY c.number DESC LIMIT $4 + 0"
);
pub(super) const FORGET: &str =
    concat!("DELETE FROM chat WHERE meeting_id IN ", dialect::list!("$1"));

/// Adds what was said.
pub async fn say(tx: &mut Tx, records: &[Numbered<'_, Record>]) -> Result<(), Internal> {
    let lines = records.iter().flat_map(|(meeting, record)| {
        let row = move |it: &Line| {
            json!({
                "meeting": meeting,
                "number": it.number,
                "at": it.at,
                "by": it.by,
                "nickname": it.nickname,
                "text": it.text.as_str(),
                "sent": it.sent,
            })
        };
        record.said.iter().map(row)
    });
    dialect::run_over(tx, dialect::SAY, lines.collect()).await
}

/// Deletes what was said in the meetings of these numbers.
pub async fn forget(tx: &mut Tx, meetings: &[i64]) -> Result<(), Internal> {
    if meetings.is_empty() {
        return Ok(());
    }
    let list = json!(meetings).to_string();
    sqlx::query(FORGET).bind(list).execute(&mut **tx).await?;
    Ok(())
}

/// The lines of the meetings of these numbers, from that line on each, unordered.
pub async fn from(db: &mut Db, meetings: &[(i64, u32)]) -> Result<Vec<(i64, Line)>, Internal> {
    let list: Vec<_> = meetings
        .iter()
        .map(|(meeting, from)| json!({ "meeting": meeting, "from": from }))
        .collect();
    let list = json!(list).to_string();
    let columns = [line_columns!()];
    let rows = Rows::read(db, &columns, dialect::LINES_FROM, |it| it.bind(list)).await?;
    rows.of("chat").map(|it| Ok((it.get("meeting_id")?, decode(it)?))).collect()
}

/// The lines of a meeting before that one, so many at most, the oldest first.
pub async fn before(
    db: &mut Db,
    (room, meeting): (&RoomId, MeetingNumber),
    before: u32,
    limit: u32,
) -> Result<Vec<Line>, Internal> {
    let rows = Rows::read(db, &[line_columns!()], BEFORE, |it| {
        it.bind(room.to_string())
            .bind(i64::from(meeting.0))
            .bind(i64::from(before))
            .bind(i64::from(limit))
    });
    rows.await?.of("chat").rev().map(decode).collect()
}

fn decode(row: Row<'_>) -> Result<Line, Internal> {
    Ok(Line {
        number: row.count("number")?,
        at: Timestamp::from_micros(row.get("said_at")?),
        by: ParticipantId(row.count("participant")?),
        nickname: row.parse("nickname", |it| Nickname::parse(it).ok())?,
        text: row.parse("text", |it| ChatText::parse(it).ok())?,
        sent: row.parse("sent", SentMark::parse)?,
    })
}
