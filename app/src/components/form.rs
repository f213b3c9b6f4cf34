//! What the forms share: they post to their own page, with a script or without, and show what the
//! server refuses beside the field.

use std::future::Future;

use domain::{Problem, Problems, form::FormReply};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::{
    field::Wrong, icon::Icon, notice::WarningNotice, state::FailureNotice, toast::Toaster,
};
use crate::{
    browser::submit::{self, Answer, Encoding},
    error::AppError,
    i18n::tr,
    latest::kept_up,
    live::{Line, Live},
    words,
};

/// The state of a form whose fields are `F`: what is wrong, and whether it is under way.
#[derive(Debug)]
pub(crate) struct FormState<F: Send + Sync + 'static> {
    /// What the server, or the form itself at the last attempt, refused.
    pub(crate) problems: RwSignal<Problems<F>>,
    /// Why the form could not be sent at all.
    pub(crate) failure: RwSignal<Option<AppError>>,
    /// How much has been sent, from 0 to 1, while the form is under way.
    pub(crate) progress: RwSignal<Option<f64>>,
}

impl<F: Send + Sync + 'static> Clone for FormState<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Send + Sync + 'static> Copy for FormState<F> {}

impl<F> FormState<F>
where
    F: Copy + PartialEq + Send + Sync + DeserializeOwned + 'static,
{
    /// A form with the problems with which it was rendered.
    pub(crate) fn new(problems: Problems<F>) -> Self {
        Self {
            problems: RwSignal::new(problems),
            failure: RwSignal::new(None),
            progress: RwSignal::new(None),
        }
    }

    /// Whether the form is under way.
    pub(crate) fn busy(self) -> bool {
        self.progress.with(Option::is_some)
    }

    /// Whether the last attempt left something wrong with a field.
    pub(crate) fn is_wrong(self, field: F) -> bool {
        self.problems.with(|it| it.of(field).is_some())
    }

    /// What the form edits, as it is now: as it was served, and anew when the form was refused since
    /// somebody else has changed it, which `edition` stands for. `acts` counts what was done, so that
    /// the history is told anew as well.
    pub(crate) fn subject<T, A>(
        self,
        edition: F,
        acts: RwSignal<u32>,
        served: T,
        ask: impl Fn() -> A + 'static,
    ) -> Signal<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
        A: Future<Output = Result<T, AppError>> + 'static,
    {
        let refused = RwSignal::new(0_u64);
        Effect::new(move |before: Option<()>| {
            if self.is_wrong(edition) && before.is_some() {
                refused.update(|it| *it += 1);
                acts.update(|it| *it += 1);
            }
        });
        kept_up(served, refused.into(), ask)
    }

    /// What is wrong with a field: what is typed now, else what the last attempt left.
    ///
    /// `typed` says what is wrong with what is typed now; `None` before anything was typed.
    pub(crate) fn wrong(
        self,
        field: F,
        typed: impl Fn() -> Option<Result<(), Problem>> + Send + Sync + 'static,
    ) -> Wrong {
        Signal::derive(move || {
            let problem = match typed() {
                Some(Err(problem)) => Some(problem),
                Some(Ok(())) => None,
                None => self.problems.with(|it| it.of(field).cloned()),
            };
            problem.map(words::problem)
        })
    }

    /// What is wrong with a text by a rule that this page knows, else what the last attempt left: that
    /// stands until something else is typed.
    pub(crate) fn wrong_until_typed(
        self,
        field: F,
        typed: RwSignal<String>,
        check: impl Fn(&str) -> Option<Problem> + Send + Sync + 'static,
    ) -> Wrong {
        Effect::new(move |before: Option<String>| {
            let now = typed.get();
            if before.is_some_and(|it| it != now) {
                self.problems.update(|it| it.clear(field));
            }
            now
        });
        self.wrong(field, move || typed.with(|it| check(it)).map(Err))
    }

    /// Sends the form as its elements stand and follows the answer; without a connection, as soon as
    /// there is one, unless the page is left before. `then` is called with the path at which what was
    /// made is to be seen.
    pub(crate) fn send(
        self,
        path: String,
        data: FormData,
        encoding: Encoding,
        then: impl Fn(String) + 'static,
    ) {
        self.failure.set(None);
        self.progress.set(Some(0.0));
        self.follow(submit::send(path, data, encoding, self.progress), Box::new(then));
    }

    /// Waits for the answer. Compiled once for each enum of fields, whatever comes then.
    fn follow(
        self,
        sending: impl Future<Output = Result<Answer, AppError>> + 'static,
        then: Box<dyn Fn(String)>,
    ) {
        spawn_local(async move {
            let answer = sending.await;
            // The page may be gone by now; then nobody waits for the answer.
            if self.progress.try_set(None).is_some() {
                return;
            }
            match answer.and_then(|it| it.read::<FormReply<F>>()) {
                Ok(FormReply::Done { location }) => then(location),
                Ok(FormReply::Refused(problems)) => {
                    self.problems.set(problems);
                    submit::focus_first_invalid();
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// A submit handler that sends the form to `path` and then goes where the answer says.
    pub(crate) fn on_submit(
        self,
        path: impl Fn() -> String + 'static,
        encoding: Encoding,
        amend: impl Fn(&FormData) + 'static,
    ) -> impl Fn(SubmitEvent) + 'static {
        self.on_submit_saying(path, encoding, amend, None)
    }

    /// As [`on_submit`](Self::on_submit), and says that it is done.
    pub(crate) fn on_submit_saying(
        self,
        path: impl Fn() -> String + 'static,
        encoding: Encoding,
        amend: impl Fn(&FormData) + 'static,
        done: Option<String>,
    ) -> impl Fn(SubmitEvent) + 'static {
        let (navigate, toaster) = (use_navigate(), use_context::<Toaster>());
        move |event: SubmitEvent| {
            event.prevent_default();
            if self.busy() {
                return;
            }
            let Some(data) = form_data(&event) else { return };
            amend(&data);
            let (navigate, done) = (navigate.clone(), done.clone());
            self.send(path(), data, encoding, move |location| {
                if let (Some(toaster), Some(done)) = (toaster, &done) {
                    toaster.show(done.clone(), None);
                }
                navigate(&location, leptos_router::NavigateOptions::default());
            });
        }
    }
}

/// What the submitted form holds, with the button that was pressed.
pub(crate) fn form_data(event: &SubmitEvent) -> Option<FormData> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    if let Some(button) = event.submitter() {
        let name = button.get_attribute("name").unwrap_or_default();
        if !name.is_empty() {
            let value = button.get_attribute("value").unwrap_or_default();
            data.append_with_str(&name, &value).ok()?;
        }
    }
    Some(data)
}

/// The button that sends the form: says what will happen, and turns while it does.
#[component]
pub(crate) fn SubmitButton(
    /// What will happen.
    label: String,
    /// Whether it is happening.
    #[prop(into)]
    busy: Signal<bool>,
    /// Further classes.
    #[prop(default = "button--primary")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button
            class=format!("button {class}")
            type="submit"
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
        >
            {move || busy.get().then(|| view! { <Icon name="loader-circle" class="spinner" /> })}
            {label}
        </button>
    }
}

/// Why the form could not be sent at all, or that it waits until it can be; above its buttons.
#[component]
pub(crate) fn SendFailure(
    /// Why it could not be sent.
    failure: RwSignal<Option<AppError>>,
    /// How much of it has been sent, while it is under way.
    progress: RwSignal<Option<f64>>,
) -> impl IntoView {
    let line = use_context::<Live>().map(|it| it.line);
    let waits = Memo::new(move |_| {
        progress.with(Option::is_some) && line.is_some_and(|it| it.get() == Line::Down)
    });
    move || {
        let notice = match failure.get() {
            Some(error) => view! { <FailureNotice error /> }.into_any(),
            None if waits.get() => {
                let (title, text) = (tr!("line.waits"), tr!("line.waits_text"));
                view! { <WarningNotice icon="wifi-off" title text /> }.into_any()
            }
            None => return None,
        };
        Some(view! { <div class="card__section">{notice}</div> })
    }
}
