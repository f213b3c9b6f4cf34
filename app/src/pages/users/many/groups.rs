//! Asks into which groups everybody who is chosen is put, or which ones they are taken out of.

use domain::{GroupName, Problem, many::Act};
use leptos::{ev::SubmitEvent, prelude::*};

use super::acts::Acts;
use crate::{
    components::{dialog::Dialog, form::SubmitButton, groups_field::GroupsField},
    i18n::{count, tr},
    words,
};

/// The dialog.
#[component]
pub(super) fn GroupsDialog(
    /// The dialog's id.
    id: &'static str,
    /// Whether they are put into the groups, or taken out.
    join: bool,
    /// Whether it is open.
    open: RwSignal<bool>,
    acts: Acts,
) -> impl IntoView {
    let title = if join { tr!("many.join_title") } else { tr!("many.leave_title") };
    view! {
        <Dialog id title open>
            <Form join open acts />
        </Dialog>
    }
}

#[component]
fn Form(join: bool, open: RwSignal<bool>, acts: Acts) -> impl IntoView {
    let chosen = RwSignal::new(Vec::<String>::new());
    let tried = RwSignal::new(false);
    let missing = move || tried.get() && chosen.with(Vec::is_empty);
    let wrong = Signal::derive(move || missing().then(|| words::problem(Problem::Missing)));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let names = chosen.get_untracked();
        let groups: Vec<_> = names.iter().filter_map(|it| GroupName::parse(it).ok()).collect();
        if !groups.is_empty() {
            open.set(false);
            acts.run(if join { Act::Join(groups) } else { Act::Leave(groups) });
        }
    };
    let who = untrack(|| count!("many.chosen", acts.selection.count()));
    view! {
        <form class="dialog__form" on:submit=on_submit>
            <div class="dialog__body dialog__body--combobox">
                <p class="quiet">{who}</p>
                <GroupsField chosen wrong existing=!join required=true />
            </div>
            <footer class="dialog__foot">
                <button class="button" type="button" on:click=move |_| open.set(false)>
                    {tr!("dialog.cancel")}
                </button>
                <SubmitButton
                    label=if join { tr!("many.join") } else { tr!("many.leave") }
                    busy=acts.busy
                />
            </footer>
        </form>
    }
}
