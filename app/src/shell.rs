//! The document around every page.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    App, Assets,
    error::AppError,
    i18n::{Locale, tr},
    pages::not_found::ErrorFrame,
    theme::Theme,
    viewer::{Entrant, Viewer},
    words,
};

/// The whole document. Reads [`Assets`], [`Locale`], [`Theme`], `Viewer` and `Entrant` from the context.
///
/// Comes to life only for those who are signed in, or came into a classroom: whoever stands at the door waits for nothing but a
/// form, which needs no script.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    let classroom = use_context::<Entrant>().is_some();
    let lives = classroom || use_context::<Viewer>().is_some();
    let head = view! {
        {classroom.then(|| view! { <link rel="stylesheet" href=assets.classroom_style /> })}
        <link rel="preload" href=assets.font r#as="font" r#type="font/woff2" crossorigin="" />
        {lives.then(|| view! { <script nonce=use_nonce() inner_html=start(assets, classroom)></script> })}
        <MetaTags />
    };
    let body = view! {
        <App />
        {lives.then(|| view! { <Crash /> })}
    };
    document(assets, lives, head.into_any(), body.into_any())
}

/// The script that brings the document to life. WASM and texts are fetched while the document is still
/// being read, after what it needs to be seen, and only where scripts run at all; begun once all of it
/// is there, since what the pages were rendered from stands at its end.
fn start(assets: Assets, classroom: bool) -> String {
    let texts = assets.texts(use_context::<Locale>().unwrap_or_default(), classroom);
    let texts = texts.iter().map(|it| format!("'{it}'")).collect::<Vec<_>>().join(",");
    format!(
        "const low = {{ priority: 'low' }};\
         const wasm = fetch('{}', low);\
         const text = (it) => it.ok ? it.text() : Promise.reject(it.status);\
         const texts = Promise.all([{texts}].map((it) => fetch(it, low).then(text)));\
         const read = new Promise((done) => addEventListener('DOMContentLoaded', done));\
         import('{}').then(async (app) => {{\
           await app.default({{ module_or_path: wasm }});\
           const words = await texts;\
           await read;\
           app.hydrate(words);\
         }});",
        assets.wasm, assets.script
    )
}

/// What is shown when the app has stopped. Outside the app: it must still work then.
#[component]
fn Crash() -> impl IntoView {
    view! {
        <div class="crash" id="crash" role="alert" hidden>
            <p>{tr!("crash.text")}</p>
            <a class="button button--small" href="" rel="external">
                {tr!("crash.reload")}
            </a>
        </div>
    }
}

/// A document that holds nothing but what went wrong, for failures outside the app's pages. Reads the
/// same context as [`shell`]; no script runs in it.
pub fn error_document(error: AppError) -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    let title = match &error {
        AppError::NotFound => tr!("failure.page"),
        other => words::failure(other).1.trim_end_matches('.').to_owned(),
    };
    let head = view! { <title>{format!("{title} · Rollcall")}</title> };
    document(assets, false, head.into_any(), view! { <ErrorFrame error /> }.into_any())
}

/// The document itself, which comes to life or not.
pub(crate) fn document(assets: Assets, lives: bool, head: AnyView, body: AnyView) -> impl IntoView {
    let locale = use_context::<Locale>().unwrap_or_default();
    let theme = use_context::<Theme>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=locale.as_str() data-theme=theme.attribute() data-lives=lives.then_some("")>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <link rel="stylesheet" href=assets.style />
                <link rel="stylesheet" media="print" href=assets.print_style />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}
