//! `/users`: who exists.

use domain::{ConsoleRole, EntryPermission, UserOrder, UserStatus, UserSummary, UsersAsked};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::params::ParamsMap;

use crate::{
    components::{
        answer::{Answer, Place},
        filters::Facet,
        icon::Icon,
        layout::failed,
        list::{Asked, ListPage, counted},
        menu::MoreMenu,
        page::{Person, user_path},
        pager::Pager,
        permission::PermissionPill,
        state::{FirstStep, NothingListed},
        toast::Toaster,
        user_fields::StatusPill,
    },
    functions::users::{self, UsersList},
    i18n::{count, tr},
    words,
};

/// What all pages of one list have in their address.
const KEEP: &[&str] = &["search", "permission", "status", "role", "sort"];

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
        view! { <List list search kinds changed /> }.into_any()
    };
    view! {
        <ListPage
            title=tr!("users.title")
            sub=active
            create_path="/users/new"
            create_label=tr!("users.create")
            search_label=tr!("users.search")
            filters=filters()
            orders=orders()
            keep=KEEP
            search=asked.search
        >
            <Answer of=list show place=Place::List />
        </ListPage>
    }
}

/// Which users the address asks for.
fn kinds(query: &ParamsMap) -> UsersAsked {
    UsersAsked {
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
    list: UsersList,
    search: String,
    kinds: UsersAsked,
    changed: Callback<UserSummary>,
) -> impl IntoView {
    if list.page.rows.is_empty() {
        return view! { <Nobody search filtered=kinds.is_filtered() /> }.into_any();
    }
    let alone = list.total == 1;
    let all = || count!("users.count", list.total);
    let count = counted(&search, kinds.is_filtered(), &list.page, list.more, all);
    view! {
        <table class="table">
            <caption class="visually-hidden">{tr!("users.title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!("users.column_user")}</th>
                    <th scope="col">{tr!("user.permission")}</th>
                    <th scope="col">{tr!("user.role")}</th>
                    <td class="table__actions"></td>
                </tr>
            </thead>
            <tbody>
                {list
                    .page
                    .rows
                    .into_iter()
                    .map(|user| view! { <UserRow user changed /> })
                    .collect_view()}
            </tbody>
        </table>
        {(alone && search.is_empty() && !kinds.is_filtered()).then(first_step)}
        <Pager count previous=list.page.previous next=list.page.next keep=KEEP />
    }
    .into_any()
}

#[component]
fn UserRow(user: UserSummary, changed: Callback<UserSummary>) -> impl IntoView {
    let off = user.status == UserStatus::Deactivated;
    let role = match user.role {
        ConsoleRole::None => view! { <td class="table__none">"–"</td> }.into_any(),
        role => view! { <td>{words::role(role)}</td> }.into_any(),
    };
    view! {
        <tr class:table__row--off=off>
            <th scope="row" class="table__main">
                <Person user=user.clone() link=true />
            </th>
            <td>
                <PermissionPill permission=user.permission />
                <StatusPill status=user.status />
            </td>
            {role}
            <td class="table__actions">
                <RowMenu user changed />
            </td>
        </tr>
    }
}

#[component]
fn RowMenu(user: UserSummary, changed: Callback<UserSummary>) -> impl IntoView {
    let label = tr!("users.actions", nickname = user.nickname, user_id = user.user_id);
    let href = user_path(user.user_id.as_str());
    view! {
        <MoreMenu label small=true>
            <a class="menu__item" href=href>
                <Icon name="pencil" />
                {tr!("user.edit")}
            </a>
            <hr class="menu__line" />
            <StatusButton user class="menu__item" changed />
        </MoreMenu>
    }
}

/// Deactivates an active user, or reactivates a deactivated one; either can be undone.
#[component]
pub(crate) fn StatusButton(
    user: UserSummary,
    class: &'static str,
    changed: Callback<UserSummary>,
) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let active = user.status == UserStatus::Active;
    let (icon, label) = if active {
        ("user-x", tr!("user.deactivate"))
    } else {
        ("rotate-ccw", tr!("user.reactivate"))
    };
    let danger = if active && class == "menu__item" { " menu__item--danger" } else { "" };
    view! {
        <button
            class=format!("{class}{danger} only-with-script")
            type="button"
            on:click=move |_| set_active(user.clone(), !active, changed, toaster)
        >
            <Icon name=icon />
            {label}
        </button>
    }
}

fn set_active(user: UserSummary, active: bool, changed: Callback<UserSummary>, toaster: Toaster) {
    spawn_local(async move {
        match users::set_active(user.user_id.clone(), active).await {
            Ok(now) => {
                changed.try_run(now.clone());
                let text = if active {
                    tr!("user.was_reactivated", nickname = now.nickname)
                } else {
                    tr!("user.was_deactivated", nickname = now.nickname)
                };
                let undo = Callback::new(move |()| {
                    set_active(user.clone(), !active, changed, toaster);
                });
                toaster.show(text, Some(undo));
            }
            Err(error) => failed(&error, toaster),
        }
    });
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
