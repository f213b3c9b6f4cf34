//! The dialogs about one link: to hand it over, to make it anew, and until when it is valid.

use domain::{
    Problem, Timestamp,
    entry_link::{EntryLink, Expiry, LinkStanding},
    local_time::LocalTime,
    room::WindowProblem,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::SubmitEvent;

use super::{Desk, LinkOf};
use crate::{
    browser,
    components::{
        copy_field::CopyField,
        dialog::Dialog,
        field::{Field, Wrong, described_by},
        layout::failed,
        notice::WarningNotice,
        qr_code::QrCode,
        school_moment::{SchoolMoment, SchoolZone},
        state::SkeletonLine,
    },
    error::AppError,
    functions::links::{self, ShownLink},
    i18n::tr,
    latest::latest,
    live::delivered,
    viewer::Viewer,
    words,
};

/// The dialogs, each made for the link that it is about.
#[component]
pub(crate) fn Dialogs(desk: Desk) -> impl IntoView {
    let shown = move || {
        let (of, shown) = desk.shown.of.get()?;
        let open = desk.shown.open;
        Some(view! {
            <Dialog id="entry-link" title=of.title() small=true open>
                <Shown shown=shown.clone() open />
            </Dialog>
        })
    };
    let renewing = move || {
        let (of, open) = (desk.renewing.of.get()?, desk.renewing.open);
        let title = tr!("links.renew_title", link = of.in_words());
        Some(view! {
            <Dialog id="renew-link" title small=true open>
                <Renew of=of.clone() open desk />
            </Dialog>
        })
    };
    let expiring = move || {
        let (of, open) = (desk.expiring.of.get()?, desk.expiring.open);
        let title = tr!("links.expires_title", link = of.in_words());
        Some(view! {
            <Dialog id="link-expiry" title small=true open>
                <Expires of=of.clone() open desk />
            </Dialog>
        })
    };
    view! {
        {shown}
        {renewing}
        {expiring}
    }
}

/// The link, to be handed over.
#[component]
fn Shown(shown: ShownLink, open: RwSignal<bool>) -> impl IntoView {
    let ShownLink { link, address, code } = shown;
    view! {
        <div class="dialog__body">
            <Standing link />
            <CopyField label=tr!("links.address") text=address />
            {code.map(|code| view! { <QrCode code label=tr!("links.code_of") /> })}
            <p class="quiet">{tr!("links.keys")}</p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.close")}
            </button>
        </footer>
    }
}

/// What is to be known of a link that leads nowhere, or not for good.
#[component]
pub(super) fn Standing(link: EntryLink) -> impl IntoView {
    match (link.standing, link.expires) {
        (LinkStanding::Revoked, _) => view! {
            <WarningNotice
                icon="ban"
                title=tr!("links.is_revoked")
                text=tr!("links.is_revoked_text")
            />
        }
        .into_any(),
        (LinkStanding::Expired, _) => view! {
            <WarningNotice
                icon="clock"
                title=tr!("links.is_expired")
                text=tr!("links.is_expired_text")
            />
        }
        .into_any(),
        (LinkStanding::Valid, Some(at)) => view! { <ValidUntil at /> }.into_any(),
        (LinkStanding::Valid, None) => ().into_any(),
    }
}

#[component]
fn ValidUntil(at: Timestamp) -> impl IntoView {
    let time = view! { <SchoolMoment at /> }.into_any();
    let until = words::around(&tr!("links.until", time = words::HERE), time);
    view! { <p class="quiet">{until} " " <SchoolZone /></p> }
}

/// Asks before a link is made anew.
#[component]
fn Renew(of: LinkOf, open: RwSignal<bool>, desk: Desk) -> impl IntoView {
    view! {
        <div class="dialog__body">
            <p>{tr!("links.renew_text")}</p>
            <p class="quiet">{tr!("links.renew_then")}</p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.cancel")}
            </button>
            <button
                class="button button--danger"
                type="button"
                on:click=move |_| {
                    open.set(false);
                    desk.renew(of.clone());
                }
            >
                {tr!("links.renew")}
            </button>
        </footer>
    }
}

/// What gets the focus in the dialog about an expiry.
const FIRST_CHOICE: &str = "#link-expiry input";

/// Which expiry is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Never,
    Day,
    Week,
    On,
}

impl Choice {
    const ALL: [Self; 4] = [Self::Never, Self::Day, Self::Week, Self::On];

    fn label(self) -> String {
        match self {
            Self::Never => tr!("links.never"),
            Self::Day => tr!("links.in_a_day"),
            Self::Week => tr!("links.in_a_week"),
            Self::On => tr!("links.on"),
        }
    }

    /// What was chosen, with the time that was typed.
    fn expiry(self, typed: &str) -> Result<Expiry, Problem> {
        Ok(match self {
            Self::Never => Expiry::Never,
            Self::Day => Expiry::InDays(1),
            Self::Week => Expiry::InDays(7),
            Self::On => {
                let no_time = Problem::Window(WindowProblem::NoTime);
                Expiry::On(LocalTime::parse(typed).ok_or(no_time)?)
            }
        })
    }
}

