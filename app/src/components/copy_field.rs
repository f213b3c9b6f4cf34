//! A text that is there to be handed over: copied by a button, or by hand where there is no clipboard.

use leptos::{html, prelude::*, task::spawn_local};

use super::icon::Icon;
use crate::{browser, i18n::tr};

/// The text and the button.
#[component]
pub(crate) fn CopyField(
    /// What readers hear: which text it is.
    label: String,
    text: String,
) -> impl IntoView {
    let (copied, field) = (RwSignal::new(false), NodeRef::<html::Input>::new());
    let words = move || if copied.get() { tr!("picker.copied") } else { tr!("picker.copy") };
    let value = text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            if browser::copied(&text).await {
                copied.try_set(true);
            } else if let Some(field) = field.try_get_untracked().flatten() {
                // A key copies it then.
                field.select();
            }
        });
    };
    view! {
        <div class="copy-field">
            <input class="input" node_ref=field aria-label=label readonly value=value />
            <button class="button" type="button" on:click=copy>
                {move || view! { <Icon name=if copied.get() { "check" } else { "copy" } /> }}
                {words}
            </button>
        </div>
        <p class="visually-hidden" role="status">
            {move || copied.get().then(words)}
        </p>
    }
}
