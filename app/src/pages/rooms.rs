//! `/rooms`: which places to meet there are.

use domain::{
    RoomOrder, RoomState, RoomStatus, RoomType, RoomsAsked, Timestamp,
    room::{ListedRoom, RoomSummary},
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::{
    components::{
        answer::{Answer, Place},
        ending::EndOrReopen,
        filters::Facet,
        icon::Icon,
        list::{Asked, ListPage, counted, rows},
        menu::RowMenu,
        moment::Moment,
        pager::Pager,
        room_fields::{RoomPill, type_icon},
        state::{Empty, FirstStep, NothingListed},
    },
    functions::rooms::{self, RoomsList},
    i18n::{count, tr},
    latest::kept_up,
    live,
    viewer::{is_admin, may_change},
    words,
};

/// What all pages of one list have in their address.
const KEEP: &[&str] = &["search", "status", "type", "sort"];

/// The list of rooms.
#[component]
pub(crate) fn RoomsPage() -> impl IntoView {
    let asked = Asked::of_address(kinds);
    let changes = RwSignal::new(0_u32);
    let list = Resource::new(
        move || (asked.search.get(), asked.at.get(), asked.kinds.get()),
        |(search, at, kinds)| rooms::list(search, at, kinds),
    );
    let show = move |list: RoomsList| {
        let (search, kinds) = (asked.search.get_untracked(), asked.kinds.get_untracked());
        let (term, at) = (search.clone(), asked.at.get_untracked());
        let elsewhere = live::rooms_and_meetings();
        let anew = Signal::derive(move || elsewhere.get() + u64::from(changes.get()));
        let list = kept_up(list, anew, move || rooms::list(term.clone(), at.clone(), kinds));
        view! { <List list search kinds changes /> }.into_any()
    };
    view! {
        <ListPage
            title=tr!("rooms.title")
            sub=|| if is_admin() { tr!("rooms.sub") } else { tr!("rooms.sub_teacher") }
            create_path="/rooms/new"
            create_label=tr!("rooms.create")
            search_label=tr!("rooms.search")
            filters=filters()
            orders=orders()
            keep=KEEP
            search=asked.search
        >
            <Answer of=list show place=Place::List />
        </ListPage>
    }
}

/// Which rooms the address asks for.
fn kinds(query: &ParamsMap) -> RoomsAsked {
    RoomsAsked {
        room_type: query.get("type").and_then(|it| RoomType::from_name(&it)),
        status: query.get("status").and_then(|it| RoomStatus::from_name(&it)),
        order: query.get("sort").and_then(|it| RoomOrder::from_name(&it)).unwrap_or_default(),
    }
}

fn filters() -> Vec<Facet> {
    vec![
        Facet {
            name: "status",
            label: tr!("rooms.column_status"),
            choices: RoomStatus::ALL.map(|it| (it.name(), words::room_status(it))).to_vec(),
        },
        Facet {
            name: "type",
            label: tr!("room.type"),
            choices: RoomType::ALL.map(|it| (it.name(), words::room_type(it))).to_vec(),
        },
    ]
}

fn orders() -> Facet {
    let label = |it| match it {
        RoomOrder::Name => tr!("rooms.sorted"),
        RoomOrder::Newest => tr!("list.newest"),
    };
    let choices = RoomOrder::ALL.map(|it| (it.name(), label(it))).to_vec();
    Facet { name: "sort", label: tr!("list.sort"), choices }
}

#[component]
fn List(
    list: Signal<RoomsList>,
    search: String,
    kinds: RoomsAsked,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let none = Memo::new(move |_| list.with(|it| it.page.rows.is_empty()));
    move || {
        let search = search.clone();
        if none.get() {
            view! { <NoRoom users=list.with(|it| it.others) search filtered=kinds.is_filtered() /> }
                .into_any()
        } else {
            view! { <Table list search kinds changes /> }.into_any()
        }
    }
}

#[component]
fn Table(
    list: Signal<RoomsList>,
    search: String,
    kinds: RoomsAsked,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let pager = move || {
        let list = list.get();
        let all = || count!("rooms.count", list.total);
        let count = counted(&search, kinds.is_filtered(), &list.page, list.more, all);
        view! { <Pager count previous=list.page.previous next=list.page.next keep=KEEP /> }
    };
    let row = move |listed| view! { <RoomRow listed changes /> }.into_any();
    view! {
        <table class="table">
            <caption class="visually-hidden">{tr!("rooms.title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!("rooms.column_room")}</th>
                    <th scope="col">{tr!("rooms.column_status")}</th>
                    <th scope="col">{tr!("room.owner")}</th>
                    <th scope="col">{tr!("room.members")}</th>
                    <th class="table__when" scope="col">{tr!("rooms.last_meeting")}</th>
                    <td class="table__actions"></td>
                </tr>
            </thead>
            <tbody>{rows(move || list.with(|it| it.page.rows.clone()), row)}</tbody>
        </table>
        {pager}
    }
}

#[component]
fn RoomRow(listed: ListedRoom, changes: RwSignal<u32>) -> impl IntoView {
    let ListedRoom { room, inside } = listed;
    let ended = room.state == RoomState::Ended;
    view! {
        <tr class:table__row--off=ended>
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
                <RoomPill state=room.state inside />
            </td>
            <td class="table__quiet">
                <bdi>{room.owner.nickname.to_string()}</bdi>
            </td>
            <td class="table__quiet">{count!("room.member_count", room.members)}</td>
            {last_meeting(room.last_meeting)}
            <td class="table__actions only-with-script">
                {may_change(&room).then(|| view! { <Acts room=room.clone() changes /> })}
            </td>
        </tr>
    }
}

fn last_meeting(began: Option<Timestamp>) -> AnyView {
    match began {
        Some(at) => view! {
            <td class="table__quiet" data-label=tr!("rooms.last_meeting")>
                <Moment at />
            </td>
        }
        .into_any(),
        None => view! { <td class="table__none">"–"</td> }.into_any(),
    }
}

/// What can be done with the room.
#[component]
fn Acts(room: RoomSummary, changes: RwSignal<u32>) -> impl IntoView {
    let path = format!("/rooms/{}", room.id);
    view! {
        <RowMenu label=tr!("rooms.actions", name = room.name)>
            <a class="menu__item" href=format!("{path}/add")>
                <Icon name="user-plus" />
                {tr!("room.add")}
            </a>
            <a class="menu__item" href=format!("{path}/settings")>
                <Icon name="pencil" />
                {tr!("room.edit")}
            </a>
            <hr class="menu__line" />
            <EndOrReopen room=room.clone() changes />
            <a class="menu__item menu__item--danger" href=format!("{path}/delete")>
                <Icon name="trash-2" />
                {tr!("room.delete")}
            </a>
        </RowMenu>
    }
}

#[component]
fn NoRoom(users: bool, search: String, filtered: bool) -> impl IntoView {
    let first = move || {
        if !is_admin() {
            return view! { <NoRoomOfMine /> }.into_any();
        }
        view! {
            <FirstStep
                done=usize::from(users)
                title=tr!("rooms.empty")
                text=tr!("rooms.empty_text")
                path="/rooms/new"
                action=tr!("rooms.create")
            />
        }
        .into_any()
    };
    let no_match = (tr!("rooms.no_match", term = search), tr!("rooms.no_match_text"));
    view! { <NothingListed search filtered path="/rooms" no_match first=first.into() /> }
}

/// What a Teacher sees before they have a room.
#[component]
fn NoRoomOfMine() -> impl IntoView {
    view! {
        <Empty icon="door-open" title=tr!("rooms.empty_teacher") text=tr!("rooms.empty_teacher_text")>
            <a class="button button--primary" href="/rooms/new">
                <Icon name="plus" />
                {tr!("rooms.create")}
            </a>
        </Empty>
    }
}
