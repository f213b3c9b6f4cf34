//! `/rooms/…/add`: specifies more users for a room.

use domain::{
    Problems,
    room::{RoomField, RoomSummary, SpecifyForm},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        form::{FormState, SendFailure, SubmitButton},
        page::TaskHead,
        picker::{Choice, Picker, Purpose, as_pasted, summary},
    },
    functions::rooms,
    i18n::tr,
    submission::submitted,
};

/// The form that adds members.
#[component]
pub(crate) fn AddMembersPage() -> impl IntoView {
    let params = use_params_map();
    let room = Resource::new_blocking(
        move || params.with(|it| it.get("room").unwrap_or_default()),
        rooms::get,
    );
    let refused = StoredValue::new(submitted::<SpecifyForm, RoomField>());
    let show = move |room| view! { <Form room refused=refused.get_value() /> }.into_any();
    view! { <Answer of=room show place=Place::Page /> }
}

#[component]
fn Form(room: RoomSummary, refused: Option<(SpecifyForm, Problems<RoomField>)>) -> impl IntoView {
    let (typed, problems) = refused.unwrap_or_default();
    let form = FormState::<RoomField>::new(problems);
    let choice = Choice::default();
    let wrong = form.wrong(RoomField::Members, || None);
    let back = format!("/rooms/{}", room.id);
    let path = format!("{back}/add");
    let action = path.clone();
    let on_submit = form.on_submit(move || path.clone(), Encoding::UrlEncoded, |_| ());
    let title = tr!("room.add_to", name = room.name);
    view! {
        <Title text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label=tr!("room.back") title />
            <form class="card" method="post" action=action novalidate on:submit=on_submit>
                <div class="card__section">
                    <Picker
                        choice
                        room=room.id
                        pasted=as_pasted(&typed)
                        wrong
                    />
                </div>
                <SendFailure failure=form.failure />
                <footer class="form-footer">
                    <p class="form-footer__summary" role="status">
                        {move || summary(choice, Purpose::Room)}
                    </p>
                    <a class="button button--quiet form-footer__cancel" href=back>
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton
                        label=tr!("room.add_action")
                        busy=Signal::derive(move || form.busy())
                    />
                </footer>
            </form>
        </main>
    }
}
