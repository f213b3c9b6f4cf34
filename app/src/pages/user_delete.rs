//! `/users/…/delete`: says what is lost with a user, asks who takes their rooms, and deletes them.

use domain::{
    AtLeast, ConsoleRole, Problems, UserSummary,
    removal::{DeleteUserField, DeleteUserForm, UserLosses},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use web_sys::FormData;

use crate::{
    components::{
        answer::{Answer, Place},
        field::TextField,
        form::FormState,
        owner_field::{self, OwnerField},
        page::{Person, user_path},
        task::{Losses, Task},
    },
    functions::users::{self, UserAndLosses},
    i18n::{count, number, tr},
    submission::submitted,
};

/// The form that deletes a user.
#[component]
pub(crate) fn DeleteUserPage() -> impl IntoView {
    let params = use_params_map();
    let user = Resource::new_blocking(
        move || params.with(|it| it.get("user_id").unwrap_or_default()),
        users::losses,
    );
    let refused = StoredValue::new(submitted::<DeleteUserForm, DeleteUserField>());
    let show = move |it: UserAndLosses| {
        let refused = refused.get_value().unwrap_or_default();
        view! { <Form user=it.user losses=it.losses refused /> }.into_any()
    };
    view! { <Answer of=user show place=Place::Page /> }
}

#[component]
fn Form(
    user: UserSummary,
    losses: UserLosses,
    refused: (DeleteUserForm, Problems<DeleteUserField>),
) -> impl IntoView {
    let (typed, problems) = refused;
    let form = FormState::<DeleteUserField>::new(problems);
    let owner = RwSignal::new(None::<UserSummary>);
    let back = user_path(user.user_id.as_str());
    let owned = (!losses.owned.is_none()).then(|| {
        let wrong = form.wrong(DeleteUserField::Owner, || None);
        view! {
            <div class="card__section">
                <p>{at_most(losses.owned, |it| count!("user.delete_owns", it), "user.delete_owns_many")}</p>
                <OwnerField label=tr!("user.delete_owner") typed=typed.owner found=owner wrong />
            </div>
        }
    });
    let wrong = form.wrong(DeleteUserField::UserId, || None);
    view! {
        <Task
            title=tr!("user.delete_title", nickname = user.nickname)
            path=format!("{back}/delete")
            back
            back_label=tr!("user.back")
            form
            action=tr!("user.delete")
            danger=true
            amend=Callback::new(move |data: FormData| owner_field::amend(&data, owner))
            done=tr!("user.was_deleted", nickname = user.nickname, user_id = user.user_id)
        >
            <div class="card__section">
                <Person user=user.clone() />
                <Losses lost=lost(&user, losses) kept=tr!("user.delete_kept") />
            </div>
            {owned}
            <div class="card__section">
                <TextField
                    id="typed"
                    name="user_id"
                    label=tr!("user.delete_type", user_id = user.user_id)
                    value=RwSignal::new(typed.user_id)
                    identifier=true
                    wrong
                />
            </div>
        </Task>
    }
}

/// What is lost with a user.
fn lost(user: &UserSummary, losses: UserLosses) -> Vec<String> {
    let memberships = (!losses.memberships.is_none()).then(|| {
        at_most(losses.memberships, |it| count!("user.delete_rooms", it), "user.delete_rooms_many")
    });
    let lost = [
        user.image.is_some().then(|| tr!("user.delete_image")),
        memberships,
        (losses.groups > 0).then(|| count!("user.delete_groups", losses.groups)),
        (user.role != ConsoleRole::None).then(|| tr!("user.delete_sign_in")),
        Some(tr!("user.delete_entry")),
    ];
    lost.into_iter().flatten().collect()
}

/// So many, or more than were counted.
pub(super) fn at_most(
    many: AtLeast,
    counted: impl Fn(u32) -> String,
    more: &'static str,
) -> String {
    if many.more { tr!(more, count = number(many.count.into())) } else { counted(many.count) }
}
