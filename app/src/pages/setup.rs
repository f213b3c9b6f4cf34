//! `/setup`: creates the first Admin, for whoever holds the one-time link. The browser sends the form by
//! itself: no script runs here.

use domain::{Problems, sign_in::SetupField};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::sign_in::{Gate, refused};
use crate::{
    components::{field::TextField, icon::Icon, new_password::NewPassword, page_title::PageTitle},
    i18n::tr,
    submission::{SetupTyped, submitted},
    words,
};

/// The form that creates the first Admin.
#[component]
pub(crate) fn SetupPage() -> impl IntoView {
    let (typed, problems) = submitted().unwrap_or_else(|| {
        let secret = use_query_map().with_untracked(|it| it.get("secret").unwrap_or_default());
        (SetupTyped { secret, ..SetupTyped::default() }, Problems::default())
    });
    let dead = typed.secret.is_empty();
    view! {
        <PageTitle text=tr!("setup.title") />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">{tr!("setup.title")}</h1>
                <p class="gate__sub">
                    {if dead { tr!("setup.no_link") } else { tr!("setup.sub") }}
                </p>
            </div>
            {(!dead).then(|| view! { <Form typed problems /> })}
        </Gate>
    }
}

#[component]
fn Form(typed: SetupTyped, problems: Problems<SetupField>) -> impl IntoView {
    let wrong = |field| refused(problems.of(field));
    let link_dead = problems.of(SetupField::Link).map(|problem| {
        view! {
            <div class="notice notice--error" role="alert">
                <Icon name="circle-alert" />
                <div class="notice__text">{words::problem_text(problem)}</div>
            </div>
        }
    });
    view! {
        <form method="post" action="/setup" class="stack" novalidate>
            <input type="hidden" name="secret" value=typed.secret />
            {link_dead}
            <TextField
                id="user-id"
                name="user_id"
                label=tr!("user.user_id")
                value=RwSignal::new(typed.user_id)
                hint=tr!("user.user_id_hint")
                identifier=true
                autocomplete="username"
                wrong=wrong(SetupField::UserId)
            />
            <TextField
                id="nickname"
                name="nickname"
                label=tr!("user.nickname")
                value=RwSignal::new(typed.nickname)
                optional=true
                hint=tr!("user.nickname_hint")
                wrong=wrong(SetupField::Nickname)
            />
            <NewPassword
                label=tr!("sign_in.password")
                again_label=tr!("setup.password_again")
                wrong=wrong(SetupField::Password)
                again_wrong=wrong(SetupField::PasswordAgain)
            />
            <button class="button button--primary button--wide" type="submit">
                {tr!("setup.action")}
            </button>
        </form>
    }
}
