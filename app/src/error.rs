//! What can go wrong between the browser and the server, as a closed set the screen can word.

use domain::Problem;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a server function, or a form, was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in any more.
    #[error("signed out")]
    SignedOut,
    /// Signed in, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// There is no such thing, or none that this person may see.
    #[error("not found")]
    NotFound,
    /// What was sent can't be read by the other side: it is of another version, or no page sent it.
    #[error("unreadable")]
    Unreadable,
    /// What was sent breaks a rule.
    #[error("refused")]
    Refused(Problem),
    /// More came from there than is taken.
    #[error("too many")]
    TooMany,
    /// The store can't be reached just now.
    #[error("unavailable")]
    Unavailable,
    /// The disk is full.
    #[error("disk full")]
    DiskFull,
    /// The server could not be reached, or its answer not be read.
    #[error("no connection")]
    Connection,
    /// Something else; the log has it under this request id.
    #[error("internal error")]
    Internal {
        /// The request id under which the log has it, where the answer told.
        request_id: Option<String>,
    },
}

impl AppError {
    /// The error that an HTTP status stands for.
    #[must_use]
    pub fn from_status(status: u16, request_id: Option<String>) -> Self {
        match status {
            0 => Self::Connection,
            400 => Self::Unreadable,
            401 => Self::SignedOut,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            429 => Self::TooMany,
            503 => Self::Unavailable,
            507 => Self::DiskFull,
            _ => Self::Internal { request_id },
        }
    }

    /// The HTTP status that stands for the error.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unreadable => 400,
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Refused(_) => 422,
            Self::TooMany => 429,
            Self::Unavailable => 503,
            Self::DiskFull => 507,
            Self::Connection | Self::Internal { .. } => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Connection,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Unreadable,
            _ => Self::Internal { request_id: None },
        }
    }
}
