//! `/rooms/new`: creates a room and specifies who may enter it.

use domain::{
    EntryPermission, RoomType,
    room::{Capacity, RoomField, RoomForm},
    settings::TeacherLimits,
};
use leptos::prelude::*;

use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        field::FieldError,
        form::{FormState, SendFailure, SubmitButton},
        icon::Icon,
        limits_fields::{Limits, LimitsFields, tell_half_times},
        once::Once,
        page::{Breadcrumbs, TaskHead},
        page_title::PageTitle,
        picker::{Choice, Picker, Purpose, as_pasted, summary},
        room_fields::{NameAndType, RoomFields},
        state::Empty,
    },
    functions::rooms::{self, Allowed},
    i18n::{count, tr},
    submission::submitted,
};

/// The form that creates a room, or why there can be no more.
#[component]
pub(crate) fn CreateRoomPage() -> impl IntoView {
    let allowed = Resource::new_blocking(|| (), |()| rooms::allowance());
    let show = |allowed: Allowed| match allowed.reached() {
        Some(max) => view! { <Reached max /> }.into_any(),
        None => view! { <Form limits=allowed.limits /> }.into_any(),
    };
    view! { <Answer of=allowed show place=Place::Page /> }
}

/// Whoever asks owns as many rooms as they may.
#[component]
fn Reached(max: u32) -> impl IntoView {
    view! {
        <PageTitle text=tr!("rooms.create") />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead
                back="/rooms".to_owned()
                back_label=tr!("rooms.back")
                title=tr!("rooms.create")
            />
            <div class="card">
                <Empty
                    icon="door-closed"
                    title=count!("problem.room_limit", max)
                    text=tr!("rooms.reached_text")
                >
                    <a class="button" href="/rooms">
                        {tr!("rooms.back")}
                    </a>
                </Empty>
            </div>
        </main>
    }
}

#[component]
fn Form(
    /// What limits whoever fills it in.
    limits: TeacherLimits,
) -> impl IntoView {
    let (typed, problems) = submitted::<RoomForm, RoomField>().unwrap_or_default();
    let fields = RoomFields::new(&typed);
    let form = FormState::<RoomField>::new(problems);
    let choice = Choice::default();
    let private = move || fields.room_type.get() == RoomType::Private;
    let wrong = form.wrong(RoomField::Members, || None);
    let on_submit =
        form.on_submit(|| "/rooms/new".to_owned(), Encoding::UrlEncoded, tell_half_times);
    let fields_of_limits =
        LimitsFields::new(&typed.limits).with_at_most(limits.capacity.map(Capacity::get));
    let most_members = limits.members.map(|it| count!("problem.member_limit", it.get()));
    let owner = form.wrong(RoomField::Owner, || None);
    view! {
        <PageTitle text=tr!("rooms.create") />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <Breadcrumbs up="/rooms" up_label=tr!("rooms.title") here=tr!("breadcrumbs.new") />
            <TaskHead
                back="/rooms".to_owned()
                back_label=tr!("rooms.back")
                title=tr!("rooms.create")
            />
            <form
                class="card"
                method="post"
                action="/rooms/new"
                novalidate
                on:submit=on_submit
            >
                <NameAndType fields form />
                <FieldError id="owner" wrong=Some(owner) />
                <Limits fields=fields_of_limits form />
                // Hidden, not gone: another look at the types must not lose who was picked.
                <div class="card__section" hidden=move || !private()>
                    <Picker choice pasted=as_pasted(&typed.specify) wrong />
                    {most_members.map(|it| view! { <p class="field__hint">{it}</p> })}
                    <Warning choice />
                </div>
                <Once />
                <SendFailure failure=form.failure progress=form.progress />
                <footer class="form-footer">
                    <p class="form-footer__summary" role="status">
                        {move || private().then(|| summary(choice, Purpose::Room))}
                    </p>
                    <a class="button button--quiet form-footer__cancel" href="/rooms">
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton
                        label=tr!("rooms.create")
                        busy=Signal::derive(move || form.busy())
                    />
                </footer>
            </form>
        </main>
    }
}

/// Warned, not stopped: nobody specified, or no Host but the owner.
#[component]
fn Warning(choice: Choice) -> impl IntoView {
    let warning = move || {
        choice.with(|all| {
            let hosts = all.iter().any(|it| it.permission == EntryPermission::Host);
            if all.is_empty() {
                Some((tr!("room.warn_nobody"), tr!("room.warn_nobody_text")))
            } else if !hosts {
                Some((tr!("room.warn_no_host"), tr!("room.warn_no_host_text")))
            } else {
                None
            }
        })
    };
    move || {
        warning().map(|(title, text)| {
            view! {
                <div class="with-script">
                    <div class="notice notice--warning" role="status">
                        <Icon name="triangle-alert" />
                        <div class="notice__text">
                            <strong>{title}</strong>
                            " "
                            {text}
                        </div>
                    </div>
                </div>
            }
        })
    }
}
