//! The rule of entry, asked about anybody.

use domain::{
    RoomId, UserId,
    entry::{Admission, Refusal},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::json::Json;
use crate::error::AppError;

/// Whether a user may enter a room now, as what, and if not, why not.
#[server(prefix = "/api", endpoint = "entry/can-enter", input = GetUrl, output = Json)]
pub async fn can_enter(
    room: RoomId,
    user_id: UserId,
) -> Result<Result<Admission, Refusal>, AppError> {
    use crate::server::{backend, found, room_reader, shown_refused};
    let reader = room_reader(Some(room)).await?;
    let answer = backend().entry.can_enter(&reader, &user_id).await;
    found(answer.map_err(shown_refused)?)
}
