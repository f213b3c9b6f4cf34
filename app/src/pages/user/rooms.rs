//! The rooms of a user, with the permission in each; their own are marked.

use domain::{Newest, room::UserRoom};
use leptos::prelude::*;

use crate::{
    components::{
        answer::{Answer, Place},
        newest::{Parts, ShowMore, older_than},
        permission::PermissionPill,
        room_fields::{RoomPill, TypePill},
        state::Empty,
    },
    error::AppError,
    functions::users,
    i18n::tr,
    latest::kept_up,
    live,
};

/// Under which name the address asks for older rooms.
pub(super) const OLDER: &str = "rooms";

/// The rooms, newest first.
#[component]
pub(super) fn Rooms(
    rooms: Resource<Result<Newest<UserRoom>, AppError>>,
    user_id: String,
) -> impl IntoView {
    let (changes, older) = (live::rooms_and_meetings(), older_than(OLDER));
    let show = move |served: Newest<UserRoom>| {
        let (user_id, asked, from) = (user_id.clone(), user_id.clone(), older.get_untracked());
        let first = kept_up(served, changes, move || users::rooms(asked.clone(), from.clone()));
        (move || view! { <List first=first.get() user_id=user_id.clone() /> }).into_any()
    };
    view! {
        <section class="card" aria-labelledby="rooms">
            <h2 class="card__title card__head" id="rooms">
                {tr!("rooms.title")}
            </h2>
            <Answer of=rooms show place=Place::List />
        </section>
    }
}

#[component]
fn List(first: Newest<UserRoom>, user_id: String) -> impl IntoView {
    if first.rows.is_empty() {
        return view! {
            <Empty icon="door-open" title=tr!("user.no_rooms") text=tr!("user.no_rooms_text")>
                <a class="button" href="/rooms">
                    {tr!("rooms.title")}
                </a>
            </Empty>
        }
        .into_any();
    }
    let parts = Parts::new(first);
    let rows = |(_, rooms): (usize, Vec<UserRoom>)| {
        rooms.into_iter().map(|it| view! { <Row it /> }).collect_view()
    };
    view! {
        <table class="table" aria-labelledby="rooms">
            <thead>
                <tr>
                    <th scope="col">{tr!("rooms.column_room")}</th>
                    <th scope="col">{tr!("room.permission")}</th>
                    <td class="table__quiet"></td>
                </tr>
            </thead>
            <tbody>
                <For each=move || parts.rows() key=|it| it.0 children=rows />
            </tbody>
        </table>
        <ShowMore parts name=OLDER ask=move |older| users::rooms(user_id.clone(), older) />
    }
    .into_any()
}

#[component]
fn Row(it: UserRoom) -> impl IntoView {
    let UserRoom { room, permission, owner, inside } = it;
    view! {
        <tr>
            <th scope="row" class="table__main">
                <div class="stacked">
                    <a class="stacked__name table__link" href=format!("/rooms/{}", room.id)>
                        <bdi>{room.name.to_string()}</bdi>
                    </a>
                    <span class="stacked__note">
                        <RoomPill state=room.state inside />
                        <TypePill room_type=room.room_type />
                    </span>
                </div>
            </th>
            <td>
                <PermissionPill permission />
            </td>
            <td class="table__quiet">{owner.then(|| tr!("room.owner"))}</td>
        </tr>
    }
}
