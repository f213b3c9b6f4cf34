//! `/design`: every component in every state, with made-up data. Served by development builds only, and
//! without a script, so that no browser downloads it.

mod accounts;
mod classroom;
mod classroom_parts;
mod controls;
mod data;
mod editing;
mod fields;
mod lists;
mod log;
mod offer;
mod pickers;
mod states;

use leptos::prelude::*;

use super::still;
use crate::Assets;

/// The sections, by the name of their anchor.
const SECTIONS: [(&str, &str); 26] = [
    ("buttons", "Buttons"),
    ("menus", "Menus"),
    ("dialogs", "Dialogs"),
    ("toasts", "Toasts"),
    ("notices", "Notices"),
    ("fields", "Fields"),
    ("upload", "Profile image"),
    ("choices", "Choices"),
    ("pills", "Pills and chips"),
    ("avatars", "Avatars"),
    ("limits", "Limits and owner"),
    ("lists", "Lists"),
    ("chosen", "Chosen in a list"),
    ("finder", "Comboboxes"),
    ("picker", "The picker"),
    ("answers", "Can they enter?"),
    ("history", "History"),
    ("log", "Audit log"),
    ("meanwhile", "Changed meanwhile"),
    ("passwords", "Passwords"),
    ("links", "One-time links"),
    ("signed-in", "Devices"),
    ("consequences", "Consequences"),
    ("states", "Instead of content"),
    ("classroom", "The classroom"),
    ("classroom-parts", "Parts of the classroom"),
];

/// The document. Reads the same context as [`shell`](crate::shell()).
pub fn design_document() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    let styles = vec![assets.classroom_style, assets.design_style];
    still::document("Design".to_owned(), styles, page)
}

fn page() -> AnyView {
    let anchor = |(id, title): (&'static str, &'static str)| {
        view! {
            <li>
                <a href=format!("#{id}")>{title}</a>
            </li>
        }
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">"Design"</h1>
                    <p class="page-head__sub">"Every component in every state"</p>
                </div>
            </div>
            <nav class="design__sections" aria-label="Sections">
                <ul class="row">{SECTIONS.map(anchor).collect_view()}</ul>
            </nav>
            <controls::Controls />
            <fields::Fields />
            <editing::LimitsAndOwner />
            <lists::Lists />
            <pickers::Pickers />
            <states::States />
            <classroom::Classrooms />
            <classroom_parts::Parts />
        </main>
    }
    .into_any()
}

/// A part of the page with its anchor.
#[component]
fn Section(id: &'static str, children: Children) -> impl IntoView {
    let title = SECTIONS.iter().find(|it| it.0 == id).map(|it| it.1);
    let heading = format!("{id}-section");
    let labelled_by = heading.clone();
    view! {
        <section class="design__section" id=id aria-labelledby=labelled_by>
            <h2 class="page-head__title" id=heading>
                {title}
            </h2>
            {children()}
        </section>
    }
}

/// One state, under its name.
#[component]
fn Specimen(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="design__specimen">
            <p class="design__name">{name}</p>
            {children()}
        </div>
    }
}
