//! The heads of pages: where you are, what this is, and what can be done.

use domain::{GroupName, UserSummary};
use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    avatar::{Avatar, Size},
    help::HelpLink,
    icon::Icon,
};
use crate::{i18n::tr, viewer::is_admin};

/// Where you are: the list that this page belongs to, and the page.
#[component]
pub(crate) fn Breadcrumbs(
    #[prop(into)] up: String,
    up_label: String,
    #[prop(into)] here: Signal<String>,
) -> impl IntoView {
    view! {
        <nav class="breadcrumbs" aria-label=tr!("layout.where")>
            <ol>
                <li>
                    <a href=up>
                        <bdi>{up_label}</bdi>
                    </a>
                </li>
                <li>
                    <bdi aria-current="page">{here}</bdi>
                </li>
            </ol>
        </nav>
    }
}

/// The head of a page with one task: on a phone it has the way back.
#[component]
pub(crate) fn TaskHead(back: String, back_label: String, title: String) -> impl IntoView {
    view! {
        <div class="page-head">
            <a class="page-head__back" href=back aria-label=back_label>
                <Icon name="chevron-left" />
            </a>
            <div class="page-head__text">
                <h1 class="page-head__title">
                    <bdi>{title}</bdi>
                </h1>
                <HelpLink form=true />
            </div>
        </div>
    }
}

/// A user in a list: avatar, nickname and, since nicknames repeat, the User ID.
#[component]
pub(crate) fn Person(
    user: UserSummary,
    /// Whether the nickname leads to the user's page, for whoever may see that.
    #[prop(optional)]
    link: bool,
) -> impl IntoView {
    let nickname = user.nickname.to_string();
    let user_id = user.user_id.to_string();
    let name = if link && is_admin() {
        view! {
            <a class="person__name table__link" href=user_path(&user_id)>
                <bdi>{nickname}</bdi>
            </a>
        }
        .into_any()
    } else {
        view! { <bdi class="person__name">{nickname}</bdi> }.into_any()
    };
    view! {
        <div class="person">
            <Avatar user size=Size::Medium />
            <div class="person__text">{name} <bdi class="person__id">{user_id}</bdi></div>
        </div>
    }
}

/// Everything but what stays as it is in a path.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'-').remove(b'@');

/// The path of a user's page.
pub(crate) fn user_path(user_id: &str) -> String {
    format!("/users/{}", utf8_percent_encode(user_id, IN_PATH))
}

/// The path of a group's page.
pub(crate) fn group_path(name: &GroupName) -> String {
    format!("/groups/{}", utf8_percent_encode(&name.in_address(), IN_PATH))
}
