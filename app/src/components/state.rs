//! The states of a view that is not simply there: loading, empty, no match, failed.

use leptos::prelude::*;

use super::{icon::Icon, notice::WarningNotice};
use crate::{error::AppError, i18n::tr, words};

/// What belongs here and the first step to it.
#[component]
pub(crate) fn Empty(
    /// The icon above.
    icon: &'static str,
    /// What is (not) here.
    title: String,
    /// Why, or what belongs here.
    text: String,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon">
                <Icon name=icon />
            </span>
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            {children.map(|it| view! { <div class="empty__actions">{it()}</div> })}
        </div>
    }
}

/// Why a list shows nothing: nothing is there yet, nothing is of the kinds asked for, or nothing is
/// found, which `no_match` puts into words.
#[component]
pub(crate) fn NothingListed(
    /// What is searched for; empty for nothing.
    search: String,
    /// Whether only some kinds are asked for.
    #[prop(optional)]
    filtered: bool,
    /// Where the whole list is.
    path: &'static str,
    /// Nothing was found: what, and what would be.
    no_match: (String, String),
    /// What is shown before there is anything.
    first: ViewFn,
) -> impl IntoView {
    let (title, text, way_out) = match (search.is_empty(), filtered) {
        (true, false) => return first.run(),
        (true, true) => (tr!("list.none"), tr!("list.none_text"), tr!("list.show_all")),
        (false, true) => {
            let title = tr!("list.none_found", term = search);
            (title, tr!("list.none_text"), tr!("list.show_all"))
        }
        (false, false) => (no_match.0, no_match.1, tr!("search.clear")),
    };
    view! {
        <Empty icon="search" title text>
            <a class="button" href=path>
                {way_out}
            </a>
        </Empty>
    }
    .into_any()
}

/// The first step to a list that has nothing yet, as one of the three that lead to a first meeting:
/// users, a room, and who may enter it.
#[component]
pub(crate) fn FirstStep(
    /// How many of the three are done.
    done: usize,
    /// What is not here.
    title: String,
    /// What belongs here.
    text: String,
    /// Where the first one is made.
    path: &'static str,
    /// What that is called.
    action: String,
) -> impl IntoView {
    let steps = [
        ("users-round", tr!("users.create")),
        ("door-open", tr!("rooms.create")),
        ("list-checks", tr!("picker.label")),
    ];
    let step = |(index, (icon, label)): (usize, (&'static str, String))| {
        let done = index < done;
        view! {
            <li class="steps__step" class:steps__step--done=done>
                <span class="empty__icon">
                    <Icon name=if done { "check" } else { icon } />
                </span>
                {label}
                {done.then(|| view! { <span class="visually-hidden">{tr!("state.done")}</span> })}
            </li>
        }
    };
    view! {
        <div class="empty">
            <ol class="steps">{steps.into_iter().enumerate().map(step).collect_view()}</ol>
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            <div class="empty__actions">
                <a class="button button--primary" href=path>
                    <Icon name="plus" />
                    {action}
                </a>
            </div>
        </div>
    }
}

/// What the page is about was deleted meanwhile; it stands there as it was last.
#[component]
pub(crate) fn Gone(
    /// Whether it was.
    gone: Signal<bool>,
    /// What is to be said of it.
    text: String,
) -> impl IntoView {
    view! {
        <Show when=move || gone.get()>
                <WarningNotice title=text.clone() text=tr!("state.as_it_was") />
        </Show>
    }
}

/// A whole view that could not be shown: what happened, and what to do.
#[component]
pub(crate) fn Failure(error: AppError) -> impl IntoView {
    let (icon, title, text) = words::failure(&error);
    view! {
        <div class="empty empty--page" role="alert">
            <span class="empty__icon">
                <Icon name=icon />
            </span>
            <h1 class="empty__title">{title}</h1>
            <p class="empty__text">{text} <RequestId error=error.clone() /></p>
            <div class="empty__actions">
                <NextStep error />
            </div>
        </div>
    }
}

/// Something small that could not be done, in place.
#[component]
pub(crate) fn FailureNotice(error: AppError) -> impl IntoView {
    let (_, title, text) = words::failure(&error);
    view! {
        <div class="notice notice--error" role="alert">
            <Icon name="circle-alert" />
            <div class="notice__text">
                <strong>{title}</strong>
                " "
                {text}
                <RequestId error />
            </div>
        </div>
    }
}

#[component]
fn RequestId(error: AppError) -> impl IntoView {
    let AppError::Internal { request_id: Some(id) } = error else { return None };
    Some(view! {
        " "
        {tr!("failure.request")}
        " "
        <code>{id}</code>
    })
}

#[component]
fn NextStep(error: AppError) -> impl IntoView {
    match error {
        AppError::SignedOut => view! {
            <a class="button button--primary" href="/sign-in" rel="external">
                {tr!("sign_in.action")}
            </a>
        }
        .into_any(),
        AppError::NotFound | AppError::Forbidden => view! {
            <a class="button button--primary" href="/">
                {tr!("failure.home")}
            </a>
        }
        .into_any(),
        _ => view! {
            <a class="button" href="" rel="external">
                <Icon name="refresh-cw" />
                {tr!("failure.again")}
            </a>
        }
        .into_any(),
    }
}

/// The shape of a line of text while it is on its way.
#[component]
pub(crate) fn SkeletonLine() -> impl IntoView {
    view! {
        <p aria-busy="true">
            <span class="visually-hidden">{tr!("state.loading")}</span>
            <span class="skeleton skeleton--text"></span>
        </p>
    }
}

/// The shape of a list while its rows are on their way.
#[component]
pub(crate) fn SkeletonList() -> impl IntoView {
    let row = || {
        view! {
            <tr>
                <th scope="row" class="table__main">
                    <div class="person">
                        <span class="skeleton skeleton--avatar"></span>
                        <div class="person__text">
                            <span class="skeleton skeleton--text"></span>
                            <span class="skeleton skeleton--short"></span>
                        </div>
                    </div>
                </th>
                <td>
                    <span class="skeleton skeleton--pill"></span>
                </td>
                <td>
                    <span class="skeleton skeleton--short"></span>
                </td>
            </tr>
        }
    };
    view! {
        <div aria-busy="true" aria-label=tr!("state.loading")>
            <table class="table" aria-hidden="true">
                <tbody>{(0..6).map(|_| row()).collect_view()}</tbody>
            </table>
        </div>
    }
}
