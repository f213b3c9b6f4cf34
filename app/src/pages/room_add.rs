//! `/rooms/…/add`: specifies more users for a room.

use domain::{
    Problems,
    room::{RoomField, RoomSummary, SpecifyForm},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    components::{
        answer::{Answer, Place},
        form::FormState,
        picker::{Choice, Picker, Purpose, as_pasted, summary},
        task::Task,
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
        rooms::own,
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
    view! {
        <Task
            title=tr!("room.add_to", name = room.name)
            path=format!("{back}/add")
            back
            back_label=tr!("room.back")
            form
            action=tr!("room.add_action")
            summary=Signal::derive(move || summary(choice, Purpose::Room))
        >
            <div class="card__section">
                <Picker choice room=room.id pasted=as_pasted(&typed) wrong />
            </div>
        </Task>
    }
}
