//! The fields that limit a room: how many may be in, how long, and when.

use domain::{
    Problem,
    room::{Capacity, LimitsForm, RoomField, TimeLimit},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlInputElement};

use super::{
    field::{Field, FieldError, Wrong, described_by},
    form::FormState,
    icon::Icon,
    meanwhile::Difference,
};
use crate::{browser, i18n::tr, viewer::Viewer, words};

/// What stands in the fields.
#[derive(Clone, Copy)]
pub(crate) struct LimitsFields {
    capacity: RwSignal<String>,
    time_limit: RwSignal<String>,
    opens: RwSignal<String>,
    closes: RwSignal<String>,
}

impl LimitsFields {
    /// Fields filled with what was typed before, or with nothing.
    pub(crate) fn new(form: &LimitsForm) -> Self {
        Self {
            capacity: RwSignal::new(form.capacity.clone()),
            time_limit: RwSignal::new(form.time_limit.clone()),
            opens: RwSignal::new(form.opens.clone()),
            closes: RwSignal::new(form.closes.clone()),
        }
    }

    /// The same with the capacity that whoever fills them in may give at most, where nothing is typed.
    pub(crate) fn with_at_most(self, capacity: Option<u32>) -> Self {
        if let Some(most) = capacity.filter(|_| self.capacity.with_untracked(String::is_empty)) {
            self.capacity.set(most.to_string());
        }
        self
    }

    /// Where these fields differ from others.
    pub(crate) fn differences(self, theirs: Self) -> [Option<Difference>; 4] {
        [
            (tr!("limits.capacity"), self.capacity, theirs.capacity),
            (tr!("limits.time_limit"), self.time_limit, theirs.time_limit),
            (tr!("limits.opens"), self.opens, theirs.opens),
            (tr!("limits.closes"), self.closes, theirs.closes),
        ]
        .map(|(label, mine, theirs)| Difference::between(label, mine, theirs, |it| it))
    }

    /// What is typed now.
    fn typed(self) -> LimitsForm {
        LimitsForm {
            capacity: self.capacity.get(),
            time_limit: self.time_limit.get(),
            opens: self.opens.get(),
            closes: self.closes.get(),
        }
    }
}

/// Puts into the form that a time was only half given: browsers send such a field as an empty one.
pub(crate) fn tell_half_times(data: &FormData) {
    for name in ["opens", "closes"] {
        let input = document().get_element_by_id(name).and_then(|it| it.dyn_into().ok());
        if input.is_some_and(|it: HtmlInputElement| it.validity().bad_input()) {
            // Fails for no text.
            let _ = data.set_with_str(name, "?");
        }
    }
}

/// The section with the fields; folded away where nothing is limited.
#[component]
pub(crate) fn Limits(fields: LimitsFields, form: FormState<RoomField>) -> impl IntoView {
    let of_limits =
        [RoomField::Capacity, RoomField::TimeLimit, RoomField::Opens, RoomField::Closes];
    let refused = move || form.problems.with(|it| of_limits.iter().any(|of| it.of(*of).is_some()));
    let open = RwSignal::new(untrack(|| !fields.typed().is_empty() || refused()));
    // Stays open once it was: nobody wants a section folded away under their hands.
    Effect::new(move |_| {
        if refused() {
            open.set(true);
        }
    });
    let capacity_wrong = form.wrong_until_typed(RoomField::Capacity, fields.capacity, |typed| {
        Capacity::parse(typed).err()
    });
    let time_wrong = form.wrong_until_typed(RoomField::TimeLimit, fields.time_limit, |typed| {
        TimeLimit::parse(typed).err()
    });
    let reading = move || {
        let typed = TimeLimit::parse(&fields.time_limit.get()).ok().flatten();
        typed.filter(|it| it.get() > 60).map(|it| format!("= {}. ", words::duration(it.get())))
    };
    view! {
        <div class="card__section">
            <details class="more" open=move || open.get()>
                <summary class="more__button">
                    <Icon name="chevron-right" />
                    {tr!("limits.title")}
                    " "
                    <span class="field__optional">{tr!("field.optional")}</span>
                </summary>
                <div class="field-rows">
                    <div class="field-row">
                        <NumberField
                            id="capacity"
                            label=tr!("limits.capacity")
                            value=fields.capacity
                            hint=tr!("limits.capacity_hint")
                            wrong=capacity_wrong
                        />
                        <NumberField
                            id="time_limit"
                            label=tr!("limits.time_limit")
                            value=fields.time_limit
                            reading=Signal::derive(reading)
                            hint=tr!("limits.time_limit_hint")
                            wrong=time_wrong
                        />
                    </div>
                    <Window fields form />
                </div>
            </details>
        </div>
    }
}

/// From when and until when, by the school's clocks.
#[component]
fn Window(fields: LimitsFields, form: FormState<RoomField>) -> impl IntoView {
    let zone = expect_context::<Viewer>().zone;
    let opens_wrong =
        form.wrong_until_typed(RoomField::Opens, fields.opens, move |typed| window(typed, "").0);
    let closes_wrong = form.wrong_until_typed(RoomField::Closes, fields.closes, move |typed| {
        window(&fields.opens.get(), typed).1
    });
    view! {
        <fieldset class="field">
            <legend class="field__label">{tr!("limits.window")}</legend>
            <div class="field-row">
                <TimeField
                    id="opens"
                    label=tr!("limits.opens")
                    value=fields.opens
                    wrong=opens_wrong
                />
                <TimeField
                    id="closes"
                    label=tr!("limits.closes")
                    value=fields.closes
                    wrong=closes_wrong
                />
            </div>
            <p class="field__hint" id="window-hint">
                {tr!("limits.window_hint", zone = zone)}
            </p>
        </fieldset>
    }
}

/// What is wrong with the ends of a window, as far as it can be told without the school's clocks.
fn window(opens: &str, closes: &str) -> (Option<Problem>, Option<Problem>) {
    let typed =
        LimitsForm { opens: opens.to_owned(), closes: closes.to_owned(), ..LimitsForm::default() };
    let (opens, closes) = typed.window();
    (opens.err(), closes.err())
}

/// A whole number.
#[component]
fn NumberField(
    id: &'static str,
    label: String,
    value: RwSignal<String>,
    /// How the number reads.
    #[prop(optional, into)]
    reading: Signal<Option<String>>,
    hint: String,
    wrong: Wrong,
) -> impl IntoView {
    browser::take_over(&format!("#{id}"), move |typed| value.set(typed));
    let describe = described_by(id, true, wrong);
    view! {
        <Field id label wrong>
            <input
                class="input"
                id=id
                name=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                value=value.get_untracked()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=describe
            />
            <p class="field__hint" id=format!("{id}-hint")>
                {reading}
                {hint}
            </p>
        </Field>
    }
}

/// A day and a time. The hint below describes both.
#[component]
fn TimeField(
    id: &'static str,
    label: String,
    value: RwSignal<String>,
    wrong: Wrong,
) -> impl IntoView {
    browser::take_over(&format!("#{id}"), move |typed| value.set(typed));
    let describe = move || {
        let error = wrong.with(Option::is_some).then(|| format!("{id}-error "));
        format!("{}window-hint", error.unwrap_or_default())
    };
    view! {
        <div class="field" class:field--invalid=move || wrong.with(Option::is_some)>
            <label class="field__sub" for=id>
                {label}
            </label>
            <input
                class="input"
                id=id
                name=id
                type="datetime-local"
                value=value.get_untracked()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=describe
            />
            <FieldError id wrong=Some(wrong) />
        </div>
    }
}
