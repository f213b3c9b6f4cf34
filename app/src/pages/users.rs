//! `/users`: who exists.

mod group_filter;
mod many;
mod row;

use domain::{
    ConsoleRole, EntryPermission, GroupName, UserOrder, UserStatus, UserSummary, UsersAsked,
    live::Kind, many::Order,
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

pub(crate) use self::row::StatusButton;
pub(super) use self::{group_filter::FindGroup, many::ManyUsers};
use self::{group_filter::GroupFilter, many::Chosen, row::UserRow};
use crate::{
    components::{
        answer::{Answer, Place},
        filters::Facet,
        list::{Asked, ListPage, counted, rows},
        pager::Pager,
        selection::{ChoosePage, Selection},
        state::{FirstStep, NothingListed},
    },
    functions::users::{self, UsersList},
    i18n::{count, tr},
    latest::kept_up,
    live, words,
};

/// What all pages of one list have in their address.
const KEEP: &[&str] = &["search", "group", "permission", "status", "role", "sort"];

/// The list of users.
#[component]
pub(crate) fn UsersPage() -> impl IntoView {
    let asked = Asked::of_address(kinds);
    let version = RwSignal::new(0_u32);
    let list = Resource::new(
        move || (asked.search.get(), asked.at.get(), asked.kinds.get(), version.get()),
        |(search, at, kinds, _)| users::list(search, at, kinds),
    );
    let changed = Callback::new(move |_| version.update(|it| *it += 1));
    let selection = Selection::of_at_most(Order::MAX_USERS);
    provide_context(selection);
    provide_context(many::Refresh(Callback::new(move |()| {
        version.try_update(|it| *it += 1);
    })));
    let active = move || {
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    list.await.ok().map(|it| count!("users.active", it.active))
                })}
            </Transition>
        }
    };
    let show = move |list: UsersList| {
        let (search, kinds) = (asked.search.get_untracked(), asked.kinds.get_untracked());
        let (term, at, same) = (search.clone(), asked.at.get_untracked(), kinds.clone());
        let list = kept_up(list, live::changes(Kind::Users), move || {
            users::list(term.clone(), at.clone(), same.clone())
        });
        view! { <List list search kinds selection changed /> }.into_any()
    };
    view! {
        <ListPage
            title=tr!("users.title")
            sub=active
            create_path="/users/new"
            create_label=tr!("users.create")
            search_label=tr!("users.search")
            filters=filters()
            more_filters=view! { <GroupFilter /> }.into_any()
            orders=orders()
            keep=KEEP
            search=asked.search
        >
            <Answer of=list show place=Place::List />
            <Chosen selection />
        </ListPage>
    }
}

/// Which users the address asks for.
fn kinds(query: &ParamsMap) -> UsersAsked {
    UsersAsked {
        group: query.get("group").and_then(|it| GroupName::parse(&it).ok()),
        permission: query.get("permission").and_then(|it| EntryPermission::from_name(&it)),
        role: query.get("role").and_then(|it| ConsoleRole::from_name(&it)),
        status: query.get("status").and_then(|it| UserStatus::from_name(&it)),
        order: query.get("sort").and_then(|it| UserOrder::from_name(&it)).unwrap_or_default(),
    }
}

fn filters() -> Vec<Facet> {
    vec![
        Facet {
            name: "permission",
            label: tr!("user.permission_short"),
            choices: EntryPermission::ALL.map(|it| (it.name(), words::permission(it))).to_vec(),
        },
        Facet {
            name: "status",
            label: tr!("user.status"),
            choices: UserStatus::ALL.map(|it| (it.name(), words::user_status(it))).to_vec(),
        },
        Facet {
            name: "role",
            label: tr!("user.role"),
            choices: ConsoleRole::ALL.map(|it| (it.name(), words::role(it))).to_vec(),
        },
    ]
}

fn orders() -> Facet {
    let label = |it| match it {
        UserOrder::Nickname => tr!("users.sorted"),
        UserOrder::UserId => tr!("users.sorted_user_id"),
        UserOrder::Newest => tr!("list.newest"),
    };
    let choices = UserOrder::ALL.map(|it| (it.name(), label(it))).to_vec();
    Facet { name: "sort", label: tr!("list.sort"), choices }
}

#[component]
fn List(
    list: Signal<UsersList>,
    search: String,
    kinds: UsersAsked,
    selection: Selection,
    changed: Callback<UserSummary>,
) -> impl IntoView {
    let here = move || list.with(|it| it.page.rows.iter().map(|it| it.user.clone()).collect());
    selection.show(untrack(here));
    Effect::new(move |_| selection.show(here()));
    let none = Memo::new(move |_| list.with(|it| it.page.rows.is_empty()));
    move || {
        let (search, kinds) = (search.clone(), kinds.clone());
        if none.get() {
            view! { <Nobody search filtered=kinds.is_filtered() /> }.into_any()
        } else {
            view! { <Table list search kinds selection changed /> }.into_any()
        }
    }
}

#[component]
fn Table(
    list: Signal<UsersList>,
    search: String,
    kinds: UsersAsked,
    selection: Selection,
    changed: Callback<UserSummary>,
) -> impl IntoView {
    let whole = search.is_empty() && !kinds.is_filtered();
    let below = move || {
        let list = list.get();
        let all = || count!("users.count", list.total);
        let count = counted(&search, kinds.is_filtered(), &list.page, list.more, all);
        view! {
            {(whole && list.total == 1).then(first_step)}
            <Pager count previous=list.page.previous next=list.page.next keep=KEEP />
        }
    };
    let row = move |listed| view! { <UserRow listed selection changed /> }.into_any();
    view! {
        <table class="table">
            <caption class="visually-hidden">{tr!("users.title")}</caption>
            <thead>
                <tr>
                    <td class="table__select only-with-script">
                        <ChoosePage selection />
                    </td>
                    <th scope="col">{tr!("users.column_user")}</th>
                    <th scope="col">{tr!("user.permission")}</th>
                    <th scope="col">{tr!("user.groups")}</th>
                    <th scope="col">{tr!("user.role")}</th>
                    <th class="table__when" scope="col">{tr!("user.last_entry")}</th>
                    <td class="table__actions"></td>
                </tr>
            </thead>
            <tbody>{rows(move || list.with(|it| it.page.rows.clone()), row)}</tbody>
        </table>
        {below}
    }
}

#[component]
fn Nobody(search: String, filtered: bool) -> impl IntoView {
    let no_match = (tr!("users.no_match", term = search), tr!("users.no_match_text"));
    view! { <NothingListed search filtered path="/users" no_match first=first_step.into() /> }
}

/// What to do as long as nobody but the reader is there.
fn first_step() -> AnyView {
    view! {
        <FirstStep
            done=0
            title=tr!("users.empty")
            text=tr!("users.empty_text")
            path="/users/new"
            action=tr!("users.create")
        />
    }
    .into_any()
}
