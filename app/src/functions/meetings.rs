//! Meetings on record: those of a room, who came to one, and those in which a user took part.

use domain::{
    AtLeast, Newest,
    meeting_record::{Attendance, HeldMeeting, UserMeeting},
    room::RoomSummary,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// The meetings of a room, newest first: the latest, or those before the meeting of that number.
#[server(prefix = "/api", endpoint = "meetings/list", input = GetUrl, output = Json)]
pub async fn of_room(room: String, older_than: String) -> Result<Newest<HeldMeeting>, AppError> {
    use crate::server::{backend, reject, room_reader};
    use domain::RoomId;
    let reader = room_reader(RoomId::parse(&room)).await?;
    let meetings = backend().meetings.of_room(&reader, older_than.parse().ok()).await;
    meetings.map_err(|it| reject(&it))
}

/// Who has come to the meeting that goes on in a room, and who hasn't yet, as far as a card shows them.
#[server(prefix = "/api", endpoint = "meetings/now", input = GetUrl, output = Json)]
pub async fn now(room: String) -> Result<Option<Attendance>, AppError> {
    use crate::server::{backend, reject, room_reader};
    use domain::RoomId;
    /// The page of the meeting has the others.
    const SHOWN: usize = 12;
    let reader = room_reader(RoomId::parse(&room)).await?;
    let Some(meeting) = backend().classroom.meeting(&reader) else { return Ok(None) };
    let attendance = backend().meetings.attendance(&reader, meeting.number).await;
    Ok(attendance.map_err(|it| reject(&it))?.map(|it| it.first(SHOWN)))
}

/// Who came to the meeting of that number in a room, and who didn't.
#[server(prefix = "/api", endpoint = "meetings/attendance", input = GetUrl, output = Json)]
pub async fn of_meeting(room: String, meeting: String) -> Result<Attendance, AppError> {
    use crate::server::{backend, found, reject, room_reader};
    use domain::{RoomId, classroom::MeetingNumber};
    /// More are no picture any more, and the file has all.
    const SHOWN: usize = 500;
    let reader = room_reader(RoomId::parse(&room)).await?;
    let number = found(MeetingNumber::parse(&meeting))?;
    let attendance = backend().meetings.attendance(&reader, number).await;
    Ok(found(attendance.map_err(|it| reject(&it))?)?.first(SHOWN))
}

/// The meetings in which a user took part, newest first: the latest, or those before the one of that
/// number.
#[server(prefix = "/api", endpoint = "users/meetings", input = GetUrl, output = Json)]
pub async fn of_user(user_id: String, older_than: String) -> Result<Newest<UserMeeting>, AppError> {
    use crate::server::{admin, backend, found, reject};
    use domain::UserId;
    let admin = admin()?;
    let user_id = found(UserId::parse(&user_id).ok())?;
    let meetings = backend().meetings.of_user(&admin, &user_id, older_than.parse().ok()).await;
    found(meetings.map_err(|it| reject(&it))?)
}

/// What is said before a room is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomAndLosses {
    /// Which would be deleted.
    pub room: RoomSummary,
    /// How many meetings would be lost with it.
    pub meetings: AtLeast,
}

/// A room, for whoever may change it, and what would be lost with it.
#[server(prefix = "/api", endpoint = "meetings/losses", input = GetUrl, output = Json)]
pub async fn losses(room: String) -> Result<RoomAndLosses, AppError> {
    use crate::server::{backend, reject, room_owner};
    use domain::RoomId;
    let owner = room_owner(RoomId::parse(&room)).await?;
    let meetings = backend().meetings.lost_with(&owner).await.map_err(|it| reject(&it))?;
    Ok(RoomAndLosses { room: owner.reader().room().clone(), meetings })
}
