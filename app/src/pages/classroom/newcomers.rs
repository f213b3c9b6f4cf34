//! Those who wait for a Host to let them in.

use domain::classroom::{Act, Capability, Newcomer};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{people::focus_list, state::Classroom};
use crate::{
    browser,
    i18n::{count, number, tr},
};

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

/// How many wait, on what leads to the list; nothing while nobody does.
#[component]
pub(super) fn NewcomersCount() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let waiting = Memo::new(move |_| {
        let waiting = classroom.numbers.get().newcomers.unwrap_or_default();
        Some(waiting).filter(|it| *it > 0 && classroom.may(Capability::Admit))
    });
    move || {
        waiting.get().map(|it| {
            view! {
                " "
                <span class="newcomers-count">
                    <span aria-hidden="true">{number(it.into())}</span>
                    <span class="visually-hidden">{count!("classroom.wait", it)}</span>
                </span>
            }
        })
    }
}

#[component]
fn OneOf(newcomer: Newcomer) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let who = newcomer.id;
    let name = newcomer.nickname;
    let button = |class: &'static str, label: String, named: String, yes: bool| {
        let same = format!("[data-admits={yes}]");
        let answer = move |event: web_sys::MouseEvent| {
            let button = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
            if button.is_some_and(|it| !browser::moves_on(&it, ".newcomers", &same)) {
                focus_list();
            }
            classroom.ask(Act::Admit { who, yes });
        };
        view! {
            <button
                class=format!("button button--small {class}")
                type="button"
                aria-label=named
                data-admits=yes.to_string()
                on:click=answer
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
