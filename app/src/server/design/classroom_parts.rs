//! The classroom before and after, what lies above it, and what it asks.

use domain::{
    classroom::{Ban, BanId, Closing, Ending, Person},
    entry::Refusal,
};
use leptos::prelude::*;

use super::{
    Section, Specimen,
    classroom::{Lesson, at, within},
};
use crate::pages::classroom::{
    announcement::AnnounceForm,
    bans::{Bans, BansTold},
    bar::LinkBar,
    closed::Closed,
    person_menu::{BanQuestion, Items},
    rename::RenameForm,
    state::{Classroom, Link, Stage},
    top::EndQuestion,
    waiting::{Connecting, Waiting},
};

/// Why it may be over.
const CLOSINGS: [Closing; 16] = [
    Closing::Left,
    Closing::Ended(Ending::ByHost),
    Closing::Ended(Ending::Empty),
    Closing::Ended(Ending::TimeLimit),
    Closing::Ended(Ending::RoomEnded),
    Closing::Removed,
    Closing::TurnedAway,
    Closing::Banned,
    Closing::Refused(Refusal::NotSpecified),
    Closing::EntryOver,
    Closing::EnteredElsewhere,
    Closing::TooMuch,
    Closing::TooLarge,
    Closing::Unreadable,
    Closing::OtherVersion,
    Closing::TooMany,
];

#[component]
pub(super) fn Parts() -> impl IntoView {
    let lesson = || Lesson::new();
    let host = move || lesson().map(|it| it.seen_by(Some(it.host)));
    let person = move |who: fn(&Lesson) -> domain::classroom::ParticipantId| {
        let lesson = lesson()?;
        let classroom = lesson.seen_by(Some(lesson.host));
        let person = classroom.view.with_untracked(|it| it.scene.person(who(&lesson)).cloned());
        Some((classroom, person?))
    };
    view! {
        <Section id="classroom-parts">
            <Specimen name="Before anything is known">
                <div class="design__frame">
                    {host().map(|it| within(&it, || view! { <Connecting /> }.into_any()))}
                </div>
            </Specimen>
            <Specimen name="At the door">
                <div class="stack">{waits(host)}</div>
            </Specimen>
            <Specimen name="Above it">
                <div class="card">{bars(host)}</div>
            </Specimen>
            <Specimen name="What may be done with a Guest, a Host, somebody unknown">
                <div class="row">
                    {person(|it| it.guest).map(items)} {person(|it| it.host).map(items)}
                    {person(|it| it.unknown).map(items)}
                </div>
            </Specimen>
            <Specimen name="What is asked">
                <div class="stack">
                    {host().map(|it| asked(&it, |open| view! { <EndQuestion open /> }.into_any()))}
                    {host().map(|it| asked(&it, |open| view! { <AnnounceForm open /> }.into_any()))}
                    {person(|it| it.guest)
                        .map(|(classroom, person)| {
                            let form = move |open| {
                                view! { <RenameForm person=person.clone() open /> }.into_any()
                            };
                            asked(&classroom, form)
                        })}
                    {person(|it| it.unknown).map(banning)} {person(|it| it.guest).map(banning)}
                    {banned(host)}
                </div>
            </Specimen>
            <Specimen name="Over">
                <div class="stack">
                    {CLOSINGS
                        .map(|why| {
                            let closed = move || view! { <Closed why /> }.into_any();
                            host().map(|it| view! { <div class="card">{within(&it, closed)}</div> })
                        })
                        .collect_view()}
                </div>
            </Specimen>
        </Section>
    }
}

/// Everything that somebody may wait for.
fn waits(classroom: impl Fn() -> Option<Classroom>) -> impl IntoView {
    let all = [
        (Refusal::NotYet { opens: at(1_456 + 83) }, None),
        (Refusal::Locked, None),
        (Refusal::Full { capacity: 30 }, Some(2)),
    ];
    all.map(|(why, place)| {
        classroom().map(|it| {
            it.stage.set(Stage::Waiting { why, place });
            let waiting = || view! { <Waiting room=String::new() /> }.into_any();
            view! { <div class="card">{within(&it, waiting)}</div> }
        })
    })
    .collect_view()
}

/// Every bar.
fn bars(classroom: impl Fn() -> Option<Classroom>) -> impl IntoView {
    let lost = [None, Some(Closing::Restarting), Some(Closing::TooSlow), Some(Closing::TooLate)];
    let lost = lost.map(|why| classroom().inspect(|it| it.link.set(Link::Down(why))));
    let outdated = classroom().inspect(|it| it.outdated.set(true));
    let observing = classroom().inspect(|it| it.you.set(None));
    let all = lost.into_iter().chain([outdated, observing]).flatten();
    all.map(|it| within(&it, || view! { <LinkBar /> }.into_any())).collect_view()
}

fn items((classroom, person): (Classroom, Person)) -> impl IntoView {
    let items = move || {
        let (renaming, banning) = (RwSignal::new(None), RwSignal::new(None));
        view! {
            <div class="menu__list design__menu" role="menu" aria-label="Menu">
                <Items person=person.clone() renaming banning />
            </div>
        }
        .into_any()
    };
    within(&classroom, items)
}

fn asked(
    classroom: &Classroom,
    form: impl Fn(RwSignal<bool>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let form = move || form(RwSignal::new(true));
    view! { <div class="card">{within(classroom, form)}</div> }.into_any()
}

fn banning((classroom, person): (Classroom, Person)) -> AnyView {
    let form = move |open| {
        let banning = RwSignal::new(None);
        view! { <BanQuestion person=person.clone() banning open /> }.into_any()
    };
    asked(&classroom, form)
}

/// Everything that may be told of who is banned.
fn banned(classroom: impl Fn() -> Option<Classroom>) -> impl IntoView {
    let ban = |id, nickname: &str, user_id: Option<&str>| Ban {
        id: BanId(id),
        nickname: nickname.to_owned(),
        user_id: user_id.map(ToOwned::to_owned),
        at: at(0),
        by: "T-park".to_owned(),
    };
    let both = vec![ban(1, "Kim Jiho", Some("S-2042")), ban(2, "x", None)];
    let all =
        [BansTold::Awaited, BansTold::These(both), BansTold::These(Vec::new()), BansTold::Refused];
    all.map(|told| {
        classroom().map(|it| {
            it.bans.set(told);
            view! { <div class="card">{within(&it, || view! { <Bans /> }.into_any())}</div> }
        })
    })
    .collect_view()
}
