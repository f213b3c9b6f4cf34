//! Moments by the school's clocks, whatever the reader's: the zone is named where theirs is another.

use domain::{
    Timestamp,
    local_time::{Clocked, LocalTime},
};
use js_sys::{Date, Intl::DateTimeFormat, Object, Reflect};
use leptos::prelude::*;

use super::moment::time_and_zone;
use crate::{browser, i18n::locale, viewer::Viewer};

/// A moment, to the minute.
#[component]
pub(crate) fn SchoolMoment(
    /// The moment.
    at: Timestamp,
    /// What the school's clocks show then, where the server said it.
    #[prop(optional)]
    shown: Option<LocalTime>,
) -> impl IntoView {
    let zone = expect_context::<Viewer>().zone;
    let served = shown.map(|it| it.as_str().replacen('T', " ", 1));
    let text = RwSignal::new(served.unwrap_or_else(|| at.to_utc_text()));
    // Only once the page lives: until then what is shown must be what was served.
    Effect::new(move |_| {
        if let Some(local) = written(at, &zone, &DAY_AND_TIME) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_rfc3339()>{text}</time> }
}

/// A time of day, to the minute; with the day, where that is another than the day of `than`.
#[component]
pub(crate) fn SchoolTime(
    /// The moment.
    it: Clocked,
    /// The moment that says of which day is spoken; none, where the day is to be said.
    #[prop(optional)]
    than: Option<Clocked>,
) -> impl IntoView {
    let zone = expect_context::<Viewer>().zone;
    let same_day = than.is_some_and(|than| it.is_on_day_of(&than));
    let Clocked { at, shown } = it;
    let served = shown.map(|it| match it.parts() {
        (_, time) if same_day => time.to_owned(),
        (day, time) => format!("{day} {time}"),
    });
    let text = RwSignal::new(served.unwrap_or_else(|| at.to_utc_text()));
    // Only once the page lives, as above.
    Effect::new(move |_| {
        let styles: &[_] = if same_day { &DAY_AND_TIME[1..] } else { &DAY_AND_TIME };
        if let Some(local) = written(at, &zone, styles) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_rfc3339()>{text}</time> }
}

/// A time of day with the zone of the school, for what is only there once the page lives; of another day
/// than `now`, with the date. Where the browser doesn't know that zone, by the reader's clocks, whose zone
/// is named then.
pub(crate) fn named_time(at: Timestamp, now: Timestamp, zone: &str) -> String {
    let shown = |at: Timestamp, styles: &[(&str, &str)]| {
        browser::is_here().then(|| written(at, zone, styles)).flatten()
    };
    let day = |at| shown(at, &DAY_AND_TIME[..1]);
    let same_day = day(at) == day(now);
    let styles = if same_day { &DAY_AND_TIME[1..] } else { &DAY_AND_TIME[..] };
    shown(at, styles).map_or_else(|| time_and_zone(at, now), |time| format!("{time} ({zone})"))
}

/// How a moment is written: the day, and the time of that.
const DAY_AND_TIME: [(&str, &str); 2] = [("dateStyle", "medium"), ("timeStyle", "short")];

/// The zone of the school, where it isn't the reader's.
#[component]
pub(crate) fn SchoolZone() -> impl IntoView {
    let zone = expect_context::<Viewer>().zone;
    let another = RwSignal::new(true);
    let of_school = zone.clone();
    Effect::new(move |_| another.set(zone_of_reader().is_none_or(|it| it != of_school)));
    view! {
        <span class="quiet" hidden=move || !another.get()>
            {zone}
        </span>
    }
}

/// The moment as the browser writes it for that zone, in the language of the page.
fn written(at: Timestamp, zone: &str, styles: &[(&str, &str)]) -> Option<String> {
    let options = Object::new();
    for (part, value) in styles.iter().chain(&[("timeZone", zone)]) {
        Reflect::set(&options, &(*part).into(), &(*value).into()).ok()?;
    }
    // A browser that doesn't know the zone refuses it, so it is asked whether it does.
    let moment = Date::new(&at.to_rfc3339().into());
    let write = Reflect::get(&moment, &"toLocaleString".into()).ok()?;
    let write: js_sys::Function = wasm_bindgen::JsCast::dyn_into(write).ok()?;
    write.call2(&moment, &locale().as_str().into(), &options).ok()?.as_string()
}

/// The zone of the browser.
pub(super) fn zone_of_reader() -> Option<String> {
    let options = DateTimeFormat::default().resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
