//! Refusals on record: whoever is signed in and asks for what they may not have leaves a line in the audit
//! log.

use app::server::{Caller, arguments_of};
use axum::{
    extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::Response,
};
use backend::accounts::Asked;
use domain::{RoomId, UserId};

use crate::state::Server;

/// Notes what is answered by 403 to somebody who is signed in.
pub async fn note(State(server): State<Server>, request: Request, next: Next) -> Response {
    let session = request.extensions().get::<Caller>().and_then(|it| it.session.clone());
    let Some(session) = session else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let asked = asked(&mut parts).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    if response.status() == StatusCode::FORBIDDEN
        && let Err(error) = server.backend().accounts.note_refused(&session, &asked).await
    {
        // They are refused all the same.
        tracing::error!(source = std::error::Error::source(&error), "a refusal could not be noted");
    }
    response
}

/// What a request names. Of its address only the route is kept, since secrets travel in addresses; and
/// the user and the room in it.
async fn asked(parts: &mut Parts) -> Asked {
    let route = parts.extensions.get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let path = match arguments_of(parts.uri.path()) {
        Some(_) => parts.uri.path().to_owned(),
        None => route.unwrap_or_default(),
    };
    let named = RawPathParams::from_request_parts(parts, &()).await.ok();
    let part = |name: &str| {
        let named = named.as_ref()?;
        named.iter().find(|it| it.0 == name).map(|it| it.1.to_owned())
    };
    Asked {
        method: parts.method.to_string(),
        path,
        user: part("user_id").and_then(|it| UserId::parse(&it).ok()),
        room: part("room").and_then(|it| RoomId::parse(&it)),
    }
}
