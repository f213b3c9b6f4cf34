//! "Can they enter?": the answer of the rule of entry about anybody.

use domain::{RoomId, UserSummary, entry::Refusal};
use leptos::prelude::*;

use super::links::{Desk, LinkOf};
use crate::{
    components::{
        entry_answer::{Answer, EntryAnswer, changes_of_answer},
        icon::Icon,
        state::SkeletonLine,
        user_search::UserSearch,
    },
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
    desk: Desk,
) -> impl IntoView {
    let asked = RwSignal::new(None::<UserSummary>);
    let id = room.clone();
    let anew = changes_of_answer(changes);
    let question = move || {
        anew.track();
        asked.get()
    };
    let answer =
        latest(question, move |user: UserSummary| entry::can_enter(id.clone(), user.user_id));
    // Said again only where it is another.
    let answer = Memo::new(move |_| answer.get());
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
                        let answer = answer.get().filter(|(user, _)| user.user_id == asked.user_id);
                        let Some((user, answer)) = answer else {
                            return Some(view! { <SkeletonLine /> }.into_any());
                        };
                        let room = room.get_value();
                        let editable = editable.get();
                        let answer = view! { <EntryAnswer room user answer changes editable /> };
                        Some(answer.into_any())
                    }}
                </div>
                {move || {
                    let asked = asked.get()?;
                    let (_, answer) =
                        answer.get().filter(|(user, _)| user.user_id == asked.user_id)?;
                    (editable.get() && has_link(&answer))
                        .then(|| view! { <TheirLink user=asked desk /> })
                }}
            </div>
        </section>
    }
}

/// Whether somebody of whom that is the answer has a link into the room: also whoever may not enter just
/// now, but not whoever is no member of a room for these alone.
const fn has_link(answer: &Answer) -> bool {
    matches!(
        answer,
        Ok(Ok(_)
            | Err(Refusal::NotYet { .. }
                | Refusal::Over { .. }
                | Refusal::Locked
                | Refusal::Full { .. }))
    )
}

/// The way to the link of whoever was asked about: they need not be a member.
#[component]
fn TheirLink(user: UserSummary, desk: Desk) -> impl IntoView {
    let of = LinkOf::user(&user);
    view! {
        <button
            class="button button--small"
            type="button"
            on:click=move |_| desk.show(of.clone())
        >
            <Icon name="qr-code" />
            {tr!("links.title_of", nickname = user.nickname)}
        </button>
    }
}
