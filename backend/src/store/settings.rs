//! What holds for the whole school: one row.

use domain::{
    Timestamp,
    room::Capacity,
    settings::{
        MostMembers, MostRooms, ObservationNotice, SchoolName, Settings, TeacherLimits, ZoneName,
    },
};

use super::{Db, codes::Code, row::Row};
use crate::Internal;

/// The number of the one row.
const ROW: i64 = 1;

/// The settings; `None` before any were kept.
pub async fn read(db: &mut Db) -> Result<Option<Settings>, Internal> {
    let row = sqlx::query(
        "SELECT school, time_zone, retention, notice, language, teacher_rooms, teacher_members, \
         teacher_capacity FROM settings WHERE id = $1",
    )
    .bind(ROW)
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let row = Row::of("settings", &row);
    Ok(Some(Settings {
        school: row.parse_optional("school", |it| SchoolName::parse(it).ok().flatten())?,
        time_zone: row.parse("time_zone", |it| ZoneName::parse(it).ok())?,
        retention: row.code("retention")?,
        notice: row.parse_optional("notice", |it| ObservationNotice::parse(it).ok().flatten())?,
        language: row.code("language")?,
        teachers: TeacherLimits {
            rooms: row.number_optional("teacher_rooms", MostRooms::new)?,
            members: row.number_optional("teacher_members", MostMembers::new)?,
            capacity: row.number_optional("teacher_capacity", Capacity::new)?,
        },
    }))
}

/// Keeps the settings instead of those before.
pub async fn keep(db: &mut Db, settings: &Settings, now: Timestamp) -> Result<(), Internal> {
    let teachers = settings.teachers;
    sqlx::query(
        "INSERT INTO settings (id, school, time_zone, retention, notice, language, changed_at, \
         teacher_rooms, teacher_members, teacher_capacity) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET \
         school = $2, time_zone = $3, retention = $4, notice = $5, language = $6, \
         changed_at = $7, teacher_rooms = $8, teacher_members = $9, teacher_capacity = $10",
    )
    .bind(ROW)
    .bind(settings.school.as_ref().map(SchoolName::as_str))
    .bind(settings.time_zone.as_str())
    .bind(settings.retention.code())
    .bind(settings.notice.as_ref().map(ObservationNotice::as_str))
    .bind(settings.language.code())
    .bind(now.micros())
    .bind(teachers.rooms.map(|it| i64::from(it.get())))
    .bind(teachers.members.map(|it| i64::from(it.get())))
    .bind(teachers.capacity.map(|it| i64::from(it.get())))
    .execute(db)
    .await?;
    Ok(())
}
