//! `/groups/…/delete`: deletes a group, once its name is typed.

use domain::{
    GroupSummary, Problems,
    group::{GroupField, GroupForm},
};
use leptos::prelude::*;

use super::of_address;
use crate::{
    components::{
        answer::{Answer, Place},
        field::TextField,
        form::FormState,
        page::group_path,
        task::{Consequences, Task},
    },
    i18n::{count, tr},
    submission::submitted,
};

/// The form that deletes a group.
#[component]
pub(crate) fn DeleteGroupPage() -> impl IntoView {
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
            title=tr!("group.delete_title", name = group.name)
            path=format!("{back}/delete")
            back
            back_label=tr!("group.back")
            form
            action=tr!("group.delete_action")
            danger=true
        >
            <Consequences
                title=tr!("group.delete_consequence", name = group.name)
                text=count!("group.delete_people", group.size)
            />
            <div class="card__section">
                <TextField
                    id="name"
                    name="name"
                    label=tr!("group.delete_type", name = group.name)
                    value=RwSignal::new(typed.name)
                    wrong
                />
            </div>
        </Task>
    }
}
