//! What there is help about, and what each article consists of. The texts are in
//! `locales/help.….yml`.

mod classroom;
mod console;
mod school;

use leptos::prelude::AnyView;

/// An article.
pub(super) struct Topic {
    /// Its name in the address.
    pub(super) slug: &'static str,
    /// Where the way back leads whoever came from nowhere: a page that whoever is to read this may open.
    pub(super) home: &'static str,
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    /// What the picture says, in words.
    pub(super) alternative: &'static str,
    /// The picture, named by that text.
    pub(super) picture: fn(String) -> AnyView,
    /// Titles, and what stands below each.
    pub(super) sections: &'static [(&'static str, &'static [&'static str])],
    /// Other topics. Whoever may not open their pages isn't led to them.
    pub(super) read_on: &'static [&'static str],
}

/// Every article.
pub(super) fn all() -> impl Iterator<Item = &'static Topic> {
    school::TOPICS.iter().chain(classroom::TOPICS).chain(console::TOPICS)
}
