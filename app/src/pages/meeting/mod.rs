//! `/rooms/…/meetings/…`: who came to a meeting and who didn't, as a picture, a table and a file.

mod table;
mod timeline;

use domain::meeting_record::{Attendance, Turnout};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::{table::People, timeline::Timeline};
use crate::{
    components::{
        answer::{Answer, Place},
        help::HelpLink,
        icon::Icon,
        meetings::{GoesOn, changes, how_ended, how_long, meeting_path},
        notice::WarningNotice,
        page::Breadcrumbs,
        page_title::PageTitle,
        paper::PrintedAt,
        school_moment::{SchoolTime, SchoolZone},
        state::Gone,
    },
    functions::meetings,
    i18n::{count, tr},
    latest::kept_while_there,
};

/// The page of one meeting.
#[component]
pub(crate) fn MeetingPage() -> impl IntoView {
    let params = use_params_map();
    let named = move |name: &'static str| params.with(|it| it.get(name).unwrap_or_default());
    let attendance = Resource::new_blocking(
        move || (named("room"), named("meeting")),
        |(room, meeting)| meetings::of_meeting(room, meeting),
    );
    let show = |served| view! { <Meeting served /> }.into_any();
    view! { <Answer of=attendance show place=Place::Page /> }
}

#[component]
fn Meeting(served: Attendance) -> impl IntoView {
    let (room, number) = (served.room.to_string(), served.meeting.number);
    let name = served.name.to_string();
    let title = tr!("attendance.of", name = name);
    let file = format!("{}/attendance.csv", meeting_path(&room, number));
    let up = format!("/rooms/{room}");
    let (now, gone) = kept_while_there(served, changes(), move || {
        meetings::of_meeting(room.clone(), number.0.to_string())
    });
    let goes_on = Memo::new(move |_| now.with(|it| it.meeting.ended.is_none()));
    view! {
        <PageTitle text=title.clone() />
        <main class="page" id="main" tabindex="-1">
            <Breadcrumbs up up_label=name here=tr!("attendance.title") />
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">
                        <bdi>{title}</bdi>
                    </h1>
                    <HelpLink />
                    <div class="page-head__pills">
                        {move || goes_on.get().then(|| view! { <GoesOn /> })}
                    </div>
                    {move || view! { <When attendance=now.get() /> }}
                </div>
                <div class="page-head__actions">
                    <a class="button" href=file rel="external" download>
                        <Icon name="download" />
                        {tr!("attendance.file")}
                    </a>
                </div>
            </div>
            <PrintedAt />
            <Gone gone text=tr!("attendance.gone") />
            <div class="stack">
                {move || view! { <Timeline attendance=now.get() /> }}
                {move || view! { <LeftOut left_out=now.with(|it| it.left_out) /> }}
                {move || view! { <People attendance=now.get() /> }}
            </div>
        </main>
    }
}

/// From when until when a meeting went on, for how long, and how it ended.
#[component]
fn When(attendance: Attendance) -> impl IntoView {
    let Attendance { meeting, until, .. } = attendance;
    let began = meeting.began.clone();
    let end = meeting.ended.is_some().then(|| {
        view! {
            " – "
            <SchoolTime it=until than=began />
        }
    });
    let ended = meeting.ended.as_ref().map(|it| {
        view! {
            " · "
            <bdi>{how_ended(it)}</bdi>
        }
    });
    view! {
        <p class="page-head__sub">
            <SchoolTime it=meeting.began />
            {end}
            " · "
            {how_long(meeting.seconds)}
            {ended}
            " "
            <SchoolZone />
        </p>
    }
}

/// What is to be said of who came besides how many: who was late or went early, and who wasn't expected.
fn noteworthy(attendance: &Attendance) -> String {
    let Attendance { came, meeting, .. } = attendance;
    let counted = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let late = counted(came.iter().filter(|it| it.late).count());
    let early = counted(came.iter().filter(|it| it.early).count());
    let expected = meeting.turnout.filter(|it| it.expected > 0);
    let others = expected.map(|Turnout { came, .. }| meeting.people.saturating_sub(came));
    let others = others.unwrap_or_default();
    let parts = [
        (late > 0).then(|| count!("attendance.late_count", late)),
        (early > 0).then(|| count!("attendance.early_count", early)),
        (others > 0).then(|| count!("attendance.others", others)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[component]
fn LeftOut(left_out: u32) -> impl IntoView {
    (left_out > 0).then(|| {
        let title = count!("attendance.left_out", left_out);
        view! { <WarningNotice title text=tr!("attendance.left_out_text") /> }
    })
}
