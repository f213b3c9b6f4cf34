//! `/help/…`: short articles with a picture. Written out on the server and served without a script, so
//! that no page downloads their texts or drawings.

mod classroom_drawings;
mod console_drawings;
mod drawings;
mod pencil;
mod topics;

use http::request::Parts;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use self::topics::Topic;
use super::still;
use crate::{
    Assets, components::icon::Icon, i18n::text, routes::is_for_teachers, viewer::is_admin,
};

/// Where all articles are.
const FOLDER: &str = "/help/";

/// Where a reader came from.
enum CameFrom {
    /// A form, which is still open in another tab.
    Form,
    /// The page of that path; empty if nobody knows which.
    Page(String),
}

/// Whether there is an article of that name.
#[must_use]
pub fn is_help_topic(slug: &str) -> bool {
    topic_of(slug).is_some()
}

fn topic_of(slug: &str) -> Option<&'static Topic> {
    topics::all().find(|it| it.slug == slug)
}

/// The topic in the address.
fn asked_for() -> Option<&'static Topic> {
    let parts = use_context::<Parts>()?;
    topic_of(parts.uri.path().strip_prefix(FOLDER)?)
}

/// The document with the article that the address names. Reads the same context as
/// [`shell`](crate::shell()).
pub fn help_document() -> impl IntoView {
    let title = asked_for().map(|it| text(it.title, &[])).unwrap_or_default();
    still::document(title, vec![use_context::<Assets>().unwrap_or_default().help_style], page)
}

fn page() -> AnyView {
    let Some(topic) = asked_for() else { return ().into_any() };
    let query = use_query_map().get_untracked();
    let from = match query.get("apart") {
        Some(_) => CameFrom::Form,
        None => CameFrom::Page(query.get("from").unwrap_or_default()),
    };
    view! {
        <main class="page page--form" id="main" tabindex="-1">
            <div class="help">
                {way_back(topic, &from)}
                <h1 class="page-head__title">{text(topic.title, &[])}</h1>
                <p class="help__lead">{text(topic.lead, &[])}</p>
                <article class="card">
                    <figure class="help__picture">
                        {(topic.picture)(text(topic.alternative, &[]))}
                    </figure>
                    {sections(topic)}
                </article>
                {read_on(topic, &from)}
            </div>
        </main>
    }
    .into_any()
}

/// Back to the page, or word that it is still open where the help has a tab of its own.
fn way_back(topic: &Topic, from: &CameFrom) -> AnyView {
    match from {
        CameFrom::Form => view! { <p class="help__back">{text("help.apart", &[])}</p> }.into_any(),
        CameFrom::Page(path) => {
            let back = if path.is_empty() { topic.home.to_owned() } else { on_this_site(path) };
            view! {
                <p class="help__back">
                    <a href=back>
                        <Icon name="arrow-left" />
                        {text("help.back", &[])}
                    </a>
                </p>
            }
            .into_any()
        }
    }
}

/// A path that leads nowhere but to this console, whatever was asked for.
fn on_this_site(path: &str) -> String {
    format!("/{}", path.trim_start_matches(|it: char| !it.is_alphanumeric()))
}

fn sections(topic: &Topic) -> impl IntoView + use<> {
    let section = |&(title, texts): &(&'static str, &[&'static str])| {
        let items = texts.iter().map(|it| view! { <li>{text(it, &[])}</li> }).collect_view();
        view! {
            <section class="card__section">
                <h2 class="card__title">{text(title, &[])}</h2>
                <ul class="help__list">{items}</ul>
            </section>
        }
    };
    topic.sections.iter().map(section).collect_view()
}

/// Where to read on, among what is for the reader; the way back stays the same.
fn read_on(topic: &Topic, from: &CameFrom) -> impl IntoView + use<> {
    let query = match from {
        CameFrom::Form => "?apart".to_owned(),
        CameFrom::Page(path) if path.is_empty() => String::new(),
        CameFrom::Page(path) => format!("?from={}", utf8_percent_encode(path, NON_ALPHANUMERIC)),
    };
    let link = |topic: &Topic| {
        let href = format!("{FOLDER}{}{query}", topic.slug);
        view! {
            <li>
                <a href=href>{text(topic.title, &[])}</a>
            </li>
        }
    };
    let admin = is_admin();
    let others = topic.read_on.iter().filter_map(|it| topic_of(it));
    let links = others.filter(|it| admin || for_teachers(it)).map(link).collect_view();
    view! {
        <nav class="help__more" aria-labelledby="help-more">
            <h2 class="card__title" id="help-more">
                {text("help.more", &[])}
            </h2>
            <ul>{links}</ul>
        </nav>
    }
}

/// Whether a topic is about what Teachers do too.
fn for_teachers(topic: &Topic) -> bool {
    is_for_teachers(topic.home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_console() {
        for (asked, leads) in [
            ("/users?search=kim", "/users?search=kim"),
            ("/", "/"),
            ("//evil.example", "/evil.example"),
            ("/\\evil.example", "/evil.example"),
            ("/\t/evil.example", "/evil.example"),
            ("javascript:alert(1)", "/javascript:alert(1)"),
        ] {
            assert_eq!(on_this_site(asked), leads, "{asked}");
        }
    }

    #[test]
    fn every_topic_can_be_reached_from_the_others() {
        for topic in topics::all() {
            assert!(topic.read_on.iter().all(|it| is_help_topic(it)));
            let linked = topics::all().filter(|it| it.read_on.contains(&topic.slug));
            assert!(linked.count() > 0, "{}", topic.slug);
        }
    }

    #[test]
    fn teachers_too_can_read_on_and_reach_all_that_is_for_them() {
        let theirs = || topics::all().filter(|it| for_teachers(it));
        let slugs: Vec<_> = theirs().map(|it| it.slug).collect();
        let rooms = ["rooms", "create-room", "room", "attendance", "permissions"];
        let classroom = ["as-host", "as-guest", "monitoring"];
        assert_eq!(slugs, [&rooms[..], &classroom, &["account", "own-rooms"]].concat());
        for slug in slugs {
            assert!(theirs().any(|it| it.read_on.contains(&slug)), "{slug}");
        }
        assert!(
            theirs().all(|it| it.read_on.iter().any(|it| topic_of(it).is_some_and(for_teachers)))
        );
    }
}
