//! What every list has: the part of it that the address asks for, its page, and its count.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{icon::Icon, search_bar::SearchBar};
use crate::i18n::{count, tr};

/// The part of a list that the address asks for.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// What is searched for; empty for all.
    pub(crate) search: Memo<String>,
    /// Where the page begins; empty for the first.
    pub(crate) at: Memo<String>,
}

impl Asked {
    /// Reads the address, and follows it.
    pub(crate) fn of_address() -> Self {
        let query = use_query_map();
        let asked = move |name: &'static str| {
            Memo::new(move |_| query.with(|it| it.get(name).unwrap_or_default()))
        };
        Self { search: asked("search"), at: asked("at") }
    }
}

/// How many rows there are, in words: all of them, or how many a search found.
pub(crate) fn counted(search: &str, shown: usize, more: bool, all: String) -> String {
    let shown = u32::try_from(shown).unwrap_or(u32::MAX);
    if search.is_empty() {
        all
    } else if more {
        count!("search.more_than", shown)
    } else {
        count!("search.matches", shown)
    }
}

/// The page of a list.
#[component]
pub(crate) fn ListPage(
    /// What is listed.
    title: String,
    /// What the list says of itself.
    #[prop(into)]
    sub: ViewFn,
    /// Where a new one is created.
    create_path: &'static str,
    /// What that is called.
    create_label: String,
    /// What can be searched for.
    search_label: String,
    /// In which order the rows stand.
    sorted: String,
    /// The part that is shown.
    asked: Asked,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <main class="page" id="main" tabindex="-1">
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">{title.clone()}</h1>
                    <p class="page-head__sub">{sub.run()}</p>
                </div>
                <div class="page-head__actions">
                    <a class="button button--primary" href=create_path>
                        <Icon name="plus" />
                        {create_label}
                    </a>
                </div>
            </div>
            <section class="card" aria-label=title>
                <SearchBar label=search_label>
                    <p class="toolbar__note">
                        {move || {
                            if asked.search.with(String::is_empty) {
                                sorted.clone()
                            } else {
                                tr!("search.best")
                            }
                        }}
                    </p>
                </SearchBar>
                {children()}
            </section>
        </main>
    }
}
