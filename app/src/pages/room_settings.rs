//! `/rooms/…/settings`: edits a room's name and type.

use domain::{
    Problems, RoomType,
    room::{RoomField, RoomForm, RoomSummary, SpecifyForm},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        form::{FormState, SendFailure, SubmitButton},
        icon::Icon,
        page::{Person, TaskHead},
        room_fields::{NameAndType, RoomFields},
    },
    functions::rooms,
    i18n::{count, tr},
    submission::submitted,
};

/// The form that edits a room.
#[component]
pub(crate) fn RoomSettingsPage() -> impl IntoView {
    let params = use_params_map();
    let room = Resource::new_blocking(
        move || params.with(|it| it.get("room").unwrap_or_default()),
        rooms::get,
    );
    let refused = StoredValue::new(submitted::<RoomForm, RoomField>());
    let show = move |room: RoomSummary| {
        let (typed, problems) =
            refused.get_value().unwrap_or_else(|| (as_it_is(&room), Problems::default()));
        view! { <Form room typed problems /> }.into_any()
    };
    view! { <Answer of=room show place=Place::Page /> }
}

fn as_it_is(room: &RoomSummary) -> RoomForm {
    RoomForm {
        name: room.name.to_string(),
        room_type: room.room_type.name().to_owned(),
        specify: SpecifyForm::default(),
    }
}

#[component]
fn Form(room: RoomSummary, typed: RoomForm, problems: Problems<RoomField>) -> impl IntoView {
    let fields = RoomFields::new(&typed);
    let query = use_query_map();
    let copied = move || query.with(|it| it.get("copied").is_some());
    let (owner, hand_over) = (room.owner.clone(), format!("/rooms/{}/owner", room.id));
    let form = FormState::<RoomField>::new(problems);
    let back = format!("/rooms/{}", room.id);
    let path = format!("{back}/settings");
    let action = path.clone();
    let on_submit = form.on_submit(move || path.clone(), Encoding::UrlEncoded, |_| ());
    let title = tr!("room.edit_title", name = room.name);
    let widened = move || {
        room.room_type == RoomType::Private
            && fields.room_type.get() != RoomType::Private
            && room.members > 0
    };
    view! {
        <Title text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label=tr!("room.back") title />
            <form class="card" method="post" action=action novalidate on:submit=on_submit>
                <div class="card__section" hidden=move || !copied()>
                    <div class="notice notice--success" role="status">
                        <Icon name="circle-check" />
                        <div class="notice__text">{tr!("room.was_copied")}</div>
                    </div>
                </div>
                <NameAndType fields form />
                <div class="card__section">
                    <div class="field">
                        <p class="field__label">{tr!("room.owner")}</p>
                        <div class="row">
                            <Person user=owner />
                            <a class="button button--small" href=hand_over>
                                {tr!("owner.action")}
                            </a>
                        </div>
                    </div>
                </div>
                <div class="card__section" hidden=move || !widened()>
                    <div class="notice notice--info" role="status">
                        <Icon name="info" />
                        <div class="notice__text">{count!("room.widened", room.members)}</div>
                    </div>
                </div>
                <SendFailure failure=form.failure />
                <footer class="form-footer">
                    <p class="form-footer__summary"></p>
                    <a class="button button--quiet form-footer__cancel" href=back>
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton label=tr!("form.save") busy=Signal::derive(move || form.busy()) />
                </footer>
            </form>
        </main>
    }
}
