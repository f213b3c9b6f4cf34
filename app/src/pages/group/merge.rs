//! `/groups/…/merge`: puts everybody of a group into another, and deletes it.

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
        group_search::GroupSearch,
        page::group_path,
        task::{Consequences, Task},
    },
    i18n::{count, tr},
    submission::submitted,
};

/// The form that merges a group into another.
#[component]
pub(crate) fn MergeGroupPage() -> impl IntoView {
    let group = of_address();
    let refused = StoredValue::new(submitted::<GroupForm, GroupField>());
    let show = move |group: GroupSummary| {
        let (typed, problems) = refused.get_value().unwrap_or_default();
        view! { <Form group typed problems /> }.into_any()
    };
    view! { <Answer of=group show place=Place::Page /> }
}

#[component]
fn Form(group: GroupSummary, typed: GroupForm, problems: Problems<GroupField>) -> impl IntoView {
    let form = FormState::<GroupField>::new(problems);
    let wrong = form.wrong(GroupField::Name, || None);
    let back = group_path(&group.name);
    view! {
        <Task
            title=tr!("group.merge_title", name = group.name)
            path=format!("{back}/merge")
            back
            back_label=tr!("group.back")
            form
            action=tr!("group.merge_action")
            danger=true
        >
            <Consequences
                title=tr!("group.merge_consequence", name = group.name)
                text=count!("group.merge_people", group.size)
            />
            <div class="card__section">
                <GroupSearch
                    label=tr!("group.merge_into")
                    typed=typed.name
                    besides=group.name
                    wrong
                />
            </div>
        </Task>
    }
}
