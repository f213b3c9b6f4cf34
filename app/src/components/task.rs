//! A page on which one thing is done: a form with its way back, and what will be lost by it.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use web_sys::FormData;

use super::{
    form::{FormState, SendFailure, SubmitButton},
    icon::Icon,
    notice::WarningNotice,
    once::Once,
    page::TaskHead,
    page_title::PageTitle,
};
use crate::{browser::submit::Encoding, i18n::tr};

/// A page with one form. `F` is the form's enum of fields.
#[component]
pub(crate) fn Task<F>(
    /// What is done here.
    title: String,
    /// Where the way back leads.
    back: String,
    /// What that is called.
    back_label: String,
    /// The path of the page, to which the form is sent.
    path: String,
    /// The form's state.
    form: FormState<F>,
    /// What will happen.
    action: String,
    /// Whether something is lost by it.
    #[prop(optional)]
    danger: bool,
    /// What the form says of itself beside its buttons.
    #[prop(optional, into)]
    summary: Signal<String>,
    /// Puts into the form what none of its controls holds.
    #[prop(optional)]
    amend: Option<Callback<FormData>>,
    /// What is said once it is done, where the page that follows doesn't say it.
    #[prop(optional, into)]
    done: Option<String>,
    /// The sections of the form.
    children: Children,
) -> impl IntoView
where
    F: Copy + PartialEq + Send + Sync + DeserializeOwned + 'static,
{
    let amend = move |data: &FormData| {
        if let Some(amend) = amend {
            amend.run(data.clone());
        }
    };
    let send_to = path.clone();
    let on_submit =
        form.on_submit_saying(move || send_to.clone(), Encoding::UrlEncoded, amend, done);
    let class = if danger { "button--danger" } else { "button--primary" };
    view! {
        <PageTitle text=title.clone() />
        <main class="page page--form page--task" id="main" tabindex="-1">
            <TaskHead back=back.clone() back_label title />
            <form class="card" method="post" action=path novalidate on:submit=on_submit>
                {children()}
                {danger.then(|| view! { <Once /> })}
                <SendFailure failure=form.failure progress=form.progress />
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

/// Lists what will be lost.
#[component]
pub(crate) fn Losses(
    /// What, one each.
    lost: Vec<String>,
    /// What is kept.
    kept: String,
) -> impl IntoView {
    let lost = lost.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
    view! {
        <div class="notice notice--warning">
            <Icon name="triangle-alert" />
            <div class="notice__text">
                <strong>{tr!("user.delete_lost")}</strong>
                <ul class="losses">{lost}</ul>
            </div>
        </div>
        <p class="quiet">{kept}</p>
    }
}

/// What will follow, above the field or button that makes sure.
#[component]
pub(crate) fn Consequences(
    /// What happens.
    title: String,
    /// To whom, and what stays.
    text: String,
) -> impl IntoView {
    view! {
        <div class="card__section">
            <WarningNotice title text />
        </div>
    }
}
