//! Moments: in UTC as they are served, and in the reader's own zone and language once the page lives.

use domain::Timestamp;
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;

use super::school_moment::zone_of_reader;
use crate::{browser, i18n::locale};

/// A moment, to the minute.
#[component]
pub(crate) fn Moment(at: Timestamp) -> impl IntoView {
    let text = RwSignal::new(at.to_utc_text());
    // Only once the page lives: until then what is shown must be what was served.
    Effect::new(move |_| {
        if let Some(local) = written(&Date::new(&at.to_rfc3339().into())) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_rfc3339()>{text}</time> }
}

/// A moment as the browser writes it in the reader's zone, in the language of the page.
pub(crate) fn written(moment: &Date) -> Option<String> {
    written_in(moment, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

fn written_in(moment: &Date, styles: &[(&str, &str)]) -> Option<String> {
    let options = Object::new();
    for (part, style) in styles {
        Reflect::set(&options, &(*part).into(), &(*style).into()).ok()?;
    }
    moment.to_locale_string(locale().as_str(), &options).as_string()
}

/// The time of day, for what is only there once the page lives: in the reader's zone, in UTC elsewhere.
/// Of another day than `now`, with the date.
pub(crate) fn time_of_day(at: Timestamp, now: Timestamp) -> String {
    let local = || {
        let (moment, now): (Date, Date) =
            [at, now].map(|it| Date::new(&it.to_rfc3339().into())).into();
        let same_day = moment.to_date_string() == now.to_date_string();
        if same_day { written_in(&moment, &[("timeStyle", "short")]) } else { written(&moment) }
    };
    let in_utc = || at.to_utc_text().split(' ').nth(1).map(ToOwned::to_owned);
    if browser::is_here() { local() } else { in_utc() }.unwrap_or_default()
}

/// The same with its zone: for what is told by the clocks of another one elsewhere.
pub(super) fn time_and_zone(at: Timestamp, now: Timestamp) -> String {
    let zone = if browser::is_here() { zone_of_reader() } else { Some("UTC".to_owned()) };
    let time = time_of_day(at, now);
    zone.map_or_else(|| time.clone(), |zone| format!("{time} ({zone})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_says_by_which_clock_it_goes() {
        let nine = Timestamp::from_micros(9 * 3_600 * 1_000_000);
        assert_eq!(time_and_zone(nine, nine), "09:00 (UTC)");
    }
}
