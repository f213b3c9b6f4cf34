//! Rollcall in the browser: brings the served pages to life.

// The types of views nest as deep as the elements they stand for.
#![recursion_limit = "256"]

use leptos::mount::hydrate_body;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's own script once the WASM has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        app::offer_reload();
    }));
    app::arrive();
    hydrate_body(app::App);
    app::mark_hydrated();
}
