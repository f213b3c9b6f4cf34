//! The members of a room: the list, with the owner at its head.

use domain::{
    RoomType, UserSummary,
    room::{Member, RoomSummary, SpecifyForm},
};
use leptos::prelude::*;

use super::{
    links::Desk,
    many::{LeftOut, Many, ManyBar},
    member_row::{Here, MemberRow, OwnerRow, ReadRow},
};
use crate::{
    components::{
        answer::{Answer, Place},
        icon::Icon,
        list::{Asked, counted, rows},
        pager::Pager,
        paper::PrintedAt,
        search_bar::SearchBar,
        selection::{ChoosePage, ChosenSaid, Selection},
        state::Empty,
    },
    error::AppError,
    functions::rooms::{self, MembersList},
    i18n::{count, tr},
    latest::kept_up,
    live,
};

/// The members of a room as the address asks for them: a page, or those whom a search finds.
///
/// Made beside the room, not below it: what is made inside a suspense is made anew whenever that is
/// rendered, and the browser would not find the data that came with the page.
pub(super) fn asked_for(
    room: Memo<String>,
    asked: Asked,
    version: RwSignal<u32>,
) -> Resource<Result<MembersList, AppError>> {
    Resource::new(
        move || (room.get(), asked.search.get(), asked.at.get(), version.get()),
        |(room, search, at, _)| rooms::members(room, search, at),
    )
}

/// The list of members, with the owner at its head.
#[component]
pub(super) fn Members(
    room: Signal<RoomSummary>,
    members: Resource<Result<MembersList, AppError>>,
    asked: Asked,
    changes: RwSignal<u32>,
    /// Whether the members may be changed: the room may get another owner meanwhile.
    editable: Memo<bool>,
    desk: Desk,
) -> impl IntoView {
    let selection = Selection::of_at_most(SpecifyForm::MAX_MEMBERS);
    let many = Many::new(room.with_untracked(|it| it.id.clone()), selection, changes);
    let searched = Signal::derive(move || asked.search.with(|it| !it.is_empty()));
    let show = move |list: MembersList| {
        let search = asked.search.get_untracked();
        let first = list.page.previous.is_none() && search.is_empty();
        let (id, term) = (room.with_untracked(|it| it.id.to_string()), search.clone());
        let at = asked.at.get_untracked();
        let list = kept_up(list, live::rooms_and_meetings(), move || {
            rooms::members(id.clone(), term.clone(), at.clone())
        });
        view! { <List room list search first changes selection editable desk /> }.into_any()
    };
    view! {
        <section class="card" id="members" tabindex="-1" aria-label=tr!("room.members")>
            <PrintedAt />
            <div class="toolbar">
                <SearchBar label=tr!("room.find_member") />
            </div>
            <LeftOut many />
            <Answer of=members show place=Place::List />
            {move || {
                editable
                    .get()
                    .then(|| view! { <ChosenSaid selection /> <ManyBar room many searched /> })
            }}
        </section>
    }
}

#[component]
fn List(
    room: Signal<RoomSummary>,
    list: Signal<MembersList>,
    search: String,
    first: bool,
    changes: RwSignal<u32>,
    selection: Selection,
    editable: Memo<bool>,
    desk: Desk,
) -> impl IntoView {
    let here = move || list.with(|it| it.page.rows.iter().map(|it| it.user.clone()).collect());
    selection.show(untrack(here));
    Effect::new(move |_| selection.show(here()));
    let none = Memo::new(move |_| list.with(|it| it.page.rows.is_empty()));
    move || {
        let search = search.clone();
        if none.get() && !search.is_empty() {
            view! { <NotFound room search /> }.into_any()
        } else {
            view! { <Table room list search first changes selection none editable desk /> }
                .into_any()
        }
    }
}

#[component]
fn NotFound(room: Signal<RoomSummary>, search: String) -> impl IntoView {
    view! {
        <Empty
            icon="search"
            title=tr!("room.no_member", term = search)
            text=tr!("users.no_match_text")
        >
            <a class="button" href=format!("/rooms/{}", room.with_untracked(|it| it.id.clone()))>
                {tr!("search.clear")}
            </a>
        </Empty>
    }
}

#[component]
fn Table(
    room: Signal<RoomSummary>,
    list: Signal<MembersList>,
    search: String,
    first: bool,
    changes: RwSignal<u32>,
    selection: Selection,
    none: Memo<bool>,
    editable: Memo<bool>,
    desk: Desk,
) -> impl IntoView {
    let id = room.with_untracked(|it| it.id.clone());
    let pager = move || {
        let MembersList { page, more, .. } = list.get();
        let all = || count!("room.member_count", room.get().members);
        let count = counted(&search, false, &page, more, all);
        view! { <Pager count previous=page.previous next=page.next /> }
    };
    let here = Here(Memo::new(move |_| list.with(|it| it.inside.clone())));
    let owner = Memo::new(move |_| room.with(|it| it.owner.clone()));
    let in_progress = here.in_progress();
    let now_head =
        move || in_progress.get().then(|| view! { <th scope="col">{tr!("room.now")}</th> });
    // A menu that is open outlasts the meeting: the rows stay, and their cells come and go.
    let table = move || {
        let (id, editable) = (id.clone(), editable.get());
        let row = move |member: Member| {
            let now = here.of_member(&member);
            if editable {
                view! { <MemberRow room=id.clone() member now changes selection desk /> }.into_any()
            } else {
                view! { <ReadRow member now /> }.into_any()
            }
        };
        let of_owner = move |owner: UserSummary| {
            let now = here.of(owner.user_id.clone());
            view! { <OwnerRow owner now editable desk /> }
        };
        view! {
            <table class="table" class:table--now=in_progress>
                <caption class="visually-hidden">{tr!("room.members")}</caption>
                <thead>
                    <tr>
                        {editable
                            .then(|| {
                                view! {
                                    <td class="table__select only-with-script">
                                        <ChoosePage selection />
                                    </td>
                                }
                            })}
                        <th scope="col">{tr!("room.member")}</th>
                        <th class="table__permission" scope="col">{tr!("room.permission")}</th>
                        {now_head}
                        <td class="table__actions"></td>
                    </tr>
                </thead>
                <tbody>
                    {move || first.then(|| of_owner(owner.get()))}
                    {rows(move || list.with(|it| it.page.rows.clone()), row)}
                </tbody>
            </table>
        }
    };
    let nobody = move || {
        let (room, editable) = (room.get(), editable.get());
        (first && none.get()).then(|| view! { <Nobody room editable /> })
    };
    view! {
        {table}
        {nobody}
        {pager}
    }
}

#[component]
fn Nobody(room: RoomSummary, editable: bool) -> impl IntoView {
    let text = match room.room_type {
        RoomType::Private => tr!("room.nobody_private"),
        RoomType::Public | RoomType::Open => tr!("room.nobody_public"),
    };
    view! {
        <Empty icon="user-plus" title=tr!("room.nobody") text>
            {editable
                .then(|| {
                    view! {
                        <a class="button" href=format!("/rooms/{}/add", room.id)>
                            <Icon name="user-plus" />
                            {tr!("room.add")}
                        </a>
                    }
                })}
        </Empty>
    }
}
