//! Who is signed in.

use domain::UserSummary;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// The person in front of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who they are.
    pub user: UserSummary,
    /// Whether the console is reached in a way that others could listen to.
    pub insecure: bool,
}

/// Who is signed in.
#[server(prefix = "/api", endpoint = "session/signed-in", input = GetUrl)]
pub async fn signed_in() -> Result<Viewer, AppError> {
    use crate::server::{caller, session};
    let session = session()?;
    Ok(Viewer { user: session.user().clone(), insecure: caller()?.insecure })
}
