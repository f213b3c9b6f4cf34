//! History: each thing that was done, in plain words, newest first.

mod door;
mod meeting;

use std::future::Future;

use domain::{
    Newest,
    history::{Deed, Event, LinkDeed, Named, NamedRoom, RoomChange, UserChange},
    room::{Capacity, TimeLimit},
};
use leptos::prelude::*;

use super::{
    answer::{Answer, Place},
    moment::Moment,
    newest::{Parts, ShowMore, older_than},
    state::Empty,
};
use crate::{
    error::AppError,
    i18n::{count, number, tr},
    latest::kept_up,
    words,
};

/// Under which name addresses ask for older events.
pub(crate) const OLDER: &str = "history";

/// The history of a user or a room.
#[component]
pub(crate) fn History<A, F>(
    /// The first part, made beside what the page is about.
    events: Resource<Result<Newest<Event>, AppError>>,
    /// Says when it may have become longer.
    changes: Signal<u64>,
    /// Asks for what came before the event of that number.
    ask: A,
) -> impl IntoView
where
    A: Fn(String) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Newest<Event>, AppError>> + 'static,
{
    let older = older_than(OLDER);
    let show = move |served: Newest<Event>| {
        let (ask, asked, from) = (ask.clone(), ask.clone(), older.get_untracked());
        let first = kept_up(served, changes, move || asked(from.clone()));
        (move || listed(first.get(), ask.clone())).into_any()
    };
    view! {
        <section class="card" aria-labelledby="history">
            <h2 class="card__title card__head" id="history">
                {tr!("history.title")}
            </h2>
            <Answer of=events show place=Place::List />
        </section>
    }
}

/// What is known so far, and the way to what came before.
fn listed<A, F>(first: Newest<Event>, ask: A) -> AnyView
where
    A: Fn(String) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Newest<Event>, AppError>> + 'static,
{
    if first.rows.is_empty() && first.older_than.is_none() {
        let (title, text) = (tr!("history.empty"), tr!("history.empty_text"));
        return view! { <Empty icon="rotate-ccw" title text /> }.into_any();
    }
    let parts = Parts::new(first);
    let event = |(_, events): (usize, Vec<Event>)| {
        events.into_iter().map(|event| view! { <Told event /> }).collect_view()
    };
    view! {
        <ol class="history" aria-labelledby="history">
            <For each=move || parts.rows() key=|it| it.0 children=event />
        </ol>
        <ShowMore parts name=OLDER ask />
    }
    .into_any()
}

/// One event.
#[component]
pub(crate) fn Told(event: Event) -> impl IntoView {
    view! {
        <li class="history__event">
            <p>{in_words(&event)}</p>
            <Moment at=event.at />
        </li>
    }
}

