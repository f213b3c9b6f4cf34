//! The top of the classroom: which room it is, for how long, and what Hosts do with it.

use domain::classroom::{Act, Capability};
use leptos::prelude::*;

use super::{all_menu::AllMenu, state::Classroom, time::Time};
use crate::{
    components::{dialog::Dialog, icon::Icon},
    i18n::{count, tr},
};

/// The bar at the top.
#[component]
pub(super) fn Top() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let name = move || {
        let name = classroom.room.with(|it| it.as_ref().map(|it| it.name.clone()));
        name.unwrap_or_else(|| tr!("classroom.title"))
    };
    let locked =
        Memo::new(move |_| classroom.room.with(|it| it.as_ref().is_some_and(|it| it.locked)));
    let controls = Memo::new(move |_| classroom.may(Capability::LockRoom));
    let ending = RwSignal::new(false);
    view! {
        <header class="class-top">
            <span class="brand__mark">
                <Icon name="list-checks" />
            </span>
            <h1 class="class-top__name">
                <bdi>{name}</bdi>
            </h1>
            <Time />
            {move || {
                (locked.get() && !controls.get())
                    .then(|| {
                        view! {
                            <span class="pill class-top__locked">
                                <Icon name="lock" />
                                {tr!("classroom.locked")}
                            </span>
                        }
                    })
            }}
            <Show when=move || controls.get()>
                <div class="class-top__actions">
                    <button
                        class="button button--small class-top__wide"
                        type="button"
                        on:click=move |_| classroom.ask(Act::LockRoom { on: !locked.get_untracked() })
                    >
                        {move || lock(locked.get())}
                    </button>
                    <button
                        class="button button--small button--danger-quiet class-top__wide"
                        type="button"
                        on:click=move |_| ending.set(true)
                    >
                        <Icon name="circle-stop" />
                        {tr!("classroom.end")}
                    </button>
                    <AllMenu locked ending />
                </div>
                <EndDialog open=ending />
            </Show>
        </header>
    }
}

/// What locking the room is called, or unlocking it.
pub(super) fn lock(locked: bool) -> AnyView {
    if locked {
        view! {
            <Icon name="lock" />
            {tr!("classroom.unlock_room")}
        }
        .into_any()
    } else {
        view! {
            <Icon name="lock-open" />
            {tr!("classroom.lock_room")}
        }
        .into_any()
    }
}

/// Asks before the meeting is ended.
#[component]
fn EndDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog id="end-meeting" title=tr!("classroom.end_title") open small=true>
            <EndQuestion open />
        </Dialog>
    }
}

/// What is asked.
#[component]
pub(crate) fn EndQuestion(open: RwSignal<bool>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    view! {
        <div class="dialog__body">
            <p>{move || count!("classroom.end_text", classroom.numbers.get().people)}</p>
        </div>
        <footer class="dialog__foot">
            <button class="button" type="button" on:click=move |_| open.set(false)>
                {tr!("dialog.cancel")}
            </button>
            <button
                class="button button--danger"
                type="button"
                on:click=move |_| {
                    open.set(false);
                    classroom.ask(Act::End);
                }
            >
                {tr!("classroom.end")}
            </button>
        </footer>
    }
}
