//! The list of those whom the picker offers, and its rows.

use domain::{GroupSummary, UserSummary};
use leptos::{prelude::*, task::spawn_local};

use super::{Answer, Purpose, offer::Row};
use crate::{
    browser,
    components::{
        combobox::{Combobox, ComboboxOption, Marked, UserText},
        icon::Icon,
        permission::PermissionPill,
    },
    i18n::{count, tr},
};

/// How many options are seen without scrolling. They are made at once, the others a frame later: who types
/// waits for what they see alone.
const SEEN: usize = 10;

/// The options.
#[component]
pub(super) fn Options(
    combobox: Combobox,
    purpose: Purpose,
    answer: RwSignal<Option<Answer>>,
    options: Memo<Vec<Row>>,
    on_choose: Callback<usize>,
) -> impl IntoView {
    let term = Memo::new(move |_| answer.with(|it| it.as_ref().map(|it| it.0.clone())));
    let more = Memo::new(move |_| answer.with(|it| matches!(it, Some((_, Ok(it))) if it.more)));
    let head = move || match term.get() {
        Some(term) if !term.trim().is_empty() => tr!("picker.best"),
        _ => tr!("picker.first"),
    };
    let row = move |(index, row): (usize, Row)| {
        let term = term.get_untracked().unwrap_or_default();
        match row {
            Row::User { user, why_not } => {
                view! { <UserOption combobox index user why_not=why_not.map(|it| it.words(purpose)) term on_choose /> }.into_any()
            }
            Row::Group(group) => {
                view! { <GroupOption combobox index group term on_choose /> }.into_any()
            }
        }
    };
    let seen = move || {
        term.track();
        options.with(|it| it.iter().take(SEEN).cloned().enumerate().map(row).collect_view())
    };
    let below = below(options, term);
    let below = move || {
        let numbered = below.get().into_iter().zip(SEEN..);
        numbered.map(|(option, index)| row((index, option))).collect_view()
    };
    view! {
        <div class="combobox__pop">
            <div class="combobox__head">
                <span>{head}</span>
                <span class="keys" aria-hidden="true">
                    <kbd>
                        <Icon name="arrow-up" />
                    </kbd>
                    <kbd>
                        <Icon name="arrow-down" />
                    </kbd>
                    <kbd>"Enter"</kbd>
                </span>
            </div>
            <ul
                class="listbox"
                role="listbox"
                tabindex="-1"
                id=format!("{}-list", combobox.id)
                aria-label=tr!("picker.list")
            >
                {seen}
                {below}
            </ul>
            {move || {
                more.get().then(|| view! { <p class="combobox__foot">{tr!("picker.more")}</p> })
            }}
        </div>
    }
}

#[component]
fn UserOption(
    combobox: Combobox,
    index: usize,
    user: UserSummary,
    why_not: Option<String>,
    term: String,
    on_choose: Callback<usize>,
) -> impl IntoView {
    let permission = user.permission;
    view! {
        <ComboboxOption combobox index disabled=why_not.is_some() on_choose>
            <UserText user term />
            <span class="option__end">
                {match why_not {
                    Some(why_not) => why_not.into_any(),
                    None => view! { <PermissionPill permission /> }.into_any(),
                }}
            </span>
        </ComboboxOption>
    }
}

#[component]
fn GroupOption(
    combobox: Combobox,
    index: usize,
    group: GroupSummary,
    term: String,
    on_choose: Callback<usize>,
) -> impl IntoView {
    view! {
        <ComboboxOption combobox index on_choose>
            <span class="avatar avatar--30 avatar--group" aria-hidden="true">
                <Icon name="users-round" />
            </span>
            <span class="option__text">
                <bdi class="option__name">
                    <Marked text=group.name.to_string() term />
                </bdi>
                " "
                <span class="option__id">{count!("picker.group_of", group.size)}</span>
            </span>
            <span class="option__end">{tr!("picker.add_all")}</span>
        </ComboboxOption>
    }
}

/// The options below those that are seen, a frame after those. None at once where there are none, or the list
/// would shrink late.
fn below(options: Memo<Vec<Row>>, term: Memo<Option<String>>) -> RwSignal<Vec<Row>> {
    let rows = move || options.with_untracked(|it| it.iter().skip(SEEN).cloned().collect());
    let below = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        term.track();
        if options.with(|it| it.len() <= SEEN) {
            below.set(Vec::new());
            return;
        }
        spawn_local(async move {
            browser::painted().await;
            // The list may have been closed meanwhile.
            if !below.is_disposed() {
                below.set(rows());
            }
        });
    });
    below
}
