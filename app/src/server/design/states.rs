//! Answers, history, consequences, and what stands where content can't.

use domain::{
    EntryPermission, Newest,
    entry::{Admission, Ground, Refusal},
    history::Event,
    live::Farewell,
};
use leptos::prelude::*;

use super::{Section, Specimen, accounts::Accounts, data, editing::Meanwhile, log::Log};
use crate::{
    components::{
        entry_answer::EntryAnswer,
        history::History,
        line::LineBar,
        state::{Empty, Failure, FailureNotice, FirstStep, NothingListed, SkeletonLine},
        task::{Consequences, Losses},
    },
    error::AppError,
    live::{Line, Live},
    viewer::Viewer,
};

#[component]
pub(super) fn States() -> impl IntoView {
    let events = Resource::new(
        || (),
        |()| async { Ok::<_, AppError>(Newest { rows: data::events(), older_than: None }) },
    );
    let older = |_: String| async { Ok(Newest::<Event> { rows: Vec::new(), older_than: None }) };
    view! {
        <Answers />
        <Section id="history">
            <History events changes=Signal::stored(0) ask=older />
        </Section>
        <Log />
        <Meanwhile />
        <Accounts />
        <Section id="consequences">
            <div class="card">
                <Consequences
                    title="Class 7B will be gone.".to_owned()
                    text="The 28 people in it leave the group.".to_owned()
                />
                <div class="card__section">
                    <Losses
                        lost=["Their profile image", "Their places in 3 rooms"]
                            .map(ToOwned::to_owned)
                            .to_vec()
                        kept="The log keeps the User ID as text.".to_owned()
                    />
                </div>
            </div>
        </Section>
        <Instead />
    }
}

#[component]
fn Answers() -> impl IntoView {
    let somebody = data::people().into_iter().next();
    let changes = RwSignal::new(0);
    let yes = Ok(Admission { permission: EntryPermission::Host, ground: Ground::Member });
    let all = [
        yes,
        Err(Refusal::NotSpecified),
        Err(Refusal::Banned),
        Err(Refusal::Deactivated),
        Err(Refusal::RoomEnded),
        Err(Refusal::Full { capacity: 1_204 }),
    ];
    let answer = move |answer| {
        let (room, user) = (data::room_id()?, somebody.clone()?);
        Some(view! { <EntryAnswer room user answer=Ok(answer) changes editable=true /> })
    };
    view! {
        <Section id="answers">
            <div class="stack">{all.map(answer).collect_view()} <SkeletonLine /></div>
        </Section>
    }
}

#[component]
fn Instead() -> impl IntoView {
    let first = || {
        view! {
            <FirstStep
                done=1
                title="No users yet".to_owned()
                text="People appear here once they are created.".to_owned()
                path="/users/new"
                action="Create user".to_owned()
            />
        }
    };
    let no_match =
        ("No user matches “zzz”".to_owned(), "Part of a nickname finds people.".to_owned());
    let errors = [
        AppError::SignedOut,
        AppError::Forbidden,
        AppError::NotFound,
        AppError::Unreadable,
        AppError::TooMany,
        AppError::Unavailable,
        AppError::DiskFull,
        AppError::Connection,
        AppError::Internal { request_id: Some("0123456789abcdef".to_owned()) },
    ];
    let failure = |error| {
        view! {
            <div class="card">
                <Failure error />
            </div>
        }
    };
    let gone = [
        Farewell::SignedOut,
        Farewell::Deactivated,
        Farewell::Deleted,
        Farewell::NoRole,
        Farewell::OtherRole,
    ];
    let gone = gone.map(|why| (Line::Gone(why), false));
    let lines = gone.into_iter().chain([(Line::Down, false), (Line::Up, true)]);
    let line = |(line, outdated)| {
        let live = Live::new(&use_context::<Viewer>()?);
        live.line.set(line);
        live.outdated.set(outdated);
        Some(view! { <LineBar live /> })
    };
    view! {
        <Section id="states">
            <Specimen name="Nothing yet">
                <div class="card">{first()}</div>
            </Specimen>
            <Specimen name="Nothing found">
                <div class="card">
                    <NothingListed
                        search="zzz".to_owned()
                        path="/design"
                        no_match
                        first=first.into()
                    />
                </div>
            </Specimen>
            <Specimen name="Nobody in it">
                <div class="card">
                    <Empty
                        icon="user-plus"
                        title="Nobody is specified yet".to_owned()
                        text="Add the people who are to meet here.".to_owned()
                    />
                </div>
            </Specimen>
            <Specimen name="On every page: no longer signed in, the line is down, another version">
                {lines.map(line).collect_view()}
            </Specimen>
            <Specimen name="Failed, in place">
                <FailureNotice error=AppError::Unavailable />
            </Specimen>
            <Specimen name="Failed, the whole view">
                <div class="stack">{errors.map(failure).collect_view()}</div>
            </Specimen>
        </Section>
    }
}