/// Asks until when a link is to be valid, once it is known until when it is: undoing puts that back.
#[component]
fn Expires(of: LinkOf, open: RwSignal<bool>, desk: Desk) -> impl IntoView {
    let (room, user_id, standing) = (desk.room.get_value(), of.user_id.clone(), of.standing);
    let asked = latest(
        || Some(()),
        move |()| {
            let (room, user_id) = (room.clone(), user_id.clone());
            async move { delivered(|| links::standing(room.clone(), user_id.clone())).await }
        },
    );
    let answer = move || asked.get().map(|it| it.1);
    Effect::new(move |_| match answer() {
        // The row of the link may be gone by now.
        Some(Ok(now)) => {
            standing.try_set(now);
        }
        Some(Err(error)) => {
            open.set(false);
            failed(&error, desk.toaster);
        }
        None => {}
    });
    move || {
        if let Some(Ok(now)) = answer() {
            return view! { <SetExpiry of=of.clone() now open desk /> }.into_any();
        }
        let known = standing.try_get_untracked().flatten();
        view! { <ExpiryAwaited known open /> }.into_any()
    }
}

/// The shape of the question, with what the page knows of the link already.
#[component]
fn ExpiryAwaited(known: Option<EntryLink>, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="dialog__body">
            {known.map(|link| view! { <Standing link /> })}
            <div role="status">
                <SkeletonLine />
            </div>
            <p class="quiet">{tr!("links.expires_text")}</p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.cancel")}
            </button>
        </footer>
    }
}

#[component]
fn SetExpiry(
    of: LinkOf,
    /// How the link stands.
    now: Option<EntryLink>,
    open: RwSignal<bool>,
    desk: Desk,
) -> impl IntoView {
    // The button that had the focus went with what stood here before.
    Effect::new(|_| request_animation_frame(|| browser::focus(FIRST_CHOICE)));
    let before = now.as_ref().and_then(|it| it.expires);
    let chosen = RwSignal::new(if before.is_some() { Choice::On } else { Choice::Never });
    let (typed, problem) = (RwSignal::new(String::new()), RwSignal::new(None::<Problem>));
    let set = move |event: SubmitEvent| {
        event.prevent_default();
        let expiry = match chosen.get_untracked().expiry(&typed.get_untracked()) {
            Ok(expiry) => expiry,
            Err(wrong) => {
                problem.set(Some(wrong));
                return;
            }
        };
        let (of, room) = (of.clone(), desk.room.get_value());
        spawn_local(async move {
            let set =
                delivered(|| links::expire(room.clone(), of.user_id.clone(), expiry.clone())).await;
            match set {
                Ok(link) => {
                    let text = tr!("links.expiry_set", link = of.in_words());
                    of.standing.try_set(Some(link));
                    open.try_set(false);
                    let undo = Callback::new(move |()| desk.restore(of.clone(), before));
                    desk.toaster.show(text, Some(undo));
                }
                Err(AppError::Refused(wrong)) if chosen.try_get_untracked() == Some(Choice::On) => {
                    problem.try_set(Some(wrong));
                }
                Err(error) => failed(&error, desk.toaster),
            }
        });
    };
    view! {
        <form on:submit=set>
            <div class="dialog__body">
                {now.map(|link| view! { <Standing link /> })}
                <Choices chosen />
                <Show when=move || chosen.get() == Choice::On>
                    <Until typed problem />
                </Show>
                <p class="quiet">{tr!("links.expires_text")}</p>
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <button class="button button--primary">{tr!("links.set_expiry")}</button>
            </footer>
        </form>
    }
}

#[component]
fn Choices(chosen: RwSignal<Choice>) -> impl IntoView {
    let choice = move |it: Choice| {
        view! {
            <label class="choice choice--slim">
                <input
                    class="choice__input"
                    type="radio"
                    name="expiry"
                    prop:checked=move || chosen.get() == it
                    on:change=move |_| chosen.set(it)
                />
                <span class="choice__title">{it.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="visually-hidden">{tr!("links.expires")}</legend>
            <div class="choice-pairs">{Choice::ALL.map(choice).collect_view()}</div>
        </fieldset>
    }
}

/// A day and a time, by the school's clocks.
#[component]
fn Until(typed: RwSignal<String>, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    const ID: &str = "expires-on";
    let zone = expect_context::<Viewer>().zone;
    let wrong: Wrong = Signal::derive(move || problem.get().map(words::problem));
    view! {
        <Field id=ID label=tr!("links.on_label") hint=tr!("limits.window_hint", zone = zone) wrong>
            <input
                class="input"
                id=ID
                type="datetime-local"
                required
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    problem.set(None);
                }
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=described_by(ID, true, wrong)
            />
        </Field>
    }
}
