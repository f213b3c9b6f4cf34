//! Rollcall in the browser: brings the served pages to life.

// The types of views nest as deep as the elements they stand for.
#![recursion_limit = "256"]

use leptos::{mount::hydrate_from_async, prelude::document};
use wasm_bindgen::{JsCast, JsError, prelude::wasm_bindgen};

/// Called by the page's own script once the WASM and the texts of the page's language have loaded.
/// Done when the page is alive: the parts of the app that it needs have come by then.
#[wasm_bindgen]
pub async fn hydrate(texts: Vec<String>) -> Result<(), JsError> {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        app::offer_reload();
    }));
    app::arrive(&texts)?;
    let body = document().body().ok_or_else(|| JsError::new("the document has no body"))?;
    // The page lives as long as its document.
    hydrate_from_async(body.unchecked_into(), app::App).await.forget();
    app::mark_hydrated();
    Ok(())
}
