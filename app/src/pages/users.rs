//! `/users`: who exists.

use domain::{ConsoleRole, UserStatus, UserSummary};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{
        icon::Icon,
        layout::failed,
        menu::MoreMenu,
        page::{Person, user_path},
        pager::Pager,
        permission::PermissionPill,
        search_bar::SearchBar,
        state::{Empty, Failure, SkeletonList},
        toast::Toaster,
        user_fields::StatusPill,
    },
    functions::users::{self, UsersList},
    i18n::{count, tr},
    words,
};

/// The list of users.
#[component]
pub(crate) fn UsersPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &'static str| query.with(|it| it.get(name).unwrap_or_default());
    let search = Memo::new(move |_| asked("search"));
    let at = Memo::new(move |_| asked("at"));
    let version = RwSignal::new(0_u32);
    let list = Resource::new(
        move || (search.get(), at.get(), version.get()),
        |(search, at, _)| users::list(search, at),
    );
    let changed = Callback::new(move |_| version.update(|it| *it += 1));
    view! {
        <Title text=tr!("users.title") />
        <main class="page" id="main" tabindex="-1">
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">{tr!("users.title")}</h1>
                    <p class="page-head__sub">
                        <Transition>
                            {move || Suspend::new(async move {
                                list.await.ok().map(|it| count!("users.active", it.active))
                            })}
                        </Transition>
                    </p>
                </div>
                <div class="page-head__actions">
                    <a class="button button--primary" href="/users/new">
                        <Icon name="plus" />
                        {tr!("users.create")}
                    </a>
                </div>
            </div>
            <section class="card" aria-label=tr!("users.title")>
                <SearchBar label=tr!("users.search")>
                    <p class="toolbar__note">
                        {move || {
                            if search.with(String::is_empty) {
                                tr!("users.sorted")
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
                                view! { <List list search=search.get_untracked() changed /> }
                                    .into_any()
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
fn List(list: UsersList, search: String, changed: Callback<UserSummary>) -> impl IntoView {
    if list.page.rows.is_empty() {
        return view! { <Nobody search /> }.into_any();
    }
    let shown = u32::try_from(list.page.rows.len()).unwrap_or(u32::MAX);
    let count = if search.is_empty() {
        count!("users.count", list.total)
    } else if list.more {
        count!("search.more_than", shown)
    } else {
        count!("search.matches", shown)
    };
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
        <Pager count previous=list.page.previous next=list.page.next />
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
fn Nobody(search: String) -> impl IntoView {
    if search.is_empty() {
        return view! {
            <Empty icon="users-round" title=tr!("users.empty") text=tr!("users.empty_text")>
                <a class="button button--primary" href="/users/new">
                    <Icon name="plus" />
                    {tr!("users.create")}
                </a>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty
            icon="search"
            title=tr!("users.no_match", term = search)
            text=tr!("users.no_match_text")
        >
            <a class="button" href="/users">
                {tr!("search.clear")}
            </a>
        </Empty>
    }
    .into_any()
}
