//! The question mark that leads from a page to its help.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{icon::Icon, layout::here};
use crate::i18n::tr;

/// Beside the title of every page: opens the help about it.
#[component]
pub(crate) fn HelpLink(
    /// Whether the page has a form: the help opens beside it then, so that nothing typed is lost.
    #[prop(optional)]
    form: bool,
) -> impl IntoView {
    let path = use_location().pathname;
    let here = here();
    let href = move || {
        let topic = path.with(|it| topic(it));
        if form {
            format!("/help/{topic}?apart")
        } else {
            format!("/help/{topic}?from={}", utf8_percent_encode(&here(), NON_ALPHANUMERIC))
        }
    };
    let label = move || {
        let page = path.with(|it| name(topic(it))).to_lowercase();
        if form { tr!("layout.help_apart", page = page) } else { tr!("layout.help", page = page) }
    };
    view! {
        <a class="help-link" href=href rel="external" target=form.then_some("_blank") aria-label=label title=label>
            <Icon name="circle-help" />
        </a>
    }
}

/// The topic of the help about the page of that path.
fn topic(path: &str) -> &'static str {
    let mut parts = path.split('/').skip(1);
    match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("groups", ..) => "groups",
        ("rooms", None, _) => "rooms",
        ("rooms", Some("new"), _) | ("rooms", _, Some("add")) => "create-room",
        ("rooms", ..) => "room",
        ("users", Some("new"), _) => "create-user",
        ("users", Some(_), _) => "user",
        ("settings", ..) => "settings",
        ("account", ..) => "account",
        ("audit", ..) => "audit",
        _ => "users",
    }
}

/// What that help is about.
fn name(topic: &str) -> String {
    match topic {
        "groups" => tr!("groups.title"),
        "rooms" => tr!("rooms.title"),
        "create-room" => tr!("picker.label"),
        "room" => tr!("rooms.column_room"),
        "create-user" => tr!("users.create"),
        "user" => tr!("users.column_user"),
        "settings" => tr!("settings.title"),
        "account" => tr!("account.title"),
        "audit" => tr!("audit.title"),
        _ => tr!("users.title"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_topic() {
        for (path, about) in [
            ("/users", "users"),
            ("/users/new", "create-user"),
            ("/users/S-2041", "user"),
            ("/users/S-2041/delete", "user"),
            ("/groups/7B/add", "groups"),
            ("/rooms", "rooms"),
            ("/rooms/new", "create-room"),
            ("/rooms/abc", "room"),
            ("/rooms/abc/add", "create-room"),
            ("/rooms/abc/settings", "room"),
            ("/settings", "settings"),
            ("/account", "account"),
            ("/audit", "audit"),
        ] {
            assert_eq!(topic(path), about, "{path}");
        }
    }
}
