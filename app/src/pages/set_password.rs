//! `/password`: sets a password, for whoever holds the one-time link. The browser sends the form by
//! itself: no script need run here.

use domain::{Problems, account::SetPasswordField};
use leptos::prelude::*;

use super::sign_in::{Gate, refused};
use crate::{
    components::{field::Field, icon::Icon, new_password::NewPassword, page_title::PageTitle},
    i18n::tr,
    submission::{SetPasswordTyped, submitted},
    words,
};

/// The form that sets a password, or word that the link is over.
#[component]
pub(crate) fn SetPasswordPage() -> impl IntoView {
    // The server has looked the link up, whether the form is opened or comes back.
    let (typed, problems) = submitted::<SetPasswordTyped, _>().unwrap_or_default();
    let form = typed
        .holder
        .clone()
        .map(|holder| view! { <Form typed holder problems=problems.clone() /> });
    let over = form.is_none().then(|| {
        let text = problems.of(SetPasswordField::Link).map(words::problem_text);
        view! {
            <div class="notice notice--error" role="alert">
                <Icon name="circle-alert" />
                <div class="notice__text">
                    {text.unwrap_or_else(|| tr!("problem.dead_password_link"))}
                </div>
            </div>
        }
    });
    view! {
        <PageTitle text=tr!("set_password.title") />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">{tr!("set_password.title")}</h1>
                {form.is_some().then(|| view! { <p class="gate__sub">{tr!("set_password.sub")}</p> })}
            </div>
            {over}
            {form}
        </Gate>
    }
}

#[component]
fn Form(
    typed: SetPasswordTyped,
    holder: String,
    problems: Problems<SetPasswordField>,
) -> impl IntoView {
    let wrong = |field| refused(problems.of(field));
    view! {
        <form method="post" action="/password" class="stack" novalidate>
            <input type="hidden" name="secret" value=typed.secret />
            <Field id="user-id" label=tr!("user.user_id")>
                // Not sent: whose password it is, the link says.
                <input class="input" id="user-id" readonly autocomplete="username" value=holder />
            </Field>
            <NewPassword
                label=tr!("set_password.password")
                again_label=tr!("setup.password_again")
                wrong=wrong(SetPasswordField::Password)
                again_wrong=wrong(SetPasswordField::PasswordAgain)
            />
            <button class="button button--primary button--wide" type="submit">
                {tr!("set_password.action")}
            </button>
        </form>
    }
}