/// Who did what, as one sentence.
pub(crate) fn in_words(event: &Event) -> String {
    let actor = event.actor.as_ref().map_or_else(|| tr!("history.at_the_server"), person);
    let user = event.user.as_ref().map(person).unwrap_or_default();
    let room = event.room.as_ref().map(room).unwrap_or_default();
    match &event.deed {
        Deed::UserCreated => tr!("history.user_created", actor = actor, user = user),
        Deed::UserEdited(changes) => {
            let changes: Vec<_> = changes.iter().map(user_change).collect();
            changed(&actor, &user, &changes)
        }
        Deed::UserDeactivated => tr!("history.user_deactivated", actor = actor, user = user),
        Deed::UserReactivated => tr!("history.user_reactivated", actor = actor, user = user),
        Deed::UserDeleted => tr!("history.user_deleted", actor = actor, user = user),
        Deed::RoomCreated => tr!("history.room_created", actor = actor, room = room),
        Deed::RoomDuplicated => tr!("history.room_duplicated", actor = actor, room = room),
        Deed::RoomEdited(changes) => {
            let changes: Vec<_> = changes.iter().map(room_change).collect();
            changed(&actor, &room, &changes)
        }
        Deed::RoomEnded => tr!("history.room_ended", actor = actor, room = room),
        Deed::RoomReopened => tr!("history.room_reopened", actor = actor, room = room),
        Deed::RoomDeleted => tr!("history.room_deleted", actor = actor, room = room),
        Deed::OwnerChanged => {
            tr!("history.owner_changed", actor = actor, user = user, room = room)
        }
        Deed::MembersAdded(number) => {
            let people = if user.is_empty() { count!("groups.people", *number) } else { user };
            tr!("history.members_added", actor = actor, people = people, room = room)
        }
        Deed::PermissionChanged { before, after } => tr!(
            "history.permission_changed",
            actor = actor,
            user = user,
            room = room,
            before = words::permission(*before),
            after = words::permission(*after)
        ),
        Deed::MemberRemoved => {
            tr!("history.member_removed", actor = actor, user = user, room = room)
        }
        Deed::PermissionsSet(number, permission) => tr!(
            "history.permissions_set",
            actor = actor,
            people = count!("groups.people", *number),
            room = room,
            permission = words::permission(*permission)
        ),
        Deed::PermissionsRestored(number) => {
            let people = count!("groups.people", *number);
            tr!("history.permissions_restored", actor = actor, people = people, room = room)
        }
        Deed::MembersRemoved(number) => {
            let people = count!("groups.people", *number);
            tr!("history.members_removed", actor = actor, people = people, room = room)
        }
        Deed::EntryLink(deed) => link_in_words(*deed, &actor, &user, &room),
        Deed::Door(deed) => door::in_words(deed, event),
        Deed::Meeting { deed, guest } => meeting::in_words(deed, guest.as_deref(), event),
        Deed::GroupCreated(group) => tr!("history.group_created", actor = actor, group = group),
        Deed::GroupRenamed { before, after } => {
            tr!("history.group_renamed", actor = actor, before = before, after = after)
        }
        Deed::GroupMerged { group, into } => {
            tr!("history.group_merged", actor = actor, user = user, group = group, into = into)
        }
        Deed::GroupDeleted(group) => {
            tr!("history.group_deleted", actor = actor, user = user, group = group)
        }
        Deed::GroupJoined(group) => {
            tr!("history.group_joined", actor = actor, user = user, group = group)
        }
        Deed::GroupLeft(group) => {
            tr!("history.group_left", actor = actor, user = user, group = group)
        }
        Deed::SignedIn => tr!("history.signed_in", user = user),
        Deed::SignInFailed if user.is_empty() => tr!("history.sign_in_unknown"),
        Deed::SignInFailed => tr!("history.sign_in_failed", user = user),
        Deed::SignedOut => tr!("history.signed_out", user = user),
        Deed::FirstAdmin => tr!("history.first_admin", user = user),
        Deed::AdminCreated => tr!("history.admin_created", actor = actor, user = user),
        Deed::SignedOutElsewhere => tr!("history.signed_out_elsewhere", user = user),
        Deed::SignedOutUnused => tr!("history.signed_out_unused", user = user),
        Deed::SignedOutEverywhere => tr!("history.signed_out_everywhere", user = user),
        Deed::PasswordLinkMade => tr!("history.password_link", actor = actor, user = user),
        Deed::PasswordSetByLink => tr!("history.password_by_link", user = user),
        Deed::PasswordChanged => tr!("history.password_changed", user = user),
        Deed::PasswordSet => tr!("history.password_set", actor = actor, user = user),
        Deed::ManyUsersSeen(many) => {
            tr!("history.many_users_seen", actor = actor, count = number((*many).into()))
        }
        Deed::PickerLimited => tr!("history.picker_limited", actor = actor),
        Deed::SettingsChanged => tr!("history.settings_changed", actor = actor),
        Deed::SignInThrottled => tr!("history.sign_in_throttled"),
        Deed::SessionUsedAfterEnd => tr!("history.session_used_after_end", user = user),
        Deed::Refused { asked, left_out } => refused_in_words(event, asked, *left_out),
        Deed::LogExported => tr!("history.log_exported", actor = actor),
        Deed::Seeded => tr!("history.seeded", actor = actor),
        Deed::Other => tr!("history.other", actor = actor),
    }
}

