//! The fields for a new password, which is typed twice.

use leptos::prelude::*;

use super::field::{TextField, Wrong};
use crate::i18n::tr;

/// The fields.
#[component]
pub(crate) fn NewPassword(
    /// What the first is called.
    label: String,
    /// What the second is called.
    again_label: String,
    /// What is wrong with the first.
    wrong: Wrong,
    /// What is wrong with the second.
    again_wrong: Wrong,
) -> impl IntoView {
    view! {
        <TextField
            id="password"
            name="password"
            label
            value=RwSignal::default()
            hint=tr!("setup.password_hint")
            kind="password"
            identifier=true
            autocomplete="new-password"
            wrong
        />
        <TextField
            id="password-again"
            name="password_again"
            label=again_label
            value=RwSignal::default()
            kind="password"
            identifier=true
            autocomplete="new-password"
            wrong=again_wrong
        />
    }
}
