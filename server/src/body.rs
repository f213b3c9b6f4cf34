//! Reading what forms send: never more than a form may hold, never longer than it should take.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, StatusCode, header},
};
use domain::{form::Pairs, image::MAX_BYTES};
use http_body_util::BodyExt;
use tokio::{sync::OwnedSemaphorePermit, time::timeout};

use crate::{errors::Failure, pace::is_too_slow};

/// The most bytes of a form.
pub const FORM: usize = 64 * 1024;
/// The most bytes of a form that may name thousands of users: ten thousand of the longest User IDs,
/// each of whose bytes takes three in a form, with their permissions.
pub const LONG_FORM: usize = 8 * 1024 * 1024;
/// The most bytes that are read of an upload. More than is taken, so that the form can be shown
/// again with what was typed when its picture is too large.
pub const UPLOAD: usize = 32 * 1024 * 1024;

/// How long a body may take to arrive.
const WITHIN: Duration = Duration::from_mins(2);
/// For how long the rest of a body that is too large is read, so that the answer is seen: browsers
/// show none while they still send.
const DISCARD_WITHIN: Duration = Duration::from_secs(5);

/// A form with a picture.
#[derive(Debug, Default)]
pub struct Upload {
    /// Everything but the picture.
    pub pairs: Pairs,
    /// The picture.
    pub picture: Picture,
    /// Held for as long as the picture may be.
    pub turn: Option<OwnedSemaphorePermit>,
}

/// A picture as it was sent.
#[derive(Debug, Default)]
pub enum Picture {
    /// None was chosen.
    #[default]
    None,
    /// This file.
    File(Bytes),
    /// One that is too large, and was not kept.
    TooLarge,
}

/// Reads the pairs of a form.
pub async fn pairs(request: Request, limit: usize) -> Result<Pairs, Failure> {
    let encoded = is_form(request.headers());
    let bytes = bytes(request.into_body(), limit).await?;
    if !encoded && !bytes.is_empty() {
        return Err(unreadable("expected application/x-www-form-urlencoded"));
    }
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    // Stands for what isn't UTF-8.
    let broken = |text: &str| text.contains('\u{fffd}');
    if pairs.iter().any(|(name, value)| broken(name) || broken(value)) {
        return Err(unreadable("expected text in UTF-8"));
    }
    Ok(pairs.into_iter().collect())
}

/// Reads a body as a whole.
pub async fn bytes(body: Body, limit: usize) -> Result<Bytes, Failure> {
    in_time(keep(body, limit)).await
}

/// Reads a form with a picture, whose turn it is.
pub async fn upload(
    request: Request,
    turn: Option<OwnedSemaphorePermit>,
) -> Result<Upload, Failure> {
    let parts = Multipart::from_request(request, &()).await;
    let parts = parts.map_err(|_| unreadable("expected multipart/form-data"))?;
    in_time(read_parts(parts)).await.map(|it| Upload { turn, ..it })
}

async fn in_time<T>(reading: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    timeout(WITHIN, reading).await.unwrap_or(Err(Failure::TooSlow))
}

async fn keep(mut body: Body, limit: usize) -> Result<Bytes, Failure> {
    let mut kept = Vec::new();
    while let Some(data) = next_data(&mut body).await? {
        if kept.len() + data.len() > limit {
            discard(body).await;
            return Err(Failure::TooLarge);
        }
        kept.extend_from_slice(&data);
    }
    Ok(kept.into())
}

async fn next_data(body: &mut Body) -> Result<Option<Bytes>, Failure> {
    let Some(frame) = body.frame().await else { return Ok(None) };
    let frame = frame.map_err(|it| broke_off(&it, unreadable("the body broke off")))?;
    Ok(Some(frame.into_data().unwrap_or_default()))
}

async fn discard(mut body: Body) {
    let discarding = async {
        let mut left = UPLOAD;
        while let Ok(Some(data)) = next_data(&mut body).await {
            match left.checked_sub(data.len()) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // Enough was done for a client that goes on and on.
    let _ = timeout(DISCARD_WITHIN, discarding).await;
}

async fn read_parts(mut parts: Multipart) -> Result<Upload, Failure> {
    let mut pairs = Vec::new();
    let mut picture = Picture::None;
    let mut left = FORM;
    while let Some(part) = parts.next_field().await.map_err(|it| broken(&it))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "image" {
            picture = read_picture(part).await?;
        } else {
            let value = read_text(part, left).await?;
            // As much as the pair would take with its separators in a form without files.
            let size = name.len() + value.len() + 2;
            left = left.checked_sub(size).ok_or(Failure::TooLarge)?;
            pairs.push((name, value));
        }
    }
    Ok(Upload { pairs: pairs.into_iter().collect(), picture, turn: None })
}

async fn read_text(mut part: Field<'_>, limit: usize) -> Result<String, Failure> {
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|it| broken(&it))? {
        if text.len() + chunk.len() > limit {
            return Err(Failure::TooLarge);
        }
        text.extend_from_slice(&chunk);
    }
    String::from_utf8(text).map_err(|_| unreadable("expected text in UTF-8"))
}

async fn read_picture(mut part: Field<'_>) -> Result<Picture, Failure> {
    let limit = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX);
    let mut file = Vec::new();
    let mut too_large = false;
    while let Some(chunk) = part.chunk().await.map_err(|it| broken(&it))? {
        too_large |= file.len() + chunk.len() > limit;
        if too_large {
            file = Vec::new();
        } else {
            file.extend_from_slice(&chunk);
        }
    }
    Ok(match (too_large, file.is_empty()) {
        (true, _) => Picture::TooLarge,
        (false, true) => Picture::None,
        (false, false) => Picture::File(file.into()),
    })
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    kind.is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"))
}

fn broken(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => broke_off(error, unreadable("the parts of the form are broken")),
    }
}

/// Why reading ended early, where it wasn't for want of pace.
fn broke_off(error: &(dyn std::error::Error + 'static), other: Failure) -> Failure {
    if is_too_slow(error) { Failure::TooSlow } else { other }
}

fn unreadable(what: &str) -> Failure {
    Failure::Unreadable(what.to_owned())
}

#[cfg(test)]
mod tests;
