//! Asks the server again whenever the question changes, and keeps the latest answer.
//!
//! For what only the browser asks, after the page has come to life. Not a resource: one that is read
//! anywhere below a suspense takes part in it, and would replace the page by its fallback.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

use crate::error::AppError;

/// The latest answer to a question that changes, beside that question. Asks nothing while there is no
/// question, and drops answers that a newer question has overtaken.
pub(crate) fn latest<Q, A, F>(
    question: impl Fn() -> Option<Q> + 'static,
    ask: impl Fn(Q) -> F + 'static,
) -> RwSignal<Option<(Q, A)>>
where
    Q: Clone + Send + Sync + 'static,
    A: Send + Sync + 'static,
    F: Future<Output = A> + 'static,
{
    let answer = RwSignal::new(None);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let question = question();
        asked.update_value(|it| *it += 1);
        let mine = asked.get_value();
        if let Some(question) = question {
            let asking = ask(question.clone());
            spawn_local(async move {
                let new = asking.await;
                // Nobody waits where the page is gone, or something newer was asked.
                if asked.try_get_value() == Some(mine) {
                    answer.try_set(Some((question, new)));
                }
            });
        }
    });
    answer
}

/// Something as it is now: as it was served, and anew whenever `changes` says that it may differ, for what
/// was done on this page or elsewhere. What stands on the page stays, so that nobody loses what they
/// typed or asked.
pub(crate) fn kept_up<T, F>(
    served: T,
    changes: Signal<u64>,
    ask: impl Fn() -> F + 'static,
) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    kept_while_there(served, changes, ask).0
}

/// As [`kept_up`], and whether there is no such thing any more: then it stays as it was last.
pub(crate) fn kept_while_there<T, F>(
    served: T,
    changes: Signal<u64>,
    ask: impl Fn() -> F + 'static,
) -> (Signal<T>, Signal<bool>)
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    let since = asked_since(changes.get_untracked(), changes, ask);
    let gone =
        move |_: Option<&bool>| since.with(|it| matches!(it, Some((_, Err(AppError::NotFound)))));
    (as_of_now(served, since), Memo::new(gone).into())
}

/// What was answered since something was served, if anything was.
pub(crate) type Since<T> = RwSignal<Option<(u64, Result<T, AppError>)>>;

/// Asks again whenever `changes` says that something may be another than the one that was asked for when it
/// said `served_at`: once for all parts of a page that show it.
pub(crate) fn asked_since<T, F>(
    served_at: u64,
    changes: Signal<u64>,
    ask: impl Fn() -> F + 'static,
) -> Since<T>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    let question = move || Some(changes.get()).filter(|it| *it != served_at);
    latest(question, move |_| ask())
}

/// Something as it is now: as it was served, or as it was answered last since.
pub(crate) fn as_of_now<T>(served: T, since: Since<T>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let keep = move |last: Option<&T>| {
        since.with(|it| match it {
            Some((_, Ok(now))) => now.clone(),
            _ => last.unwrap_or(&served).clone(),
        })
    };
    Memo::new(keep).into()
}
