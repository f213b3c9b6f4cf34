//! The meetings of a room, newest first, each with the way to who came.

use domain::{Newest, meeting_record::HeldMeeting};
use leptos::prelude::*;

use crate::{
    components::{
        answer::{Answer, Place},
        meetings::{GoesOn, changes, how_ended, how_long, how_many, meeting_path},
        newest::{Parts, ShowMore, older_than},
        school_moment::SchoolTime,
        state::Empty,
    },
    error::AppError,
    functions::meetings,
    i18n::tr,
    latest::kept_up,
};

/// Under which name the address asks for older meetings.
pub(super) const OLDER: &str = "meetings";

/// The card.
#[component]
pub(super) fn Meetings(
    meetings: Resource<Result<Newest<HeldMeeting>, AppError>>,
    room: String,
) -> impl IntoView {
    let (changes, older) = (changes(), older_than(OLDER));
    let show = move |served: Newest<HeldMeeting>| {
        let (room, asked, from) = (room.clone(), room.clone(), older.get_untracked());
        let first =
            kept_up(served, changes, move || meetings::of_room(asked.clone(), from.clone()));
        (move || view! { <List first=first.get() room=room.clone() /> }).into_any()
    };
    view! {
        <section class="card" aria-labelledby="meetings">
            <h2 class="card__title card__head" id="meetings">
                {tr!("meetings.title")}
            </h2>
            <Answer of=meetings show place=Place::List />
        </section>
    }
}

#[component]
fn List(first: Newest<HeldMeeting>, room: String) -> impl IntoView {
    if first.rows.is_empty() {
        let (title, text) = (tr!("meetings.empty"), tr!("meetings.empty_text"));
        return view! { <Empty icon="clock" title text /> }.into_any();
    }
    let parts = Parts::new(first);
    let of = room.clone();
    let rows = move |(_, meetings): (usize, Vec<HeldMeeting>)| {
        meetings.into_iter().map(|it| view! { <Row it room=of.clone() /> }).collect_view()
    };
    view! {
        <table class="table" aria-labelledby="meetings">
            <thead>
                <tr>
                    <th scope="col">{tr!("meetings.when")}</th>
                    <th scope="col">{tr!("meetings.length")}</th>
                    <th scope="col">{tr!("meetings.who")}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || parts.rows() key=|it| it.0 children=rows />
            </tbody>
        </table>
        <ShowMore
            parts
            name=OLDER
            ask=move |older| meetings::of_room(room.clone(), older)
            label=tr!("meetings.earlier")
        />
    }
    .into_any()
}

#[component]
fn Row(it: HeldMeeting, room: String) -> impl IntoView {
    let note = match &it.ended {
        Some(ended) => view! { <bdi>{how_ended(ended)}</bdi> }.into_any(),
        None => view! { <GoesOn /> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="table__main">
                <div class="stacked">
                    <a class="stacked__name table__link" href=meeting_path(&room, it.number)>
                        <SchoolTime it=it.began.clone() />
                    </a>
                    <span class="stacked__note">{note}</span>
                </div>
            </th>
            <td class="table__quiet">{how_long(it.seconds)}</td>
            <td class="table__quiet">{how_many(&it)}</td>
        </tr>
    }
}
