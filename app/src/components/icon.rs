//! Icons from the sprite that every page shares.

use leptos::prelude::*;

/// An icon by its name in `style/icons.txt`. Always beside words, so it is hidden from readers.
#[component]
pub(crate) fn Icon(
    /// The icon's name.
    name: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! { <span class=format!("icon icon--{name} {class}") aria-hidden="true"></span> }
}
