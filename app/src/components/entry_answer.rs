//! "Can they enter?": asked of the rule of entry about somebody and a room; the answer with its reason and
//! the remedy.

use domain::{
    RoomId, UserSummary,
    entry::{Admission, Refusal},
    live::Kind,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    icon::Icon,
    layout::failed,
    page::user_path,
    school_moment::{SchoolMoment, SchoolZone},
    state::{FailureNotice, SkeletonLine},
    toast::Toaster,
};
use crate::{
    error::AppError,
    functions::{entry, rooms},
    i18n::tr,
    latest::latest,
    live::{self, delivered},
    viewer::is_admin,
    words,
};

/// What the rule of entry answers, or why it can't be asked.
pub(crate) type Answer = Result<Result<Admission, Refusal>, AppError>;

/// Whether that user may enter that room.
pub(crate) type Question = (RoomId, UserSummary);

/// The answer to the question that is asked, once it has come; asked again whenever anything has changed on
/// which it depends, here, as `changes` counts, or elsewhere. To be called where a page is built.
pub(crate) fn answer_to(
    asked: Memo<Option<Question>>,
    changes: RwSignal<u32>,
) -> Memo<Option<Answer>> {
    let (users, rooms) = (live::changes(Kind::Users), live::rooms_and_meetings());
    let question = move || {
        users.track();
        rooms.track();
        changes.track();
        asked.get()
    };
    let answered = latest(question, |(room, user): Question| entry::can_enter(room, user.user_id));
    // Said again only where it is another, and never of somebody or a room that isn't asked about any more.
    Memo::new(move |_| {
        let now = asked.get()?;
        answered.with(|it| it.as_ref().filter(|it| it.0 == now).map(|it| it.1.clone()))
    })
}

/// The card that asks: the field by which a user or a room is found, the answer, and what follows of it.
#[component]
pub(crate) fn EntryCard(
    /// The field.
    field: AnyView,
    asked: Memo<Option<Question>>,
    answer: Memo<Option<Answer>>,
    /// Counted up where a remedy was taken.
    changes: RwSignal<u32>,
    /// Whether a remedy may be taken.
    #[prop(into)]
    editable: Signal<bool>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let said = move || {
        let (room, user) = asked.get()?;
        let Some(answer) = answer.get() else {
            return Some(view! { <SkeletonLine /> }.into_any());
        };
        let editable = editable.get();
        Some(view! { <EntryAnswer room user answer changes editable /> }.into_any())
    };
    view! {
        <section class="card only-with-script" aria-labelledby="can-enter">
            <div class="card__section">
                <h2 class="card__title" id="can-enter">
                    {tr!("entry.title")}
                </h2>
                {field}
                <div role="status">{said}</div>
                {children.map(|it| it())}
            </div>
        </section>
    }
}

/// The answer. `changes` is counted up where the remedy was taken, so that the question is asked again.
#[component]
pub(crate) fn EntryAnswer(
    room: RoomId,
    user: UserSummary,
    answer: Answer,
    changes: RwSignal<u32>,
    /// Whether a remedy may be taken.
    editable: bool,
) -> impl IntoView {
    match answer {
        Ok(Ok(admission)) => view! { <Yes user admission /> }.into_any(),
        Ok(Err(refusal)) => view! { <No room user refusal changes editable /> }.into_any(),
        Err(error) => view! { <FailureNotice error /> }.into_any(),
    }
}

#[component]
fn Yes(user: UserSummary, admission: Admission) -> impl IntoView {
    let (yes, ground) = words::admission(admission, user.nickname.as_str());
    view! {
        <div class="notice notice--success">
            <Icon name="circle-check" />
            <div class="notice__text">
                <strong>{yes}</strong>
                " "
                {ground}
            </div>
        </div>
    }
}

#[component]
fn No(
    room: RoomId,
    user: UserSummary,
    refusal: Refusal,
    changes: RwSignal<u32>,
    editable: bool,
) -> impl IntoView {
    let reason = words::refusal(refusal, user.user_id.as_str());
    let moment = match refusal {
        Refusal::NotYet { opens: at } | Refusal::Over { closed: at } => Some(at),
        _ => None,
    };
    view! {
        <div class="notice notice--error">
            <Icon name="circle-x" />
            <div class="notice__text">
                <strong>{tr!("entry.no")}</strong>
                " "
                {reason}
                " "
                {moment.map(|at| view! { <SchoolMoment at /> " " <SchoolZone /> ". " })}
                {editable.then(|| view! { <Remedy room user refusal changes /> })}
            </div>
        </div>
    }
}

/// What would let them in, where that is one step away.
#[component]
fn Remedy(
    room: RoomId,
    user: UserSummary,
    refusal: Refusal,
    changes: RwSignal<u32>,
) -> impl IntoView {
    match refusal {
        Refusal::NotSpecified => {
            let label = tr!("entry.add_as", permission = words::permission(user.permission));
            let add =
                move || rooms::add_member(room.clone(), user.user_id.clone(), user.permission);
            view! { <Act label act=add changes /> }.into_any()
        }
        Refusal::Banned => {
            let lift = move || rooms::lift_ban_of(room.clone(), user.user_id.clone());
            view! { <Act label=tr!("banned.lift") act=lift changes /> }.into_any()
        }
        Refusal::Deactivated if is_admin() => view! {
            <a href=user_path(user.user_id.as_str())>{tr!("problem.open_user")}</a>
        }
        .into_any(),
        Refusal::NotYet { .. } | Refusal::Over { .. } => view! {
            <a href=format!("/rooms/{room}/settings")>{tr!("entry.change_window")}</a>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

/// A remedy that is taken here, and changes nothing the second time.
#[component]
fn Act<A>(label: String, act: A, changes: RwSignal<u32>) -> impl IntoView
where
    A: AsyncFn() -> Result<(), AppError> + Clone + Send + 'static,
{
    let toaster = expect_context::<Toaster>();
    let take = move |_| {
        let act = act.clone();
        spawn_local(async move {
            match delivered(act).await {
                Ok(()) => drop(changes.try_update(|it| *it += 1)),
                Err(error) => failed(&error, toaster),
            }
        });
    };
    view! {
        <button class="link" type="button" on:click=take>
            {label}
        </button>
    }
}
