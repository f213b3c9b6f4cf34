//! `/sign-in`: the door of the console.

use domain::{Problems, sign_in::SignInField};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    browser::{self, submit::Encoding},
    components::{
        field::TextField,
        form::{FormState, SendFailure, SubmitButton, form_data},
        layout::{Brand, LocaleSwitch},
    },
    i18n::tr,
    submission::{SignInTyped, submitted},
};

/// The sign-in form.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (typed, problems) = submitted().unwrap_or_else(|| {
        let next = use_query_map().with_untracked(|it| it.get("next").unwrap_or_default());
        (SignInTyped { user_id: String::new(), next }, Problems::default())
    });
    let SignInTyped { user_id, next } = typed;
    let user_id = RwSignal::new(user_id);
    let password = RwSignal::new(String::new());
    let form = FormState::<SignInField>::new(problems);
    let user_id_wrong = form.wrong(SignInField::UserId, || None);
    let password_wrong = form.wrong(SignInField::Password, || None);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        // The whole page is loaded anew: everything on it depends on who is signed in.
        form.send("/sign-in".to_owned(), data, Encoding::UrlEncoded, |to| browser::load(&to));
    };
    view! {
        <Title text=tr!("sign_in.title") />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">{tr!("sign_in.title")}</h1>
                <p class="gate__sub">{tr!("sign_in.sub")}</p>
            </div>
            <form method="post" action="/sign-in" class="stack" novalidate on:submit=on_submit>
                <input type="hidden" name="next" value=next />
                <TextField
                    id="user-id"
                    name="user_id"
                    label=tr!("user.user_id")
                    value=user_id
                    identifier=true
                    autocomplete="username"
                    wrong=user_id_wrong
                />
                <TextField
                    id="password"
                    name="password"
                    label=tr!("sign_in.password")
                    value=password
                    kind="password"
                    identifier=true
                    autocomplete="current-password"
                    wrong=password_wrong
                />
                <SendFailure failure=form.failure />
                <SubmitButton
                    label=tr!("sign_in.action")
                    busy=Signal::derive(move || form.busy())
                    class="button--primary button--wide"
                />
            </form>
            <p class="gate__note">{tr!("sign_in.forgot")}</p>
        </Gate>
    }
}

/// The frame of the pages outside the console.
#[component]
pub(crate) fn Gate(children: Children) -> impl IntoView {
    view! {
        <main class="gate" id="main" tabindex="-1">
            <div class="gate__brand">
                <Brand />
            </div>
            <section class="card gate__card">{children()}</section>
            <LocaleSwitch class="gate__foot" />
        </main>
    }
}
