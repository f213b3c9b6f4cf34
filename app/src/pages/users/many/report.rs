//! What could not be done, person by person, ready to be copied.

use domain::many::{Became, Outcome, Reason};
use leptos::{prelude::*, task::spawn_local};

use super::acts::{Acts, Told};
use crate::{
    browser,
    components::{dialog::Dialog, icon::Icon, page::user_path},
    i18n::tr,
    words,
};

/// The dialog, until it was read.
#[component]
pub(super) fn ReportDialog(acts: Acts) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(acts.told.with(Option::is_some)));
    view! {
        <Dialog id="many-report" title=tr!("many.report_title") open>
            {move || acts.told.get().map(|told| view! { <Read told open acts /> })}
        </Dialog>
    }
}

#[component]
fn Read(told: Told, open: RwSignal<bool>, acts: Acts) -> impl IntoView {
    let Told { text, refused, undo } = told;
    let lines: Vec<String> = refused.iter().map(line).collect();
    let copied = RwSignal::new(false);
    let undo = (!undo.is_empty()).then(|| {
        view! {
            <button
                class="button"
                type="button"
                on:click=move |_| {
                    open.set(false);
                    acts.take_back(undo.clone());
                }
            >
                <Icon name="rotate-ccw" />
                {tr!("toast.undo")}
            </button>
        }
    });
    view! {
        <div class="dialog__body">
            <p>{text}</p>
            <Refused outcomes=refused />
        </div>
        <footer class="dialog__foot">
            <p class="visually-hidden" role="status">
                {move || copied.get().then(|| tr!("many.copied"))}
            </p>
            <button
                class="button"
                type="button"
                on:click=move |_| {
                    let lines = lines.join("\n");
                    spawn_local(async move {
                        let done = browser::copied(&lines).await;
                        copied.try_set(done);
                    });
                }
            >
                {move || {
                    if copied.get() {
                        view! {
                            <Icon name="check" />
                            {tr!("many.copied")}
                        }
                            .into_any()
                    } else {
                        view! {
                            <Icon name="copy" />
                            {tr!("many.copy")}
                        }
                            .into_any()
                    }
                }}
            </button>
            {undo}
            <button class="button button--primary" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.close")}
            </button>
        </footer>
    }
}

/// Those to whom it wasn't done, each with the reason.
#[component]
pub(super) fn Refused(outcomes: Vec<Outcome>) -> impl IntoView {
    let row = |it: Outcome| {
        let name = match &it.nickname {
            Some(nickname) => view! {
                <a href=user_path(it.user_id.as_str())>
                    <bdi>{nickname.to_string()}</bdi>
                </a>
                " "
                <bdi class="quiet">{it.user_id.to_string()}</bdi>
            }
            .into_any(),
            None => view! { <bdi>{it.user_id.to_string()}</bdi> }.into_any(),
        };
        view! {
            <li class="reasons__row">
                <p>{name}</p>
                <p class="quiet">{reason(it.became)}</p>
            </li>
        }
    };
    // Scrolled by keyboard as well.
    view! {
        <ul class="reasons" tabindex="0" aria-label=tr!("many.refused_list")>
            {outcomes.into_iter().map(row).collect_view()}
        </ul>
    }
}

fn line(outcome: &Outcome) -> String {
    let nickname = outcome.nickname.as_ref().map(ToString::to_string).unwrap_or_default();
    [outcome.user_id.to_string(), nickname, reason(outcome.became)].join("\t")
}

/// Why nothing was done, in words.
fn reason(became: Became) -> String {
    let Became::Refused(reason) = became else { return String::new() };
    match reason {
        Reason::NotFound => tr!("many.not_found"),
        Reason::HasRole(role) => tr!("many.has_role", role = words::role(role)),
        Reason::Changed => tr!("many.was_changed"),
        Reason::OwnsRooms => tr!("many.owns_rooms"),
        Reason::UnfitOwner => tr!("many.unfit_owner"),
        Reason::TakesRooms => tr!("many.takes_rooms"),
    }
}
