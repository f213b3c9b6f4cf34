//! `/rooms/…/owner`: hands a room over to another owner.

use domain::{
    Problems, UserSummary,
    removal::{OwnerField as Asked, OwnerForm},
    room::RoomSummary,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        form::{FormState, SendFailure, SubmitButton},
        owner_field::{self, OwnerField},
        page::{Person, TaskHead},
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
        rooms::get,
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
    let path = format!("/rooms/{}/owner", room.id);
    let action = path.clone();
    let on_submit = form.on_submit(
        move || path.clone(),
        Encoding::UrlEncoded,
        move |data| owner_field::amend(data, owner),
    );
    let title = tr!("owner.title", name = room.name);
    let kept = tr!("owner.former", nickname = room.owner.nickname);
    view! {
        <Title text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label=tr!("owner.back") title />
            <form class="card" method="post" action=action novalidate on:submit=on_submit>
                <div class="card__section">
                    <Person user=room.owner />
                    <p class="quiet">{kept}</p>
                    <OwnerField label=tr!("owner.new") typed=typed.owner found=owner wrong />
                </div>
                <SendFailure failure=form.failure />
                <footer class="form-footer">
                    <p class="form-footer__summary"></p>
                    <a class="button button--quiet form-footer__cancel" href=back>
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton
                        label=tr!("owner.action")
                        busy=Signal::derive(move || form.busy())
                    />
                </footer>
            </form>
        </main>
    }
}
