//! Who came to a meeting, when, for how long, and who didn't.

use domain::{
    EntryPermission,
    local_time::Clocked,
    meeting_record::{Attendance, Attendee, Person},
};
use leptos::prelude::*;

use crate::{
    components::{
        avatar::{Face, Size},
        icon::Icon,
        meetings::how_long,
        page::user_path,
        permission::PermissionPill,
        school_moment::SchoolTime,
    },
    i18n::tr,
    viewer::is_admin,
};

/// The table.
#[component]
pub(super) fn People(attendance: Attendance) -> impl IntoView {
    let Attendance { meeting, came, absent, .. } = attendance;
    let (began, goes_on) = (meeting.began, meeting.ended.is_none());
    let came = came.into_iter().map(|it| came_row(it, &began)).collect_view();
    let absent = absent.into_iter().map(|it| absent_row(it, goes_on)).collect_view();
    view! {
        <section class="card" aria-label=tr!("attendance.people")>
            <table class="table attendance">
                <caption class="visually-hidden">{tr!("attendance.people")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!("attendance.person")}</th>
                        <th scope="col">{tr!("room.permission")}</th>
                        <th scope="col">{tr!("attendance.came")}</th>
                        <th scope="col">{tr!("attendance.left")}</th>
                        <th scope="col">{tr!("attendance.total")}</th>
                        <th scope="col">{tr!("attendance.title")}</th>
                    </tr>
                </thead>
                <tbody>{came} {absent}</tbody>
            </table>
        </section>
    }
}

fn came_row(attendee: Attendee, began: &Clocked) -> AnyView {
    let Attendee { who, standing, stays, seconds, late, early } = attendee;
    let time = |it: &Clocked| view! { <SchoolTime it=it.clone() than=began.clone() /> };
    let left = match stays.last().and_then(|it| it.left.as_ref()) {
        Some(left) => time(left).into_any(),
        None => tr!("attendance.still_in").into_any(),
    };
    let noted = late || early;
    view! {
        <tr>
            <th scope="row" class="table__main">
                <Somebody who />
            </th>
            <td>
                <PermissionPill permission=EntryPermission::from(standing) />
            </td>
            <td class="table__quiet" data-label=tr!("attendance.came")>
                {stays.first().map(|it| time(&it.came))}
            </td>
            <td class="table__quiet" data-label=tr!("attendance.left")>
                {left}
            </td>
            <td class="table__quiet" data-label=tr!("attendance.total")>
                {how_long(seconds)}
            </td>
            <td class:table__none=!noted>
                <span class="attendance__pills">
                    {late.then(|| pill("pill--warning", "clock", tr!("attendance.late")))}
                    {early.then(|| pill("pill--warning", "log-out", tr!("attendance.early")))}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

fn absent_row(who: Person, goes_on: bool) -> AnyView {
    let state = if goes_on {
        pill("pill--waiting", "hourglass", tr!("attendance.not_yet"))
    } else {
        pill("pill--absent", "user-x", tr!("attendance.absent"))
    };
    let nothing = || view! { <td class="table__none">"–"</td> };
    view! {
        <tr>
            <th scope="row" class="table__main">
                <Somebody who />
            </th>
            {nothing()}
            {nothing()}
            {nothing()}
            {nothing()}
            <td>{state}</td>
        </tr>
    }
    .into_any()
}

fn pill(class: &'static str, icon: &'static str, text: String) -> AnyView {
    view! {
        <span class=format!("pill {class}")>
            <Icon name=icon />
            {text}
        </span>
    }
    .into_any()
}

/// Somebody by the name that they had in the meeting, with their User ID, or that they are no user.
#[component]
fn Somebody(who: Person) -> impl IntoView {
    let Person { nickname, user_id, exists, image, colour } = who;
    let nickname = nickname.to_string();
    let page = user_id.as_ref().filter(|_| exists && is_admin()).map(|it| user_path(it.as_str()));
    let shown = nickname.clone();
    let name = match page {
        Some(href) => view! {
            <a class="person__name table__link" href=href>
                <bdi>{shown}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi class="person__name">{shown}</bdi> }.into_any(),
    };
    let id = match user_id {
        Some(user_id) => view! { <bdi class="person__id">{user_id.to_string()}</bdi> }.into_any(),
        None => view! { <span class="person__id">{tr!("attendance.stranger")}</span> }.into_any(),
    };
    view! {
        <div class="person">
            <Face nickname image colour size=Size::Medium />
            <div class="person__text">{name} {id}</div>
        </div>
    }
}
