//! "Can they enter?": the answer of the rule of entry about anybody.

use domain::{
    RoomId, UserSummary,
    entry::{Admission, Refusal},
};
use leptos::prelude::*;

use super::links::{Desk, LinkOf};
use crate::{
    components::{entry_answer::EntryAnswer, icon::Icon, user_search::UserSearch},
    error::AppError,
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
const fn has_link(answer: &Result<Result<Admission, Refusal>, AppError>) -> bool {
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
