//! The groups of a user: chosen ones as chips, others found by name or made by naming them.

use domain::{GroupName, GroupSummary};
use leptos::prelude::*;

use super::{
    combobox::{Combobox, ComboboxField, ComboboxOption, Marked},
    field::{FieldError, Wrong, described_by},
    icon::Icon,
    page::group_path,
};
use crate::{
    functions::groups,
    i18n::{count, tr},
    latest::latest,
};

/// What the list below the field offers.
#[derive(Clone, PartialEq)]
enum Row {
    Existing(GroupSummary),
    /// A group that doesn't exist yet.
    New(GroupName),
}

/// The field. The chosen names travel as hidden inputs; until the page has come to life, and without a
/// script, one text input carries them instead.
#[component]
pub(crate) fn GroupsField(
    /// The chosen names.
    chosen: RwSignal<Vec<String>>,
    /// What is wrong.
    wrong: Wrong,
    /// Whether groups that don't exist can't be chosen.
    #[prop(optional)]
    existing: bool,
    /// Whether one must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let combobox = Combobox::new("groups");
    let found = latest(move || combobox.open.get().then(|| combobox.asked.get()), groups::search);
    Effect::new(move |_| {
        found.track();
        combobox.rewind();
    });
    let rows = Memo::new(move |_| {
        let found = found.get().and_then(|(_, groups)| groups.ok()).unwrap_or_default();
        let mut rows = rows(&found, &combobox.term.get(), &chosen.get());
        rows.retain(|it| !existing || matches!(it, Row::Existing(_)));
        rows
    });
    let choose = Callback::new(move |index: usize| {
        let name = rows.with_untracked(|rows| match rows.get(index) {
            Some(Row::Existing(group)) => Some(group.name.to_string()),
            Some(Row::New(name)) => Some(name.to_string()),
            None => None,
        });
        if let Some(name) = name {
            chosen.update(|all| all.push(name));
            combobox.clear();
        }
    });
    let describe = described_by("groups", false, wrong);
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    view! {
        <div class="field" class:field--invalid=move || wrong.with(Option::is_some)>
            <div class="with-script">
                <label class="field__label" for="groups">
                    {tr!("user.groups")}
                    {(!required)
                        .then(|| {
                            view! {
                                " "
                                <span class="field__optional">{tr!("field.optional")}</span>
                            }
                        })}
                </label>
                <Chips chosen alive />
                <ComboboxField
                    combobox
                    placeholder=if existing {
                        tr!("groups.search")
                    } else {
                        tr!("groups.placeholder")
                    }
                    count=Signal::derive(move || rows.with(Vec::len))
                    answered=Signal::derive(move || found.with(|it| it.as_ref().map(|it| it.0.clone())))
                    on_choose=choose
                    on_back=Callback::new(move |()| chosen.update(|all| drop(all.pop())))
                    described_by=Signal::derive(describe)
                    invalid=Signal::derive(move || wrong.with(Option::is_some))
                >
                    <Options combobox rows on_choose=choose />
                </ComboboxField>
            </div>
            <div class="without-script">
                <label class="field__label" for="group-names">
                    {tr!("user.groups")}
                </label>
                <input
                    class="input"
                    id="group-names"
                    name="group"
                    value=chosen.with_untracked(|all| all.join(", "))
                    disabled=move || alive.get()
                    aria-describedby="group-names-hint"
                    autocomplete="off"
                />
                <p class="field__hint" id="group-names-hint">
                    {tr!("groups.names_hint")}
                </p>
            </div>
            <FieldError id="groups" wrong=Some(wrong) />
        </div>
    }
}

fn rows(found: &[GroupSummary], term: &str, chosen: &[String]) -> Vec<Row> {
    let free = |name: &GroupName| {
        chosen.iter().all(|it| GroupName::parse(it).map(|it| it.key()) != Ok(name.key()))
    };
    let mut rows: Vec<Row> =
        found.iter().filter(|it| free(&it.name)).cloned().map(Row::Existing).collect();
    if let Ok(name) = GroupName::parse(term)
        && free(&name)
        && found.iter().all(|it| it.name.key() != name.key())
    {
        rows.push(Row::New(name));
    }
    rows
}

#[component]
fn Chips(chosen: RwSignal<Vec<String>>, alive: RwSignal<bool>) -> impl IntoView {
    // Those made by naming them have no page before the form is sent.
    let existing = chosen.get_untracked();
    let chip = move |name: String| {
        let remove = name.clone();
        let page = GroupName::parse(&name).ok().filter(|_| existing.contains(&name));
        let shown = match page {
            Some(group) => view! {
                <a href=group_path(&group)>
                    <bdi>{name.clone()}</bdi>
                </a>
            }
            .into_any(),
            None => view! { <bdi>{name.clone()}</bdi> }.into_any(),
        };
        view! {
            <li class="chip">
                <input
                    type="hidden"
                    name="group"
                    value=name.clone()
                    disabled=move || !alive.get()
                />
                <Icon name="users-round" />
                {shown}
                <button
                    class="chip__remove"
                    type="button"
                    aria-label=tr!("groups.remove", name = name)
                    on:click=move |_| chosen.update(|all| all.retain(|it| *it != remove))
                >
                    <Icon name="x" />
                </button>
            </li>
        }
    };
    view! {
        <ul
            class="chips"
            aria-label=tr!("groups.chosen")
            hidden=move || chosen.with(Vec::is_empty)
        >
            <For each=move || chosen.get() key=Clone::clone children=chip />
        </ul>
    }
}

#[component]
fn Options(combobox: Combobox, rows: Memo<Vec<Row>>, on_choose: Callback<usize>) -> impl IntoView {
    let option = move |(index, row): (usize, Row)| match row {
        Row::Existing(group) => view! { <GroupOption combobox index group on_choose /> }.into_any(),
        Row::New(name) => view! {
            <ComboboxOption combobox index on_choose>
                <OptionText end=tr!("groups.new")>{name.to_string()}</OptionText>
            </ComboboxOption>
        }
        .into_any(),
    };
    view! {
        <Show when=move || !rows.with(Vec::is_empty)>
            <div class="combobox__pop">
                <ul
                    class="listbox"
                    role="listbox"
                    tabindex="-1"
                    id=format!("{}-list", combobox.id)
                    aria-label=tr!("user.groups")
                >
                    {move || rows.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
            </div>
        </Show>
    }
}

/// A group that exists, with the matched part of its name marked, and how many are in it.
#[component]
pub(crate) fn GroupOption(
    /// The combobox.
    combobox: Combobox,
    /// Which option this is.
    index: usize,
    /// The group.
    group: GroupSummary,
    /// Chooses it.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let term = combobox.asked.get_untracked();
    view! {
        <ComboboxOption combobox index on_choose>
            <GroupText group term />
        </ComboboxOption>
    }
}

/// What an option shows of a group that exists.
#[component]
pub(crate) fn GroupText(group: GroupSummary, term: String) -> impl IntoView {
    view! {
        <OptionText end=count!("groups.people", group.size)>
            <Marked text=group.name.to_string() term />
        </OptionText>
    }
}

#[component]
fn OptionText(end: String, children: Children) -> impl IntoView {
    view! {
        <span class="avatar avatar--30 avatar--group" aria-hidden="true">
            <Icon name="users-round" />
        </span>
        <span class="option__text">
            <bdi class="option__name">{children()}</bdi>
        </span>
        <span class="option__end">{end}</span>
    }
}
