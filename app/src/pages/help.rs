//! `/help/…`: what a page is for, how to use it, and what to watch out for.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    components::answer::{Answer, Place},
    functions::help::{Article, CameFrom, article_about},
};

/// One article.
#[component]
pub(crate) fn HelpPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let topic = Memo::new(move |_| params.with(|it| it.get("topic").unwrap_or_default()));
    let from = Memo::new(move |_| {
        query.with(|it| match it.get("apart") {
            Some(_) => CameFrom::Form,
            None => CameFrom::Page(it.get("from").unwrap_or_default()),
        })
    });
    let article = Resource::new_blocking(
        move || (topic.get(), from.get()),
        |(topic, from)| article_about(topic, from),
    );
    let show = |article: Article| {
        view! {
            <Title text=article.title />
            <main class="page page--form" id="main" tabindex="-1" inner_html=article.html></main>
        }
        .into_any()
    };
    view! { <Answer of=article show place=Place::Page /> }
}
