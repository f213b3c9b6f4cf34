//! Entry links: shown to whoever owns the room, renewed, revoked, given an expiry.

use domain::{
    RoomId, UserId,
    entry_link::{EntryLink, Expiry, LinkAct},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use super::{json::Json, users::Code};
use crate::error::AppError;

/// A link with what to hand over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownLink {
    /// The link.
    pub link: EntryLink,
    /// Its address.
    pub address: String,
    /// The address as a code, where one can hold it.
    pub code: Option<Code>,
}

/// How the link of a user into a room stands, or the one that all share where nobody is named; nothing
/// where it was never made, or nobody there has one.
#[server(prefix = "/api", endpoint = "links/standing", input = GetUrl, output = Json)]
pub async fn standing(
    room: RoomId,
    #[server(default)] user_id: Option<UserId>,
) -> Result<Option<EntryLink>, AppError> {
    use crate::server::{backend, links_refused, room_owner, whose};
    use backend::links::LinksRefusal;
    let owner = room_owner(Some(room)).await?;
    match backend().links.standing(&owner, &whose(user_id)).await {
        // Who was a member a moment ago has none.
        Err(LinksRefusal::NotFound) => Ok(None),
        standing => standing.map_err(links_refused),
    }
}

/// Shows such a link, and makes it where it was never shown.
#[server(prefix = "/api", endpoint = "links/show", input = Json, output = Json)]
pub async fn show(room: RoomId, user_id: Option<UserId>) -> Result<ShownLink, AppError> {
    use crate::server::{backend, links_refused, room_owner, to_enter, whose};
    let owner = room_owner(Some(room)).await?;
    let shown = backend().links.show(&owner, &whose(user_id)).await.map_err(links_refused)?;
    to_enter(shown)
}

/// Does that to such a link, and answers how it stands then.
#[server(prefix = "/api", endpoint = "links/change", input = Json, output = Json)]
pub async fn change(
    room: RoomId,
    user_id: Option<UserId>,
    act: LinkAct,
) -> Result<EntryLink, AppError> {
    use crate::server::{backend, links_refused, room_owner, whose};
    let owner = room_owner(Some(room)).await?;
    backend().links.change(&owner, &whose(user_id), act).await.map_err(links_refused)
}

/// Says until when such a link is to lead into the room.
#[server(prefix = "/api", endpoint = "links/expire", input = Json, output = Json)]
pub async fn expire(
    room: RoomId,
    user_id: Option<UserId>,
    expiry: Expiry,
) -> Result<EntryLink, AppError> {
    use crate::server::{answer, backend, links_refused, room_owner, whose};
    use domain::local_time::Edge;
    let owner = room_owner(Some(room)).await?;
    let (now, zone) = (backend().settings.moment(), backend().settings.zone());
    let until = expiry.moment(now, |time| zone.moment(time, Edge::Until));
    let until = until.map_err(|problem| answer(AppError::Refused(problem)))?;
    let act = LinkAct::Expire(until);
    backend().links.change(&owner, &whose(user_id), act).await.map_err(links_refused)
}
