//! The chosen users as rows of the form, each with the permission they are to have.

use domain::EntryPermission;
use leptos::prelude::*;

use super::{Choice, Chosen, Purpose};
use crate::{
    components::{icon::Icon, page::Person, permission::PermissionSelect},
    i18n::{number, tr},
    words,
};

/// The chosen users. Each row carries what the form sends: `member`, then its `permission` where it has
/// one.
#[component]
pub(super) fn ChosenRows(choice: Choice, purpose: Purpose) -> impl IntoView {
    let row = move |chosen: Chosen| {
        let Chosen { user, permission } = chosen;
        let user_id = user.user_id.clone();
        let nickname = user.nickname.to_string();
        let set = permission.clone();
        view! {
            <li class="chosen__row">
                <input type="hidden" name="member" value=user_id.to_string() />
                <Person user />
                {purpose
                    .has_permissions()
                    .then(|| {
                        view! {
                            <PermissionSelect
                                value=Signal::from(permission)
                                label=tr!("picker.permission_of", nickname = nickname)
                                on_change=Callback::new(move |permission| set.set(permission))
                            />
                        }
                    })}
                <button
                    class="button button--quiet button--small button--icon"
                    type="button"
                    aria-label=tr!("picker.remove", nickname = nickname, user_id = user_id)
                    on:click=move |_| choice.remove(&user_id)
                >
                    <Icon name="x" />
                </button>
            </li>
        }
    };
    view! {
        <ul
            class="chosen"
            aria-label=purpose.chosen()
            hidden=move || choice.0.with(Vec::is_empty)
        >
            <For each=move || choice.0.get() key=|it| it.user.user_id.clone() children=row />
        </ul>
    }
}

/// How many are chosen, and as what.
pub(crate) fn summary(choice: Choice, purpose: Purpose) -> String {
    let all = u32::try_from(choice.0.with(Vec::len)).unwrap_or(u32::MAX);
    if all == 0 {
        return purpose.nobody_chosen();
    }
    if !purpose.has_permissions() {
        return purpose.count(all);
    }
    let parts = choice.0.with(|all| {
        EntryPermission::ALL
            .into_iter()
            .filter_map(|permission| {
                let held = all.iter().filter(|it| it.permission.get() == permission).count();
                let held = i64::try_from(held).unwrap_or(i64::MAX);
                (held > 0).then(|| format!("{} {}", number(held), words::permission(permission)))
            })
            .collect::<Vec<_>>()
    });
    format!("{}: {}", purpose.count(all), parts.join(", "))
}
