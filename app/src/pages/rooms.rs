//! `/rooms`: which places to meet there are.

use domain::{RoomState, room::RoomSummary};
use leptos::prelude::*;

use crate::{
    components::{
        answer::{Answer, Place},
        icon::Icon,
        list::{Asked, ListPage, counted},
        pager::Pager,
        room_fields::{StatePill, type_icon},
        state::Empty,
    },
    functions::rooms::{self, RoomsList},
    i18n::{count, tr},
    words,
};

/// The list of rooms.
#[component]
pub(crate) fn RoomsPage() -> impl IntoView {
    let asked = Asked::of_address();
    let list = Resource::new(
        move || (asked.search.get(), asked.at.get()),
        |(search, at)| rooms::list(search, at),
    );
    let show = move |list: RoomsList| {
        view! { <List list search=asked.search.get_untracked() /> }.into_any()
    };
    view! {
        <ListPage
            title=tr!("rooms.title")
            sub=|| tr!("rooms.sub")
            create_path="/rooms/new"
            create_label=tr!("rooms.create")
            search_label=tr!("rooms.search")
            sorted=tr!("rooms.sorted")
            asked
        >
            <Answer of=list show place=Place::List />
        </ListPage>
    }
}

#[component]
fn List(list: RoomsList, search: String) -> impl IntoView {
    if list.page.rows.is_empty() {
        return view! { <NoRoom search /> }.into_any();
    }
    let all = count!("rooms.count", list.total);
    let count = counted(&search, list.page.rows.len(), list.more, all);
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
