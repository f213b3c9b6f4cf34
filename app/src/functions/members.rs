//! Members of a room: what is done to many of them at once, and undoing it.

use domain::{
    RoomId, UserId,
    members::{MembersAct, MembersChanged, Seat, Which},
};
use leptos::prelude::*;

use super::json::Json;
use crate::error::AppError;

/// Gives members another permission, or takes them off the room.
#[server(prefix = "/api", endpoint = "rooms/change-members", input = Json, output = Json)]
pub async fn change_members(
    room: RoomId,
    which: Which,
    act: MembersAct,
) -> Result<MembersChanged, AppError> {
    use crate::server::{backend, room_owner, room_refused};
    let owner = room_owner(Some(room)).await?;
    backend().rooms.change_members(&owner, &which, act).await.map_err(room_refused)
}

/// Undoes what was done to members, and tells for whom it can't be.
#[server(prefix = "/api", endpoint = "rooms/put-back", input = Json, output = Json)]
pub async fn put_back(
    room: RoomId,
    before: Vec<Seat>,
    act: MembersAct,
) -> Result<Vec<UserId>, AppError> {
    use crate::server::{backend, members_refused, room_owner};
    let owner = room_owner(Some(room)).await?;
    backend().rooms.put_back(&owner, &before, act).await.map_err(members_refused)
}
