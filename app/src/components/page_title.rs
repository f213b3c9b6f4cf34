//! The title of a document that changes while it is looked at.

use leptos::prelude::*;
use leptos_meta::Title;

/// The title of the document. The server asks for it when it sends the head, which may be after the page is
/// done with: what it is asked for belongs to no page.
#[component]
pub(crate) fn PageTitle(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let shown = ArcRwSignal::new(text.get_untracked());
    let changing = shown.clone();
    Effect::new(move |_| changing.set(text.get()));
    view! { <Title text=move || shown.get() /> }
}
