//! About a room: to whom it belongs, who may enter, and what limits it.

use domain::Timestamp;
use leptos::prelude::*;

use crate::{
    components::{
        answer::{Answer, Place},
        school_moment::{SchoolMoment, SchoolZone},
    },
    error::AppError,
    functions::rooms::{AboutRoom, RoomSettings},
    i18n::tr,
    latest::{Since, as_of_now},
    words,
};

/// The facts of a room.
#[component]
pub(super) fn About(
    of: Resource<Result<AboutRoom, AppError>>,
    /// What was told of the room since.
    since: Since<AboutRoom>,
) -> impl IntoView {
    let show = move |served: AboutRoom| {
        let now = as_of_now(served, since);
        let settings = Memo::new(move |_| now.with(|it| it.settings.clone()));
        (move || view! { <Facts room=settings.get() /> }).into_any()
    };
    view! {
        <section class="card" aria-labelledby="about">
            <div class="card__section">
                <h2 class="card__title" id="about">
                    {tr!("room.about")}
                </h2>
                <Answer of show place=Place::List />
            </div>
        </section>
    }
}

#[component]
fn Facts(room: RoomSettings) -> impl IntoView {
    let RoomSettings { room, opens, closes, .. } = room;
    let (summary, limits) = (room.summary, room.limits);
    let owner = view! {
        <bdi>{summary.owner.nickname.to_string()}</bdi>
        " "
        <bdi class="quiet">{summary.owner.user_id.to_string()}</bdi>
    };
    let end = |at: Option<Timestamp>, shown, key| {
        at.zip(shown).map(|(at, shown)| {
            let time = view! { <SchoolMoment at shown /> }.into_any();
            view! { <p>{words::around(&tr!(key, time = words::HERE), time)}</p> }
        })
    };
    let opens = end(limits.opens, opens, "limits.from");
    let closes = end(limits.closes, closes, "limits.until");
    let window =
        (opens.is_some() || closes.is_some()).then(|| view! { {opens} {closes} <SchoolZone /> });
    view! {
        <dl class="facts">
            {fact(tr!("room.owner"), owner.into_any())}
            {fact(tr!("room.type"), words::room_type_meaning(summary.room_type).into_any())}
            {limits
                .capacity
                .map(|it| fact(tr!("limits.capacity"), words::people(it.get()).into_any()))}
            {limits
                .time_limit
                .map(|it| fact(tr!("limits.duration"), words::duration(it.get()).into_any()))}
            {window.map(|it| fact(tr!("limits.window"), it.into_any()))}
        </dl>
    }
}

fn fact(name: String, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}
