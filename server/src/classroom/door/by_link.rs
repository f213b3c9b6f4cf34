//! The door of a link. What stands in the link is taken out of the address at once: from then on it
//! travels in a cookie that only this door is sent.

use app::{
    doorway::{Address, Door, Doorway},
    server::Caller,
    submission::Submission,
};
use axum::{
    Extension,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use backend::{
    accounts::Session,
    classroom::door::{Comer, Doorstep, EnterRefusal},
};
use domain::{
    Nickname, Problem, Problems,
    door::{DoorField, DoorForm, EnterAs, Entering},
    entry::{Intent, Refusal},
    entry_link::EntryToken,
    image::ImageSize,
};

use super::{caller, failure, inside, led_in, shown};
use crate::{
    body, cookies,
    errors::{Failure, Wants},
    forms::{Done, Outcome, Post, Trouble},
    images, paths,
    state::Server,
};

/// What a path names.
type Named = Result<Path<String>, PathRejection>;

/// Opens a link: leads to its door. Uses nothing up, signs nobody in, and keeps nothing.
pub async fn open(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    named: Named,
) -> Result<Response, Failure> {
    // What can't be decoded is no link.
    let token = named.ok().and_then(|it| EntryToken::parse(&it.0));
    let backend = server.backend();
    if let Some(token) = token
        && backend.links.opened(&token).await?.is_some()
    {
        let cookie = cookies::door(&token, server.public_url()).to_string();
        let door = Redirect::to(&paths::door(token.id()));
        return Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), door).into_response());
    }
    Err(failure(backend.door.wrong_link(&caller.context)))
}

/// The door of a link as it is first shown, and with which status.
pub async fn look(
    server: &Server,
    request: &Parts,
    link: &str,
) -> Result<(Submission, StatusCode), Failure> {
    let closed = || (submission(Doorway::Closed, Problems::default()), StatusCode::NOT_FOUND);
    let Some(token) = token(server, &request.headers, link) else { return Ok(closed()) };
    let door = Holder { server, caller: caller(request)?, token }.door().await?;
    Ok((submission(Doorway::There(Box::new(door)), Problems::default()), StatusCode::OK))
}

/// Enters by a link, or as whoever is signed in.
pub async fn enter(post: Post, link: String) -> Outcome<DoorField> {
    let (server, caller) = (post.server().clone(), post.caller()?.clone());
    let Some(token) = token(&server, post.headers(), &link) else {
        return match Wants::of(post.headers()) {
            Wants::Json => Err(Failure::NotFound.into()),
            // There they are told to open the link again.
            Wants::Page => Ok(Done::at(post.path())),
        };
    };
    let browser = post.entry_secret();
    let form = post.form(body::FORM, DoorForm::from_pairs).await?;
    let holder = Holder { server: &server, caller: &caller, token };
    let entering = match form.parse(true) {
        Ok(entering) => entering,
        Err(problems) => return Err(holder.refused(&form, problems).await?),
    };
    let wrong = match holder.enter(&entering, browser.as_deref()).await {
        Ok(done) => return Ok(done),
        Err(EnterRefusal::NoName) => Problems::one(DoorField::Nickname, Problem::Missing),
        // The door says why.
        Err(EnterRefusal::Refused(_)) => Problems::one(DoorField::As, Problem::Choice),
        Err(refusal) => return Err(failure(refusal).into()),
    };
    Err(holder.refused(&form, wrong).await?)
}

/// The profile image of whose link it is, for themselves at its door.
pub async fn image(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    named: Named,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let token = named.ok().and_then(|it| token(&server, &headers, &it.0));
    let token = token.ok_or(Failure::NotFound)?;
    let step = Holder { server: &server, caller: &caller, token }.step().await?;
    let leads_in = step.answer.map_or_else(Refusal::waits, |_| true);
    let image = step.you.filter(|_| leads_in).and_then(|it| it.image).ok_or(Failure::NotFound)?;
    images::at_a_door(&server, &image, ImageSize::Large).await
}

/// What the cookie of a door holds, if it is of that door.
fn token(server: &Server, headers: &HeaderMap, link: &str) -> Option<EntryToken> {
    let token = EntryToken::parse(cookies::door_token(headers, server.public_url())?)?;
    (token.id().as_str() == link).then_some(token)
}

fn submission(doorway: Doorway, problems: Problems<DoorField>) -> Submission {
    Submission::new(doorway, problems)
}

/// Somebody who holds a link.
struct Holder<'a> {
    server: &'a Server,
    caller: &'a Caller,
    token: EntryToken,
}

impl Holder<'_> {
    /// What the door answers whoever comes by the link.
    async fn step(&self) -> Result<Doorstep, Failure> {
        let backend = self.server.backend();
        let step = backend.door.look(self.by_link(), inside(self.server)).await?;
        step.ok_or_else(|| failure(backend.door.wrong_link(&self.caller.context)))
    }

    const fn by_link(&self) -> Comer<'_> {
        Comer::ByLink { token: &self.token, context: &self.caller.context }
    }

    /// The door: who is signed in as somebody else may choose to enter as themselves.
    async fn door(&self) -> Result<Door, Failure> {
        let step = self.step().await?;
        let holder = step.you.as_ref().map(|it| &it.user_id);
        let other = self.caller.session.as_ref().filter(|it| holder != Some(&it.user().user_id));
        let (shared, by_link) = (holder.is_none(), (EnterAs::Link, step));
        let asked = match self.as_themselves(other, &by_link.1).await? {
            // A shared link is for nobody in particular.
            Some(me) if shared => vec![(EnterAs::Me, me), by_link],
            Some(me) => vec![by_link, (EnterAs::Me, me)],
            None => vec![by_link],
        };
        let address = Address::Link(self.token.id().clone());
        let door = shown::door(self.server, address, asked).ok_or(Failure::NotFound)?;
        Ok(Door { signed_in: other.map(nickname), ..door })
    }

    /// What the door of the same room answers whoever is signed in.
    async fn as_themselves(
        &self,
        session: Option<&Session>,
        step: &Doorstep,
    ) -> Result<Option<Doorstep>, Failure> {
        let Some(session) = session else { return Ok(None) };
        let comer = Comer::SignedIn { session, room: &step.room, intent: Intent::Own };
        Ok(self.server.backend().door.look(comer, inside(self.server)).await?)
    }

    async fn enter(
        &self,
        entering: &Entering,
        browser: Option<&str>,
    ) -> Result<Done, EnterRefusal> {
        let door = &self.server.backend().door;
        let (name, inside) = (entering.nickname.as_ref(), inside(self.server));
        let entered = match (entering.enter_as, &self.caller.session) {
            (EnterAs::Me, Some(session)) => {
                let step = door.look(self.by_link(), &inside).await?;
                let room = step.ok_or(EnterRefusal::NotFound)?.room;
                let comer = Comer::SignedIn { session, room: &room, intent: Intent::Own };
                door.enter(comer, browser, None, &inside).await?
            }
            (EnterAs::Me, None) => return Err(EnterRefusal::NotFound),
            _ => door.enter(self.by_link(), browser, name, &inside).await?,
        };
        Ok(led_in(self.server, &entered))
    }

    /// The door again, with what was typed and what is wrong.
    async fn refused(
        &self,
        form: &DoorForm,
        problems: Problems<DoorField>,
    ) -> Result<Trouble<DoorField>, Failure> {
        let door = Door { typed: form.nickname.clone(), ..self.door().await? };
        Ok(Trouble::refused(Doorway::There(Box::new(door)), problems))
    }
}

fn nickname(session: &Session) -> Nickname {
    session.user().nickname.clone()
}
