//! `/account`: one's own password, and where one is signed in. The browser sends the forms by itself:
//! each of them may end the session that this page goes by.

pub(crate) mod devices;

use domain::{Problems, account::ChangePasswordField};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use self::devices::Devices;
use super::sign_in::refused;
use crate::{
    components::{
        field::TextField, new_password::NewPassword, notice::JustDone, page::TaskHead,
        page_title::PageTitle,
    },
    functions::account,
    i18n::tr,
    live::Live,
    submission::submitted,
    viewer::Viewer,
};

/// The page of one's own account.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let devices = Resource::new_blocking(|| (), |()| account::devices());
    let problems = submitted::<(), _>().map(|it| it.1).unwrap_or_default();
    let title = tr!("account.title");
    view! {
        <PageTitle text=title.clone() />
        <main class="page page--form" id="main" tabindex="-1">
            <TaskHead back="/".to_owned() back_label=tr!("failure.home") title />
            <div class="stack">
                <JustDone said=done />
                <PasswordForm problems />
                <Devices devices />
            </div>
        </main>
    }
}

fn done(query: &ParamsMap) -> Option<String> {
    if query.get("changed").is_some() {
        Some(tr!("account.was_changed"))
    } else {
        query.get("signed-out").map(|_| tr!("account.was_signed_out"))
    }
}

/// The session may end with what is sent: then nobody wonders why the page hears nothing any more.
fn leaving() -> impl Fn(leptos::ev::SubmitEvent) + Copy {
    let live = use_context::<Live>();
    move |_| {
        if let Some(live) = live {
            live.leave();
        }
    }
}

#[component]
fn PasswordForm(problems: Problems<ChangePasswordField>) -> impl IntoView {
    let wrong = |field| refused(problems.of(field));
    let user_id = use_context::<Viewer>().map(|it| it.user.user_id.to_string());
    view! {
        <form class="card" method="post" action="/account" novalidate on:submit=leaving()>
            <div class="card__section">
                <h2 class="card__title">{tr!("account.password")}</h2>
                <p class="quiet">{tr!("account.password_text")}</p>
                // For password managers; not sent.
                <input
                    class="visually-hidden"
                    aria-label=tr!("user.user_id")
                    tabindex="-1"
                    readonly
                    autocomplete="username"
                    value=user_id
                />
                <TextField
                    id="old"
                    name="old"
                    label=tr!("account.old")
                    value=RwSignal::default()
                    kind="password"
                    identifier=true
                    autocomplete="current-password"
                    wrong=wrong(ChangePasswordField::Old)
                />
                <NewPassword
                    label=tr!("set_password.password")
                    again_label=tr!("account.password_again")
                    wrong=wrong(ChangePasswordField::Password)
                    again_wrong=wrong(ChangePasswordField::PasswordAgain)
                />
            </div>
            <footer class="form-footer">
                <p class="form-footer__summary"></p>
                <button class="button button--primary" type="submit">
                    {tr!("account.change")}
                </button>
            </footer>
        </form>
    }
}
