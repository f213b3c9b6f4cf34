//! How a user with a console role can sign in, and the one-time link by which they set a password.

use domain::{Timestamp, UserId, UserSummary, account::SignIn};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{
        copy_field::CopyField, dialog::Dialog, icon::Icon, layout::failed, moment::Moment,
        notice::WarningNotice, qr_code::QrCode, toast::Toaster,
    },
    functions::users::{self, PasswordLink},
    i18n::tr,
    latest::latest,
    live::delivered,
    words,
};

/// Whether they have a password, whether a link waits, and the button that makes one.
#[component]
pub(super) fn SignInCard(
    user: UserSummary,
    /// As it was served, where they had a role then.
    served: Option<SignIn>,
    /// Says when it may differ.
    changes: Signal<u64>,
) -> impl IntoView {
    let user_id = user.user_id.clone();
    let now = kept_from(served, changes, user_id);
    let (link, open) = (RwSignal::new(None::<PasswordLink>), RwSignal::new(false));
    let (busy, toaster) = (RwSignal::new(false), expect_context::<Toaster>());
    let of = user.user_id.clone();
    let make = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let of = of.clone();
        spawn_local(async move {
            let answer = delivered(|| users::make_password_link(of.clone())).await;
            // The page may be gone by now.
            busy.try_set(false);
            match answer {
                Ok(new) => {
                    link.try_set(Some(new));
                    open.try_set(true);
                }
                Err(error) => failed(&error, toaster),
            }
        });
    };
    let title = tr!("password_link.title", nickname = user.nickname);
    view! {
        <section class="card" aria-labelledby="sign-in-card">
            <div class="card__section">
                <h2 class="card__title" id="sign-in-card">
                    {tr!("password_link.card")}
                </h2>
                {move || now.get().map(state)}
                <button
                    class="button only-with-script"
                    type="button"
                    aria-busy=move || busy.get().then_some("true")
                    on:click=make
                >
                    <Icon name="link" />
                    {tr!("password_link.make")}
                </button>
            </div>
        </section>
        <Dialog id="password-link" title small=true open>
            {move || link.get().map(|link| view! { <Made link open /> })}
        </Dialog>
    }
}

/// As it was served, and anew whenever it may differ; asked for at once where they got their role since.
fn kept_from(
    served: Option<SignIn>,
    changes: Signal<u64>,
    user_id: UserId,
) -> Signal<Option<SignIn>> {
    let served_at = changes.get_untracked();
    let question = move || Some(changes.get()).filter(|it| served.is_none() || *it != served_at);
    let answer = latest(question, move |_| users::details(user_id.to_string()));
    Memo::new(move |last: Option<&Option<SignIn>>| {
        answer.with(|it| match it {
            Some((_, Ok(now))) => now.sign_in,
            _ => last.copied().unwrap_or(served),
        })
    })
    .into()
}

/// What is so now, and what to do next.
pub(crate) fn state(now: SignIn) -> AnyView {
    match now {
        SignIn { password: false, link_until: None } => {
            let (title, text) = (tr!("password_link.none"), tr!("password_link.none_text"));
            view! { <WarningNotice icon="key-round" title text /> }.into_any()
        }
        SignIn { password, link_until } => {
            let text =
                if password { tr!("password_link.has_one") } else { tr!("password_link.none") };
            view! {
                <p>{text}</p>
                {link_until
                    .map(|until| {
                        let waits = tr!("password_link.waits", moment = words::HERE);
                        view! { <p class="quiet">{around_moment(&waits, until)}</p> }
                    })}
            }
            .into_any()
        }
    }
}

fn around_moment(text: &str, at: Timestamp) -> AnyView {
    words::around(text, view! { <Moment at /> }.into_any())
}

/// The link, shown this once.
#[component]
pub(crate) fn Made(link: PasswordLink, open: RwSignal<bool>) -> impl IntoView {
    let PasswordLink { address, until, code } = link;
    let valid = tr!("password_link.until", moment = words::HERE);
    view! {
        <div class="dialog__body">
            <p>{tr!("password_link.text")}</p>
            <CopyField label=tr!("password_link.address") text=address />
            {code.map(|code| view! { <QrCode code label=tr!("password_link.code") /> })}
            <p class="quiet">{around_moment(&valid, until)}</p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.close")}
            </button>
        </footer>
    }
}
