//! A field that names a group which exists: found by typing where a script runs, else typed whole.

use domain::GroupSummary;
use leptos::prelude::*;

use super::{
    combobox::{Combobox, ComboboxField},
    field::{Field, FieldError, Wrong, described_by},
    groups_field::GroupOption,
};
use crate::{functions::groups, i18n::tr, latest::latest};

/// The field. What stands in it is sent as `name`.
#[component]
pub(crate) fn GroupSearch(
    /// The label.
    label: String,
    /// What stood in it before.
    typed: String,
    /// The group that is not among those to choose from.
    besides: domain::GroupName,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let combobox = Combobox::new("group");
    let found = latest(move || combobox.open.get().then(|| combobox.asked.get()), groups::search);
    let rows = Memo::new(move |_| {
        let found = found.get().and_then(|(_, groups)| groups.ok()).unwrap_or_default();
        found.into_iter().filter(|it| it.name != besides).collect::<Vec<GroupSummary>>()
    });
    Effect::new(move |_| {
        rows.track();
        combobox.rewind();
    });
    let choose = Callback::new(move |index: usize| {
        if let Some(group) = rows.with_untracked(|it| it.get(index).cloned()) {
            combobox.term.set(group.name.to_string());
            combobox.asked.set(group.name.to_string());
            combobox.open.set(false);
        }
    });
    let alive = RwSignal::new(false);
    let before = typed.clone();
    Effect::new(move |_| {
        alive.set(true);
        combobox.term.set(before.clone());
    });
    let describe = described_by("group", false, wrong);
    let option = move |(index, group): (usize, GroupSummary)| {
        view! { <GroupOption combobox index group on_choose=choose /> }
    };
    view! {
        <div class="field with-script" class:field--invalid=move || wrong.with(Option::is_some)>
            <label class="field__label" for="group">
                {label.clone()}
            </label>
            <input
                type="hidden"
                name="name"
                prop:value=combobox.term
                disabled=move || !alive.get()
            />
            <ComboboxField
                combobox
                placeholder=tr!("groups.search")
                count=Signal::derive(move || rows.with(Vec::len))
                answered=Signal::derive(move || found.with(|it| it.as_ref().map(|it| it.0.clone())))
                on_choose=choose
                described_by=Signal::derive(describe)
                invalid=Signal::derive(move || wrong.with(Option::is_some))
            >
                <div class="combobox__pop">
                    <ul
                        class="listbox"
                        role="listbox"
                        id=format!("{}-list", combobox.id)
                        aria-label=tr!("groups.title")
                    >
                        {move || rows.get().into_iter().enumerate().map(option).collect_view()}
                    </ul>
                    <Show when=move || rows.with(Vec::is_empty)>
                        <p class="combobox__foot">{tr!("group.none")}</p>
                    </Show>
                </div>
            </ComboboxField>
            <FieldError id="group" wrong=Some(wrong) />
        </div>
        <div class="without-script">
            <Field id="group-name" label wrong>
                <input
                    class="input"
                    id="group-name"
                    name="name"
                    value=typed
                    disabled=move || alive.get()
                    dir="auto"
                    autocomplete="off"
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=move || {
                        wrong.with(Option::is_some).then_some("group-name-error")
                    }
                />
            </Field>
        </div>
    }
}