fn link_in_words(deed: LinkDeed, actor: &str, user: &str, room: &str) -> String {
    let link = if user.is_empty() {
        tr!("history.shared_link", room = room)
    } else {
        tr!("history.link_of", user = user, room = room)
    };
    match deed {
        LinkDeed::Seen => tr!("history.link_seen", actor = actor, link = link),
        LinkDeed::AllSeen(number) => {
            let people = count!("groups.people", number);
            tr!("history.links_seen", actor = actor, people = people, room = room)
        }
        LinkDeed::Renewed => tr!("history.link_renewed", actor = actor, link = link),
        LinkDeed::Revoked => tr!("history.link_revoked", actor = actor, link = link),
        LinkDeed::Allowed => tr!("history.link_allowed", actor = actor, link = link),
        LinkDeed::ExpirySet => tr!("history.link_expiry", actor = actor, link = link),
    }
}

fn refused_in_words(event: &Event, asked: &str, left_out: u32) -> String {
    let actor = door::whoever(event);
    if left_out == 0 {
        return tr!("history.refused", actor = actor, asked = asked);
    }
    let others = count!("history.refused_others", left_out);
    tr!("history.refused_again", actor = actor, asked = asked, others = others)
}

fn changed(actor: &str, what: &str, changes: &[String]) -> String {
    if changes.is_empty() {
        tr!("history.saved", actor = actor, what = what)
    } else {
        tr!("history.changed", actor = actor, what = what, changes = changes.join(", "))
    }
}

fn user_change(change: &UserChange) -> String {
    match change {
        UserChange::Nickname(before, after) => {
            tr!("history.nickname", before = before, after = after)
        }
        UserChange::Image => tr!("history.image"),
        UserChange::Permission(before, after) => {
            let (before, after) = (words::permission(*before), words::permission(*after));
            tr!("history.permission", before = before, after = after)
        }
        UserChange::Groups => tr!("history.groups"),
        UserChange::Role(before, after) => {
            tr!("history.role", before = words::role(*before), after = words::role(*after))
        }
    }
}

fn room_change(change: &RoomChange) -> String {
    match change {
        RoomChange::Name(before, after) => tr!("history.name", before = before, after = after),
        RoomChange::Type(before, after) => {
            let (before, after) = (words::room_type(*before), words::room_type(*after));
            tr!("history.type", before = before, after = after)
        }
        RoomChange::Capacity(before, after) => {
            let number = |it: &Option<Capacity>| limit(it.map(|it| words::people(it.get())));
            tr!("history.capacity", before = number(before), after = number(after))
        }
        RoomChange::TimeLimit(before, after) => {
            let time = |it: &Option<TimeLimit>| limit(it.map(|it| words::duration(it.get())));
            tr!("history.time_limit", before = time(before), after = time(after))
        }
        RoomChange::Window => tr!("history.window"),
    }
}

/// A limit, or that there is none.
fn limit(limit: Option<String>) -> String {
    limit.unwrap_or_else(|| tr!("limits.none"))
}

/// A person as the log names them: the nickname they have now, and the User ID.
pub(crate) fn person(named: &Named) -> String {
    match &named.nickname {
        Some(nickname) if nickname.as_str() != named.user_id.as_str() => {
            tr!("history.person", nickname = nickname, user_id = named.user_id)
        }
        _ => named.user_id.to_string(),
    }
}

/// A room as the log names it: the name it has now.
pub(crate) fn room(named: &NamedRoom) -> String {
    match &named.name {
        Some(name) => tr!("history.room", name = name),
        None => tr!("history.gone_room"),
    }
}
