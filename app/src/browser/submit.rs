//! Sends a form as the browser itself would, asking for JSON back, and tells how far it is.

use leptos::prelude::{IsDisposed, RwSignal, Set};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, HtmlElement, ProgressEvent, UrlSearchParams, XmlHttpRequest};

use crate::{error::AppError, live::delivered};

/// How the pairs of a form travel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As a query string.
    UrlEncoded,
    /// In parts, with files.
    Multipart,
}

/// What came back.
pub(crate) struct Answer(XmlHttpRequest);

impl Answer {
    /// Reads the JSON that it is, refusals included.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        let text = self.0.response_text().ok().flatten().unwrap_or_default();
        serde_json::from_str(&text).map_err(|_| {
            let request_id = self.0.get_response_header("x-request-id").ok().flatten();
            AppError::from_status(self.status(), request_id)
        })
    }

    /// Reads the text that it is, or what is refused.
    pub(crate) fn text(&self) -> Result<String, AppError> {
        if self.status() == 200 {
            return Ok(self.0.response_text().ok().flatten().unwrap_or_default());
        }
        let request_id = self.0.get_response_header("x-request-id").ok().flatten();
        Err(AppError::from_status(self.status(), request_id))
    }

    /// 0 where nothing came back.
    fn status(&self) -> u16 {
        self.0.status().unwrap_or_default()
    }
}

/// Sends a form by POST; without a connection, as soon as there is one, unless the page is left before.
///
/// `progress` is set to the part that has been sent, from 0 to 1. `XMLHttpRequest`, because `fetch` can't
/// tell how much of a body has been sent.
pub(crate) async fn send(
    path: String,
    data: FormData,
    encoding: Encoding,
    progress: RwSignal<Option<f64>>,
) -> Result<Answer, AppError> {
    delivered(async || {
        // Whoever has left the page doesn't expect the form to be sent any more.
        if progress.is_disposed() {
            return Err(AppError::Connection);
        }
        let request = post(&path, &data, encoding, progress).await;
        let answer = Answer(request.map_err(|_| AppError::Connection)?);
        if answer.status() == 0 { Err(AppError::Connection) } else { Ok(answer) }
    })
    .await
}

async fn post(
    path: &str,
    data: &FormData,
    encoding: Encoding,
    progress: RwSignal<Option<f64>>,
) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open_with_async("POST", path, true)?;
    request.set_request_header("accept", "application/json")?;
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress.try_set(Some(event.loaded() / event.total()));
        }
    });
    request.upload()?.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    match encoding {
        Encoding::Multipart => request.send_with_opt_form_data(Some(data))?,
        Encoding::UrlEncoded => {
            let pairs = UrlSearchParams::new_with_str_sequence_sequence(data)?;
            request.set_request_header("content-type", "application/x-www-form-urlencoded")?;
            request.send_with_opt_str(Some(&String::from(pairs.to_string())))?;
        }
    }
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    JsFuture::from(ended).await?;
    Ok(request)
}

/// Brings the first field with something wrong into view and puts the cursor there.
pub(crate) fn focus_first_invalid() {
    // After the views have taken in what is wrong.
    leptos::prelude::request_animation_frame(|| {
        let field = web_sys::window()
            .and_then(|it| it.document())
            .and_then(|it| it.query_selector("[aria-invalid=true]").ok().flatten())
            .and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field {
            // Fails for elements that can't have the focus; then nothing is lost.
            let _ = field.focus();
        }
    });
}
