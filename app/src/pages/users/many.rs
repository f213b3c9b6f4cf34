//! What can be done with all who are chosen. Its code is fetched when somebody is first chosen.

mod acts;
mod bar;
mod delete;
mod groups;
mod report;

use leptos::prelude::*;

use self::{
    acts::Acts, bar::Bar, delete::DeleteDialog, groups::GroupsDialog, report::ReportDialog,
};
use crate::{
    components::selection::{ChosenSaid, Selection},
    pages::MANY,
};

/// Has the list ask again. In the context of the page.
#[derive(Clone, Copy)]
pub(super) struct Refresh(pub(super) Callback<()>);

/// Says how many are chosen, and what can be done with them.
#[component]
pub(super) fn Chosen(selection: Selection) -> impl IntoView {
    let chosen = Memo::new(move |_| selection.count());
    let needed = Memo::new(move |before| before.copied().unwrap_or(false) || chosen.get() > 0);
    view! {
        <ChosenSaid selection />
        {move || needed.get().then(|| MANY.when_there())}
    }
}

/// The bar, and the dialogs that it opens.
#[component]
pub(crate) fn ManyUsers() -> impl IntoView {
    let acts = Acts::new(expect_context(), expect_context::<Refresh>().0);
    let (joining, leaving) = (RwSignal::new(false), RwSignal::new(false));
    let deleting = RwSignal::new(false);
    view! {
        <Bar acts joining leaving deleting />
        <GroupsDialog id="join-groups" join=true open=joining acts />
        <GroupsDialog id="leave-groups" join=false open=leaving acts />
        <DeleteDialog open=deleting acts />
        <ReportDialog acts />
    }
}
