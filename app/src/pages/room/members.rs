//! The members of a room: as what each enters, changed in place, and taking somebody off.

use domain::{
    EntryPermission, RoomId, RoomType, UserStatus, UserSummary,
    live::Kind,
    members::MembersAct,
    room::{Member, RoomSummary, SpecifyForm},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    links::{Desk, LinkItems, LinkOf},
    many::{LeftOut, Many, ManyBar},
};
use crate::{
    components::{
        answer::{Answer, Place},
        icon::Icon,
        layout::failed,
        list::{Asked, counted, rows},
        menu::RowMenu,
        page::{Person, user_path},
        pager::Pager,
        paper::PrintedAt,
        permission::{PermissionPill, PermissionSelect},
        search_bar::SearchBar,
        selection::{ChoosePage, ChooseUser, ChosenSaid, Selection},
        state::Empty,
        toast::Toaster,
        user_fields::StatusPill,
    },
    error::AppError,
    functions::{
        members,
        rooms::{self, MembersList},
    },
    i18n::{count, tr},
    latest::kept_up,
    live::{self, delivered},
    viewer::is_admin,
    words,
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
        let list = kept_up(list, live::changes(Kind::Rooms), move || {
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
        let MembersList { page, more } = list.get();
        let all = || count!("room.member_count", room.get().members);
        let count = counted(&search, false, &page, more, all);
        view! { <Pager count previous=page.previous next=page.next /> }
    };
    let table = move || {
        let (id, editable) = (id.clone(), editable.get());
        let row = move |member| {
            if editable {
                view! { <MemberRow room=id.clone() member changes selection desk /> }.into_any()
            } else {
                view! { <ReadRow member /> }.into_any()
            }
        };
        view! {
            <table class="table">
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
                        <th scope="col">{tr!("room.permission")}</th>
                        <td class="table__actions"></td>
                    </tr>
                </thead>
                <tbody>
                    {move || first.then(|| view! { <OwnerRow owner=room.get().owner editable desk /> })}
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

#[component]
fn OwnerRow(owner: UserSummary, editable: bool, desk: Desk) -> impl IntoView {
    let menu = tr!("users.actions", nickname = owner.nickname, user_id = owner.user_id);
    let of = LinkOf::user(&owner);
    let actions = editable.then(|| {
        view! {
            <span class="only-with-script">
                <RowMenu label=menu>
                    <LinkItems of=of.clone() desk />
                </RowMenu>
            </span>
        }
    });
    view! {
        <tr>
            {editable.then(|| view! { <td class="table__select only-with-script"></td> })}
            <th scope="row" class="table__main">
                <Person user=owner link=true />
            </th>
            <td>
                <PermissionPill permission=EntryPermission::Host />
            </td>
            <td class="table__actions table__quiet">
                <span class="row-end">{tr!("room.owner")} {actions}</span>
            </td>
        </tr>
    }
}

/// A member, for whoever may only see them.
#[component]
fn ReadRow(member: Member) -> impl IntoView {
    let Member { user, permission } = member;
    let status = user.status;
    view! {
        <tr class:table__row--off=status == UserStatus::Deactivated>
            <th scope="row" class="table__main">
                <Person user />
            </th>
            <td>
                <PermissionPill permission />
                <StatusPill status />
            </td>
            <td class="table__actions"></td>
        </tr>
    }
}

#[component]
fn MemberRow(
    room: RoomId,
    member: Member,
    changes: RwSignal<u32>,
    selection: Selection,
    desk: Desk,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let of = LinkOf::user(&member.user);
    let copied = of.clone();
    let Member { user, permission } = member;
    let shown = RwSignal::new(permission);
    let nickname = user.nickname.to_string();
    let menu = tr!("users.actions", nickname = nickname, user_id = user.user_id);
    let copy_label = tr!("links.copy_of", nickname = nickname);
    let href = user_path(user.user_id.as_str());
    let seat = StoredValue::new(Seat { room, user: user.clone(), changes, toaster });
    view! {
        <tr class:table__row--off=user.status == UserStatus::Deactivated>
            <td class="table__select only-with-script">
                <ChooseUser user=user.clone() selection />
            </td>
            <th scope="row" class="table__main">
                <Person user=user.clone() link=true />
            </th>
            <td>
                <div class="with-script">
                    <PermissionSelect
                        value=shown
                        label=tr!("picker.permission_of", nickname = nickname)
                        on_change=Callback::new(move |to| {
                            seat.get_value().set_permission(shown, shown.get_untracked(), to);
                        })
                    />
                </div>
                <div class="without-script">
                    <PermissionPill permission />
                </div>
                <StatusPill status=user.status />
            </td>
            <td class="table__actions only-with-script">
                <span class="row-end">
                <button
                    class="button button--small"
                    type="button"
                    aria-label=copy_label
                    on:click=move |_| desk.copy(copied.clone())
                >
                    <Icon name="link" />
                    {tr!("links.copy")}
                </button>
                <RowMenu label=menu>
                    <LinkItems of=of.clone() desk />
                    <hr class="menu__line" />
                    {is_admin()
                        .then(|| {
                            view! {
                                <a class="menu__item" href=href.clone()>
                                    <Icon name="user-round" />
                                    {tr!("problem.open_user")}
                                </a>
                            }
                        })}
                    <button
                        class="menu__item menu__item--danger"
                        type="button"
                        on:click=move |_| seat.get_value().remove(shown.get_untracked())
                    >
                        <Icon name="user-round-x" />
                        {tr!("room.remove_member")}
                    </button>
                </RowMenu>
                </span>
            </td>
        </tr>
    }
}

/// One member of one room, and what can be done with it.
#[derive(Clone)]
struct Seat {
    room: RoomId,
    user: UserSummary,
    changes: RwSignal<u32>,
    toaster: Toaster,
}

impl Seat {
    /// Changes the permission, with a way back.
    fn set_permission(
        self,
        shown: RwSignal<EntryPermission>,
        from: EntryPermission,
        to: EntryPermission,
    ) {
        shown.try_set(to);
        spawn_local(async move {
            let (room, user_id) = (&self.room, &self.user.user_id);
            let set = || rooms::set_permission(room.clone(), user_id.clone(), to);
            match delivered(set).await {
                Ok(member) => {
                    self.changes.try_update(|it| *it += 1);
                    let text = tr!(
                        "room.is_now",
                        nickname = member.user.nickname,
                        permission = words::permission(to)
                    );
                    let toaster = self.toaster;
                    let undo =
                        Callback::new(move |()| self.clone().set_permission(shown, to, from));
                    toaster.show(text, Some(undo));
                }
                Err(error) => {
                    shown.try_set(from);
                    failed(&error, self.toaster);
                }
            }
        });
    }

    /// Takes the member off the room, with a way back.
    fn remove(self, permission: EntryPermission) {
        spawn_local(async move {
            let (room, user_id) = (&self.room, &self.user.user_id);
            match delivered(|| rooms::remove_member(room.clone(), user_id.clone())).await {
                Ok(()) => {
                    self.changes.try_update(|it| *it += 1);
                    let text = tr!("room.was_removed", nickname = self.user.nickname);
                    let toaster = self.toaster;
                    let undo = Callback::new(move |()| self.clone().put_back(permission));
                    toaster.show(text, Some(undo));
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }

    /// Makes them a member again, as they were: also whoever is deactivated.
    fn put_back(self, permission: EntryPermission) {
        spawn_local(async move {
            let before = vec![(self.user.user_id, permission)];
            let put_back =
                || members::put_back(self.room.clone(), before.clone(), MembersAct::Remove);
            match delivered(put_back).await {
                Ok(gone) => {
                    self.changes.try_update(|it| *it += 1);
                    if !gone.is_empty() {
                        failed(&AppError::NotFound, self.toaster);
                    }
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }
}
