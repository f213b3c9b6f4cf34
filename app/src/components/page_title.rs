//! The title of the document.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::browser;

/// Gives the document the title of a page, also while that changes.
///
/// In the browser the page that was built last says it: leptos_meta would keep the title of each page that was
/// visited. On the server leptos_meta puts it into the head, which may be sent when the page is done with.
#[component]
pub(crate) fn PageTitle(
    /// What the page is about; empty while that isn't known.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    if is_server() {
        let text = browser::raw_text(titled(&text.get_untracked()));
        // Draws nothing: it tells the head as soon as it is called.
        let _ = view! { <Title text /> };
    }
    Effect::new(move |_| document().set_title(&text.with(|it| titled(it))));
}

/// The title of a page that is about that.
fn titled(about: &str) -> String {
    if about.is_empty() { "Rollcall".to_owned() } else { format!("{about} · Rollcall") }
}
