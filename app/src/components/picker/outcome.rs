//! What came of choosing many at once: how many were added, who was left out and why, and which User
//! IDs nobody has, ready to copy.

use domain::UserSummary;
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{Choice, Purpose, choice::TakenIn, offer::WhyNot};
use crate::{
    components::{icon::Icon, toast::Toaster},
    i18n::{count, number, tr},
    words,
};

/// What becomes of a list or a group.
#[derive(Clone, PartialEq)]
pub(super) enum Outcome {
    /// It is being looked up.
    Asking,
    /// It is longer than what is taken at once.
    TooMany,
    /// It was taken in, out of that group or from a list.
    Done(Option<String>, TakenIn),
}

impl Outcome {
    /// The gist of it.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Asking => tr!("picker.looking_up"),
            Self::TooMany => {
                let max = i64::try_from(Choice::MAX).unwrap_or(i64::MAX);
                tr!("picker.list_too_long", max = number(max))
            }
            Self::Done(None, taken) => added(taken),
            Self::Done(Some(group), taken) => format!("{group}: {}", added(taken)),
        }
    }

    fn look(&self) -> (&'static str, &'static str) {
        match self {
            Self::Asking => ("notice notice--info", "loader-circle"),
            Self::TooMany => ("notice notice--error", "circle-alert"),
            Self::Done(_, taken) if taken.is_whole() && taken.added == 0 => {
                ("notice notice--info", "info")
            }
            Self::Done(_, taken) if taken.is_whole() => ("notice notice--success", "circle-check"),
            Self::Done(..) => ("notice notice--warning", "triangle-alert"),
        }
    }
}

impl TakenIn {
    fn is_whole(&self) -> bool {
        self.left_out.is_empty() && self.unknown.is_empty() && !self.more
    }
}

fn added(taken: &TakenIn) -> String {
    match taken.added {
        0 => tr!("picker.nobody_added"),
        added => count!("picker.said_added", added),
    }
}

/// The notice.
#[component]
pub(super) fn OutcomeNotice(
    outcome: RwSignal<Option<Outcome>>,
    purpose: Purpose,
    /// Creates the user of that User ID.
    on_create: Callback<String>,
) -> impl IntoView {
    move || {
        outcome.get().map(|it| {
            let (class, icon) = it.look();
            let title = it.title();
            let asking = it == Outcome::Asking;
            let more = match it {
                Outcome::Done(_, taken) => view! { <Details taken purpose on_create /> }.into_any(),
                Outcome::Asking | Outcome::TooMany => ().into_any(),
            };
            view! {
                <div class=class aria-busy=asking.then_some("true")>
                    <Icon name=icon class=if asking { "spinner" } else { "" } />
                    <div class="notice__text">
                        <strong>{title}</strong>
                        {more}
                    </div>
                    {(!asking)
                        .then(|| {
                            view! {
                                <button
                                    class="button button--quiet button--small button--icon"
                                    type="button"
                                    aria-label=tr!("picker.dismiss")
                                    on:click=move |_| outcome.set(None)
                                >
                                    <Icon name="x" />
                                </button>
                            }
                        })}
                </div>
            }
        })
    }
}

#[component]
fn Details(taken: TakenIn, purpose: Purpose, on_create: Callback<String>) -> impl IntoView {
    let TakenIn { left_out, unknown, more, .. } = taken;
    let group = more.then(|| {
        let max = i64::try_from(Choice::MAX).unwrap_or(i64::MAX);
        view! { <li>{tr!("picker.group_too_large", max = number(max))}</li> }
    });
    let reasons = left_out.into_iter().map(|(why, users)| {
        view! { <li>{format!("{}: {}", reason(why, purpose, users.len()), names(&users))}</li> }
    });
    view! {
        <ul class="outcome">{reasons.collect_view()} {group}</ul>
        {(!unknown.is_empty()).then(|| view! { <Unknown unknown on_create /> })}
    }
}

fn reason(why: WhyNot, purpose: Purpose, users: usize) -> String {
    let users = number(i64::try_from(users).unwrap_or(i64::MAX));
    format!("{} ({users})", why.words(purpose))
}

fn names(users: &[UserSummary]) -> String {
    let name =
        |it: &UserSummary| tr!("history.person", nickname = it.nickname, user_id = it.user_id);
    words::listed(users, name)
}

/// The User IDs that nobody has.
#[component]
fn Unknown(unknown: Vec<String>, on_create: Callback<String>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let field = NodeRef::<html::Textarea>::new();
    let all = u32::try_from(unknown.len()).unwrap_or(u32::MAX);
    let first = unknown.first().cloned().unwrap_or_default();
    let create = tr!("picker.create_named", term = first);
    let rows = unknown.len().clamp(1, 5).to_string();
    let text = unknown.join("\n");
    let copied = text.clone();
    view! {
        <div class="outcome__unknown">
            <label for="unknown">{count!("picker.not_found", all)}</label>
            <textarea class="input" id="unknown" rows=rows readonly node_ref=field prop:value=text></textarea>
            <div class="outcome__actions">
                <button
                    class="button button--small"
                    type="button"
                    on:click=move |_| copy(copied.clone(), field, toaster)
                >
                    <Icon name="copy" />
                    {tr!("picker.copy")}
                </button>
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| on_create.run(first.clone())
                >
                    <Icon name="plus" />
                    {create}
                </button>
            </div>
        </div>
    }
}

/// Puts a text onto the clipboard. Where the browser refuses, as it does without TLS, the text is
/// marked, so that a key copies it.
fn copy(text: String, field: NodeRef<html::Textarea>, toaster: Toaster) {
    if let Some(field) = field.get_untracked() {
        field.select();
    }
    let clipboard = window().navigator().clipboard();
    spawn_local(async move {
        let offered = !wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined();
        let copied = offered && JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        toaster.show(if copied { tr!("picker.copied") } else { tr!("picker.copy_by_key") }, None);
    });
}
