//! The live classroom over HTTP: its doors, and the WebSocket of each tab.

pub mod door;
pub mod limits;
mod socket;

use app::server::Caller;
use axum::{
    Extension,
    extract::{
        Path, State,
        rejection::PathRejection,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, Uri},
    response::Response,
};
use backend::classroom::door::Entrant;
use domain::RoomId;

use crate::{cookies, errors::Failure, security, state::Server};

/// How much is read at once, in bytes. Each socket keeps as much for as long as it is open.
const READ: usize = 1024;
/// How much waits to be sent at most, in bytes, before a socket counts as broken.
const UNSENT: usize = 64 * 1024;

/// Connects a browser to a room to which it has an entry, or tells it that it has none.
pub async fn connect(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    named: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    // Browsers let pages of any site open sockets, and send them our cookies.
    if !security::is_own_socket(&server, &uri, &headers) {
        return Err(Failure::CrossSite);
    }
    let upgrade = upgrade.map_err(|it| Failure::Unreadable(it.to_string()))?;
    let entrant = entrant(&server, named, &headers).await?;
    let context = caller.context;
    let now = server.backend().classroom.now();
    let person = entrant.as_ref().map(|it| (it.room().clone(), it.who().clone()));
    let slot = server.sockets().open(&context.address, person, now).ok_or(Failure::TooMany)?;
    let upgrade = upgrade
        .read_buffer_size(READ)
        // What is written leaves at once.
        .write_buffer_size(0)
        .max_write_buffer_size(UNSENT)
        .max_message_size(socket::LONGEST)
        .max_frame_size(socket::LONGEST);
    Ok(match entrant {
        Some(entrant) => {
            let caller = socket::Caller { entrant, context, slot };
            upgrade.on_upgrade(move |ws| socket::converse(server, ws, caller))
        }
        // A page is told nothing of a socket that is refused, so only an open one can say this.
        None => upgrade.on_upgrade(move |ws| socket::turn_away(server, ws, slot)),
    })
}

/// Whoever asks, as their entry to the room says; `None` where they have none, or there is no such room.
async fn entrant(
    server: &Server,
    named: Result<Path<String>, PathRejection>,
    headers: &HeaderMap,
) -> Result<Option<Entrant>, Failure> {
    let room = named.ok().and_then(|it| RoomId::parse(&it.0));
    let browser = cookies::entry_secret(headers, server.public_url());
    let Some((browser, room)) = browser.zip(room) else { return Ok(None) };
    Ok(server.backend().door.entrant(browser, &room).await?)
}
