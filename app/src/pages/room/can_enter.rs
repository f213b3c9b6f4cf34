//! "Can they enter?": the answer of the rule of entry about anybody.

use domain::{RoomId, UserSummary};
use leptos::prelude::*;

use crate::{
    components::{entry_answer::EntryAnswer, user_search::UserSearch},
    functions::entry,
    i18n::tr,
    latest::latest,
};

/// Asks about one user and shows the answer.
#[component]
pub(super) fn CanEnter(
    room: RoomId,
    changes: RwSignal<u32>,
    /// Whether a remedy may be taken.
    editable: Memo<bool>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<UserSummary>);
    let id = room.clone();
    let question = move || {
        changes.track();
        asked.get()
    };
    let answer =
        latest(question, move |user: UserSummary| entry::can_enter(id.clone(), user.user_id));
    let room = StoredValue::new(room);
    view! {
        <section class="card only-with-script" aria-labelledby="can-enter">
            <div class="card__section">
                <h2 class="card__title" id="can-enter">
                    {tr!("entry.title")}
                </h2>
                <UserSearch id="who" label=tr!("entry.who") found=asked />
                <div role="status">
                    {move || {
                        // Nothing is said of somebody who was cleared.
                        let asked = asked.get()?;
                        let (user, answer) =
                            answer.get().filter(|(user, _)| user.user_id == asked.user_id)?;
                        let room = room.get_value();
                        let editable = editable.get();
                        Some(view! { <EntryAnswer room user answer changes editable /> })
                    }}
                </div>
            </div>
        </section>
    }
}
