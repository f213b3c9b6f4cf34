//! Meetings that haven't ended, as a server reads them that takes them up.

use domain::{
    Nickname, RoomId, RoomName, Timestamp, UserId,
    classroom::{
        Announcement, Capabilities, Identity, MeetingNumber, Participant, ParticipantId, Presence,
        Profile,
    },
    image::ImageName,
    room::RoomLimits,
};
use serde_json::json;

use super::{
    Db, dialect, rooms,
    row::{Row, Rows},
};
use crate::{Internal, classroom::record::MeetingNow};

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
