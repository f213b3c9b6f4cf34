//! What pages ask about one room.

use backend::rooms::RoomReader;

use super::{backend, reject};
use crate::{error::AppError, functions::rooms::RoomSettings};

/// A room with everything that can be set of it.
pub(crate) async fn room_settings(reader: &RoomReader) -> Result<RoomSettings, AppError> {
    let backend = backend();
    let room = backend.rooms.details(reader).await.map_err(|it| reject(&it))?;
    let totals = backend.users.totals(reader).await.map_err(|it| reject(&it))?;
    let zone = backend.settings.zone();
    let local = |moment| zone.local(moment);
    let (opens, closes) = (room.limits.opens.and_then(local), room.limits.closes.and_then(local));
    Ok(RoomSettings { room, opens, closes, active_users: totals.active })
}
