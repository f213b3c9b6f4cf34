//! `/rooms/…/delete`: says what is lost with a room, and deletes it.

use domain::{
    Problems,
    removal::{DeleteRoomField, DeleteRoomForm},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::user_delete::at_most;
use crate::{
    components::{
        answer::{Answer, Place},
        field::TextField,
        form::FormState,
        task::{Losses, Task},
    },
    functions::meetings::{self, RoomAndLosses},
    i18n::{count, tr},
    submission::submitted,
};

/// The form that deletes a room.
#[component]
pub(crate) fn DeleteRoomPage() -> impl IntoView {
    let params = use_params_map();
    let losses = Resource::new_blocking(
        move || params.with(|it| it.get("room").unwrap_or_default()),
        meetings::losses,
    );
    let refused = StoredValue::new(submitted::<DeleteRoomForm, DeleteRoomField>());
    let show = move |losses| {
        let refused = refused.get_value().unwrap_or_default();
        view! { <Form losses refused /> }.into_any()
    };
    view! { <Answer of=losses show place=Place::Page /> }
}

#[component]
fn Form(
    losses: RoomAndLosses,
    refused: (DeleteRoomForm, Problems<DeleteRoomField>),
) -> impl IntoView {
    let RoomAndLosses { room, meetings } = losses;
    let (typed, problems) = refused;
    let form = FormState::<DeleteRoomField>::new(problems);
    let back = format!("/rooms/{}", room.id);
    let wrong = form.wrong(DeleteRoomField::Name, || None);
    let members = (room.members > 0).then(|| count!("room.delete_members", room.members));
    let meetings = (!meetings.is_none()).then(|| {
        at_most(meetings, |it| count!("room.delete_meetings", it), "room.delete_meetings_many")
    });
    let lost = [Some(tr!("room.delete_entry")), members, meetings].into_iter().flatten().collect();
    view! {
        <Task
            title=tr!("room.delete_title", name = room.name)
            path=format!("{back}/delete")
            back
            back_label=tr!("room.back")
            form
            action=tr!("room.delete")
            danger=true
            done=tr!("room.was_deleted", name = room.name)
        >
            <div class="card__section">
                <Losses lost kept=tr!("room.delete_kept") />
            </div>
            <div class="card__section">
                <TextField
                    id="typed"
                    name="name"
                    label=tr!("room.delete_type", name = room.name)
                    value=RwSignal::new(typed.name)
                    wrong
                />
            </div>
        </Task>
    }
}
