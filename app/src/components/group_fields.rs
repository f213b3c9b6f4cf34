//! What the pages about one group share: the page with one form, and the field for a name.

use domain::{GroupName, Problems, group::GroupField};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    field::TextField,
    form::{FormState, SendFailure, SubmitButton},
    icon::Icon,
    page::TaskHead,
};
use crate::{browser::submit::Encoding, i18n::tr};

/// A page with one form about a group.
#[component]
pub(crate) fn GroupTask(
    /// What is done here.
    title: String,
    /// Where the way back leads.
    back: String,
    /// What that is called.
    back_label: String,
    /// The path of the page, to which the form is sent.
    path: String,
    /// The form's state.
    form: FormState<GroupField>,
    /// What will happen.
    action: String,
    /// Whether something is lost by it.
    #[prop(optional)]
    danger: bool,
    /// What the form says of itself beside its buttons.
    #[prop(optional, into)]
    summary: Signal<String>,
    /// The sections of the form.
    children: Children,
) -> impl IntoView {
    let send_to = path.clone();
    let on_submit = form.on_submit(move || send_to.clone(), Encoding::UrlEncoded, |_| ());
    let class = if danger { "button--danger" } else { "button--primary" };
    view! {
        <Title text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label title />
            <form class="card" method="post" action=path novalidate on:submit=on_submit>
                {children()}
                <SendFailure failure=form.failure />
                <footer class="form-footer">
                    <p class="form-footer__summary" role="status">
                        {summary}
                    </p>
                    <a class="button button--quiet form-footer__cancel" href=back>
                        {tr!("dialog.cancel")}
                    </a>
                    <SubmitButton label=action busy=Signal::derive(move || form.busy()) class />
                </footer>
            </form>
        </main>
    }
}

/// The name that a group is to have. What was refused is refused until something else is typed.
#[component]
pub(crate) fn GroupNameField(
    value: RwSignal<String>,
    form: FormState<GroupField>,
) -> impl IntoView {
    let wrong = form.wrong(GroupField::Name, move || {
        let typed = value.get();
        (!typed.trim().is_empty() && form.problems.with(Problems::is_empty))
            .then(|| GroupName::parse(&typed).map(drop))
    });
    Effect::new(move |before: Option<String>| {
        let typed = value.get();
        if before.is_some_and(|it| it != typed) {
            form.problems.set(Problems::default());
        }
        typed
    });
    view! {
        <div class="card__section">
            <TextField
                id="name"
                name="name"
                label=tr!("group.name")
                value
                hint=tr!("group.name_hint")
                wrong
            />
        </div>
    }
}

/// What will be lost, above the field that makes sure.
#[component]
pub(crate) fn Consequences(
    /// What happens.
    title: String,
    /// To whom, and what stays.
    text: String,
) -> impl IntoView {
    view! {
        <div class="card__section">
            <div class="notice notice--warning">
                <Icon name="triangle-alert" />
                <div class="notice__text">
                    <strong>{title}</strong>
                    " "
                    {text}
                </div>
            </div>
        </div>
    }
}
