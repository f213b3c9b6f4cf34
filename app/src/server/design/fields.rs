//! Fields, the profile image, choices, pills, chips and avatars.

use domain::{
    ConsoleRole, EntryPermission, Problem, RoomState, RoomType, UserStatus,
    image::ImageProblem,
    room::{RoomField, RoomForm},
};
use leptos::prelude::*;

use super::{Section, Specimen, data};
use crate::{
    components::{
        avatar::{Avatar, Size},
        field::{TextField, Wrong},
        filters::{Facet, Filters},
        form::FormState,
        image_field::{ImageChoice, ImageField},
        permission::{PermissionChoices, PermissionPill, PermissionSelect},
        room_fields::{NameAndType, RoomFields, RoomPill},
        user_fields::StatusPill,
    },
    words,
};

#[component]
pub(super) fn Fields() -> impl IntoView {
    let fine: Wrong = Signal::stored(None);
    let wrong: Wrong = Signal::stored(Some(words::problem(Problem::Space)));
    view! {
        <Section id="fields">
            <div class="field-row">
                <TextField
                    id="design-empty"
                    name="empty"
                    label="Nickname".to_owned()
                    value=RwSignal::new(String::new())
                    optional=true
                    hint="Shown in the classroom. Empty means the User ID."
                    wrong=fine
                />
                <TextField
                    id="design-wrong"
                    name="wrong"
                    label="User ID".to_owned()
                    value=RwSignal::new("T kim".to_owned())
                    hint="Letters, digits and . _ - @ without spaces."
                    wrong=wrong
                />
            </div>
            <label class="field__label" for="design-select">
                "Console role"
            </label>
            <select class="input" id="design-select">
                {ConsoleRole::ALL
                    .map(|it| view! { <option>{words::role(it)}</option> })
                    .collect_view()}
            </select>
        </Section>
        <Upload />
        <Choices />
        <Pills />
        <Avatars />
    }
}

#[component]
fn Upload() -> impl IntoView {
    let choice = ImageChoice::new(None);
    let refused = Problem::Image(ImageProblem::Format);
    let wrong: Wrong = Signal::stored(Some(words::problem(refused)));
    view! {
        <Section id="upload">
            <ImageField choice wrong progress=RwSignal::new(None) />
        </Section>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let form = FormState::<RoomField>::new(domain::Problems::default());
    let fields = RoomFields::new(&RoomForm::default());
    view! {
        <Section id="choices">
            <PermissionChoices chosen=RwSignal::new(EntryPermission::default()) />
            <div class="card">
                <NameAndType fields form />
            </div>
        </Section>
    }
}

#[component]
fn Pills() -> impl IntoView {
    let select = |permission: EntryPermission| {
        let value = RwSignal::new(permission);
        let label = format!("Permission, at first {}", words::permission(permission));
        view! { <PermissionSelect value label on_change=Callback::new(move |to| value.set(to)) /> }
    };
    let facets = vec![Facet {
        name: "kind",
        label: "Type".to_owned(),
        choices: RoomType::ALL.map(|it| (it.name(), words::room_type(it))).to_vec(),
    }];
    view! {
        <Section id="pills">
            <Specimen name="Entry permissions">
                <div class="row">
                    {EntryPermission::ALL
                        .map(|permission| view! { <PermissionPill permission /> })
                        .collect_view()}
                </div>
            </Specimen>
            <Specimen name="Entry permissions, to change in place">
                <div class="row">{EntryPermission::ALL.map(select).collect_view()}</div>
            </Specimen>
            <Specimen name="States">
                <div class="row">
                    {RoomState::ALL.map(|state| view! { <RoomPill state inside=None /> }).collect_view()}
                    <RoomPill state=RoomState::Open inside=Some(3) />
                    <StatusPill status=UserStatus::Deactivated />
                </div>
            </Specimen>
            <Specimen name="Chips, offered and chosen">
                <div class="row">
                    <Filters facets keep=&["kind"] more=None />
                    <span class="chip chip--on">"Host"</span>
                </div>
            </Specimen>
        </Section>
    }
}

#[component]
fn Avatars() -> impl IntoView {
    let of_size = |size: Size| {
        data::people().into_iter().take(2).map(|user| view! { <Avatar user size /> }).collect_view()
    };
    view! {
        <Section id="avatars">
            <Specimen name="Sizes">
                <div class="row">
                    {[Size::Small, Size::Medium, Size::Large, Size::Tile].map(of_size).collect_view()}
                </div>
            </Specimen>
            <Specimen name="Colours">
                <div class="row">
                    {data::colours()
                        .into_iter()
                        .map(|user| view! { <Avatar user size=Size::Large /> })
                        .collect_view()}
                </div>
            </Specimen>
        </Section>
    }
}
