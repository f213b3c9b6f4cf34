//! A field that finds one room, for questions about that room.

use domain::room::RoomSummary;
use leptos::prelude::*;

use super::{
    combobox::Marked,
    finder::{Finder, FinderTexts},
    room_fields::TypePill,
};
use crate::{functions::rooms, i18n::tr};

/// The field.
#[component]
pub(crate) fn RoomSearch(
    /// The id of the input.
    id: &'static str,
    /// What readers hear.
    label: String,
    /// Which room was found.
    found: RwSignal<Option<RoomSummary>>,
) -> impl IntoView {
    let texts = FinderTexts {
        label,
        placeholder: tr!("room_search.placeholder"),
        list: tr!("rooms.title"),
        none: tr!("room_search.none"),
    };
    view! { <Finder id texts found ask=rooms::find name option /> }
}

fn name(room: &RoomSummary) -> String {
    room.name.to_string()
}

/// Names repeat, so the owner is told.
fn option(room: RoomSummary, term: String) -> AnyView {
    let owner = room.owner.nickname.to_string();
    view! {
        <span class="option__text">
            <bdi class="option__name">
                <Marked text=room.name.to_string() term />
            </bdi>
            " "
            <bdi class="option__id">{owner}</bdi>
        </span>
        <span class="option__end">
            <TypePill room_type=room.room_type />
        </span>
    }
    .into_any()
}
