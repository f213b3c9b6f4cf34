//! What the drawings are made of: shapes and words in the app's own colours.

use leptos::prelude::*;

use crate::{Assets, i18n::text};

/// The text of that name.
pub(super) fn drawn(name: &'static str) -> String {
    text(name, &[])
}

/// A drawing of that height, named by what it says.
pub(super) fn drawing(alternative: String, height: u32, content: Vec<AnyView>) -> AnyView {
    view! {
        <svg
            class="drawing"
            viewBox=format!("0 0 360 {height}")
            width="360"
            height=height
            role="img"
            aria-label=alternative
        >
            {content}
        </svg>
    }
    .into_any()
}

/// A box with round corners.
pub(super) fn card(at: (i32, i32), size: (i32, i32), class: &'static str) -> AnyView {
    let class = format!("drawing__card {class}");
    view! { <rect class=class x=at.0 y=at.1 width=size.0 height=size.1 rx="8"></rect> }.into_any()
}

/// A word that begins there.
pub(super) fn word(at: (i32, i32), text: String, class: &'static str) -> AnyView {
    let class = format!("drawing__word {class}");
    view! {
        <text class=class x=at.0 y=at.1>
            {text}
        </text>
    }
    .into_any()
}

/// A word around the middle.
pub(super) fn centred(at: (i32, i32), text: String, class: &'static str) -> AnyView {
    let class = format!("drawing__word {class}");
    view! {
        <text class=class x=at.0 y=at.1 text-anchor="middle">
            {text}
        </text>
    }
    .into_any()
}

/// A person: the first letter of their name in a circle of that radius.
pub(super) fn face(at: (i32, i32), radius: i32, name: &str, class: &'static str) -> AnyView {
    let letter = name.chars().next().unwrap_or_default().to_string();
    let class = format!("drawing__face {class}");
    view! {
        <circle class=class cx=at.0 cy=at.1 r=radius></circle>
        {centred((at.0, at.1 + 4), letter, "drawing__word--strong")}
    }
    .into_any()
}

/// An arrow, to the right or down.
pub(super) fn arrow(from: (i32, i32), to: (i32, i32)) -> AnyView {
    let head = if from.1 == to.1 { "m-5 -4 l5 4 l-5 4" } else { "m-4 -5 l4 5 l4 -5" };
    let path = format!("M{} {} L{} {} {head}", from.0, from.1, to.0, to.1);
    view! { <path class="drawing__line" d=path></path> }.into_any()
}

/// A line without a head.
pub(super) fn line(path: &'static str) -> AnyView {
    view! { <path class="drawing__line" d=path></path> }.into_any()
}

/// An icon of the sprite, 14 pixels large.
pub(super) fn icon(at: (i32, i32), name: &'static str, class: &'static str) -> AnyView {
    let sprite = use_context::<Assets>().unwrap_or_default().icons;
    let class = format!("drawing__icon {class}");
    view! {
        <use class=class href=format!("{sprite}#{name}") x=at.0 y=at.1 width="14" height="14"></use>
    }
    .into_any()
}

/// An entry permission.
#[derive(Clone, Copy)]
pub(super) enum Pill {
    Host,
    Guest,
    Monitoring,
}

impl Pill {
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Host => "crown",
            Self::Guest => "user-round",
            Self::Monitoring => "eye",
        }
    }

    pub(super) fn word(self) -> String {
        text(
            match self {
                Self::Host => "permission.host",
                Self::Guest => "permission.guest",
                Self::Monitoring => "permission.monitoring",
            },
            &[],
        )
    }

    fn class(self) -> &'static str {
        match self {
            Self::Host => "drawing__pill--host",
            Self::Guest => "",
            Self::Monitoring => "drawing__pill--monitoring",
        }
    }
}

/// The pill of an entry permission.
pub(super) fn pill(at: (i32, i32), kind: Pill) -> AnyView {
    let class = format!("drawing__pill {}", kind.class());
    view! {
        <g class=class>
            <rect x=at.0 y=at.1 width="92" height="22" rx="11"></rect>
            {icon((at.0 + 7, at.1 + 4), kind.icon(), "")}
            {word((at.0 + 25, at.1 + 15), kind.word(), "drawing__word--small")}
        </g>
    }
    .into_any()
}
