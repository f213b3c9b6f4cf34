//! Creates a user without leaving the form in which they were missed.

use domain::{EntryPermission, Nickname, Problems, UserId, UserSummary, user::UserField};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::Purpose;
use crate::{
    browser::submit::Encoding,
    components::{
        dialog::Dialog,
        field::TextField,
        form::{FormState, SendFailure, SubmitButton, form_data},
        permission::PermissionChoices,
    },
    functions::users,
    i18n::tr,
};

/// The dialog with the short form. What was searched for is filled in where it fits.
#[component]
pub(super) fn CreateInline(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// What the user is picked for afterwards.
    purpose: Purpose,
    /// What was searched for.
    term: RwSignal<String>,
    /// Called with the user that was created.
    on_created: Callback<UserSummary>,
) -> impl IntoView {
    view! {
        <Dialog id="create-inline" title=tr!("users.create") open>
            <ShortForm open purpose term=term.get_untracked() on_created />
        </Dialog>
    }
}

#[component]
fn ShortForm(
    open: RwSignal<bool>,
    purpose: Purpose,
    term: String,
    on_created: Callback<UserSummary>,
) -> impl IntoView {
    // What was searched for is a User ID if it can be one, else a nickname.
    let term = term.trim().to_owned();
    let fits = UserId::parse(&term).is_ok();
    let user_id = RwSignal::new(if fits { term.clone() } else { String::new() });
    let nickname = RwSignal::new(if fits { String::new() } else { term });
    let permission = RwSignal::new(EntryPermission::default());
    let form = FormState::<UserField>::new(Problems::default());
    let user_id_wrong = form.wrong(UserField::UserId, move || {
        let typed = user_id.get();
        (!typed.is_empty() && form.problems.with(Problems::is_empty))
            .then(|| UserId::parse(&typed).map(drop))
    });
    let nickname_wrong = form.wrong(UserField::Nickname, move || {
        let typed = nickname.get();
        (!typed.trim().is_empty()).then(|| Nickname::parse(&typed).map(drop))
    });
    // A refused User ID is refused until something else is typed.
    Effect::new(move |before: Option<String>| {
        let typed = user_id.get();
        if before.is_some_and(|it| it != typed) {
            form.problems.set(Problems::default());
        }
        typed
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        event.stop_propagation();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        form.send("/users/new".to_owned(), data, Encoding::Multipart, move |_| {
            let Ok(created) = UserId::parse(&user_id.get_untracked()) else { return };
            spawn_local(async move {
                match users::find(created).await {
                    Ok(Some(user)) => {
                        open.set(false);
                        on_created.run(user);
                    }
                    Ok(None) => open.set(false),
                    Err(error) => form.failure.set(Some(error)),
                }
            });
        });
    };
    view! {
        <form class="dialog__form" method="post" action="/users/new" novalidate on:submit=on_submit>
            <div class="dialog__body">
                <div class="stack">
                    <TextField
                        id="inline-user-id"
                        name="user_id"
                        label=tr!("user.user_id")
                        value=user_id
                        identifier=true
                        wrong=user_id_wrong
                    />
                    <TextField
                        id="inline-nickname"
                        name="nickname"
                        label=tr!("user.nickname")
                        value=nickname
                        optional=true
                        hint=tr!("user.nickname_hint")
                        wrong=nickname_wrong
                    />
                    <PermissionChoices chosen=permission />
                    <p class="quiet">{tr!("picker.inline_note")}</p>
                </div>
            </div>
            <SendFailure failure=form.failure progress=form.progress />
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <SubmitButton
                    label=purpose.create_and_choose()
                    busy=Signal::derive(move || form.busy())
                />
            </footer>
        </form>
    }
}
