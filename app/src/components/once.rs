//! What tells one page with a form from another, so that a form that is sent twice, or again after its
//! answer was lost, is carried out once.

use leptos::prelude::*;

/// Names the page that is being rendered. The server provides it as context.
#[derive(Clone, Debug)]
pub(crate) struct PageId(pub(crate) String);

/// The field that goes into such a form.
#[component]
pub(crate) fn Once() -> impl IntoView {
    let here = SharedValue::new(|| use_context::<PageId>().map(|it| it.0)).into_inner();
    // A page that the browser makes by itself names itself. The server keeps those of different people
    // apart.
    let token =
        here.unwrap_or_else(|| format!("{}{}", js_sys::Math::random(), js_sys::Math::random()));
    view! { <input type="hidden" name="once" value=token /> }
}
