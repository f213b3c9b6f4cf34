//! What follows from another room type, in words and numbers, before it is saved.

use domain::RoomType;
use leptos::prelude::*;

use crate::{
    components::notice::WarningNotice,
    functions::rooms::RoomSettings,
    i18n::{count, tr},
};

/// What follows from the chosen type, as it is chosen; without a script, what would follow from each.
#[component]
pub(super) fn TypeChange(room: RoomSettings, chosen: RwSignal<RoomType>) -> impl IntoView {
    let now = room.room.summary.room_type;
    let others = RoomType::ALL.into_iter().filter(|it| *it != now);
    let others = others.map(|it| said(&room, it)).collect_view();
    let room = StoredValue::new(room);
    view! {
        {move || {
            let chosen = chosen.get();
            (chosen != now)
                .then(|| {
                    let (title, text) = room.with_value(|room| consequence(room, chosen));
                    view! { <WarningNotice title text /> }
                })
        }}
        <div class="without-script">
            <ul class="losses">{others}</ul>
        </div>
        {move || {
            let warning = room.with_value(|room| warning(room, chosen.get()));
            warning.map(|(title, text)| view! { <WarningNotice title text /> })
        }}
    }
}

fn said(room: &RoomSettings, room_type: RoomType) -> impl IntoView + use<> {
    let (title, text) = consequence(room, room_type);
    view! {
        <li>
            <strong>{title}</strong>
            " "
            {text}
        </li>
    }
}

/// Who may enter then, and what stays.
fn consequence(room: &RoomSettings, room_type: RoomType) -> (String, String) {
    let summary = &room.room.summary;
    let members = (summary.members > 0).then(|| count!("room.member_count", summary.members));
    let from_private = summary.room_type == RoomType::Private;
    let everybody = || {
        if let Some(members) = members.clone().filter(|_| from_private) {
            let all = count!("room_change.not_only", room.active_users, members = members);
            format!("{all} {}", tr!("room_change.kept"))
        } else {
            count!("room_change.all_users", room.active_users)
        }
    };
    match room_type {
        RoomType::Public if from_private => (tr!("room_change.public"), everybody()),
        RoomType::Public => {
            let text = format!("{} {}", tr!("room_change.no_unknown"), everybody());
            (tr!("room_change.public"), text)
        }
        RoomType::Open if from_private => {
            let text = format!("{} {}", tr!("room_change.unknown"), everybody());
            (tr!("room_change.open"), text)
        }
        RoomType::Open => (tr!("room_change.open"), tr!("room_change.unknown")),
        RoomType::Private => {
            let owner = &summary.owner.nickname;
            let text = match &members {
                Some(members) => tr!("room_change.only_members", members = members, owner = owner),
                None => tr!("room_change.only_owner", owner = owner),
            };
            (tr!("room_change.private"), text)
        }
    }
}

/// Warned, not stopped: nobody specified, or no Host but the owner.
fn warning(room: &RoomSettings, chosen: RoomType) -> Option<(String, String)> {
    let summary = &room.room.summary;
    let owner = &summary.owner.nickname;
    if chosen != RoomType::Private {
        None
    } else if summary.members == 0 {
        // Where the type is about to change, what follows from that has said it.
        (summary.room_type == chosen)
            .then(|| (tr!("room.warn_nobody"), tr!("room.warn_nobody_owner", owner = owner)))
    } else {
        (!room.room.other_host)
            .then(|| (tr!("room.warn_no_host"), tr!("room.warn_no_host_owner", owner = owner)))
    }
}
