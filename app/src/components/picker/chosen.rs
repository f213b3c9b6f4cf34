//! The chosen users as rows, each with the permission they are to have. Of thousands a page is shown,
//! and all are sent.

use std::{collections::HashSet, time::Duration};

use domain::{SearchTerm, UserId, UserSummary, live::Kind};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, FormData, Node};

use super::{Choice, Chosen, Purpose, for_all::ForAll};
use crate::{
    components::{icon::Icon, page::Person, permission::PermissionSelect, user_fields::StatusPill},
    functions::picker::look_up,
    i18n::{number, tr},
    latest::latest,
    live,
};

/// How many are shown at once.
const PAGE: usize = 50;
/// From how many on they can be searched.
const SEARCHED: u32 = 20;
/// How long typing must pause before those are shown who are searched for.
const PAUSE: Duration = Duration::from_millis(120);

/// What is shown of the chosen: a page of those whom a term finds.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    rows: Vec<Chosen>,
    /// How many come before them.
    from: usize,
    /// How many a term finds, on all pages.
    found: usize,
}

impl Shown {
    /// The page that begins there, or the last one.
    fn of(all: &[Chosen], term: Option<&SearchTerm>, from: usize) -> Self {
        let found: Vec<&Chosen> = all.iter().filter(|it| matches(&it.user, term)).collect();
        let from = from.min(found.len().saturating_sub(1) / PAGE * PAGE);
        let rows = found.iter().skip(from).take(PAGE).map(|it| (*it).clone()).collect();
        Self { rows, from, found: found.len() }
    }
}

fn matches(user: &UserSummary, term: Option<&SearchTerm>) -> bool {
    term.is_none_or(|it| {
        it.find_in(user.nickname.as_str()).is_some() || it.find_in(user.user_id.as_str()).is_some()
    })
}

/// Which of the chosen are looked at.
#[derive(Clone, Copy)]
pub(super) struct View {
    /// All of them.
    pub(super) choice: Choice,
    /// What stands in the search.
    typed: RwSignal<String>,
    /// What is searched for: what was typed, once typing pauses.
    term: RwSignal<Option<SearchTerm>>,
    from: RwSignal<usize>,
    shown: Memo<Shown>,
}

impl View {
    fn new(choice: Choice) -> Self {
        let typed = RwSignal::new(String::new());
        let (term, from) = (RwSignal::new(None), RwSignal::new(0));
        let shown = Memo::new(move |_| {
            term.with(|term: &Option<SearchTerm>| {
                choice.with(|all| Shown::of(all, term.as_ref(), from.get()))
            })
        });
        // Whoever is chosen is seen to be: they stand at the end.
        Effect::new(move |before: Option<u32>| {
            let now = choice.count();
            if before.is_some_and(|it| it + 1 == now) {
                typed.set(String::new());
                term.set(None);
                from.set(usize::MAX);
            }
            now
        });
        keep_up(choice, shown);
        Self { choice, typed, term, from, shown }
    }

    /// Those whom the term finds, on all pages.
    pub(super) fn found(self) -> HashSet<UserId> {
        self.term.with_untracked(|term| {
            untrack(|| {
                self.choice.with(|all| {
                    let found = all.iter().filter(|it| matches(&it.user, term.as_ref()));
                    found.map(|it| it.user.user_id.clone()).collect()
                })
            })
        })
    }
}

/// Asks anew who is shown, once any user was changed elsewhere: they may have another name by now, be
/// deactivated, or be gone.
fn keep_up(choice: Choice, shown: Memo<Shown>) {
    let changes = live::changes(Kind::Users);
    let served_at = changes.get_untracked();
    let ids = Memo::new(move |_| {
        let of = |it: &Chosen| it.user.user_id.to_string();
        shown.with(|it| it.rows.iter().map(of).collect::<Vec<_>>().join("\n"))
    });
    let question = move || {
        let now = changes.get();
        (now != served_at).then(|| (now, ids.get())).filter(|it| !it.1.is_empty())
    };
    let answer = latest(question, |(_, ids)| look_up(ids, None, None));
    Effect::new(move |_| {
        if let Some((_, Ok(offer))) = answer.get() {
            choice.renew(offer.users, &offer.unknown);
        }
    });
}

/// The chosen users. What the form around them sends has for each of them `member`, then their
/// `permission` where they have one.
#[component]
pub(super) fn ChosenRows(choice: Choice, purpose: Purpose) -> impl IntoView {
    let view = View::new(choice);
    let list = NodeRef::<html::Ul>::new();
    send_along(list, choice, purpose);
    let several = move || choice.count() > 1;
    let none_found = move || choice.count() > 0 && view.shown.with(|it| it.found == 0);
    let paged = move || view.shown.with(|it| it.found > PAGE);
    view! {
        <Show when=several>
            <Head view purpose />
        </Show>
        <ul
            class="chosen"
            aria-label=purpose.chosen()
            node_ref=list
            hidden=move || view.shown.with(|it| it.rows.is_empty())
        >
            <For
                each=move || view.shown.get().rows
                key=|it| (it.user.clone(), it.gone)
                children=move |chosen| view! { <ChosenRow view purpose chosen /> }
            />
        </ul>
        <Show when=none_found>
            <p class="chosen__none">{tr!("picker.none_chosen_found")}</p>
        </Show>
        <Show when=paged>
            <Pages view />
        </Show>
    }
}

