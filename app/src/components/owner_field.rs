//! A field that names who becomes an owner: found by search, or where no script runs, typed.

use domain::UserSummary;
use leptos::prelude::*;
use web_sys::FormData;

use super::{
    field::{FieldError, Wrong},
    user_search::UserSearch,
};
use crate::i18n::tr;

/// The name under which the new owner is sent.
const NAME: &str = "owner";

/// Puts who was found into a form that is about to be sent.
pub(crate) fn amend(data: &FormData, found: RwSignal<Option<UserSummary>>) {
    if let Some(user) = found.get_untracked() {
        // Fails only for names that can't be sent; this one can.
        let _ = data.set_with_str(NAME, user.user_id.as_str());
    }
}

/// The field.
#[component]
pub(crate) fn OwnerField(
    /// What it asks.
    label: String,
    /// The User ID as typed before.
    typed: String,
    /// Who was found.
    found: RwSignal<Option<UserSummary>>,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let invalid = move || wrong.with(Option::is_some);
    view! {
        <div class="field" class:field--invalid=invalid>
            <div class="with-script">
                <label class="field__label" for="new-owner">
                    {label.clone()}
                </label>
                <UserSearch id="new-owner" label=label.clone() found wrong=Some(wrong) />
            </div>
            <div class="without-script">
                <label class="field__label" for=NAME>
                    {label}
                </label>
                <input
                    class="input"
                    id=NAME
                    name=NAME
                    value=typed
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=move || {
                        let error = invalid().then_some("new-owner-error ");
                        format!("{}owner-hint", error.unwrap_or_default())
                    }
                    aria-invalid=move || invalid().then_some("true")
                />
                <p class="field__hint" id="owner-hint">
                    {tr!("owner.hint")}
                </p>
            </div>
            <FieldError id="new-owner" wrong=Some(wrong) />
        </div>
    }
}
