//! What the server tells about itself: log lines, and an id for every request.
//!
//! Addresses are logged by their route, never as they were asked for: secrets travel in them.

use std::{panic, time::Instant};

use anyhow::Context;
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument, level_filters::LevelFilter};
use tracing_subscriber::{
    filter::Targets, fmt, layer::SubscriberExt, registry, util::SubscriberInitExt,
};

use crate::config::{Config, LogFormat};

/// The header that tells the id under which the log speaks of a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts logging to the standard error stream.
pub fn start(config: &Config) -> anyhow::Result<()> {
    let filter = filter(&config.log).with_context(|| {
        format!("`{}` is not what can be logged; try --log info or --log debug", config.log)
    })?;
    let lines = fmt::layer().with_writer(std::io::stderr);
    let logged = registry().with(filter);
    match config.log_format {
        LogFormat::Text => logged.with(lines.with_target(false)).init(),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true);
            logged.with(lines.with_current_span(true).with_span_list(false)).init();
        }
    }
    log_panics();
    Ok(())
}

/// Which lines are logged: a level, or levels by module. A level that isn't one would be taken for a module.
fn filter(log: &str) -> Option<Targets> {
    let is_level = |it: &str| it.parse::<LevelFilter>().is_ok();
    let is_known = |it: &str| match it.split_once('=') {
        Some((module, level)) => !module.is_empty() && is_level(level),
        None => is_level(it),
    };
    if log.split(',').all(is_known) { log.parse().ok() } else { None }
}

/// A panic is a log line like any other; what it says may not be meant for those who asked.
fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str();
        tracing::error!(place, message, "panicked");
    }));
}

/// The id under which the log speaks of a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives every request an id, and logs how it was answered.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let id = request_id();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = now();
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    span.in_scope(|| {
        tracing::info!(
            target: "access",
            %method,
            route = route.as_ref().map_or("none", MatchedPath::as_str),
            status = response.status().as_u16(),
            microseconds = started.elapsed().as_micros(),
        );
    });
    response
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long an answer took is nothing to be set in tests"
)]
fn now() -> Instant {
    Instant::now()
}

#[expect(
    clippy::disallowed_methods,
    reason = "tells requests apart in the log, and proves nothing"
)]
fn request_id() -> String {
    format!("{:016x}", getrandom::u64().unwrap_or_default())
}