#[component]
fn ChosenRow(view: View, purpose: Purpose, chosen: Chosen) -> impl IntoView {
    let Chosen { user, permission, gone } = chosen;
    let one = HashSet::from([user.user_id.clone()]);
    let (nickname, user_id) = (user.nickname.to_string(), user.user_id.clone());
    let select = purpose.has_permissions().then(|| {
        let (of, one) = (user_id.clone(), one.clone());
        let now = Signal::derive(move || {
            view.shown.with(|it| {
                let mine = it.rows.iter().find(|it| it.user.user_id == of);
                mine.map_or(permission, |it| it.permission)
            })
        });
        view! {
            <PermissionSelect
                value=now
                label=tr!("picker.permission_of", nickname = nickname)
                on_change=Callback::new(move |to| drop(view.choice.set(&one, to)))
            />
        }
    });
    view! {
        <li class="chosen__row">
            <div class="chosen__who">
                <Person user=user.clone() />
                {if gone {
                    view! { <GonePill /> }.into_any()
                } else {
                    view! { <StatusPill status=user.status /> }.into_any()
                }}
            </div>
            {select}
            <button
                class="button button--quiet button--small button--icon"
                type="button"
                aria-label=tr!("picker.remove", nickname = nickname, user_id = user_id)
                on:click=move |_| drop(view.choice.remove(&one))
            >
                <Icon name="x" />
            </button>
        </li>
    }
}

#[component]
fn GonePill() -> impl IntoView {
    view! {
        <span class="pill pill--ended">
            <Icon name="user-x" />
            {tr!("picker.gone")}
        </span>
    }
}

/// Above the rows: a search where they are many, and what can be done to all whom it finds.
#[component]
fn Head(view: View, purpose: Purpose) -> impl IntoView {
    let find = debounce(PAUSE, move |()| {
        let term = view.typed.try_with_untracked(|it| SearchTerm::parse(it)).flatten();
        view.term.try_set(term);
        view.from.try_set(0);
    });
    let find = StoredValue::new_local(find);
    let search = move || {
        view! {
            <div class="search">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    aria-label=tr!("picker.find_chosen")
                    placeholder=tr!("picker.find_chosen")
                    autocomplete="off"
                    prop:value=view.typed
                    on:input=move |event| {
                        view.typed.set(event_target_value(&event));
                        find.update_value(|it| it(()));
                    }
                    // It never sends the form around it.
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                        }
                    }
                />
            </div>
        }
    };
    let searched = move || view.choice.count() >= SEARCHED;
    view! {
        <div class="chosen__head">
            <Show when=searched>{search()}</Show>
            {move || {
                let found = view.shown.with(|it| u32::try_from(it.found).unwrap_or(u32::MAX));
                (found > 1).then(|| view! { <ForAll view purpose found /> })
            }}
        </div>
    }
}

/// The way to the rows before and after.
#[component]
fn Pages(view: View) -> impl IntoView {
    let shown = view.shown;
    let range = move || {
        shown.with(|it| {
            let of = |it: usize| number(i64::try_from(it).unwrap_or(i64::MAX));
            let (from, to) = (of(it.from + 1), of(it.from + it.rows.len()));
            tr!("picker.range", from = from, to = to, all = of(it.found))
        })
    };
    let is_first = move || shown.with(|it| it.from == 0);
    let is_last = move || shown.with(|it| it.from + it.rows.len() >= it.found);
    let turn = move |to: fn(usize) -> usize, off: bool| {
        if !off {
            view.from.set(to(shown.with_untracked(|it| it.from)));
        }
    };
    view! {
        <nav class="pager" aria-label=tr!("picker.pages")>
            <p class="pager__count" role="status">
                {range}
            </p>
            <button
                class="button button--small"
                type="button"
                aria-disabled=move || is_first().then_some("true")
                on:click=move |_| turn(|it| it.saturating_sub(PAGE), untrack(is_first))
            >
                {tr!("pager.previous")}
            </button>
            <button
                class="button button--small"
                type="button"
                aria-disabled=move || is_last().then_some("true")
                on:click=move |_| turn(|it| it + PAGE, untrack(is_last))
            >
                {tr!("pager.next")}
            </button>
        </nav>
    }
}

/// Adds all of the chosen to what the form around them sends, however few of them are shown.
fn send_along(list: NodeRef<html::Ul>, choice: Choice, purpose: Purpose) {
    let listener = window_event_listener_untyped("formdata", move |event: Event| {
        let form = event.target().and_then(|it| it.dyn_into::<Node>().ok());
        let around =
            list.get_untracked().zip(form).is_some_and(|(it, form)| form.contains(Some(&it)));
        let data = js_sys::Reflect::get(&event, &"formData".into()).ok();
        if let Some(data) = data.and_then(|it| it.dyn_into::<FormData>().ok()).filter(|_| around) {
            untrack(|| choice.with(|all| append(&data, all, purpose)));
        }
    });
    on_cleanup(move || listener.remove());
}

fn append(data: &FormData, all: &[Chosen], purpose: Purpose) {
    for Chosen { user, permission, .. } in all {
        // Fails for nothing that is text.
        let _ = data.append_with_str("member", user.user_id.as_str());
        if purpose.has_permissions() {
            let _ = data.append_with_str("permission", permission.name());
        }
    }
}
