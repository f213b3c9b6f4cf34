//! Who is calling: from where, in which language, and as whom.

use std::net::SocketAddr;

use app::{i18n::Locale, server::Caller, theme::Theme};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::accounts::Context;
use domain::settings::Language;

use crate::{address, cookies, errors::Failure, site, state::Server, telemetry::RequestId};

/// Notes from where a request comes, and how its answer is to look.
pub async fn greet(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let settings = server.backend().settings.now();
    let caller = Caller {
        session: None,
        context: context(&server, &request),
        locale: locale(headers, settings.language),
        theme: theme(headers),
        insecure: server.public_url().is_insecure(),
        public_url: server.public_url().to_string(),
        version: site::version(),
        changes: server.backend().live.now(true),
        settings,
    };
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Adds who is signed in, by the session cookie.
pub async fn identify(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let secret = cookies::session_secret(request.headers(), server.public_url()).map(str::to_owned);
    if let (Some(secret), Some(caller)) = (secret, request.extensions_mut().get_mut::<Caller>()) {
        match server.backend().accounts.session(&secret, caller.context.clone()).await {
            Ok(session) => caller.session = session,
            Err(error) => return Failure::from(error).into_response(),
        }
    }
    next.run(request).await
}

fn context(server: &Server, request: &Request) -> Context {
    let extensions = request.extensions();
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0);
    let address =
        peer.map(|peer| address::client(peer, request.headers(), server.trusted_proxies()));
    Context {
        request_id: extensions.get::<RequestId>().map(|it| it.0.clone()).unwrap_or_default(),
        address: address.map(|it| it.to_string()).unwrap_or_default(),
        browser: browser(request.headers()),
    }
}

/// What the browser calls itself, as far as a session list would show it.
fn browser(headers: &HeaderMap) -> String {
    let name = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
    name.unwrap_or_default().chars().take(256).collect()
}

/// The language that was chosen, else the first that the browser asks for, else the school's.
fn locale(headers: &HeaderMap, otherwise: Language) -> Locale {
    let chosen = cookies::value(headers, app::i18n::COOKIE).and_then(Locale::parse);
    let asked = || {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
        Locale::from_accept_language(accepted?)
    };
    chosen.or_else(asked).or_else(|| Locale::parse(otherwise.name())).unwrap_or_default()
}

fn theme(headers: &HeaderMap) -> Theme {
    cookies::value(headers, app::theme::COOKIE).and_then(Theme::parse).unwrap_or_default()
}
