//! Moments: in UTC as they are served, and in the reader's own zone and language once the page lives.

use domain::Timestamp;
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;

use crate::i18n::locale;

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
    let options = Object::new();
    for (part, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &part.into(), &style.into()).ok()?;
    }
    moment.to_locale_string(locale().as_str(), &options).as_string()
}
