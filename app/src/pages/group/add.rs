//! `/groups/…/add`: puts users into a group.

use domain::{GroupSummary, Problems, group::GroupField, room::SpecifyForm};
use leptos::prelude::*;

use super::of_address;
use crate::{
    components::{
        answer::{Answer, Place},
        form::FormState,
        page::group_path,
        picker::{Choice, Picker, Purpose, as_pasted, summary},
        task::Task,
    },
    i18n::tr,
    submission::submitted,
};

/// The form that puts users into a group.
#[component]
pub(crate) fn AddToGroupPage() -> impl IntoView {
    let group = of_address();
    let refused = StoredValue::new(submitted::<SpecifyForm, GroupField>());
    let show = move |group| view! { <Form group refused=refused.get_value() /> }.into_any();
    view! { <Answer of=group show place=Place::Page /> }
}

#[component]
fn Form(
    group: GroupSummary,
    refused: Option<(SpecifyForm, Problems<GroupField>)>,
) -> impl IntoView {
    let (typed, problems) = refused.unwrap_or_default();
    let form = FormState::<GroupField>::new(problems);
    let choice = Choice::default();
    let wrong = form.wrong(GroupField::Members, || None);
    let back = group_path(&group.name);
    view! {
        <Task
            title=tr!("room.add_to", name = group.name)
            path=format!("{back}/add")
            back
            back_label=tr!("group.back")
            form
            action=tr!("group.add_action")
            summary=Signal::derive(move || summary(choice, Purpose::Group))
        >
            <div class="card__section">
                <Picker choice group=group.name pasted=as_pasted(&typed) wrong />
            </div>
        </Task>
    }
}
