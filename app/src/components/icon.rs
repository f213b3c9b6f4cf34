//! Icons from the sprite that every page shares.

use leptos::prelude::*;

use crate::{Assets, browser};

/// An icon by its name in `style/icons.txt`. Always beside words, so it is hidden from readers.
#[component]
pub(crate) fn Icon(
    /// The icon's name.
    name: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let sprite = browser::icons_of_document()
        .or_else(|| use_context::<Assets>().map(|it| it.icons.to_owned()))
        .unwrap_or_default();
    view! {
        <svg class=format!("icon {class}") aria-hidden="true">
            <use href=format!("{sprite}#{name}")></use>
        </svg>
    }
}
