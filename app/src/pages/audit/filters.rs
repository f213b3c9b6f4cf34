//! What the log is filtered by besides its kinds: a person, a room, and days. Each is a chip that offers to
//! choose, or shows what is chosen; all but finding a room works without a script, and there the search
//! finds it.

use domain::{UserSummary, room::RoomSummary};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

use super::{KEEP, PATH};
use crate::{
    components::{
        filters::{Made, address},
        menu::Menu,
        room_search::RoomSearch,
        school_moment::SchoolZone,
        user_search::UserSearch,
    },
    error::AppError,
    functions::audit::AuditList,
    i18n::tr,
};

/// What stays in the address when another person is chosen, who is searched for no more.
const BESIDE_PERSON: &[&str] = &["person", "room", "kind", "from", "until"];
/// What stays besides days.
const BESIDE_DAYS: &[&str] = &["search", "person", "room", "kind"];

/// Leads to the same list with another value of one filter.
fn leading(name: &'static str) -> impl Fn(&str) + Clone {
    let (query, path, navigate) = (use_query_map(), use_location().pathname, use_navigate());
    move |value: &str| {
        let (query, path) = (query.get_untracked(), path.get_untracked());
        let to = address(&path, &query, BESIDE_PERSON, name, Some(value));
        navigate(&to, NavigateOptions::default());
    }
}

/// The address of the list without one filter.
fn without(name: &'static str) -> impl Fn() -> String + Clone {
    let (query, path) = (use_query_map(), use_location().pathname);
    move || query.with(|it| address(&path.get_untracked(), it, KEEP, name, None))
}

/// The other filters, for a form that asks for one more.
fn kept(names: &'static [&'static str]) -> impl IntoView {
    let query = use_query_map();
    let hidden = move |name: &&'static str| {
        let name = *name;
        let value = query.with(|it| it.get(name));
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    move || names.iter().map(hidden).collect_view()
}

/// What is in the log of one person: what they did, and what was done to them.
#[component]
pub(super) fn PersonFilter() -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|it| it.get("person")));
    let remove = without("person");
    move || match chosen.get() {
        Some(label) => view! { <Made facet=tr!("audit.person") label href=remove() /> }.into_any(),
        None => view! { <OfferPerson /> }.into_any(),
    }
}

#[component]
fn OfferPerson() -> impl IntoView {
    let opened = RwSignal::new(false);
    let found = RwSignal::new(None::<UserSummary>);
    let lead = leading("person");
    Effect::new(move |_| {
        if let Some(user) = found.get() {
            lead(user.user_id.as_str());
        }
    });
    let field = move || {
        let label = tr!("audit.person");
        opened.get().then(|| view! { <UserSearch id="find-person" label found /> })
    };
    view! {
        <Menu
            class="menu--search"
            button="chip chip--offer"
            summary=tr!("audit.person").into_any()
            on_toggle=Callback::new(move |open: bool| if open { opened.set(true) })
        >
            // A click in here chooses nothing yet.
            <div class="with-script" on:click=|event| event.stop_propagation()>
                {field}
            </div>
            <div class="without-script">
                <form method="get" action=PATH>
                    {kept(&["room", "kind", "from", "until"])}
                    <div class="field">
                        <label class="field__label" for="person-id">
                            {tr!("user.user_id")}
                        </label>
                        <input class="input" id="person-id" name="person" required autocomplete="off" />
                    </div>
                    <button class="button button--small">{tr!("users.filter")}</button>
                </form>
            </div>
        </Menu>
    }
}

/// What was done in one room.
#[component]
pub(super) fn RoomFilter(list: Resource<Result<AuditList, AppError>>) -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|it| it.get("room")));
    let remove = without("room");
    move || match chosen.get() {
        Some(id) => {
            let remove = remove.clone();
            view! {
                <Transition>
                    {move || {
                        let (id, remove) = (id.clone(), remove.clone());
                        Suspend::new(async move {
                            let name = list.await.ok().and_then(|it| it.room);
                            let label = name.map_or(id, |it| it.to_string());
                            view! { <Made facet=tr!("rooms.column_room") label href=remove() /> }
                        })
                    }}
                </Transition>
            }
            .into_any()
        }
        None => view! { <OfferRoom /> }.into_any(),
    }
}

#[component]
fn OfferRoom() -> impl IntoView {
    let opened = RwSignal::new(false);
    let found = RwSignal::new(None::<RoomSummary>);
    let lead = leading("room");
    Effect::new(move |_| {
        if let Some(room) = found.get() {
            lead(room.id.as_str());
        }
    });
    let field = move || {
        let label = tr!("rooms.column_room");
        opened.get().then(|| view! { <RoomSearch id="find-room" label found /> })
    };
    view! {
        <div class="only-with-script">
            <Menu
                class="menu--search"
                button="chip chip--offer"
                summary=tr!("rooms.column_room").into_any()
                on_toggle=Callback::new(move |open: bool| if open { opened.set(true) })
            >
                <div on:click=|event| event.stop_propagation()>{field}</div>
            </Menu>
        </div>
    }
}

/// What was done on some days, by the school's clocks.
#[component]
pub(super) fn DayFilter() -> impl IntoView {
    let (query, path) = (use_query_map(), use_location().pathname);
    let day = move |name: &'static str| {
        Memo::new(move |_| query.with(|it| it.get(name).filter(|it| !it.is_empty())))
    };
    let (from, until) = (day("from"), day("until"));
    move || {
        let label = match (from.get(), until.get()) {
            (None, None) => return view! { <OfferDays /> }.into_any(),
            (Some(from), None) => tr!("audit.from_day", from = from),
            (None, Some(until)) => tr!("audit.until_day", until = until),
            (Some(from), Some(until)) => format!("{from} – {until}"),
        };
        let href = query.with(|it| address(&path.get_untracked(), it, BESIDE_DAYS, "", None));
        view! { <Made facet=tr!("audit.days") label href /> }.into_any()
    }
}

#[component]
fn OfferDays() -> impl IntoView {
    let field = |name: &'static str, id: &'static str, label: String| {
        view! {
            <div class="field">
                <label class="field__label" for=id>
                    {label}
                </label>
                <input class="input" type="date" id=id name=name />
            </div>
        }
    };
    view! {
        <Menu
            class="menu--search"
            button="chip chip--offer"
            summary=tr!("audit.days").into_any()
        >
            <div on:click=|event| event.stop_propagation()>
                <form method="get" action=PATH>
                    {kept(BESIDE_DAYS)}
                    {field("from", "from-day", tr!("audit.from"))}
                    {field("until", "until-day", tr!("audit.until"))}
                    <SchoolZone />
                    <button class="button button--small">{tr!("users.filter")}</button>
                </form>
            </div>
        </Menu>
    }
}
