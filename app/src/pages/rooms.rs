//! `/rooms`: which places to meet there are.

use domain::{RoomState, room::RoomSummary};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{
        icon::Icon,
        pager::Pager,
        room_fields::{StatePill, type_icon},
        search_bar::SearchBar,
        state::{Empty, Failure, SkeletonList},
    },
    functions::rooms::{self, RoomsList},
    i18n::{count, tr},
    words,
};

/// The list of rooms.
#[component]
pub(crate) fn RoomsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &'static str| query.with(|it| it.get(name).unwrap_or_default());
    let search = Memo::new(move |_| asked("search"));
    let at = Memo::new(move |_| asked("at"));
    let list =
        Resource::new(move || (search.get(), at.get()), |(search, at)| rooms::list(search, at));
    view! {
        <Title text=tr!("rooms.title") />
        <main class="page" id="main" tabindex="-1">
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">{tr!("rooms.title")}</h1>
                    <p class="page-head__sub">{tr!("rooms.sub")}</p>
                </div>
                <div class="page-head__actions">
                    <a class="button button--primary" href="/rooms/new">
                        <Icon name="plus" />
                        {tr!("rooms.create")}
                    </a>
                </div>
            </div>
            <section class="card" aria-label=tr!("rooms.title")>
                <SearchBar label=tr!("rooms.search")>
                    <p class="toolbar__note">
                        {move || {
                            if search.with(String::is_empty) {
                                tr!("rooms.sorted")
                            } else {
                                tr!("search.best")
                            }
                        }}
                    </p>
                </SearchBar>
                <Transition fallback=|| {
                    view! { <SkeletonList /> }
                }>
                    {move || Suspend::new(async move {
                        match list.await {
                            Ok(list) => {
                                view! { <List list search=search.get_untracked() /> }.into_any()
                            }
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })}
                </Transition>
            </section>
        </main>
    }
}

#[component]
fn List(list: RoomsList, search: String) -> impl IntoView {
    if list.page.rows.is_empty() {
        return view! { <NoRoom search /> }.into_any();
    }
    let shown = u32::try_from(list.page.rows.len()).unwrap_or(u32::MAX);
    let count = if search.is_empty() {
        count!("rooms.count", list.total)
    } else if list.more {
        count!("search.more_than", shown)
    } else {
        count!("search.matches", shown)
    };
    view! {
        <table class="table">
            <caption class="visually-hidden">{tr!("rooms.title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!("rooms.column_room")}</th>
                    <th scope="col">{tr!("rooms.column_status")}</th>
                    <th scope="col">{tr!("room.owner")}</th>
                    <th scope="col">{tr!("room.members")}</th>
                </tr>
            </thead>
            <tbody>
                {list
                    .page
                    .rows
                    .into_iter()
                    .map(|room| view! { <RoomRow room /> })
                    .collect_view()}
            </tbody>
        </table>
        <Pager count previous=list.page.previous next=list.page.next />
    }
    .into_any()
}

#[component]
fn RoomRow(room: RoomSummary) -> impl IntoView {
    view! {
        <tr class:table__row--off=room.state == RoomState::Ended>
            <th scope="row" class="table__main">
                <div class="stacked">
                    <a class="stacked__name table__link" href=format!("/rooms/{}", room.id)>
                        <bdi>{room.name.to_string()}</bdi>
                    </a>
                    <span class="stacked__note">
                        <Icon name=type_icon(room.room_type) />
                        {words::room_type(room.room_type)}
                    </span>
                </div>
            </th>
            <td>
                <StatePill state=room.state />
            </td>
            <td class="table__quiet">
                <bdi>{room.owner.nickname.to_string()}</bdi>
            </td>
            <td class="table__quiet">{count!("room.member_count", room.members)}</td>
        </tr>
    }
}

#[component]
fn NoRoom(search: String) -> impl IntoView {
    if search.is_empty() {
        return view! {
            <Empty icon="door-open" title=tr!("rooms.empty") text=tr!("rooms.empty_text")>
                <a class="button button--primary" href="/rooms/new">
                    <Icon name="plus" />
                    {tr!("rooms.create")}
                </a>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty
            icon="search"
            title=tr!("rooms.no_match", term = search)
            text=tr!("rooms.no_match_text")
        >
            <a class="button" href="/rooms">
                {tr!("search.clear")}
            </a>
        </Empty>
    }
    .into_any()
}
