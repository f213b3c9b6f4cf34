//! One's own account: where one is signed in.

use domain::account::Device;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::json::Json;
use crate::error::AppError;

/// The devices on which whoever asks is signed in, the one that asks first.
#[server(prefix = "/api", endpoint = "account/devices", input = GetUrl, output = Json)]
pub async fn devices() -> Result<Vec<Device>, AppError> {
    use crate::server::{backend, reject, session};
    let session = session()?;
    backend().accounts.devices(&session).await.map_err(|it| reject(&it))
}
