//! A field that finds one user, for questions about that user.

use domain::UserSummary;
use leptos::prelude::*;

use super::{
    combobox::{Combobox, ComboboxField, ComboboxOption, UserText},
    permission::PermissionPill,
};
use crate::{functions::rooms, i18n::tr, latest::latest};

/// The field. Once somebody is found, they stand in its place until they are cleared.
#[component]
pub(crate) fn UserSearch(
    /// The id of the input.
    id: &'static str,
    /// What readers hear.
    label: String,
    /// Who was found.
    found: RwSignal<Option<UserSummary>>,
) -> impl IntoView {
    let combobox = Combobox::new(id);
    let offer = latest(
        move || combobox.open.get().then(|| combobox.asked.get()),
        |term| rooms::candidates(term, None, None),
    );
    let users = Memo::new(move |_| {
        offer.with(|it| match it {
            Some((_, Ok(offer))) => offer.users.clone(),
            _ => Vec::new(),
        })
    });
    Effect::new(move |_| {
        users.track();
        combobox.rewind();
    });
    let choose = Callback::new(move |index: usize| {
        if let Some(user) = users.with_untracked(|it| it.get(index).cloned()) {
            combobox.term.set(user.nickname.to_string());
            combobox.asked.set(user.nickname.to_string());
            combobox.open.set(false);
            found.set(Some(user));
        }
    });
    Effect::new(move |_| {
        if combobox.term.with(String::is_empty) {
            found.set(None);
        }
    });
    let option = move |(index, user): (usize, UserSummary)| {
        let term = combobox.asked.get_untracked();
        let permission = user.permission;
        view! {
            <ComboboxOption combobox index on_choose=choose>
                <UserText user term />
                <span class="option__end">
                    <PermissionPill permission />
                </span>
            </ComboboxOption>
        }
    };
    view! {
        <ComboboxField
            combobox
            label
            placeholder=tr!("user_search.placeholder")
            count=Signal::derive(move || users.with(Vec::len))
            answered=Signal::derive(move || offer.with(|it| it.as_ref().map(|it| it.0.clone())))
            on_choose=choose
        >
            <div class="combobox__pop">
                <ul
                    class="listbox"
                    role="listbox"
                    id=format!("{id}-list")
                    aria-label=tr!("picker.list")
                >
                    {move || users.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
                <Show when=move || users.with(Vec::is_empty)>
                    <p class="combobox__foot">{tr!("user_search.none")}</p>
                </Show>
            </div>
        </ComboboxField>
    }
}
