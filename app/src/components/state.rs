//! The states of a view that is not simply there: loading, empty, no match, failed.

use leptos::prelude::*;

use super::icon::Icon;
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

/// A list that has nothing of the kinds asked for.
#[component]
pub(crate) fn NoneOfKind(
    /// What is searched for besides; empty for nothing.
    search: String,
    /// Where the whole list is.
    path: &'static str,
) -> impl IntoView {
    let title =
        if search.is_empty() { tr!("list.none") } else { tr!("list.none_found", term = search) };
    view! {
        <Empty icon="search" title text=tr!("list.none_text")>
            <a class="button" href=path>
                {tr!("list.show_all")}
            </a>
        </Empty>
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
