//! `/rooms/…/delete`: says what is lost with a room, and deletes it.

use domain::{
    Problems,
    removal::{DeleteRoomField, DeleteRoomForm},
    room::RoomSummary,
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
        page::TaskHead,
        toast::Toaster,
    },
    functions::rooms,
    i18n::{count, tr},
    submission::submitted,
};

/// The form that deletes a room.
#[component]
pub(crate) fn DeleteRoomPage() -> impl IntoView {
    let params = use_params_map();
    let room = Resource::new_blocking(
        move || params.with(|it| it.get("room").unwrap_or_default()),
        rooms::get,
    );
    let refused = StoredValue::new(submitted::<DeleteRoomForm, DeleteRoomField>());
    let show = move |room| {
        let refused = refused.get_value().unwrap_or_default();
        view! { <Form room refused /> }.into_any()
    };
    view! { <Answer of=room show place=Place::Page /> }
}

#[component]
fn Form(room: RoomSummary, refused: (DeleteRoomForm, Problems<DeleteRoomField>)) -> impl IntoView {
    let (typed, problems) = refused;
    let form = FormState::<DeleteRoomField>::new(problems);
    let back = format!("/rooms/{}", room.id);
    let path = format!("{back}/delete");
    let action = path.clone();
    let (navigate, toaster) = (use_navigate(), expect_context::<Toaster>());
    let gone = tr!("room.was_deleted", name = room.name);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        let (navigate, gone) = (navigate.clone(), gone.clone());
        form.send(path.clone(), data, Encoding::UrlEncoded, move |to| {
            toaster.show(gone.clone(), None);
            navigate(&to, NavigateOptions::default());
        });
    };
    let title = tr!("room.delete_title", name = room.name);
    let members = (room.members > 0)
        .then(|| view! { <li>{count!("room.delete_members", room.members)}</li> });
    view! {
        <Title text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label=tr!("room.back") title />
            <form class="card" method="post" action=action novalidate on:submit=on_submit>
                <div class="card__section">
                    <div class="notice notice--warning">
                        <Icon name="triangle-alert" />
                        <div class="notice__text">
                            <strong>{tr!("user.delete_lost")}</strong>
                            <ul class="losses">
                                <li>{tr!("room.delete_entry")}</li>
                                {members}
                            </ul>
                        </div>
                    </div>
                    <p class="quiet">{tr!("room.delete_kept")}</p>
                </div>
                <div class="card__section">
                    <TextField
                        id="typed"
                        name="name"
                        label=tr!("room.delete_type", name = room.name)
                        value=RwSignal::new(typed.name)
                        wrong=form.wrong(DeleteRoomField::Name, || None)
                    />
                </div>
                <SendFailure failure=form.failure />
                <footer class="form-footer">
                    <p class="form-footer__summary"></p>
                    <a class="button button--quiet form-footer__cancel" href=back>
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton
                        label=tr!("room.delete")
                        busy=Signal::derive(move || form.busy())
                        class="button--danger"
                    />
                </footer>
            </form>
        </main>
    }
}
