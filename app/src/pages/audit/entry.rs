//! One entry of the log: what was done in a sentence, and everything else about it once it is opened.

use domain::{
    ConsoleRole, EntryPermission, RoomType,
    audit::{Detail, Entry},
    history::{Event, Named, NamedRoom},
};
use leptos::prelude::*;

use super::PATH;
use crate::{
    components::{
        filters::filtered,
        history::{in_words, person, room},
        moment::Moment,
        page::user_path,
    },
    i18n::tr,
    words,
};

/// The row.
#[component]
pub(crate) fn EntryRow(entry: Entry) -> impl IntoView {
    let Entry { event, action, request_id, address, details, .. } = entry;
    let sentence = in_words(&event);
    let at = event.at;
    let from = address.unwrap_or_else(|| tr!("audit.no_address"));
    view! {
        <tr>
            <th scope="row" class="table__main">
                <details class="entry">
                    <summary>{sentence}</summary>
                    <dl class="facts">
                        {about(&event)}
                        {fact(tr!("audit.action"), view! { <code>{action}</code> }.into_any())}
                        {request_id
                            .map(|id| {
                                fact(tr!("audit.request"), view! { <code>{id}</code> }.into_any())
                            })}
                        {details.into_iter().map(told).collect_view()}
                    </dl>
                </details>
            </th>
            <td class="table__quiet">
                <Moment at />
            </td>
            <td class="table__quiet">{from}</td>
        </tr>
    }
}

fn fact(name: String, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// Who did it, to whom, and where, each with the way to their page and to the rest of their log.
fn about(event: &Event) -> AnyView {
    let to_user = |label: String, named: &Named| {
        let page = named.nickname.as_ref().map(|_| user_path(named.user_id.as_str()));
        let log = filtered(PATH, "person", named.user_id.as_str());
        fact(label, link(person(named), page, log))
    };
    let to_room = |named: &NamedRoom| {
        let page = named.name.as_ref().map(|_| format!("/rooms/{}", named.id));
        let log = filtered(PATH, "room", named.id.as_str());
        fact(tr!("rooms.column_room"), link(room(named), page, log))
    };
    let actor = event.actor.as_ref().map(|it| to_user(tr!("audit.who"), it));
    let user = event.user.as_ref().filter(|it| event.actor.as_ref() != Some(it));
    let user = user.map(|it| to_user(tr!("users.column_user"), it));
    (actor, user, event.room.as_ref().map(to_room)).into_any()
}

fn link(name: String, page: Option<String>, log: String) -> AnyView {
    let name = match page {
        Some(href) => view! {
            <a href=href>
                <bdi>{name}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi>{name}</bdi> }.into_any(),
    };
    view! {
        {name}
        " · "
        <a href=log>{tr!("audit.only")}</a>
    }
    .into_any()
}

/// What a field was and became.
fn told(detail: Detail) -> AnyView {
    let Detail { field, before, after } = detail;
    let text = |it: Option<String>| it.map(|it| value(&field, it));
    let (before, after) = (text(before), text(after));
    let change = match (before, after) {
        (Some(before), Some(after)) => view! {
            <del>{before}</del>
            " → "
            <ins>{after}</ins>
        }
        .into_any(),
        (Some(before), None) => view! { <del>{before}</del> }.into_any(),
        (None, after) => view! { {after} }.into_any(),
    };
    fact(name(&field), change)
}

/// What a field is called; those that only the log knows keep their names.
fn name(field: &str) -> String {
    match field {
        "" => tr!("audit.change"),
        "user_id" => tr!("user.user_id"),
        "nickname" => tr!("user.nickname"),
        "image" => tr!("user.image"),
        "permission" => tr!("user.permission"),
        "groups" => tr!("user.groups"),
        "role" => tr!("user.role"),
        "status" => tr!("user.status"),
        "name" => tr!("room.name"),
        "type" => tr!("room.type"),
        "owner" => tr!("room.owner"),
        "members" => tr!("room.members"),
        "capacity" => tr!("limits.capacity"),
        "time_limit" => tr!("limits.time_limit"),
        "opens" => tr!("limits.opens"),
        "closes" => tr!("limits.closes"),
        "group" => tr!("users.group"),
        "school" => tr!("settings.school"),
        "time_zone" => tr!("settings.time_zone"),
        "retention" => tr!("settings.retention"),
        "notice" => tr!("settings.notice"),
        "language" => tr!("settings.language"),
        "teachers.rooms" => tr!("settings.teacher_rooms"),
        "teachers.members" => tr!("settings.teacher_members"),
        "teachers.capacity" => tr!("settings.teacher_capacity"),
        other => other.replace('_', " "),
    }
}

/// What the log keeps as a name, in words.
fn value(field: &str, text: String) -> String {
    let known = match field {
        "" | "permission" => EntryPermission::from_name(&text).map(words::permission),
        "role" => ConsoleRole::from_name(&text).map(words::role),
        "type" => RoomType::from_name(&text).map(words::room_type),
        _ => None,
    };
    known.unwrap_or(text)
}
