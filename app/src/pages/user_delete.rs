//! `/users/…/delete`: says what is lost with a user, asks who takes their rooms, and deletes them.

use domain::{
    AtLeast, ConsoleRole, Problems, UserSummary,
    removal::{DeleteUserField, DeleteUserForm, UserLosses},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        field::TextField,
        form::{FormState, SendFailure, SubmitButton, form_data},
        icon::Icon,
        owner_field::{self, OwnerField},
        page::{Person, TaskHead, user_path},
        toast::Toaster,
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
    let path = format!("{back}/delete");
    let action = path.clone();
    let (navigate, toaster) = (use_navigate(), expect_context::<Toaster>());
    let gone = tr!("user.was_deleted", nickname = user.nickname, user_id = user.user_id);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        owner_field::amend(&data, owner);
        let (navigate, gone) = (navigate.clone(), gone.clone());
        form.send(path.clone(), data, Encoding::UrlEncoded, move |to| {
            toaster.show(gone.clone(), None);
            navigate(&to, NavigateOptions::default());
        });
    };
    let title = tr!("user.delete_title", nickname = user.nickname);
    let value = RwSignal::new(typed.user_id);
    let label = tr!("user.delete_type", user_id = user.user_id);
    let owned = (!losses.owned.is_none()).then(|| {
        let wrong = form.wrong(DeleteUserField::Owner, || None);
        view! {
            <div class="card__section">
                <p>{at_most(losses.owned, |it| count!("user.delete_owns", it), "user.delete_owns_many")}</p>
                <OwnerField label=tr!("user.delete_owner") typed=typed.owner found=owner wrong />
            </div>
        }
    });
    view! {
        <Title text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label=tr!("user.back") title />
            <form class="card" method="post" action=action novalidate on:submit=on_submit>
                <div class="card__section">
                    <Person user=user.clone() />
                    <Losses user losses />
                </div>
                {owned}
                <div class="card__section">
                    <TextField
                        id="typed"
                        name="user_id"
                        label
                        value
                        identifier=true
                        wrong=form.wrong(DeleteUserField::UserId, || None)
                    />
                </div>
                <SendFailure failure=form.failure />
                <footer class="form-footer">
                    <p class="form-footer__summary"></p>
                    <a class="button button--quiet form-footer__cancel" href=back>
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton
                        label=tr!("user.delete")
                        busy=Signal::derive(move || form.busy())
                        class="button--danger"
                    />
                </footer>
            </form>
        </main>
    }
}

#[component]
fn Losses(user: UserSummary, losses: UserLosses) -> impl IntoView {
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
    let lost = lost.into_iter().flatten().map(|it| view! { <li>{it}</li> }).collect_view();
    view! {
        <div class="notice notice--warning">
            <Icon name="triangle-alert" />
            <div class="notice__text">
                <strong>{tr!("user.delete_lost")}</strong>
                <ul class="losses">{lost}</ul>
            </div>
        </div>
        <p class="quiet">{tr!("user.delete_kept")}</p>
    }
}

/// So many, or more than were counted.
fn at_most(many: AtLeast, counted: impl Fn(u32) -> String, more: &'static str) -> String {
    if many.more { tr!(more, count = number(many.count.into())) } else { counted(many.count) }
}
