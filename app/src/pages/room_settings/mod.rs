//! `/rooms/…/settings`: edits a room's name, type and limits.

mod type_change;

use domain::{
    Edition, Newest, Problems,
    history::Event,
    room::{LimitsForm, RoomField, RoomForm, SpecifyForm},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::type_change::TypeChange;
use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        form::{FormState, SendFailure, SubmitButton},
        limits_fields::{Limits, LimitsFields, tell_half_times},
        meanwhile::{Difference, Meanwhile},
        notice::DoneNotice,
        once::Once,
        page::{Person, TaskHead},
        page_title::PageTitle,
        room_fields::{NameAndType, RoomFields},
    },
    error::AppError,
    functions::{
        history as events,
        rooms::{self, RoomSettings},
    },
    i18n::tr,
    submission::submitted,
    words,
};

/// The form that edits a room.
#[component]
pub(crate) fn RoomSettingsPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|it| it.get("room").unwrap_or_default()));
    let room = Resource::new_blocking(move || id.get(), rooms::own_settings);
    let acts = RwSignal::new(0_u32);
    let history =
        Resource::new(move || (id.get(), acts.get()), |(id, _)| events::of_room(id, String::new()));
    let refused = StoredValue::new(submitted::<(RoomForm, Option<Edition>), RoomField>());
    let show = move |room: RoomSettings| {
        let (typed, problems) = refused.get_value().unzip();
        let (typed, seen) = typed.unwrap_or_else(|| (as_it_is(&room), None));
        let seen = seen.unwrap_or_else(|| room.room.edition.clone());
        let problems = problems.unwrap_or_default();
        view! { <Form shown=room typed problems seen acts history /> }.into_any()
    };
    view! { <Answer of=room show place=Place::Page /> }
}

fn as_it_is(shown: &RoomSettings) -> RoomForm {
    let RoomSettings { room, opens, closes, .. } = shown;
    RoomForm {
        name: room.summary.name.to_string(),
        room_type: room.summary.room_type.name().to_owned(),
        limits: LimitsForm::of(&room.limits, opens.as_ref(), closes.as_ref()),
        specify: SpecifyForm::default(),
    }
}

#[component]
fn Form(
    shown: RoomSettings,
    typed: RoomForm,
    problems: Problems<RoomField>,
    /// What the form was filled in from.
    seen: Edition,
    acts: RwSignal<u32>,
    history: Resource<Result<Newest<Event>, AppError>>,
) -> impl IntoView {
    let fields = RoomFields::new(&typed);
    let limits = LimitsFields::new(&typed.limits);
    let room = shown.room.summary.clone();
    let query = use_query_map();
    let copied = move || query.with(|it| it.get("copied").is_some());
    let (owner, hand_over) = (room.owner.clone(), format!("/rooms/{}/owner", room.id));
    let form = FormState::<RoomField>::new(problems);
    let now = form.subject(RoomField::Edition, acts, shown.clone(), {
        let id = room.id.to_string();
        move || rooms::own_settings(id.clone())
    });
    let differences = Signal::derive(move || differences(fields, limits, &as_it_is(&now.get())));
    let meanwhile = move || {
        form.is_wrong(RoomField::Edition).then(|| {
            view! { <Meanwhile history since=seen.at() differences /> }
        })
    };
    let back = format!("/rooms/{}", room.id);
    let path = format!("{back}/settings");
    let action = path.clone();
    let on_submit = form.on_submit(move || path.clone(), Encoding::UrlEncoded, tell_half_times);
    let title = tr!("room.edit_title", name = room.name);
    view! {
        <PageTitle text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label=tr!("room.back") title />
            <form class="card" method="post" action=action novalidate on:submit=on_submit>
                {move || copied().then(|| view! { <Copied /> })}
                {meanwhile}
                <Once />
                <input
                    type="hidden"
                    name=Edition::FIELD
                    value=move || now.get().room.edition.to_text()
                />
                <NameAndType fields form>
                    <TypeChange room=shown chosen=fields.room_type />
                </NameAndType>
                <Limits fields=limits form />
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
                <SendFailure failure=form.failure progress=form.progress />
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

/// What the copy that was just made has of the other room.
#[component]
fn Copied() -> impl IntoView {
    view! {
        <div class="card__section">
            <DoneNotice>{tr!("room.was_copied")}</DoneNotice>
        </div>
    }
}

/// Where the form differs from what the room is by now.
fn differences(fields: RoomFields, limits: LimitsFields, now: &RoomForm) -> Vec<Difference> {
    let theirs = RoomFields::new(now);
    let name = Difference::between(tr!("room.name"), fields.name, theirs.name, |it| it);
    let (mine, now_of_type) = (fields.room_type, theirs.room_type);
    let room_type = Difference::between(tr!("room.type"), mine, now_of_type, words::room_type);
    let limits = limits.differences(LimitsFields::new(&now.limits));
    [name, room_type].into_iter().chain(limits).flatten().collect()
}
