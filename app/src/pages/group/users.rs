//! The users of a group, and taking somebody out.

use domain::{GroupName, GroupSummary, Page, UserStatus, UserSummary, live::Kind};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{
        answer::{Answer, Place},
        icon::Icon,
        layout::failed,
        list::{Asked, rows},
        menu::RowMenu,
        page::{Person, group_path, user_path},
        pager::Pager,
        paper::PrintedAt,
        permission::PermissionPill,
        search_bar::SearchBar,
        state::Empty,
        toast::Toaster,
        user_fields::StatusPill,
    },
    error::AppError,
    functions::groups,
    i18n::{count, tr},
    latest::kept_up,
    live::{self, delivered},
};

/// The users of a group as the address asks for them: a page, or those whom a search finds.
///
/// Made beside the group, not below it: what is made inside a suspense is made anew whenever that is
/// rendered, and the browser would not find the data that came with the page.
pub(super) fn asked_for(
    name: Memo<String>,
    asked: Asked,
    changes: RwSignal<u32>,
) -> Resource<Result<Page<UserSummary>, AppError>> {
    Resource::new(
        move || (name.get(), asked.search.get(), asked.at.get(), changes.get()),
        |(name, search, at, _)| groups::users(name, search, at),
    )
}

/// The list of users.
#[component]
pub(super) fn Users(
    group: Signal<GroupSummary>,
    users: Resource<Result<Page<UserSummary>, AppError>>,
    asked: Asked,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let show = move |page: Page<UserSummary>| {
        let search = asked.search.get_untracked();
        let (name, term) = (group.with_untracked(|it| it.name.to_string()), search.clone());
        let at = asked.at.get_untracked();
        let page = kept_up(page, live::changes(Kind::Groups), move || {
            groups::users(name.clone(), term.clone(), at.clone())
        });
        view! { <List group page search changes /> }.into_any()
    };
    view! {
        <section class="card" aria-label=tr!("group.users")>
            <PrintedAt />
            <div class="toolbar">
                <SearchBar label=tr!("group.find") />
            </div>
            <Answer of=users show place=Place::List />
        </section>
    }
}

#[component]
fn List(
    group: Signal<GroupSummary>,
    page: Signal<Page<UserSummary>>,
    search: String,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let none = Memo::new(move |_| page.with(|it| it.rows.is_empty()));
    move || {
        let name = group.with_untracked(|it| it.name.clone());
        if none.get() {
            view! { <Nobody name search=search.clone() /> }.into_any()
        } else {
            view! { <Table group name page changes /> }.into_any()
        }
    }
}

#[component]
fn Table(
    group: Signal<GroupSummary>,
    name: GroupName,
    page: Signal<Page<UserSummary>>,
    changes: RwSignal<u32>,
) -> impl IntoView {
    let row = move |user| view! { <UserRow name=name.clone() user changes /> }.into_any();
    let pager = move || {
        let Page { previous, next, .. } = page.get();
        let count = Signal::derive(move || count!("groups.people", group.get().size));
        view! { <Pager count previous next /> }
    };
    view! {
        <table class="table">
            <caption class="visually-hidden">{tr!("group.users")}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!("users.column_user")}</th>
                    <th scope="col">{tr!("user.permission")}</th>
                    <td class="table__actions"></td>
                </tr>
            </thead>
            <tbody>{rows(move || page.with(|it| it.rows.clone()), row)}</tbody>
        </table>
        {pager}
    }
}

#[component]
fn Nobody(name: GroupName, search: String) -> impl IntoView {
    let path = group_path(&name);
    if search.is_empty() {
        return view! {
            <Empty icon="user-plus" title=tr!("group.nobody") text=tr!("group.nobody_text")>
                <a class="button" href=format!("{path}/add")>
                    <Icon name="user-plus" />
                    {tr!("group.add")}
                </a>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty
            icon="search"
            title=tr!("group.no_match", term = search)
            text=tr!("users.no_match_text")
        >
            <a class="button" href=path>
                {tr!("search.clear")}
            </a>
        </Empty>
    }
    .into_any()
}

#[component]
fn UserRow(name: GroupName, user: UserSummary, changes: RwSignal<u32>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let menu = tr!("users.actions", nickname = user.nickname, user_id = user.user_id);
    let href = user_path(user.user_id.as_str());
    let seat = Seat { name, user: user.clone(), changes, toaster };
    view! {
        <tr class:table__row--off=user.status == UserStatus::Deactivated>
            <th scope="row" class="table__main">
                <Person user=user.clone() link=true />
            </th>
            <td>
                <PermissionPill permission=user.permission />
                <StatusPill status=user.status />
            </td>
            <td class="table__actions only-with-script">
                <RowMenu label=menu>
                    <a class="menu__item" href=href.clone()>
                        <Icon name="user-round" />
                        {tr!("problem.open_user")}
                    </a>
                    <button
                        class="menu__item menu__item--danger"
                        type="button"
                        on:click={
                            let seat = seat.clone();
                            move |_| seat.clone().remove()
                        }
                    >
                        <Icon name="user-round-x" />
                        {tr!("group.remove")}
                    </button>
                </RowMenu>
            </td>
        </tr>
    }
}

/// One user in one group.
#[derive(Clone)]
struct Seat {
    name: GroupName,
    user: UserSummary,
    changes: RwSignal<u32>,
    toaster: Toaster,
}

impl Seat {
    /// Takes the user out of the group, with a way back.
    fn remove(self) {
        spawn_local(async move {
            let (name, user_id) = (&self.name, &self.user.user_id);
            match delivered(|| groups::remove_user(name.clone(), user_id.clone())).await {
                Ok(()) => {
                    self.changes.try_update(|it| *it += 1);
                    let text = tr!("group.was_removed", nickname = self.user.nickname);
                    let toaster = self.toaster;
                    let undo = Callback::new(move |()| self.clone().put_back());
                    toaster.show(text, Some(undo));
                }
                Err(error) => failed(&error, self.toaster),
            }
        });
    }

    fn put_back(self) {
        spawn_local(async move {
            let (name, user_id) = (&self.name, &self.user.user_id);
            match delivered(|| groups::put_back(name.clone(), user_id.clone())).await {
                Ok(()) => drop(self.changes.try_update(|it| *it += 1)),
                Err(error) => failed(&error, self.toaster),
            }
        });
    }
}
