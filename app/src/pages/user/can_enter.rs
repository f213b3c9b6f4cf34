//! "Can they enter?": the answer of the rule of entry about this user and any room.

use domain::{UserSummary, room::RoomSummary};
use leptos::prelude::*;

use crate::{
    components::{
        entry_answer::{EntryAnswer, changes_of_answer},
        room_search::RoomSearch,
        state::SkeletonLine,
    },
    functions::entry,
    i18n::tr,
    latest::latest,
};

/// Asks about one room and shows the answer.
#[component]
pub(super) fn CanEnter(user: UserSummary) -> impl IntoView {
    let asked = RwSignal::new(None::<RoomSummary>);
    let changes = RwSignal::new(0_u32);
    let user_id = user.user_id.clone();
    let anew = changes_of_answer(changes);
    let question = move || {
        anew.track();
        asked.get()
    };
    let answer =
        latest(question, move |room: RoomSummary| entry::can_enter(room.id, user_id.clone()));
    // Said again only where it is another.
    let answer = Memo::new(move |_| answer.get());
    let user = StoredValue::new(user);
    view! {
        <section class="card only-with-script" aria-labelledby="can-enter">
            <div class="card__section">
                <h2 class="card__title" id="can-enter">
                    {tr!("entry.title")}
                </h2>
                <RoomSearch id="where" label=tr!("entry.where") found=asked />
                <div role="status">
                    {move || {
                        // Nothing is said of a room that was cleared.
                        let asked = asked.get()?;
                        let answer = answer.get().filter(|(room, _)| room.id == asked.id);
                        let Some((room, answer)) = answer else {
                            return Some(view! { <SkeletonLine /> }.into_any());
                        };
                        let (room, user) = (room.id, user.get_value());
                        let answer = view! { <EntryAnswer room user answer changes editable=true /> };
                        Some(answer.into_any())
                    }}
                </div>
            </div>
        </section>
    }
}
