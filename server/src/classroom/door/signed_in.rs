//! The door of a room for whoever is signed in to the console. An Admin may also observe, or enter openly
//! as Host, which they are asked about once more.

use app::{
    doorway::{Address, Door, Doorway},
    submission::Submission,
};
use axum::http::request::Parts;
use backend::{
    accounts::Session,
    classroom::door::{Comer, Doorstep, EnterRefusal},
};
use domain::{
    ConsoleRole, EntryPermission, Problem, Problems, RoomId,
    door::{DoorField, DoorForm, EnterAs},
    entry::{Ground, Intent},
};

use super::{caller, failure, inside, led_in, shown};
use crate::{
    body,
    errors::Failure,
    forms::{Outcome, Post, Trouble},
    state::Server,
};

/// The door as it is first shown.
pub async fn look(server: &Server, request: &Parts, room: &str) -> Result<Submission, Failure> {
    let session = caller(request)?.session.as_ref().ok_or(Failure::SignedOut)?;
    let room = RoomId::parse(room).ok_or(Failure::NotFound)?;
    let query = request.uri.query().unwrap_or_default();
    let asks = form_urlencoded::parse(query.as_bytes())
        .any(|(name, value)| name == "as" && value == EnterAs::Host.name());
    let door = Before { server, session, room: &room }.door(asks).await?;
    Ok(Submission::new(Doorway::There(Box::new(door)), Problems::<DoorField>::default()))
}

/// Whether whoever is signed in may know of the door of a room.
pub async fn is_there(server: &Server, request: &Parts, room: &RoomId) -> Result<bool, Failure> {
    let Some(session) = caller(request)?.session.as_ref() else { return Ok(false) };
    let comer = Before { server, session, room }.comer(Intent::Own);
    Ok(server.backend().door.look(comer, inside(server)).await?.is_some())
}

/// Enters.
pub async fn enter(post: Post, room: String) -> Outcome<DoorField> {
    let (server, session) = (post.server().clone(), post.session()?.clone());
    let room = RoomId::parse(&room).ok_or(Failure::NotFound)?;
    let browser = post.entry_secret();
    let form = post.form(body::FORM, DoorForm::from_pairs).await?;
    let before = Before { server: &server, session: &session, room: &room };
    let entering = match form.parse(false) {
        Ok(entering) => entering,
        Err(problems) => return Err(before.refused(problems).await?),
    };
    let intent = entering.enter_as.intent().unwrap_or_default();
    let comer = before.comer(intent);
    let door = &server.backend().door;
    match door.enter(comer, browser.as_deref(), None, inside(&server)).await {
        Ok(entered) => Ok(led_in(&server, &entered)),
        // The door says why.
        Err(EnterRefusal::Refused(_)) => {
            Err(before.refused(Problems::one(DoorField::As, Problem::Choice)).await?)
        }
        Err(refusal) => Err(failure(refusal).into()),
    }
}

/// Somebody signed in, before a room.
struct Before<'a> {
    server: &'a Server,
    session: &'a Session,
    room: &'a RoomId,
}

impl<'a> Before<'a> {
    const fn comer(&self, intent: Intent) -> Comer<'a> {
        Comer::SignedIn { session: self.session, room: self.room, intent }
    }

    /// What the door answers them; a room that isn't for them has none.
    async fn step(&self, intent: Intent) -> Result<Doorstep, Failure> {
        let step = self.server.backend().door.look(self.comer(intent), inside(self.server)).await?;
        step.ok_or(Failure::NotFound)
    }

    /// The door, or where it `asks`, only whether to enter as Host.
    async fn door(&self, asks: bool) -> Result<Door, Failure> {
        let own = self.step(Intent::Own).await?;
        let asked = if self.session.role() == ConsoleRole::Admin {
            self.ways_of_admin(own, asks).await?
        } else {
            vec![(EnterAs::Own, own)]
        };
        let asks = matches!(asked.as_slice(), [(EnterAs::Host, _)]);
        let address = Address::Room { room: self.room.clone(), asks };
        shown::door(self.server, address, asked).ok_or(Failure::NotFound)
    }

    /// The ways of an Admin: other people's rooms they usually observe.
    async fn ways_of_admin(&self, own: Doorstep, asks: bool) -> Result<Vec<shown::Asked>, Failure> {
        let as_host = (EnterAs::Host, self.step(Intent::Host).await?);
        if asks {
            return Ok(vec![as_host]);
        }
        let observing = (EnterAs::Observe, self.step(Intent::Observe).await?);
        if own.answer.is_ok_and(|it| it.ground == Ground::Owner) {
            return Ok(vec![(EnterAs::Own, own), observing]);
        }
        let is = |permission| own.answer.is_ok_and(|it| it.permission == permission);
        let as_host = (!is(EntryPermission::Host)).then_some(as_host);
        // Whoever would only observe is offered that already.
        let own = (!is(EntryPermission::Monitoring)).then_some((EnterAs::Own, own));
        Ok([observing].into_iter().chain(own).chain(as_host).collect())
    }

    /// The door again, with what is wrong.
    async fn refused(&self, problems: Problems<DoorField>) -> Result<Trouble<DoorField>, Failure> {
        let door = self.door(false).await?;
        Ok(Trouble::refused(Doorway::There(Box::new(door)), problems))
    }
}
