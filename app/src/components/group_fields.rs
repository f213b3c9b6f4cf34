//! The field for a group's name.

use domain::{GroupName, Problems, group::GroupField};
use leptos::prelude::*;

use super::{field::TextField, form::FormState};
use crate::i18n::tr;

/// The name that a group is to have. What was refused is refused until something else is typed.
#[component]
pub(crate) fn GroupNameField(
    value: RwSignal<String>,
    form: FormState<GroupField>,
) -> impl IntoView {
    let wrong = form.wrong(GroupField::Name, move || {
        let typed = value.get();
        (!typed.trim().is_empty() && form.problems.with(Problems::is_empty))
            .then(|| GroupName::parse(&typed).map(drop))
    });
    Effect::new(move |before: Option<String>| {
        let typed = value.get();
        if before.is_some_and(|it| it != typed) {
            form.problems.set(Problems::default());
        }
        typed
    });
    view! {
        <div class="card__section">
            <TextField
                id="name"
                name="name"
                label=tr!("group.name")
                value
                hint=tr!("group.name_hint")
                wrong
            />
        </div>
    }
}
