//! What a form says whose subject others have changed since it was filled in: what they did, where it
//! differs from what stands in the form, and that it is up to whoever reads it.

use domain::{Newest, Timestamp, history::Event};
use leptos::{html, prelude::*};

use super::{
    answer::{Answer, Place},
    history::Told,
    icon::Icon,
};
use crate::{error::AppError, i18n::tr};

/// A field in which what stands in the form is not what holds by now.
#[derive(Clone)]
pub(crate) struct Difference {
    /// What the field is called.
    pub(crate) label: String,
    /// What holds by now.
    pub(crate) now: String,
    /// Puts that into the field.
    pub(crate) take: Callback<()>,
}

impl Difference {
    /// Between a field of the form and the same of what holds by now; none where they are the same.
    pub(crate) fn between<T: Clone + PartialEq + Send + Sync + 'static>(
        label: String,
        mine: RwSignal<T>,
        theirs: RwSignal<T>,
        in_words: impl Fn(T) -> String,
    ) -> Option<Self> {
        let (typed, now) = (mine.get(), theirs.get_untracked());
        if typed == now {
            return None;
        }
        let words = Some(in_words(now.clone())).filter(|it| !it.is_empty());
        let take = Callback::new(move |()| mine.set(now.clone()));
        Some(Self { label, now: words.unwrap_or_else(|| "–".to_owned()), take })
    }
}

/// The notice above such a form.
#[component]
pub(crate) fn Meanwhile(
    /// What was done, newest first.
    history: Resource<Result<Newest<Event>, AppError>>,
    /// What was done since then is told.
    since: Timestamp,
    /// Where the form differs from what holds by now.
    differences: Signal<Vec<Difference>>,
) -> impl IntoView {
    let told = move |newest: Newest<Event>| {
        let since = newest.rows.into_iter().filter(|it| it.at >= since);
        view! { <ol class="history">{since.map(|event| view! { <Told event /> }).collect_view()}</ol> }
            .into_any()
    };
    // It stands above the form, and whoever sent that looks at its end.
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(notice) = notice.get() {
            // Fails for elements that can't have the focus; this one can.
            let _ = notice.focus();
        }
    });
    view! {
        <div class="card__section">
            <div class="notice notice--warning" role="alert" tabindex="-1" node_ref=notice>
                <Icon name="triangle-alert" />
                <div class="notice__text">
                    <strong>{tr!("meanwhile.title")}</strong>
                    " "
                    {tr!("meanwhile.text")}
                    <Answer of=history show=told place=Place::Line />
                    <ul class="differences">
                        {move || differences.get().into_iter().map(differs).collect_view()}
                    </ul>
                </div>
            </div>
        </div>
    }
}

fn differs(Difference { label, now, take }: Difference) -> impl IntoView {
    view! {
        <li class="differences__one">
            <span>
                {tr!("meanwhile.now", field = label)} " " <strong>{now}</strong>
            </span>
            <button
                class="button button--small only-with-script"
                type="button"
                on:click=move |_| take.run(())
            >
                {tr!("meanwhile.take")}
            </button>
        </li>
    }
}
