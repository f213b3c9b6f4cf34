//! Toasts: what was just done, with a way to undo it where there is one.

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::tr;

/// How long a toast stays; long enough to read it and to decide to undo.
const STAYS: Duration = Duration::from_secs(8);

#[derive(Clone)]
struct Shown {
    number: u32,
    text: String,
    undo: Option<Callback<()>>,
}

/// Shows toasts from anywhere in the app.
#[derive(Clone, Copy, Default)]
pub(crate) struct Toaster {
    toasts: RwSignal<Vec<Shown>>,
    last: RwSignal<u32>,
}

impl Toaster {
    /// Says what was done, with a way to undo it.
    pub(crate) fn show(self, text: String, undo: Option<Callback<()>>) {
        let Some(number) = self.last.try_update(|last| {
            *last += 1;
            *last
        }) else {
            return;
        };
        self.toasts.update(|toasts| toasts.push(Shown { number, text, undo }));
        set_timeout(move || self.dismiss(number), STAYS);
    }

    fn dismiss(self, number: u32) {
        self.toasts.try_update(|toasts| toasts.retain(|it| it.number != number));
    }
}

/// The place of the toasts, at the bottom of every page of the console.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let toast = move |it: Shown| {
        let undo = it.undo.map(|undo| {
            Callback::new(move |()| {
                toaster.dismiss(it.number);
                undo.run(());
            })
        });
        view! { <Toast text=it.text undo /> }
    };
    view! {
        <div class="toasts" role="status">
            <For each=move || toaster.toasts.get() key=|it| it.number children=toast />
        </div>
    }
}

/// One toast.
#[component]
pub(crate) fn Toast(text: String, undo: Option<Callback<()>>) -> impl IntoView {
    let undo = undo.map(|undo| {
        view! {
            <button class="toast__action" type="button" on:click=move |_| undo.run(())>
                {tr!("toast.undo")}
            </button>
        }
    });
    view! {
        <div class="toast">
            <p class="toast__text">{text}</p>
            {undo}
        </div>
    }
}
