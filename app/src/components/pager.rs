//! The foot of a list: how many there are, and the way to the pages before and after.

use domain::Cursor;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::filters::address;
use crate::i18n::tr;

/// The foot of a list.
#[component]
pub(crate) fn Pager(
    /// How many there are, in words.
    #[prop(into)]
    count: Signal<String>,
    /// Where the page before begins.
    previous: Option<Cursor>,
    /// Where the page after begins.
    next: Option<Cursor>,
    /// Which parameters of the address all pages share.
    #[prop(optional)]
    keep: &'static [&'static str],
) -> impl IntoView {
    let path = use_location().pathname;
    let query = use_query_map().get_untracked();
    let link = move |to: Option<Cursor>, rel: &'static str, label: String| match to {
        Some(cursor) => {
            let at = cursor.to_text();
            let href = address(&path.get_untracked(), &query, keep, "at", Some(&at));
            view! {
                <a class="button button--small" href=href rel=rel>
                    {label}
                </a>
            }
            .into_any()
        }
        None => view! {
            <span class="button button--quiet button--small" aria-disabled="true">
                {label}
            </span>
        }
        .into_any(),
    };
    let pages = previous.is_some() || next.is_some();
    view! {
        <nav class="pager" aria-label=tr!("pager.label")>
            <p class="pager__count">{count}</p>
            {pages
                .then(|| {
                    (
                        link(previous, "prev", tr!("pager.previous")),
                        link(next, "next", tr!("pager.next")),
                    )
                })}
        </nav>
    }
}
