//! A QR code, with the quiet margin that cameras need.

use leptos::prelude::*;

use crate::functions::users::Code;

/// The code.
#[component]
pub(crate) fn QrCode(
    code: Code,
    /// What readers hear.
    label: String,
) -> impl IntoView {
    let Code { side, path } = code;
    view! {
        <svg class="qr" viewBox=format!("-4 -4 {0} {0}", side + 8) role="img" aria-label=label>
            <path d=path></path>
        </svg>
    }
}
