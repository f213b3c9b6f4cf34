//! Toasts: what was just done, with a way to undo it where there is one.

use std::time::Duration;

use leptos::prelude::*;

use crate::{browser, i18n::tr};

/// How long a toast stays; long enough to read it and to decide to undo. Whoever has the pointer or the
/// focus in it takes the time they need.
const STAYS: Duration = Duration::from_secs(8);

/// So many are shown at once, and one more where all of them can be undone: they are to hide nothing for long.
const MOST: usize = 3;

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
        self.toasts.update(|toasts| {
            let undoable: Vec<bool> = toasts.iter().map(|it| it.undo.is_some()).collect();
            if let Some(at) = first_to_go(&undoable, undo.is_some()) {
                toasts.remove(at);
            }
            toasts.push(Shown { number, text, undo });
        });
    }

    fn dismiss(self, number: u32) {
        self.toasts.try_update(|toasts| toasts.retain(|it| it.number != number));
    }
}

/// Which of the toasts goes for a new one, if one does: the oldest of those that only say something. Each is
/// given by whether it can be undone; what can be makes room for nothing that can't.
fn first_to_go(undoable: &[bool], new: bool) -> Option<usize> {
    let only_says = undoable.iter().position(|it| !it);
    only_says.or(new.then_some(0)).filter(|_| undoable.len() >= MOST)
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
        let over = Callback::new(move |()| toaster.dismiss(it.number));
        view! { <Toast text=it.text undo over /> }
    };
    view! {
        <div class="toasts" role="status">
            <For each=move || toaster.toasts.get() key=|it| it.number children=toast />
        </div>
    }
}

/// One toast.
#[component]
pub(crate) fn Toast(
    /// What was done.
    text: String,
    /// What undoes it.
    undo: Option<Callback<()>>,
    /// What happens when it has stayed for its time.
    #[prop(optional)]
    over: Option<Callback<()>>,
) -> impl IntoView {
    let (pointed, focused) = (RwSignal::new(false), RwSignal::new(false));
    if let Some(over) = over {
        Effect::new(move |_| {
            if pointed.get() || focused.get() {
                return;
            }
            let timer = set_timeout_with_handle(move || over.run(()), STAYS);
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
        });
    }
    let undo = undo.map(|undo| {
        view! {
            <button
                class="toast__action"
                type="button"
                on:click=move |_| {
                    // It goes with the button.
                    if focused.get_untracked() {
                        browser::focus_main();
                    }
                    undo.run(());
                }
            >
                {tr!("toast.undo")}
            </button>
        }
    });
    view! {
        <div
            class="toast"
            on:pointerenter=move |_| pointed.set(true)
            on:pointerleave=move |_| {
                pointed.try_set(false);
            }
            on:focusin=move |_| focused.set(true)
            on:focusout=move |_| {
                focused.try_set(false);
            }
        >
            <p class="toast__text">{text}</p>
            {undo}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_that_only_says_something() {
        for new in [true, false] {
            assert_eq!(first_to_go(&[], new), None);
            assert_eq!(first_to_go(&[false, false], new), None);
            assert_eq!(first_to_go(&[false, true, false], new), Some(0));
            assert_eq!(first_to_go(&[true, true, false], new), Some(2));
        }
        assert_eq!(first_to_go(&[true, true, true], true), Some(0));
        assert_eq!(first_to_go(&[true, true, true], false), None);
    }
}
