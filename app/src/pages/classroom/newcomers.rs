//! Those who wait for a Host to let them in.

use domain::classroom::{Act, Capability, Newcomer};
use leptos::prelude::*;

use super::state::Classroom;
use crate::i18n::{count, tr};

/// The list of them, for those who may let them in; nothing while nobody waits.
#[component]
pub(super) fn Newcomers() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let newcomers = Memo::new(move |_| classroom.view.with(|it| it.scene.newcomers.clone()));
    let shown = move || classroom.may(Capability::Admit) && newcomers.with(|it| !it.is_empty());
    let more = move || {
        let all = classroom.numbers.get().newcomers.unwrap_or_default();
        let shown = newcomers.with(|it| u32::try_from(it.len()).unwrap_or(u32::MAX));
        Some(all.saturating_sub(shown)).filter(|it| *it > 0)
    };
    view! {
        <Show when=shown>
            <section class="newcomers" aria-label=tr!("classroom.newcomers")>
                <h2 class="newcomers__title">{tr!("classroom.newcomers")}</h2>
                <ul>
                    <For
                        each=move || newcomers.get()
                        key=|it| it.id
                        children=move |it| view! { <OneOf newcomer=it /> }
                    />
                </ul>
                {move || more().map(|it| view! { <p class="quiet">{count!("classroom.more_wait", it)}</p> })}
            </section>
        </Show>
    }
}

#[component]
fn OneOf(newcomer: Newcomer) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let who = newcomer.id;
    let name = newcomer.nickname;
    let button = |class: &'static str, label: String, named: String, yes: bool| {
        view! {
            <button
                class=format!("button button--small {class}")
                type="button"
                aria-label=named
                on:click=move |_| classroom.ask(Act::Admit { who, yes })
            >
                {label}
            </button>
        }
    };
    let turn_away = tr!("classroom.turn_away_named", name = name);
    let admit = tr!("classroom.admit_named", name = name);
    view! {
        <li class="newcomers__one">
            <bdi class="person__name">{name}</bdi>
            {button("button--quiet", tr!("classroom.turn_away"), turn_away, false)}
            {button("", tr!("classroom.admit"), admit, true)}
        </li>
    }
}
