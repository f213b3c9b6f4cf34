//! What every list has: the part of it that the address asks for, its page, and its count.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use domain::Page;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{
    filters::{Facet, Filters, Sorted},
    help::HelpLink,
    icon::Icon,
    page_title::PageTitle,
    paper::PrintedAt,
    search_bar::SearchBar,
};
use crate::i18n::{count, tr};

/// The part of a list that the address asks for; `T` is what the list can be filtered and sorted by.
pub(crate) struct Asked<T: Send + Sync + 'static = ()> {
    /// What is searched for; empty for all.
    pub(crate) search: Memo<String>,
    /// Where the page begins; empty for the first.
    pub(crate) at: Memo<String>,
    /// Which kinds, in which order.
    pub(crate) kinds: Memo<T>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

impl<T: PartialEq + Send + Sync + 'static> Asked<T> {
    /// Reads the address, and follows it.
    pub(crate) fn of_address(kinds: fn(&ParamsMap) -> T) -> Self {
        let query = use_query_map();
        let asked = move |name: &'static str| {
            Memo::new(move |_| query.with(|it| it.get(name).unwrap_or_default()))
        };
        let kinds = Memo::new(move |_| query.with(kinds));
        Self { search: asked("search"), at: asked("at"), kinds }
    }
}

/// How many rows a list has, in words: all of them where that is known, since nobody counts those of
/// some kind; `more` says whether a search found more than it shows.
pub(crate) fn counted<T>(
    search: &str,
    filtered: bool,
    page: &Page<T>,
    more: bool,
    all: impl FnOnce() -> String,
) -> String {
    let shown = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    let others = page.previous.is_some() || page.next.is_some();
    match (search.is_empty(), filtered) {
        (true, false) => all(),
        (true, true) if others => count!("list.more_than", shown),
        (false, _) if more => count!("search.more_than", shown),
        _ => count!("search.matches", shown),
    }
}

/// The rows of a table as they are now. Only those that differ are made anew, so that what somebody does
/// in a row goes on while others change.
pub(crate) fn rows<T: Clone + Hash + Send + Sync + 'static>(
    now: impl Fn() -> Vec<T> + Send + Sync + 'static,
    row: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let each = move || {
        let of = |it: T| {
            let row = row.clone();
            Row { key: hashed(&it), view: Arc::new(move || row(it.clone())) }
        };
        now().into_iter().map(of).collect::<Vec<_>>()
    };
    view! { <For each key=|it| it.key children=|it| (it.view)() /> }
}

/// A row, whatever it shows: the keyed list is compiled only once.
#[derive(Clone)]
struct Row {
    key: u64,
    view: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

fn hashed(content: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

/// The page of a list.
#[component]
pub(crate) fn ListPage(
    /// What is listed.
    title: String,
    /// What the list says of itself.
    #[prop(into)]
    sub: ViewFn,
    /// Where a new one is created; nothing where nobody creates any.
    #[prop(optional)]
    create_path: Option<&'static str>,
    /// What that is called.
    #[prop(optional)]
    create_label: String,
    /// What else can be done with the list.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// What can be searched for.
    search_label: String,
    /// What the list can be filtered by.
    filters: Vec<Facet>,
    /// What else it can be filtered by, before those.
    #[prop(optional)]
    more_filters: Option<AnyView>,
    /// In which orders the rows can stand, the usual first.
    orders: Facet,
    /// Which parameters of the address all pages and searches share.
    keep: &'static [&'static str],
    /// Which of them a search leaves as they are, where not all.
    #[prop(optional)]
    search_keeps: Option<&'static [&'static str]>,
    /// What is searched for; empty for all.
    search: Memo<String>,
    /// Whether a search puts the best first, whatever the order.
    #[prop(default = true)]
    ranked: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title.clone() />
        <main class="page" id="main" tabindex="-1">
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">{title.clone()}</h1>
                    <HelpLink />
                    <p class="page-head__sub">{sub.run()}</p>
                </div>
                <div class="page-head__actions">
                    {actions}
                    {create_path
                        .map(|path| {
                            view! {
                                <a class="button button--primary" href=path>
                                    <Icon name="plus" />
                                    {create_label}
                                </a>
                            }
                        })}
                </div>
            </div>
            <PrintedAt />
            <section class="card" aria-label=title>
                <div class="toolbar">
                    <SearchBar label=search_label keep=search_keeps.unwrap_or(keep) />
                    {(!filters.is_empty())
                        .then(|| view! { <Filters facets=filters keep more=more_filters /> })}
                    {move || {
                        if !ranked || search.with(String::is_empty) {
                            view! { <Sorted facet=orders.clone() keep /> }.into_any()
                        } else {
                            view! { <p class="toolbar__note">{tr!("search.best")}</p> }.into_any()
                        }
                    }}
                </div>
                {children()}
            </section>
        </main>
    }
}
