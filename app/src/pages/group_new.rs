//! `/groups/new`: creates a group.

use domain::group::{GroupField, GroupForm};
use leptos::prelude::*;

use crate::{
    components::{form::FormState, group_fields::GroupNameField, once::Once, task::Task},
    i18n::tr,
    submission::submitted,
};

/// The form that creates a group.
#[component]
pub(crate) fn CreateGroupPage() -> impl IntoView {
    let (typed, problems) = submitted::<GroupForm, GroupField>().unwrap_or_default();
    let form = FormState::<GroupField>::new(problems);
    view! {
        <Task
            title=tr!("groups.create")
            back="/groups".to_owned()
            back_label=tr!("groups.back")
            path="/groups/new".to_owned()
            form
            action=tr!("groups.create")
        >
            <GroupNameField value=RwSignal::new(typed.name) form />
            <Once />
        </Task>
    }
}
