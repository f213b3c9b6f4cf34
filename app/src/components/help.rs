//! The question mark that leads from a page to its help.

use leptos::prelude::*;
use leptos_router::hooks::use_url;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{icon::Icon, layout::here};
use crate::{i18n::tr, viewer::is_admin};

/// Beside the title of every page: opens the help about it.
#[component]
pub(crate) fn HelpLink(
    /// Whether the page has a form: the help opens beside it then, so that nothing typed is lost.
    #[prop(optional)]
    form: bool,
) -> impl IntoView {
    let url = use_url();
    let here = here();
    let admin = is_admin();
    let about = move || url.with(|it| topic(it.path(), admin));
    let href = move || {
        let topic = about();
        if form {
            format!("/help/{topic}?apart")
        } else {
            format!("/help/{topic}?from={}", utf8_percent_encode(&here(), NON_ALPHANUMERIC))
        }
    };
    let label = move || {
        let page = name(about()).to_lowercase();
        if form { tr!("layout.help_apart", page = page) } else { tr!("layout.help", page = page) }
    };
    view! {
        <a class="help-link" href=href rel="external" target=form.then_some("_blank") aria-label=label title=label>
            <Icon name="circle-help" />
        </a>
    }
}

/// The topic of the help about the page of that path, for an Admin or a Teacher.
fn topic(path: &str, admin: bool) -> &'static str {
    let mut parts = path.split('/').skip(1);
    match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
        ("rooms", _, Some("meetings")) => "attendance",
        ("groups", ..) => "groups",
        ("rooms", None, _) if !admin => "own-rooms",
        ("rooms", None, _) => "rooms",
        ("rooms", Some("new"), _) | ("rooms", _, Some("add")) => "create-room",
        ("rooms", ..) => "room",
        ("users", Some("new"), _) => "create-user",
        ("users", _, Some("hand-over")) => "teachers",
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
        "rooms" | "own-rooms" => tr!("rooms.title"),
        "create-room" => tr!("picker.label"),
        "room" => tr!("rooms.column_room"),
        "attendance" => tr!("attendance.title"),
        "create-user" => tr!("users.create"),
        "user" => tr!("users.column_user"),
        "teachers" => tr!("role.teacher"),
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
            ("/users/T-kim/hand-over", "teachers"),
            ("/groups/7B/add", "groups"),
            ("/rooms", "rooms"),
            ("/rooms/new", "create-room"),
            ("/rooms/abc", "room"),
            ("/rooms/abc/add", "create-room"),
            ("/rooms/abc/settings", "room"),
            ("/rooms/abc/meetings/1", "attendance"),
            ("/settings", "settings"),
            ("/account", "account"),
            ("/audit", "audit"),
        ] {
            assert_eq!(topic(path, true), about, "{path}");
        }
    }

    #[test]
    fn what_teachers_read_about_their_rooms_is_meant_for_them() {
        assert_eq!(topic("/rooms", false), "own-rooms");
        assert_eq!(topic("/rooms/new", false), "create-room");
        assert_eq!(topic("/account", false), "account");
    }
}
