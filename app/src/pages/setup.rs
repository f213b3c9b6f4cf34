//! `/setup`: creates the first Admin, for whoever holds the one-time link.

use domain::{Nickname, Password, Problem, Problems, UserId, sign_in::SetupField};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::sign_in::Gate;
use crate::{
    browser::{self, submit::Encoding},
    components::{
        field::TextField,
        form::{FormState, SendFailure, SubmitButton, form_data},
        icon::Icon,
    },
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
        <Title text=tr!("setup.title") />
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
    let form = FormState::<SetupField>::new(problems);
    let user_id = RwSignal::new(typed.user_id);
    let nickname = RwSignal::new(typed.nickname);
    let password = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let typed_or = |value: RwSignal<String>, check: fn(&str) -> Result<(), Problem>| {
        move || {
            let text = value.get();
            (!text.is_empty()).then(|| check(&text))
        }
    };
    let user_id_wrong =
        form.wrong(SetupField::UserId, typed_or(user_id, |it| UserId::parse(it).map(drop)));
    let nickname_wrong =
        form.wrong(SetupField::Nickname, typed_or(nickname, |it| Nickname::parse(it).map(drop)));
    let password_wrong = form.wrong(SetupField::Password, move || {
        let text = password.get();
        let id = UserId::parse(&user_id.get()).ok();
        (!text.is_empty()).then(|| Password::parse(&text, id.as_ref()).map(drop))
    });
    let again_wrong = form.wrong(SetupField::PasswordAgain, move || {
        let text = again.get();
        // While it is still being typed, the beginning is right.
        let right = password.with(|it| it.starts_with(&text));
        (!text.is_empty() && !right).then_some(Err(Problem::Differs))
    });
    let link_dead = move || form.problems.with(|it| it.of(SetupField::Link).cloned());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        form.send("/setup".to_owned(), data, Encoding::UrlEncoded, |to| browser::load(&to));
    };
    view! {
        <form method="post" action="/setup" class="stack" novalidate on:submit=on_submit>
            <input type="hidden" name="secret" value=typed.secret />
            {move || {
                link_dead()
                    .map(|problem| {
                        view! {
                            <div class="notice notice--error" role="alert">
                                <Icon name="circle-alert" />
                                <div class="notice__text">{words::problem_text(&problem)}</div>
                            </div>
                        }
                    })
            }}
            <TextField
                id="user-id"
                name="user_id"
                label=tr!("user.user_id")
                value=user_id
                hint=tr!("user.user_id_hint")
                identifier=true
                autocomplete="username"
                wrong=user_id_wrong
            />
            <TextField
                id="nickname"
                name="nickname"
                label=tr!("user.nickname")
                value=nickname
                optional=true
                hint=tr!("user.nickname_hint")
                wrong=nickname_wrong
            />
            <TextField
                id="password"
                name="password"
                label=tr!("sign_in.password")
                value=password
                hint=tr!("setup.password_hint")
                kind="password"
                identifier=true
                autocomplete="new-password"
                wrong=password_wrong
            />
            <TextField
                id="password-again"
                name="password_again"
                label=tr!("setup.password_again")
                value=again
                kind="password"
                identifier=true
                autocomplete="new-password"
                wrong=again_wrong
            />
            <SendFailure failure=form.failure />
            <SubmitButton
                label=tr!("setup.action")
                busy=Signal::derive(move || form.busy())
                class="button--primary button--wide"
            />
        </form>
    }
}
