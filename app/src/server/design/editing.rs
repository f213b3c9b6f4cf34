//! What forms say besides their fields: limits, owners, and what others changed meanwhile.

use domain::{
    Newest, Problem, Problems, Timestamp,
    room::{LimitsForm, RoomField},
};
use leptos::prelude::*;

use super::{Section, Specimen, data};
use crate::{
    components::{
        field::Wrong,
        form::FormState,
        limits_fields::{Limits, LimitsFields},
        meanwhile::{Difference, Meanwhile as Notice},
        owner_field::OwnerField,
    },
    error::AppError,
    words,
};

#[component]
pub(super) fn LimitsAndOwner() -> impl IntoView {
    let typed = LimitsForm { capacity: "32".to_owned(), ..LimitsForm::default() };
    let form = FormState::<RoomField>::new(Problems::default());
    let wrong: Wrong = Signal::stored(Some(words::problem(Problem::RoomsNeedOwner)));
    view! {
        <Section id="limits">
            <Specimen name="Limits of a room">
                <div class="card">
                    <Limits fields=LimitsFields::new(&typed) form />
                </div>
            </Specimen>
            <Specimen name="Who takes a room">
                <OwnerField
                    label="New owner".to_owned()
                    typed=String::new()
                    found=RwSignal::new(None)
                    wrong
                />
            </Specimen>
        </Section>
    }
}

#[component]
pub(super) fn Meanwhile() -> impl IntoView {
    let history = Resource::new(
        || (),
        |()| async { Ok::<_, AppError>(Newest { rows: data::events(), older_than: None }) },
    );
    let differences = vec![Difference {
        label: "Nickname".to_owned(),
        now: "Hana Kim".to_owned(),
        take: Callback::new(|()| ()),
    }];
    view! {
        <Section id="meanwhile">
            <div class="card">
                <Notice
                    history
                    since=Timestamp::from_micros(0)
                    differences=Signal::stored(differences)
                />
            </div>
        </Section>
    }
}
