//! `/users/new`: creates a user.

use domain::{
    Problems,
    user::{UserField, UserForm},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    browser::submit::Encoding,
    components::{
        form::{FormState, SendFailure, SubmitButton, form_data},
        notice::DoneNotice,
        once::Once,
        page::{Breadcrumbs, TaskHead, user_path},
        page_title::PageTitle,
        user_fields::{NameFields, Preview, ProfileFields, UserFields},
    },
    i18n::tr,
    submission::submitted,
};

/// The form that creates a user.
///
/// *Create and add another* comes back here with permission, role and groups in the address, so the
/// form is made anew whenever the address changes.
#[component]
pub(crate) fn CreateUserPage() -> impl IntoView {
    let query = use_query_map();
    let refused = StoredValue::new(submitted::<UserForm, UserField>());
    let address = query.get_untracked();
    view! {
        <PageTitle text=tr!("users.create") />
        <main class="page page--two page--task" id="main" tabindex="-1">
            <Breadcrumbs up="/users" up_label=tr!("users.title") here=tr!("breadcrumbs.new") />
            <TaskHead
                back="/users".to_owned()
                back_label=tr!("users.back")
                title=tr!("users.create")
            />
            {move || {
                let created = query.with(|it| it.get("created"));
                // A refused form is shown at its own address; whatever comes after begins anew.
                let (form, problems) = refused
                    .get_value()
                    .filter(|_| query.get() == address)
                    .unwrap_or_else(|| (kept(&query.get()), Problems::default()));
                view! { <Form form problems created /> }
            }}
        </main>
    }
}

/// What *Create and add another* keeps.
fn kept(query: &leptos_router::params::ParamsMap) -> UserForm {
    let default = UserForm::default();
    UserForm {
        permission: query.get("permission").unwrap_or(default.permission),
        role: query.get("role").unwrap_or(default.role),
        groups: query.get_all("group").unwrap_or_default(),
        ..UserForm::default()
    }
}

#[component]
fn Form(form: UserForm, problems: Problems<UserField>, created: Option<String>) -> impl IntoView {
    let fields = UserFields::new(form);
    let form = FormState::<UserField>::new(problems);
    let navigate = use_navigate();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        fields.image.amend(&data);
        let navigate = navigate.clone();
        form.send("/users/new".to_owned(), data, Encoding::Multipart, move |to| {
            navigate(&to, NavigateOptions::default());
        });
    };
    view! {
        <form
            class="card"
            method="post"
            action="/users/new"
            enctype="multipart/form-data"
            novalidate
            on:submit=on_submit
        >
            {created.map(|user_id| view! { <Created user_id /> })}
            <div class="card__section">
                <NameFields fields form />
            </div>
            <ProfileFields fields form />
            <Once />
            <SendFailure failure=form.failure progress=form.progress />
            <footer class="form-footer">
                <p class="form-footer__summary"></p>
                <a class="button button--quiet form-footer__cancel" href="/users">
                    {tr!("dialog.cancel")}
                </a>
                <button class="button" type="submit" name="then" value="another">
                    {tr!("users.create_another")}
                </button>
                <SubmitButton
                    label=tr!("users.create")
                    busy=Signal::derive(move || form.busy())
                />
            </footer>
        </form>
        <Preview fields />
    }
}

#[component]
fn Created(user_id: String) -> impl IntoView {
    let href = user_path(&user_id);
    view! {
        <div class="card__section">
            <DoneNotice>
                {tr!("users.created", user_id = user_id)}
                " "
                <a href=href>{tr!("problem.open_user")}</a>
            </DoneNotice>
        </div>
    }
}
