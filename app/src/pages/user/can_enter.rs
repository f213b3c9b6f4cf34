//! "Can they enter?": the answer of the rule of entry about this user and any room.

use domain::{UserSummary, room::RoomSummary};
use leptos::prelude::*;

use crate::{
    components::{
        entry_answer::{EntryCard, answer_to},
        room_search::RoomSearch,
    },
    i18n::tr,
};

/// Asks about one room and shows the answer.
#[component]
pub(super) fn CanEnter(user: UserSummary) -> impl IntoView {
    let found = RwSignal::new(None::<RoomSummary>);
    let changes = RwSignal::new(0_u32);
    let asked = Memo::new(move |_| Some((found.get()?.id, user.clone())));
    let answer = answer_to(asked, changes);
    let field = view! { <RoomSearch id="where" label=tr!("entry.where") found /> }.into_any();
    view! { <EntryCard field asked answer changes editable=true /> }
}
