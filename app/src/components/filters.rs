//! What a list is filtered and sorted by: links that change the address, so that back, reload and a
//! shared link keep it, and all of it works before the app has loaded.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{icon::Icon, menu::Menu};
use crate::i18n::tr;

/// What must not stand in an address's query as it is.
const IN_QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// Something a list can be filtered or sorted by.
#[derive(Clone)]
pub(crate) struct Facet {
    /// Its name in the address.
    pub(crate) name: &'static str,
    /// What it is called.
    pub(crate) label: String,
    /// What can be chosen: the name in the address, and what it is called.
    pub(crate) choices: Vec<(&'static str, String)>,
}

impl Facet {
    /// Which of the choices the address names.
    fn chosen(&self, query: &ParamsMap) -> Option<(&'static str, String)> {
        let name = query.get(self.name)?;
        self.choices.iter().find(|it| it.0 == name).cloned()
    }
}

/// The address of the same list with another value of one parameter, and those of the others that are
/// to be kept: from its first page, and without what was said once.
pub(crate) fn address(
    path: &str,
    query: &ParamsMap,
    keep: &'static [&'static str],
    name: &'static str,
    value: Option<&str>,
) -> String {
    let others = keep.iter().filter(|it| **it != name);
    let kept = others.filter_map(|it| Some((*it, query.get(it)?)));
    let asked = kept.chain(value.map(|it| (name, it.to_owned())));
    let pairs: Vec<String> = asked.map(|(name, it)| pair(name, &it)).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// The address of a list that is filtered by one thing.
pub(crate) fn filtered(path: &str, name: &str, value: &str) -> String {
    format!("{path}?{}", pair(name, value))
}

fn pair(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, IN_QUERY))
}

/// The filters of a list, each a chip that offers its choices or shows the one that is made.
#[component]
pub(crate) fn Filters(
    facets: Vec<Facet>,
    keep: &'static [&'static str],
    /// Chips that come before.
    more: Option<AnyView>,
) -> impl IntoView {
    let chip = |facet| view! { <Filter facet keep /> };
    let chips = facets.into_iter().map(chip).collect_view();
    view! { <div class="chips">{more} {chips}</div> }
}

#[component]
fn Filter(facet: Facet, keep: &'static [&'static str]) -> impl IntoView {
    let query = use_query_map();
    let path = use_location().pathname;
    move || {
        let (query, path) = (query.get(), path.get_untracked());
        if let Some((_, label)) = facet.chosen(&query) {
            let href = address(&path, &query, keep, facet.name, None);
            return view! { <Made facet=facet.label.clone() label href /> }.into_any();
        }
        let label = facet.label.clone().into_any();
        let items = links(&facet, &path, &query, keep, "");
        view! {
            <Menu button="chip chip--offer" summary=label>
                {items}
            </Menu>
        }
        .into_any()
    }
}

/// A choice that was made, and the way back.
#[component]
pub(crate) fn Made(facet: String, label: String, href: String) -> impl IntoView {
    let remove = tr!("list.remove_filter", filter = facet, choice = label);
    view! {
        <span class="chip chip--on">
            {label} <a class="chip__remove" href=href aria-label=remove>
                <Icon name="x" />
            </a>
        </span>
    }
}

/// The orders of a list, the first of which it stands in unless another is asked for.
#[component]
pub(crate) fn Sorted(facet: Facet, keep: &'static [&'static str]) -> impl IntoView {
    let query = use_query_map();
    let path = use_location().pathname;
    move || {
        if let [(_, only)] = &facet.choices[..] {
            return view! { <p class="toolbar__note">{only.clone()}</p> }.into_any();
        }
        let (query, path) = (query.get(), path.get_untracked());
        let first = || facet.choices.first().cloned();
        let (name, label) = facet.chosen(&query).or_else(first).unwrap_or_default();
        let items = links(&facet, &path, &query, keep, name);
        let label = view! {
            {label}
            <Icon name="chevron-down" />
        };
        view! {
            <Menu
                class="menu--end toolbar__sorted"
                button="button button--quiet button--small"
                summary=label.into_any()
            >
                {items}
            </Menu>
        }
        .into_any()
    }
}

fn links(
    facet: &Facet,
    path: &str,
    query: &ParamsMap,
    keep: &'static [&'static str],
    current: &str,
) -> AnyView {
    let link = |(name, label): &(&'static str, String)| {
        let href = address(path, query, keep, facet.name, Some(name));
        view! {
            <a class="menu__item" href=href aria-current=(*name == current).then_some("true")>
                {label.clone()}
            </a>
        }
    };
    facet.choices.iter().map(link).collect_view().into_any()
}
