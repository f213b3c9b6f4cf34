//! One user in the list: who they are, what can be done with them, and choosing them.

use domain::{
    ConsoleRole, Problem, UserStatus, UserSummary, removal::HandOverForm, user::ListedUser,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser,
    components::{
        icon::Icon,
        layout::failed,
        menu::RowMenu,
        moment::Moment,
        page::{Person, user_path},
        permission::PermissionPill,
        selection::{ChooseUser, Selection},
        toast::Toaster,
        user_fields::StatusPill,
    },
    error::AppError,
    functions::users,
    i18n::{count, tr},
    live::delivered,
    words,
};

/// The row.
#[component]
pub(super) fn UserRow(
    listed: ListedUser,
    selection: Selection,
    changed: Callback<UserSummary>,
) -> impl IntoView {
    let ListedUser { user, groups, more_groups, last_entry } = listed;
    let off = user.status == UserStatus::Deactivated;
    let role = match user.role {
        ConsoleRole::None => view! { <td class="table__none">"–"</td> }.into_any(),
        role => view! { <td>{words::role(role)}</td> }.into_any(),
    };
    let last_entry = match last_entry {
        Some(at) => view! {
            <td class="table__quiet" data-label=tr!("user.last_entry")>
                <Moment at />
            </td>
        }
        .into_any(),
        None => view! { <td class="table__none">"–"</td> }.into_any(),
    };
    let groups = if groups.is_empty() {
        view! { <td class="table__none">"–"</td> }.into_any()
    } else {
        let names = groups.into_iter().enumerate().map(|(place, it)| {
            view! {
                {(place > 0).then_some(", ")}
                <bdi>{it.to_string()}</bdi>
            }
        });
        let more = (more_groups > 0).then(|| {
            view! {
                <span class="table__quiet">
                    <span aria-hidden="true">{format!("+{more_groups}")}</span>
                    <span class="visually-hidden">{count!("users.more_groups", more_groups)}</span>
                </span>
            }
        });
        view! {
            <td class="table__names" data-label=tr!("user.groups")>
                {names.collect_view()}
                {more}
            </td>
        }
        .into_any()
    };
    view! {
        <tr class:table__row--off=off>
            <td class="table__select only-with-script">
                <ChooseUser user=user.clone() selection />
            </td>
            <th scope="row" class="table__main">
                <Person user=user.clone() link=true />
            </th>
            <td>
                <PermissionPill permission=user.permission />
                <StatusPill status=user.status />
            </td>
            {groups}
            {role}
            {last_entry}
            <td class="table__actions only-with-script">
                <Acts user changed />
            </td>
        </tr>
    }
}

/// What can be done with the user.
#[component]
fn Acts(user: UserSummary, changed: Callback<UserSummary>) -> impl IntoView {
    let label = tr!("users.actions", nickname = user.nickname, user_id = user.user_id);
    let href = user_path(user.user_id.as_str());
    view! {
        <RowMenu label>
            <a class="menu__item" href=href.clone()>
                <Icon name="pencil" />
                {tr!("user.edit")}
            </a>
            <hr class="menu__line" />
            <StatusButton user=user.clone() class="menu__item" changed />
        </RowMenu>
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
        match delivered(|| users::set_active(user.user_id.clone(), active)).await {
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
            // Who takes the rooms is asked on a page of its own.
            Err(AppError::Refused(Problem::OwnsRooms { user_id })) => {
                let (name, value) = HandOverForm::THEN;
                let path = user_path(user_id.as_str());
                browser::load(&format!("{path}/hand-over?{name}={value}"));
            }
            Err(error) => failed(&error, toaster),
        }
    });
}
