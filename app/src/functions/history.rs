//! History: what was done to one user and in one room, newest first.

use domain::{Newest, history::Event};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::json::Json;
use crate::error::AppError;

/// What was done to a user: the latest, or what came before the event of that number.
#[server(prefix = "/api", endpoint = "users/history", input = GetUrl, output = Json)]
pub async fn of_user(user_id: String, older_than: String) -> Result<Newest<Event>, AppError> {
    use crate::server::{admin, backend, found, reject};
    use domain::UserId;
    let admin = admin()?;
    let user_id = found(UserId::parse(&user_id).ok())?;
    let history = backend().history.of_user(&admin, &user_id, older_than.parse().ok()).await;
    history.map_err(|it| reject(&it))
}

/// What was done in a room: the latest, or what came before the event of that number.
#[server(prefix = "/api", endpoint = "rooms/history", input = GetUrl, output = Json)]
pub async fn of_room(room: String, older_than: String) -> Result<Newest<Event>, AppError> {
    use crate::server::{backend, reject, room_reader};
    use domain::RoomId;
    let reader = room_reader(RoomId::parse(&room)).await?;
    let history = backend().history.of_room(&reader, older_than.parse().ok()).await;
    history.map_err(|it| reject(&it))
}
