//! A labelled field with its hint and what is wrong with it.

use leptos::prelude::*;

use super::icon::Icon;
use crate::{browser, i18n::tr};

/// What is wrong with a field, as a view with the way out, if anything is.
pub(crate) type Wrong = Signal<Option<ViewFn>>;

/// Label, control, error and hint. The control is given as children and wears `id` itself.
#[component]
pub(crate) fn Field(
    /// The id of the control.
    id: &'static str,
    /// The label.
    label: String,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What helps to fill it in.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
    /// What is wrong.
    #[prop(optional, into)]
    wrong: Option<Wrong>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let invalid = move || wrong.is_some_and(|it| it.with(Option::is_some));
    view! {
        <div class="field" class:field--invalid=invalid>
            <label class="field__label" for=id>
                {label}
                {optional
                    .then(|| {
                        view! {
                            " "
                            <span class="field__optional">{tr!("field.optional")}</span>
                        }
                    })}
            </label>
            {children()}
            <FieldError id wrong />
            {hint
                .map(|hint| {
                    view! {
                        <p class="field__hint" id=format!("{id}-hint")>
                            {hint}
                        </p>
                    }
                })}
        </div>
    }
}

/// What is wrong with a field: `{id}-error`, where the control's `aria-describedby` finds it.
#[component]
pub(crate) fn FieldError(id: &'static str, wrong: Option<Wrong>) -> impl IntoView {
    move || {
        wrong.and_then(|it| it.get()).map(|text| {
            view! {
                <p class="field__error" id=format!("{id}-error")>
                    <Icon name="circle-alert" />
                    <span>{text.run()}</span>
                </p>
            }
        })
    }
}

/// The ids that describe a control: its error where there is one, and its hint.
pub(crate) fn described_by(
    id: &'static str,
    hint: bool,
    wrong: Wrong,
) -> impl Fn() -> Option<String> {
    move || {
        let error = wrong.with(Option::is_some).then(|| format!("{id}-error"));
        let hint = hint.then(|| format!("{id}-hint"));
        match (error, hint) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (error, hint) => error.or(hint),
        }
    }
}

/// A single line of text that somebody types.
#[component]
pub(crate) fn TextField(
    /// The id of the control.
    id: &'static str,
    /// The name under which it is sent.
    name: &'static str,
    /// The label.
    label: String,
    /// What stands in it.
    value: RwSignal<String>,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong.
    wrong: Wrong,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether this holds an identifier, which is not to be corrected or capitalised.
    #[prop(optional)]
    identifier: bool,
) -> impl IntoView {
    browser::take_over(&format!("#{id}"), move |typed| value.set(typed));
    let describe = described_by(id, hint.is_some(), wrong);
    view! {
        <Field id label optional hint wrong>
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value.get_untracked()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                required=!optional
                dir=if identifier { None } else { Some("auto") }
                autocomplete=autocomplete
                autocapitalize=if identifier { "none" } else { "sentences" }
                spellcheck=if identifier { Some("false") } else { None }
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=describe
            />
        </Field>
    }
}
