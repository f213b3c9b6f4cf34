//! The audit log.

use domain::{
    Page, RoomName,
    audit::{AuditAsked, Entry},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::json::Json;
use crate::error::AppError;

/// What the page of the log shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditList {
    /// The entries of this page, the latest first.
    pub page: Page<Entry>,
    /// What the room asked for is called, if it still exists.
    pub room: Option<RoomName>,
}

/// A page of the entries asked for. What is searched for stands in place of the person and the room.
#[server(prefix = "/api", endpoint = "audit/list", input = GetUrl, output = Json)]
pub async fn list(
    search: String,
    at: String,
    #[server(default)] asked: AuditAsked,
) -> Result<AuditList, AppError> {
    use crate::server::{admin, backend, reject};
    use domain::{Cursor, audit::AuditTerm};
    let admin = admin()?;
    let (audit, term, cursor) =
        (&backend().audit, AuditTerm::parse(&search), Cursor::from_text(&at));
    let page = audit.page(&admin, &asked, term.as_ref(), cursor.as_ref()).await;
    let room = match &asked.room {
        Some(room) => audit.room_name(&admin, room).await.map_err(|it| reject(&it))?,
        None => None,
    };
    Ok(AuditList { page: page.map_err(|it| reject(&it))?, room })
}
