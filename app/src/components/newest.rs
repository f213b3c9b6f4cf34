//! Lists that begin with the newest and grow by "show more". Without a script, each part is a page.

use std::future::Future;

use domain::Newest;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_query_map};

use super::{layout::failed, toast::Toaster};
use crate::{error::AppError, i18n::tr};

/// Where a list begins, as the address asks under that name; empty for the newest.
pub(crate) fn older_than(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|it| it.get(name).unwrap_or_default()))
}

/// The parts of a list that are shown so far.
pub(crate) struct Parts<T: Send + Sync + 'static>(RwSignal<Vec<Newest<T>>>);

impl<T: Send + Sync + 'static> Clone for Parts<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Parts<T> {}

impl<T: Clone + Send + Sync + 'static> Parts<T> {
    /// The first part alone.
    pub(crate) fn new(first: Newest<T>) -> Self {
        Self(RwSignal::new(vec![first]))
    }

    /// The rows of each part, and which part it is.
    pub(crate) fn rows(self) -> Vec<(usize, Vec<T>)> {
        self.0.with(|parts| parts.iter().map(|it| it.rows.clone()).enumerate().collect())
    }

    fn older_than(self) -> Option<i64> {
        self.0.with(|parts| parts.last()?.older_than)
    }
}

/// The foot of such a list: the way to older ones, where there are any.
#[component]
pub(crate) fn ShowMore<T, A, F>(
    /// What is shown so far.
    parts: Parts<T>,
    /// Under which name the address asks for older ones.
    name: &'static str,
    /// Asks for what comes after the row of that number.
    ask: A,
    /// What the way to older ones is called.
    #[prop(default = tr!("newest.more"))]
    label: String,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    A: Fn(String) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Newest<T>, AppError>> + 'static,
{
    let toaster = expect_context::<Toaster>();
    let path = use_location().pathname;
    let busy = RwSignal::new(false);
    let more = move |older: i64, ask: A| {
        busy.set(true);
        spawn_local(async move {
            let answer = ask(older.to_string()).await;
            // Nobody waits where the page is gone.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(part) => parts.0.update(|it| it.push(part)),
                Err(error) => failed(&error, toaster),
            }
        });
    };
    move || {
        let (ask, label) = (ask.clone(), label.clone());
        parts.older_than().map(|older| {
            let href = format!("{}?{name}={older}", path.get_untracked());
            view! {
                <div class="pager">
                    <a
                        class="button button--small"
                        href=href
                        rel="next"
                        aria-busy=move || busy.get().then_some("true")
                        on:click=move |event| {
                            event.prevent_default();
                            if !busy.get_untracked() {
                                more(older, ask.clone());
                            }
                        }
                    >
                        {label}
                    </a>
                </div>
            }
        })
    }
}
