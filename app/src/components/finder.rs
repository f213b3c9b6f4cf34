//! A field that finds one thing, such as a user or a room. Once it is found, it stands in the field
//! until it is cleared.

use std::future::Future;

use leptos::prelude::*;

use super::{
    combobox::{Combobox, ComboboxField, ComboboxOption},
    field::Wrong,
};
use crate::{error::AppError, latest::latest};

/// What a [`Finder`] says.
pub(crate) struct FinderTexts {
    /// What readers hear.
    pub(crate) label: String,
    /// What may be typed.
    pub(crate) placeholder: String,
    /// What readers hear of the list.
    pub(crate) list: String,
    /// What is said where nothing is found.
    pub(crate) none: String,
}

/// The field.
#[component]
pub(crate) fn Finder<T, A, F>(
    /// The id of the input.
    id: &'static str,
    /// What it says.
    texts: FinderTexts,
    /// What was found.
    found: RwSignal<Option<T>>,
    /// Finds things by a term.
    ask: A,
    /// What stands in the field for a thing.
    name: fn(&T) -> String,
    /// The option of a thing, with the matched term.
    option: fn(T, String) -> AnyView,
    /// What is wrong with what was found.
    #[prop(optional, into)]
    wrong: Option<Wrong>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    A: Fn(String) -> F + 'static,
    F: Future<Output = Result<Vec<T>, AppError>> + 'static,
{
    let combobox = Combobox::new(id);
    let offer = latest(move || combobox.open.get().then(|| combobox.asked.get()), ask);
    let things = Memo::new(move |_| {
        offer.with(|it| match it {
            Some((_, Ok(things))) => things.clone(),
            _ => Vec::new(),
        })
    });
    Effect::new(move |_| {
        things.track();
        combobox.rewind();
    });
    let choose = Callback::new(move |index: usize| {
        if let Some(thing) = things.with_untracked(|it| it.get(index).cloned()) {
            combobox.term.set(name(&thing));
            combobox.asked.set(name(&thing));
            combobox.open.set(false);
            found.set(Some(thing));
        }
    });
    Effect::new(move |_| {
        if combobox.term.with(String::is_empty) {
            found.set(None);
        }
    });
    let row = move |(index, thing): (usize, T)| {
        let term = combobox.asked.get_untracked();
        view! {
            <ComboboxOption combobox index on_choose=choose>
                {option(thing, term)}
            </ComboboxOption>
        }
    };
    let invalid = move || wrong.is_some_and(|it| it.with(Option::is_some));
    let FinderTexts { label, placeholder, list, none } = texts;
    view! {
        <ComboboxField
            combobox
            label
            placeholder
            count=Signal::derive(move || things.with(Vec::len))
            answered=Signal::derive(move || offer.with(|it| it.as_ref().map(|it| it.0.clone())))
            on_choose=choose
            described_by=Signal::derive(move || invalid().then(|| format!("{id}-error")))
            invalid=Signal::derive(invalid)
        >
            <div class="combobox__pop">
                <ul
                    class="listbox"
                    role="listbox"
                    tabindex="-1"
                    id=format!("{id}-list")
                    aria-label=list.clone()
                >
                    {move || things.get().into_iter().enumerate().map(row).collect_view()}
                </ul>
                {
                    let none = none.clone();
                    view! {
                        <Show when=move || things.with(Vec::is_empty)>
                            <p class="combobox__foot">{none.clone()}</p>
                        </Show>
                    }
                }
            </div>
        </ComboboxField>
    }
}
