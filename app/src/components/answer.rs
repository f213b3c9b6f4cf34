//! What the server answers, where the view waits for it: the content, or why it can't be shown.

use leptos::prelude::*;

use super::{
    page_title::PageTitle,
    state::{Failure, FailureNotice, SkeletonLine, SkeletonList},
};
use crate::{error::AppError, words};

/// Where an answer is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the page.
    Page,
    /// It is a list on the page.
    List,
    /// It is a small part of the page.
    Line,
}

/// Shows what is made of an answer. What was there stays until a new answer has come.
#[component]
pub(crate) fn Answer<T, S>(
    /// The answer that is waited for.
    of: Resource<Result<T, AppError>>,
    /// What is made of it.
    show: S,
    /// Where it is shown.
    place: Place,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    S: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let waiting = move || match place {
        Place::Page => view! {
            <main class="page" id="main" tabindex="-1">
                <SkeletonList />
            </main>
        }
        .into_any(),
        Place::List => view! { <SkeletonList /> }.into_any(),
        Place::Line => view! { <SkeletonLine /> }.into_any(),
    };
    view! {
        <Transition fallback=waiting>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match of.await {
                        Ok(answer) => show(answer),
                        Err(error) => failed(error, place),
                    }
                })
            }}
        </Transition>
    }
}

fn failed(error: AppError, place: Place) -> AnyView {
    match place {
        Place::List => view! { <Failure error /> }.into_any(),
        Place::Line => view! { <FailureNotice error /> }.into_any(),
        Place::Page => view! {
            <PageTitle text=words::failure(&error).1 />
            <main class="page" id="main" tabindex="-1">
                <Failure error />
            </main>
        }
        .into_any(),
    }
}
