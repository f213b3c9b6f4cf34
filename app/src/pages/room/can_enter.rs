//! "Can they enter?": the answer of the rule of entry about anybody.

use domain::{RoomId, UserSummary, entry::Refusal};
use leptos::prelude::*;

use super::links::{Desk, LinkOf};
use crate::{
    components::{
        entry_answer::{Answer, EntryCard, answer_to},
        icon::Icon,
        user_search::UserSearch,
    },
    i18n::tr,
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
    let found = RwSignal::new(None::<UserSummary>);
    let asked = Memo::new(move |_| Some((room.clone(), found.get()?)));
    let answer = answer_to(asked, changes);
    let field = view! { <UserSearch id="who" label=tr!("entry.who") found /> }.into_any();
    let link = move || {
        let (_, user) = asked.get()?;
        let shown = editable.get() && has_link(&answer.get()?);
        shown.then(|| view! { <TheirLink user desk /> })
    };
    view! {
        <EntryCard field asked answer changes editable>
            {link}
        </EntryCard>
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
