//! The doors of rooms over HTTP: everything between a link, or the console, and the classroom.
//!
//! Opening a link leads to its door, and does nothing else. What a door shows and whether somebody enters
//! says the rule of entry; Enter makes an entry, which a cookie names from then on, and the classroom asks
//! for that.

mod by_link;
mod shown;
mod signed_in;

use app::server::Caller;
use axum::http::request::Parts;
use backend::{
    classroom::door::{EnterRefusal, Entered},
    entry::Inside,
};
use domain::{RoomId, classroom::Identity, door::DoorField};

pub use self::{
    by_link::{enter as enter_by_link, image, look as look_by_link, open},
    signed_in::{enter, is_there, look},
};
use crate::{
    cookies,
    errors::Failure,
    forms::{Done, Outcome, Post},
    paths,
    state::Server,
};

/// What the meeting in a room says of it and of somebody.
pub fn inside(server: &Server) -> impl Fn(&RoomId, Option<&Identity>) -> Inside {
    |room, who| server.backend().classroom.ask(room, who)
}

/// Whether the browser that asks has an entry to a room.
pub async fn has_entry(server: &Server, request: &Parts, room: &RoomId) -> Result<bool, Failure> {
    let browser = cookies::entry_secret(&request.headers, server.public_url());
    let Some(browser) = browser else { return Ok(false) };
    Ok(server.backend().door.entrant(browser, room).await?.is_some())
}

/// Ends the entry of the browser to a room, if there is one, closes the door by which they came, and says so.
pub async fn leave(post: Post, room: String) -> Outcome<DoorField> {
    let (backend, browser) = (post.backend(), post.entry_secret());
    let left = Done::at(paths::LEFT);
    if let (Some(browser), Some(room)) = (browser, RoomId::parse(&room))
        && let Some(entrant) = backend.door.entrant(&browser, &room).await?
        && let Some(link) = backend.door.leave(&entrant).await?
    {
        return Ok(left.with(cookies::door_closed(&link, post.server().public_url())));
    }
    Ok(left)
}

/// Leads whoever entered into the classroom.
fn led_in(server: &Server, entered: &Entered) -> Done {
    let done = Done::at(paths::classroom(&entered.room));
    match &entered.cookie {
        Some(browser) => {
            done.with(cookies::entered(browser.reveal().to_owned(), server.public_url()))
        }
        None => done,
    }
}

/// The answer to whoever didn't enter for a reason that the door itself doesn't tell.
fn failure(refusal: EnterRefusal) -> Failure {
    match refusal {
        EnterRefusal::TooFast => Failure::TooMany,
        EnterRefusal::Internal(error) => error.into(),
        EnterRefusal::NotFound | EnterRefusal::NoName | EnterRefusal::Refused(_) => {
            Failure::NotFound
        }
    }
}

/// Who is calling.
fn caller(request: &Parts) -> Result<&Caller, Failure> {
    let missing = || backend::Internal::other("nobody noted who is calling");
    request.extensions.get().ok_or_else(|| missing().into())
}
