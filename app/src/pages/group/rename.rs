//! `/groups/…/rename`: gives a group another name.

use domain::{
    GroupSummary, Problems,
    group::{GroupField, GroupForm},
};
use leptos::prelude::*;

use super::of_address;
use crate::{
    components::{
        answer::{Answer, Place},
        form::FormState,
        group_fields::GroupNameField,
        page::group_path,
        task::Task,
    },
    i18n::tr,
    submission::submitted,
};

/// The form that renames a group.
#[component]
pub(crate) fn RenameGroupPage() -> impl IntoView {
    let group = of_address();
    let refused = StoredValue::new(submitted::<GroupForm, GroupField>());
    let show = move |group: GroupSummary| {
        let (typed, problems) = refused
            .get_value()
            .unwrap_or_else(|| (GroupForm { name: group.name.to_string() }, Problems::default()));
        view! { <Form group typed problems /> }.into_any()
    };
    view! { <Answer of=group show place=Place::Page /> }
}

#[component]
fn Form(group: GroupSummary, typed: GroupForm, problems: Problems<GroupField>) -> impl IntoView {
    let form = FormState::<GroupField>::new(problems);
    let back = group_path(&group.name);
    view! {
        <Task
            title=tr!("group.rename_title", name = group.name)
            path=format!("{back}/rename")
            back
            back_label=tr!("group.back")
            form
            action=tr!("group.rename_action")
        >
            <GroupNameField value=RwSignal::new(typed.name) form />
        </Task>
    }
}
