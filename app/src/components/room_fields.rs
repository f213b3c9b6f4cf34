//! The fields of the forms that create and edit a room.

use domain::{
    RoomName, RoomState, RoomStatus, RoomType,
    room::{RoomField, RoomForm},
};
use leptos::prelude::*;

use super::{field::TextField, form::FormState, icon::Icon};
use crate::{
    browser,
    i18n::{count, tr},
    words,
};

/// The icon that always stands beside a room type.
pub(crate) const fn type_icon(room_type: RoomType) -> &'static str {
    match room_type {
        RoomType::Private => "list-checks",
        RoomType::Public => "users-round",
        RoomType::Open => "link",
    }
}

/// What stands in the fields.
#[derive(Clone, Copy)]
pub(crate) struct RoomFields {
    /// The name as typed.
    pub(crate) name: RwSignal<String>,
    /// The chosen type.
    pub(crate) room_type: RwSignal<RoomType>,
}

impl RoomFields {
    /// Fields filled with what was typed before, or with nothing.
    pub(crate) fn new(form: &RoomForm) -> Self {
        Self {
            name: RwSignal::new(form.name.clone()),
            room_type: RwSignal::new(RoomType::from_name(&form.room_type).unwrap_or_default()),
        }
    }
}

/// The name and who may enter.
#[component]
pub(crate) fn NameAndType(
    fields: RoomFields,
    form: FormState<RoomField>,
    /// What follows from the type.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name_wrong = form.wrong(RoomField::Name, move || {
        let typed = fields.name.get();
        (!typed.trim().is_empty()).then(|| RoomName::parse(&typed).map(drop))
    });
    view! {
        <div class="card__section">
            <TextField id="name" name="name" label=tr!("room.name") value=fields.name wrong=name_wrong />
        </div>
        <div class="card__section">
            <TypeChoices chosen=fields.room_type />
            {children.map(|it| it())}
        </div>
    }
}

#[component]
fn TypeChoices(chosen: RwSignal<RoomType>) -> impl IntoView {
    browser::take_over("input[name=type]:checked", move |name| {
        chosen.set(RoomType::from_name(&name).unwrap_or_default());
    });
    let card = move |room_type: RoomType| {
        view! {
            <label class="choice">
                <input
                    class="choice__input"
                    type="radio"
                    name="type"
                    value=room_type.name()
                    checked=chosen.get_untracked() == room_type
                    prop:checked=move || chosen.get() == room_type
                    on:change=move |_| chosen.set(room_type)
                />
                <span class="choice__title">
                    <Icon name=type_icon(room_type) />
                    {words::room_type(room_type)}
                </span>
                <span class="choice__text">{words::room_type_meaning(room_type)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">{tr!("room.type")}</legend>
            <div class="choice-cards">
                <div class="choice-cards__grid">{RoomType::ALL.map(card).collect_view()}</div>
            </div>
        </fieldset>
    }
}

/// A room's type as a pill.
#[component]
pub(crate) fn TypePill(room_type: RoomType) -> impl IntoView {
    view! {
        <span class="pill pill--type">
            <Icon name=type_icon(room_type) />
            {words::room_type(room_type)}
        </span>
    }
}

/// What a room is doing, as a pill.
#[component]
pub(crate) fn RoomPill(
    /// Open or ended.
    state: RoomState,
    /// How many are in, where a meeting goes on.
    inside: Option<u32>,
) -> impl IntoView {
    let status = RoomStatus::of(state, inside.is_some());
    let (class, icon) = match status {
        RoomStatus::InProgress => ("pill pill--live", None),
        RoomStatus::Waiting => ("pill pill--waiting", Some("door-open")),
        RoomStatus::Ended => ("pill pill--ended", Some("door-closed")),
    };
    let text = match inside.filter(|_| status == RoomStatus::InProgress) {
        Some(inside) => count!("room.in_progress_with", inside),
        None => words::room_status(status),
    };
    view! {
        <span class=class>
            {match icon {
                Some(name) => view! { <Icon name /> }.into_any(),
                None => view! { <span class="pill__dot"></span> }.into_any(),
            }}
            {text}
        </span>
    }
}
