//! The time zone of the school: typed or chosen, with what its clocks show now.

use domain::{
    Problem, Timestamp,
    settings::{SettingsField, ZoneName},
};
use leptos::prelude::*;

use crate::{
    browser,
    components::{
        field::{Field, Wrong, described_by},
        form::FormState,
    },
    i18n::tr,
};

/// The time zone, with what its clocks show now.
#[component]
pub(super) fn ZoneField(
    zones: Vec<(ZoneName, i32)>,
    now: Timestamp,
    typed: String,
    form: FormState<SettingsField>,
) -> impl IntoView {
    const ID: &str = "time_zone";
    let value = RwSignal::new(typed);
    browser::take_over("#time_zone", move |typed| value.set(typed));
    let zones = StoredValue::new(zones);
    let minutes = move |typed: &str| {
        let typed = typed.trim();
        let of = |all: &Vec<(ZoneName, i32)>| {
            all.iter().find(|it| it.0.as_str().eq_ignore_ascii_case(typed)).map(|it| it.1)
        };
        zones.with_value(of)
    };
    let wrong =
        form.wrong_until_typed(SettingsField::TimeZone, value, |it| ZoneName::parse(it).err());
    // The general words for what isn't among the choices would not say how these look.
    let wrong: Wrong = Signal::derive(move || {
        let refused = form.problems.with(|it| it.of(SettingsField::TimeZone).cloned());
        let choice = value.with(|it| ZoneName::parse(it).err()).or(refused);
        match choice {
            Some(Problem::Choice) => {
                let text = tr!("settings.unknown_zone");
                Some(ViewFn::from(move || text.clone()))
            }
            _ => wrong.get(),
        }
    });
    let there = move || {
        value.with(|it| minutes(it)).map(|minutes| {
            let (time, offset) = (clock(now, minutes), offset(minutes));
            format!("{} ", tr!("settings.time_there", time = time, offset = offset))
        })
    };
    let options = zones.with_value(|all| {
        all.iter()
            .map(|(name, minutes)| {
                let label = format!("{} · {}", clock(now, *minutes), offset(*minutes));
                view! { <option value=name.to_string()>{label}</option> }
            })
            .collect_view()
    });
    view! {
        <Field id=ID label=tr!("settings.time_zone") wrong>
            <input
                class="input"
                id=ID
                name=ID
                list="time-zones"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                required
                value=value.get_untracked()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                aria-describedby=described_by(ID, true, wrong)
            />
            <datalist id="time-zones">{options}</datalist>
            <p class="field__hint" id="time_zone-hint">
                {there}
                {tr!("settings.time_zone_hint")}
            </p>
        </Field>
    }
}

/// What clocks that are so many minutes before UTC show now, such as `17:21`.
fn clock(now: Timestamp, minutes: i32) -> String {
    let there = now.plus_seconds(i64::from(minutes) * 60).to_rfc3339();
    there.get(11..16).unwrap_or_default().to_owned()
}

/// By how much clocks are before or behind UTC, such as `UTC+09:00`.
fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    let minutes = minutes.abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
