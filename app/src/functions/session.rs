//! The session: whether it still lasts.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::json::Json;
use crate::error::AppError;

/// Answers whoever may use the console.
#[server(prefix = "/api", endpoint = "session/check", input = GetUrl, output = Json)]
pub async fn check() -> Result<(), AppError> {
    crate::server::staff().map(drop)
}
