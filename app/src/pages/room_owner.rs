//! `/rooms/…/owner`: hands a room over to another owner.

use domain::{
    Problems, UserSummary,
    removal::{OwnerField as Asked, OwnerForm},
    room::RoomSummary,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use web_sys::FormData;

use crate::{
    components::{
        answer::{Answer, Place},
        form::FormState,
        owner_field::{self, OwnerField},
        page::Person,
        task::Task,
    },
    functions::rooms,
    i18n::tr,
    submission::submitted,
};

/// The form that hands a room over.
#[component]
pub(crate) fn RoomOwnerPage() -> impl IntoView {
    let params = use_params_map();
    let room = Resource::new_blocking(
        move || params.with(|it| it.get("room").unwrap_or_default()),
        rooms::own,
    );
    let refused = StoredValue::new(submitted::<OwnerForm, Asked>());
    let show = move |room| {
        let refused = refused.get_value().unwrap_or_default();
        view! { <Form room refused /> }.into_any()
    };
    view! { <Answer of=room show place=Place::Page /> }
}

#[component]
fn Form(room: RoomSummary, refused: (OwnerForm, Problems<Asked>)) -> impl IntoView {
    let (typed, problems) = refused;
    let form = FormState::<Asked>::new(problems);
    let owner = RwSignal::new(None::<UserSummary>);
    let wrong = form.wrong(Asked::Owner, || None);
    let back = format!("/rooms/{}/settings", room.id);
    view! {
        <Task
            title=tr!("owner.title", name = room.name)
            path=format!("/rooms/{}/owner", room.id)
            back
            back_label=tr!("owner.back")
            form
            action=tr!("owner.action")
            amend=Callback::new(move |data: FormData| owner_field::amend(&data, owner))
        >
            <div class="card__section">
                <Person user=room.owner.clone() />
                <p class="quiet">{tr!("owner.former", nickname = room.owner.nickname)}</p>
                <OwnerField label=tr!("owner.new") typed=typed.owner found=owner wrong />
            </div>
        </Task>
    }
}
