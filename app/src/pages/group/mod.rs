//! `/groups/…`: one group: who is in it, and what can be done with it.

pub(super) mod add;
pub(super) mod delete;
pub(super) mod merge;
pub(super) mod rename;
mod users;

use domain::{GroupName, GroupSummary, Page, UserSummary, live::Kind};
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use self::users::Users;
use crate::{
    components::{
        answer::{Answer, Place},
        filters::filtered,
        help::HelpLink,
        icon::Icon,
        list::Asked,
        menu::MoreMenu,
        notice::JustDone,
        page::{Breadcrumbs, group_path},
        page_title::PageTitle,
        state::Gone,
    },
    error::AppError,
    functions::groups,
    i18n::{count, tr},
    latest::kept_while_there,
    live,
};

/// The name in the address.
fn name_in_address() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|it| it.get("group").unwrap_or_default()))
}

/// The group in the address.
fn of_address() -> Resource<Result<GroupSummary, AppError>> {
    let name = name_in_address();
    Resource::new_blocking(move || name.get(), groups::get)
}

/// The page of one group.
#[component]
pub(crate) fn GroupPage() -> impl IntoView {
    let changes = RwSignal::new(0_u32);
    let asked = Asked::of_address(|_| ());
    let group = of_address();
    let users = users::asked_for(name_in_address(), asked, changes);
    let show = move |group| view! { <Group group users asked changes /> }.into_any();
    view! { <Answer of=group show place=Place::Page /> }
}

#[component]
fn Group(
    group: GroupSummary,
    users: Resource<Result<Page<UserSummary>, AppError>>,
    asked: Asked,
    /// Counts the changes made on this page, so that what depends on them is asked for again.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let name = group.name.to_string();
    let path = group_path(&group.name);
    let asked_for = name.clone();
    let anew = live::changes_or(changes, Kind::Groups);
    let (now, gone) = kept_while_there(group.clone(), anew, move || groups::get(asked_for.clone()));
    view! {
        <PageTitle text=name.clone() />
        <main class="page" id="main" tabindex="-1">
            <Breadcrumbs up="/groups" up_label=tr!("groups.title") here=name.clone() />
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">
                        <bdi>{name}</bdi>
                    </h1>
                    <HelpLink />
                    <p class="page-head__sub">
                        {move || count!("groups.people", now.get().size)}
                    </p>
                </div>
                <div class="page-head__actions">
                    <Actions group=group.name.clone() />
                    <a class="button button--primary" href=format!("{path}/add")>
                        <Icon name="user-plus" />
                        {tr!("group.add")}
                    </a>
                </div>
            </div>
            <Gone gone text=tr!("group.gone") />
            <JustDone said=just_done />
            <Users group=now users asked changes />
        </main>
    }
}

/// What was just done on the page that led here.
fn just_done(query: &ParamsMap) -> Option<String> {
    if query.get("created").is_some() {
        Some(tr!("group.was_created"))
    } else if let Some(added) = query.get("added") {
        Some(count!("group.were_added", added.parse::<u32>().unwrap_or_default()))
    } else if query.get("merged").is_some() {
        Some(tr!("group.was_merged"))
    } else {
        query.get("saved").map(|_| tr!("group.was_renamed"))
    }
}

/// Show among all users, rename, merge and delete.
#[component]
fn Actions(group: GroupName) -> impl IntoView {
    let path = group_path(&group);
    let in_users = filtered("/users", "group", group.as_str());
    view! {
        <MoreMenu label=tr!("group.more")>
            <a class="menu__item" href=in_users>
                <Icon name="users-round" />
                {tr!("group.show_in_users")}
            </a>
            <hr class="menu__line" />
            <a class="menu__item" href=format!("{path}/rename")>
                <Icon name="pencil" />
                {tr!("group.rename")}
            </a>
            <a class="menu__item" href=format!("{path}/merge")>
                <Icon name="arrow-right" />
                {tr!("group.merge")}
            </a>
            <hr class="menu__line" />
            <a class="menu__item menu__item--danger" href=format!("{path}/delete")>
                <Icon name="trash-2" />
                {tr!("group.delete")}
            </a>
        </MoreMenu>
    }
}
