//! Entry permissions: the pill that shows one, the cards and the select that choose one.

use domain::EntryPermission;
use leptos::prelude::*;

use super::icon::Icon;
use crate::{browser, i18n::tr, words};

/// The icon that always stands beside the word.
pub(crate) const fn icon(permission: EntryPermission) -> &'static str {
    match permission {
        EntryPermission::Host => "crown",
        EntryPermission::Guest => "user-round",
        EntryPermission::Monitoring => "eye",
    }
}

/// A permission as a pill.
#[component]
pub(crate) fn PermissionPill(permission: EntryPermission) -> impl IntoView {
    view! {
        <span class=format!("pill pill--{}", permission.name())>
            <Icon name=icon(permission) />
            {words::permission(permission)}
        </span>
    }
}

/// Three cards to choose the default entry permission from, each with what it means.
#[component]
pub(crate) fn PermissionChoices(
    /// The chosen one.
    chosen: RwSignal<EntryPermission>,
) -> impl IntoView {
    browser::take_over("input[name=permission]:checked", move |name| {
        chosen.set(EntryPermission::from_name(&name).unwrap_or_default());
    });
    let card = move |permission: EntryPermission| {
        view! {
            <label class=format!("choice choice--{}", permission.name())>
                <input
                    class="choice__input"
                    type="radio"
                    name="permission"
                    value=permission.name()
                    checked=chosen.get_untracked() == permission
                    prop:checked=move || chosen.get() == permission
                    on:change=move |_| chosen.set(permission)
                />
                <span class="choice__title">
                    <Icon name=icon(permission) />
                    {words::permission(permission)}
                </span>
                <span class="choice__text">{words::permission_meaning(permission)}</span>
                <span class="choice__usual">{words::permission_usual(permission)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">{tr!("user.permission")}</legend>
            <div class="choice-cards">
                <div class="choice-cards__grid">
                    {EntryPermission::ALL.map(card).collect_view()}
                </div>
            </div>
        </fieldset>
    }
}

/// A small select that changes somebody's permission in place.
#[component]
pub(crate) fn PermissionSelect(
    /// The present permission.
    #[prop(into)]
    value: Signal<EntryPermission>,
    /// What readers hear: whose permission this is.
    label: String,
    /// Called with the permission that was chosen.
    on_change: Callback<EntryPermission>,
) -> impl IntoView {
    let option = move |permission: EntryPermission| {
        view! {
            <option value=permission.name() selected=value.get_untracked() == permission>
                {words::permission(permission)}
            </option>
        }
    };
    view! {
        <span class=move || format!("permission-select permission-select--{}", value.get().name())>
            {move || view! { <Icon name=icon(value.get()) /> }}
            <select
                aria-label=label
                prop:value=move || value.get().name()
                on:change=move |event| {
                    if let Some(permission) = EntryPermission::from_name(&event_target_value(&event)) {
                        on_change.run(permission);
                    }
                }
            >
                {EntryPermission::ALL.map(option).collect_view()}
            </select>
            <Icon name="chevron-down" class="permission-select__chevron" />
        </span>
    }
}
