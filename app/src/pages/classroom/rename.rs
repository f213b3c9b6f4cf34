//! Gives somebody another name in this meeting.

use domain::{
    Nickname,
    classroom::{Act, Person},
};
use leptos::prelude::*;

use super::{person_menu::open_about, state::Classroom};
use crate::{
    components::{
        dialog::Dialog,
        field::{TextField, Wrong},
    },
    i18n::tr,
    words::problem,
};

/// The dialog, open while somebody is being renamed.
#[component]
pub(super) fn RenameDialog(renaming: RwSignal<Option<Person>>) -> impl IntoView {
    let open = open_about(renaming);
    view! {
        <Dialog id="rename" title=tr!("classroom.rename") open small=true>
            {move || renaming.get().map(|person| view! { <RenameForm person open /> })}
        </Dialog>
    }
}

/// The new name.
#[component]
pub(crate) fn RenameForm(person: Person, open: RwSignal<bool>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let who = person.id;
    let name = RwSignal::new(person.nickname);
    let wrong: Wrong = Signal::derive(move || Nickname::parse(&name.get()).err().map(problem));
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if wrong.with_untracked(Option::is_none) {
            open.set(false);
            classroom.ask(Act::Rename { who, to: name.get_untracked() });
        }
    };
    view! {
        <form class="dialog__form" novalidate on:submit=send>
            <div class="dialog__body">
                <TextField
                    id="new-name"
                    name="nickname"
                    label=tr!("user.nickname")
                    value=name
                    hint=tr!("classroom.rename_hint")
                    wrong
                />
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <button class="button button--primary">{tr!("classroom.rename")}</button>
            </footer>
        </form>
    }
}
