//! A field for a list of User IDs from elsewhere, where pasting it into the search isn't thought of.

use leptos::{ev::SubmitEvent, prelude::*};

use super::Purpose;
use crate::{components::dialog::Dialog, i18n::tr};

/// The dialog.
#[component]
pub(super) fn PasteList(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// What users are picked for.
    purpose: Purpose,
    /// Called with the list.
    on_list: Callback<String>,
) -> impl IntoView {
    view! {
        <Dialog id="paste-list" title=tr!("picker.paste") open small=true>
            <ListForm open purpose on_list />
        </Dialog>
    }
}

#[component]
fn ListForm(open: RwSignal<bool>, purpose: Purpose, on_list: Callback<String>) -> impl IntoView {
    let list = RwSignal::new(String::new());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        event.stop_propagation();
        open.set(false);
        on_list.run(list.get_untracked());
    };
    view! {
        <form class="dialog__form" on:submit=on_submit>
            <div class="dialog__body">
                <div class="field">
                    <label class="field__label" for="list">
                        {tr!("picker.paste_label")}
                    </label>
                    <textarea
                        class="input"
                        id="list"
                        rows="7"
                        aria-describedby="list-hint"
                        autocapitalize="none"
                        spellcheck="false"
                        prop:value=list
                        on:input=move |event| list.set(event_target_value(&event))
                    ></textarea>
                    <p class="field__hint" id="list-hint">
                        {purpose.pasted_hint()}
                    </p>
                </div>
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <button class="button button--primary" type="submit">
                    {tr!("picker.paste_action")}
                </button>
            </footer>
        </form>
    }
}
