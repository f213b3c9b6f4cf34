//! The filter of the list by group: a chip that offers a search among all groups, since there may be
//! hundreds, or shows the one that is chosen. Without a script the name is typed.

use domain::GroupSummary;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use wasm_bindgen::JsCast;

use super::KEEP;
use crate::{
    components::{
        filters::{Made, address},
        finder::{Finder, FinderTexts},
        groups_field::GroupText,
        menu::Menu,
    },
    functions::groups,
    i18n::tr,
    pages::FIND_GROUP,
};

/// The name of the filter in the address.
const NAME: &str = "group";
/// The id of the search field.
const FIELD: &str = "find-group";

/// The chip.
#[component]
pub(super) fn GroupFilter() -> impl IntoView {
    let query = use_query_map();
    let path = use_location().pathname;
    let chosen = Memo::new(move |_| query.with(|it| it.get(NAME)));
    move || match chosen.get() {
        Some(name) => {
            let href = move || address(&path.get_untracked(), &query.get(), KEEP, NAME, None);
            view! { <Made facet=tr!("users.group") label=name href=href() /> }.into_any()
        }
        None => view! { <Offer /> }.into_any(),
    }
}

#[component]
fn Offer() -> impl IntoView {
    let query = use_query_map();
    let opened = RwSignal::new(false);
    let on_toggle = move |open: bool| {
        if open {
            opened.set(true);
            focus_field();
        }
    };
    let kept = move |name: &&'static str| {
        let name = *name;
        let value = query.with(|it| it.get(name));
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    view! {
        <Menu
            class="menu--search"
            button="chip chip--offer"
            summary=tr!("users.group").into_any()
            on_toggle=Callback::new(on_toggle)
        >
            // A click in here chooses nothing yet.
            <div class="with-script" on:click=|event| event.stop_propagation()>
                {move || opened.get().then(|| FIND_GROUP.when_there())}
            </div>
            <div class="without-script">
                <form method="get" action="/users">
                    {move || KEEP.iter().filter(|it| **it != NAME).map(kept).collect_view()}
                    <div class="field">
                        <label class="field__label" for="group-name">
                            {tr!("users.group")}
                        </label>
                        <input class="input" id="group-name" name=NAME required autocomplete="off" />
                    </div>
                    <button class="button button--small">{tr!("users.filter")}</button>
                </form>
            </div>
        </Menu>
    }
}

/// Finds a group, and leads to the list of its users.
#[component]
pub(crate) fn FindGroup() -> impl IntoView {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let found = RwSignal::new(None::<GroupSummary>);
    Effect::new(move |_| {
        if let Some(group) = found.get() {
            let name = group.name.to_string();
            let (query, path) = (query.get_untracked(), path.get_untracked());
            let to = address(&path, &query, KEEP, NAME, Some(&name));
            navigate(&to, leptos_router::NavigateOptions::default());
        }
    });
    Effect::new(|_| focus_field());
    let texts = FinderTexts {
        label: tr!("users.group"),
        placeholder: tr!("groups.search"),
        list: tr!("groups.title"),
        none: tr!("group.none"),
    };
    view! { <Finder id=FIELD texts found ask=groups::search name option /> }
}

fn name(group: &GroupSummary) -> String {
    group.name.to_string()
}

fn option(group: GroupSummary, term: String) -> AnyView {
    view! { <GroupText group term /> }.into_any()
}

/// Puts the cursor into the field once it is there.
fn focus_field() {
    request_animation_frame(|| {
        let field = document().get_element_by_id(FIELD);
        if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Fails for elements that can't have the focus; an input can.
            let _ = field.focus();
        }
    });
}
