//! `/sign-in`: the door of the console. The browser sends the form by itself: no script runs here.

use domain::{Problem, Problems, sign_in::SignInField};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use crate::{
    components::{
        field::{TextField, Wrong},
        layout::{Brand, LocaleSwitch},
        notice::JustDone,
        page_title::PageTitle,
    },
    i18n::tr,
    submission::{SignInTyped, submitted},
    words,
};

/// The sign-in form.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (typed, problems) = submitted().unwrap_or_else(|| {
        let asked = |name| use_query_map().with_untracked(|it| it.get(name).unwrap_or_default());
        (SignInTyped { user_id: asked("user_id"), next: asked("next") }, Problems::default())
    });
    let SignInTyped { user_id, next } = typed;
    let wrong = move |field| refused(problems.of(field));
    view! {
        <PageTitle text=tr!("sign_in.title") />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">{tr!("sign_in.title")}</h1>
                <p class="gate__sub">{tr!("sign_in.sub")}</p>
            </div>
            <JustDone said=password_set />
            <form method="post" action="/sign-in" class="stack" novalidate>
                <input type="hidden" name="next" value=next />
                <TextField
                    id="user-id"
                    name="user_id"
                    label=tr!("user.user_id")
                    value=RwSignal::new(user_id)
                    identifier=true
                    autocomplete="username"
                    wrong=wrong(SignInField::UserId)
                />
                <TextField
                    id="password"
                    name="password"
                    label=tr!("sign_in.password")
                    value=RwSignal::default()
                    kind="password"
                    identifier=true
                    autocomplete="current-password"
                    wrong=wrong(SignInField::Password)
                />
                <button class="button button--primary button--wide" type="submit">
                    {tr!("sign_in.action")}
                </button>
            </form>
            <p class="gate__note">{tr!("sign_in.forgot")}</p>
        </Gate>
    }
}

fn password_set(query: &ParamsMap) -> Option<String> {
    query.get("password-set").map(|_| tr!("sign_in.password_set"))
}

/// What was wrong with a field of the form, as it was sent.
pub(super) fn refused(problem: Option<&Problem>) -> Wrong {
    Signal::stored(problem.cloned().map(words::problem))
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
