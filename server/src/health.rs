//! Answers for those who watch over the server.

use axum::{extract::State, http::StatusCode};

use crate::state::Server;

/// The process is alive.
pub async fn alive() -> &'static str {
    "ok"
}

/// Requests can be answered: the database is there.
pub async fn ready(State(server): State<Server>) -> (StatusCode, &'static str) {
    if server.backend().ready().await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    }
}
