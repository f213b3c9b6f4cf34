//! The meetings in which a user took part, newest first: where, when they came and left, and for how long
//! they were in.

use domain::{Newest, meeting_record::UserMeeting};
use leptos::prelude::*;

use crate::{
    components::{
        answer::{Answer, Place},
        meetings::{changes, how_long, meeting_path},
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
    meetings: Resource<Result<Newest<UserMeeting>, AppError>>,
    user_id: String,
) -> impl IntoView {
    let (changes, older) = (changes(), older_than(OLDER));
    let show = move |served: Newest<UserMeeting>| {
        let (user_id, asked, from) = (user_id.clone(), user_id.clone(), older.get_untracked());
        let first =
            kept_up(served, changes, move || meetings::of_user(asked.clone(), from.clone()));
        (move || view! { <List first=first.get() user_id=user_id.clone() /> }).into_any()
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
fn List(first: Newest<UserMeeting>, user_id: String) -> impl IntoView {
    if first.rows.is_empty() {
        let (title, text) = (tr!("meetings.empty"), tr!("meetings.user_empty_text"));
        return view! { <Empty icon="clock" title text /> }.into_any();
    }
    let parts = Parts::new(first);
    let rows = |(_, meetings): (usize, Vec<UserMeeting>)| {
        meetings.into_iter().map(|it| view! { <Row it /> }).collect_view()
    };
    view! {
        <table class="table" aria-labelledby="meetings">
            <thead>
                <tr>
                    <th scope="col">{tr!("attendance.came")}</th>
                    <th scope="col">{tr!("attendance.left")}</th>
                    <th scope="col">{tr!("rooms.column_room")}</th>
                    <th scope="col">{tr!("attendance.total")}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || parts.rows() key=|it| it.0 children=rows />
            </tbody>
        </table>
        <ShowMore
            parts
            name=OLDER
            ask=move |older| meetings::of_user(user_id.clone(), older)
            label=tr!("meetings.earlier")
        />
    }
    .into_any()
}

#[component]
fn Row(it: UserMeeting) -> impl IntoView {
    let UserMeeting { room, name, number, came, left, seconds } = it;
    let left = match left {
        Some(left) => view! { <SchoolTime it=left than=came.clone() /> }.into_any(),
        None => view! {
            <span class="pill pill--live">
                <span class="pill__dot"></span>
                {tr!("attendance.still_in")}
            </span>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="table__main">
                <div class="stacked">
                    <a class="stacked__name table__link" href=meeting_path(room.as_str(), number)>
                        <SchoolTime it=came />
                    </a>
                </div>
            </th>
            <td class="table__quiet" data-label=tr!("attendance.left")>
                {left}
            </td>
            <td class="table__quiet">
                <bdi>{name.to_string()}</bdi>
            </td>
            <td class="table__quiet">{how_long(seconds)}</td>
        </tr>
    }
}
