//! The search above a list: its term stands in the address, so that back, reload and a shared link
//! keep it. Without a script it is a plain form.

use std::time::Duration;

use leptos::{html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

use super::{filters::address, icon::Icon};
use crate::browser;

/// How long typing must pause before the list follows.
const PAUSE: Duration = Duration::from_millis(200);

/// The search field of a list. `/` puts the cursor into it.
#[component]
pub(crate) fn SearchBar(
    /// What can be searched for.
    label: String,
    /// Which parameters of the address a search leaves as they are.
    #[prop(optional)]
    keep: &'static [&'static str],
) -> impl IntoView {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let asked = query.with_untracked(|it| it.get("search").unwrap_or_default());
    let before = browser::value_before_life("input[name=search]");
    let ahead = before.as_ref().is_some_and(|it| it.trim() != asked);
    let typed = RwSignal::new(before.unwrap_or(asked));
    let input = NodeRef::<html::Input>::new();

    // The address may change by itself, as when somebody goes back.
    Effect::new(move |before: Option<String>| {
        let asked = query.with(|it| it.get("search").unwrap_or_default());
        if before.is_some_and(|it| it != asked) && typed.get_untracked().trim() != asked {
            typed.set(asked.clone());
        }
        asked
    });
    let follow = move || {
        let term = typed.get_untracked();
        let term = Some(term.trim()).filter(|it| !it.is_empty());
        let address =
            query.with_untracked(|it| address(&path.get_untracked(), it, keep, "search", term));
        let options =
            NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&address, options);
    };
    let mut follow_soon = debounce(PAUSE, {
        let follow = follow.clone();
        move |()| follow()
    });
    if ahead {
        follow_soon(());
    }
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let elsewhere = event
            .target()
            .and_then(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(it).ok());
        let typing = elsewhere.is_some_and(|it| {
            it.matches("input, textarea, select, [contenteditable]").unwrap_or(false)
        });
        if event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            if let Some(input) = input.get_untracked() {
                // Fails for elements that can't have the focus; an input can.
                let _ = input.focus();
            }
        }
    });
    on_cleanup(move || keys.remove());
    let kept = move |name: &&'static str| {
        let name = *name;
        move || {
            let value = query.with(|it| it.get(name));
            value.map(|value| view! { <input type="hidden" name=name value=value /> })
        }
    };
    view! {
        <form
            class="search"
            role="search"
            method="get"
            on:submit=move |event| {
                event.prevent_default();
                follow();
            }
        >
            {keep.iter().filter(|it| **it != "search").map(kept).collect_view()}
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    name="search"
                    node_ref=input
                    aria-label=label.clone()
                    placeholder=label
                    autocomplete="off"
                    value=typed.get_untracked()
                    prop:value=typed
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        follow_soon(());
                    }
                />
                <kbd class="search__key" aria-hidden="true">
                    "/"
                </kbd>
        </form>
    }
}
