//! A native dialog that is open as long as a signal says so.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::icon::Icon;
use crate::i18n::tr;

/// Puts the cursor into the first field, or on the first button below the head, once they are there.
fn focus_first(dialog: web_sys::HtmlDialogElement) {
    request_animation_frame(move || {
        let first = dialog
            .query_selector(".dialog__body :is(input, textarea), .dialog__foot button")
            .ok()
            .flatten()
            .and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(first) = first {
            // Fails for elements that can't have the focus; then nothing is lost.
            let _ = first.focus();
        }
    });
}

/// A modal dialog. Escape and the cross close it; what it holds exists only while it is open.
#[component]
pub(crate) fn Dialog(
    /// The dialog's id.
    id: &'static str,
    /// What it is about.
    title: String,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whether it only asks a question.
    #[prop(optional)]
    small: bool,
    /// Its body and foot.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only where it is open already.
            let _ = dialog.show_modal();
            focus_first(dialog);
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let class = if small { "dialog dialog--small" } else { "dialog" };
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <dialog
            class=class
            id=id
            node_ref=element
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
        >
            <header class="dialog__head">
                <h2 class="dialog__title" id=heading>
                    {title}
                </h2>
                <button
                    class="button button--quiet button--small button--icon"
                    type="button"
                    aria-label=tr!("dialog.close")
                    on:click=move |_| open.set(false)
                >
                    <Icon name="x" />
                </button>
            </header>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
