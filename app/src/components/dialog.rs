//! A native dialog that is open as long as a signal says so.

use leptos::{html, prelude::*};

use super::icon::Icon;
use crate::i18n::tr;

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
