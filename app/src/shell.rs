//! The document around every page.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    App, Assets,
    i18n::{Locale, tr},
    theme::Theme,
};

/// The whole document. Reads [`Assets`], [`Locale`] and [`Theme`] from the context.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    let locale = use_context::<Locale>().unwrap_or_default();
    let theme = use_context::<Theme>().unwrap_or_default();
    let nonce = use_nonce();
    let start = format!(
        "import start, {{ hydrate }} from '{}'; start({{ module_or_path: '{}' }}).then(hydrate);",
        assets.script, assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang=locale.as_str() data-theme=theme.attribute() data-icons=assets.icons>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
                <link rel="stylesheet" href=assets.style />
                <link rel="preload" href=assets.font r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="modulepreload" href=assets.script />
                <link
                    rel="preload"
                    href=assets.wasm
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin=""
                />
                <script type="module" nonce=nonce inner_html=start></script>
                <MetaTags />
            </head>
            <body>
                <App />
                // Outside the app: it must still work when the app has stopped.
                <div class="crash" id="crash" role="alert" hidden>
                    <p>{tr!("crash.text")}</p>
                    <a class="button button--small" href="" rel="external">
                        {tr!("crash.reload")}
                    </a>
                </div>
            </body>
        </html>
    }
}
