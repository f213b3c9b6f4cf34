//! `/users/…/hand-over`: gives all rooms of a user to another, before the user loses role or status.

use domain::{
    Problems, UserSummary,
    removal::{HandOverField, HandOverForm, UserLosses},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use web_sys::FormData;

use super::user_delete::at_most;
use crate::{
    components::{
        answer::{Answer, Place},
        form::FormState,
        owner_field::{self, OwnerField},
        page::{Person, user_path},
        task::Task,
    },
    functions::users::{self, UserAndLosses},
    i18n::{count, tr},
    submission::submitted,
};

/// The form that hands the rooms over.
#[component]
pub(crate) fn HandOverPage() -> impl IntoView {
    let params = use_params_map();
    let user = Resource::new_blocking(
        move || params.with(|it| it.get("user_id").unwrap_or_default()),
        users::losses,
    );
    let refused = StoredValue::new(submitted::<HandOverForm, HandOverField>());
    let show = move |it: UserAndLosses| {
        let refused = refused.get_value();
        view! { <Form user=it.user losses=it.losses refused /> }.into_any()
    };
    view! { <Answer of=user show place=Place::Page /> }
}

#[component]
fn Form(
    user: UserSummary,
    losses: UserLosses,
    refused: Option<(HandOverForm, Problems<HandOverField>)>,
) -> impl IntoView {
    let (name, value) = HandOverForm::THEN;
    let (typed, problems) = refused.unwrap_or_else(|| {
        let then = use_query_map().with_untracked(|it| it.get(name));
        let deactivate = then.as_deref() == Some(value);
        (HandOverForm { deactivate, ..HandOverForm::default() }, Problems::default())
    });
    let deactivate = typed.deactivate;
    let form = FormState::<HandOverField>::new(problems);
    let owner = RwSignal::new(None::<UserSummary>);
    let wrong = form.wrong(HandOverField::Owner, || None);
    let back = user_path(user.user_id.as_str());
    let (title, action) = if deactivate {
        let title = tr!("hand_over.deactivate_title", nickname = user.nickname);
        (title, tr!("hand_over.deactivate"))
    } else {
        (tr!("hand_over.title", nickname = user.nickname), tr!("owner.action"))
    };
    view! {
        <Task
            title
            path=format!("{back}/hand-over")
            back
            back_label=tr!("user.back")
            form
            action
            danger=deactivate
            amend=Callback::new(move |data: FormData| owner_field::amend(&data, owner))
        >
            <div class="card__section">
                <Person user />
                <p>
                    {at_most(
                        losses.owned,
                        |it| count!("user.delete_owns", it),
                        "user.delete_owns_many",
                    )}
                </p>
                <p class="quiet">{tr!("hand_over.kept")}</p>
                <OwnerField label=tr!("user.delete_owner") typed=typed.owner found=owner wrong />
                {deactivate.then(|| view! { <input type="hidden" name=name value=value /> })}
            </div>
        </Task>
    }
}
