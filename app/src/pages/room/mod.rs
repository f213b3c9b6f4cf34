//! `/rooms/…`: one room: its members, whether somebody can enter, ending and reopening it.

mod about;
mod banned;
mod can_enter;
mod enter;
mod links;
mod many;
mod meetings;
mod member_row;
mod members;
mod this_meeting;

use domain::{
    Newest, Problems,
    history::Event,
    live::Kind,
    meeting_record::{Attendance, HeldMeeting},
    room::{LiveMeeting, RoomField, RoomSummary},
};
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};

use self::{
    about::About,
    banned::Banned,
    can_enter::CanEnter,
    enter::Enter,
    links::{Desk, Dialogs, LinksCard},
    meetings::Meetings,
    members::Members,
    this_meeting::ThisMeeting,
};
use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        dialog::Dialog,
        ending::{EndOrReopen, set_ended},
        form::FormState,
        help::HelpLink,
        history::{self, History},
        icon::Icon,
        layout::failed,
        list::Asked,
        menu::MoreMenu,
        newest,
        notice::JustDone,
        once::Once,
        page::Breadcrumbs,
        page_title::PageTitle,
        room_fields::{RoomPill, TypePill},
        state::{FailureNotice, Gone},
        toast::Toaster,
    },
    error::AppError,
    functions::{
        history as events, meetings as held,
        rooms::{self, AboutRoom, MembersList},
    },
    i18n::tr,
    latest::{asked_since, kept_up, kept_while_there},
    live,
    viewer::may_change,
};

/// The page of one room.
#[component]
pub(crate) fn RoomPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|it| it.get("room").unwrap_or_default()));
    let changes = RwSignal::new(0_u32);
    let anew = live::changes_or(changes, Kind::Rooms);
    let served_at = anew.get_untracked();
    let asked = Asked::of_address(|_| ());
    let room = Resource::new_blocking(move || id.get(), rooms::get);
    let members = members::asked_for(id, asked, changes);
    let meeting = Resource::new_blocking(move || id.get(), rooms::meeting);
    let older = newest::older_than(history::OLDER);
    let history =
        Resource::new(move || (id.get(), older.get()), |(id, older)| events::of_room(id, older));
    let about = Resource::new(move || id.get(), rooms::about);
    let attendance = Resource::new(move || id.get(), held::now);
    let older = newest::older_than(meetings::OLDER);
    let meetings =
        Resource::new(move || (id.get(), older.get()), |(id, older)| held::of_room(id, older));
    let show = move |room| {
        view! { <Room room meeting attendance members asked meetings history about changes anew served_at /> }
            .into_any()
    };
    view! { <Answer of=room show place=Place::Page /> }
}

#[component]
fn Room(
    room: RoomSummary,
    meeting: Resource<Result<Option<LiveMeeting>, AppError>>,
    attendance: Resource<Result<Option<Attendance>, AppError>>,
    members: Resource<Result<MembersList, AppError>>,
    asked: Asked,
    meetings: Resource<Result<Newest<HeldMeeting>, AppError>>,
    history: Resource<Result<Newest<Event>, AppError>>,
    about: Resource<Result<AboutRoom, AppError>>,
    /// Counts the changes made on this page, so that what depends on them is asked for again.
    changes: RwSignal<u32>,
    /// Counted up where rooms have changed, here or elsewhere.
    anew: Signal<u64>,
    /// What that was when the resources were asked for.
    served_at: u64,
) -> impl IntoView {
    let id = room.id.clone();
    let (asked_for, of_room, held_in) = (id.to_string(), id.to_string(), id.to_string());
    let told_of = id.to_string();
    let id = StoredValue::new(id);
    let (now, gone) = kept_while_there(room, anew, move || rooms::get(asked_for.clone()));
    let since = asked_since(served_at, anew, move || rooms::about(told_of.clone()));
    // What couldn't be known at first is, once it has been told since.
    Effect::new(move |_| {
        let told = since.with(|it| matches!(it, Some((_, Ok(_)))));
        if told && matches!(about.get_untracked(), Some(Err(_))) {
            about.refetch();
        }
    });
    let name = Signal::derive(move || now.with(|it| it.name.to_string()));
    // The room may get another owner while it is looked at.
    let editable = Memo::new(move |_| now.with(may_change));
    let desk = Desk::new(id.get_value());
    view! {
        <PageTitle text=name />
        <main class="page page--two" id="main" tabindex="-1">
            <Breadcrumbs up="/rooms" up_label=tr!("rooms.title") here=name />
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">
                        <bdi>{name}</bdi>
                    </h1>
                    <HelpLink />
                    <div class="page-head__pills">
                        <Status room=now meeting />
                        {move || view! { <TypePill room_type=now.get().room_type /> }}
                    </div>
                </div>
                <div class="page-head__actions">
                    {move || {
                        editable
                            .get()
                            .then(|| {
                                view! {
                                    {move || view! { <Actions room=now.get() changes /> }}
                                    <a class="button" href=format!("/rooms/{}/add", id.get_value())>
                                        <Icon name="user-plus" />
                                        {tr!("room.add")}
                                    </a>
                                }
                            })
                    }}
                    {move || view! { <Enter room=now.get() /> }}
                </div>
            </div>
            <Gone gone text=tr!("room.gone") />
            <JustDone said=just_done />
            <div class="stack">
                <Members room=now members asked changes editable desk />
                <Meetings meetings room=held_in />
                <History
                    events=history
                    changes=anew
                    ask=move |older| events::of_room(of_room.clone(), older)
                />
            </div>
            <aside class="stack">
                <CanEnter room=id.get_value() changes editable desk />
                <Banned of=about since room=id.get_value() changes />
                <ThisMeeting meeting=attendance room=id.get_value() />
                {move || {
                    editable
                        .get()
                        .then(|| {
                            view! {
                                <LinksCard room=now desk />
                                <Dialogs desk />
                            }
                        })
                }}
                <About of=about since />
            </aside>
        </main>
    }
}

/// What the room is doing: whether a meeting goes on, and how many are in.
#[component]
fn Status(
    room: Signal<RoomSummary>,
    meeting: Resource<Result<Option<LiveMeeting>, AppError>>,
) -> impl IntoView {
    let id = room.with_untracked(|it| it.id.to_string());
    let pill = move |inside| view! { <RoomPill state=room.get().state inside /> };
    let show = move |served: Option<LiveMeeting>| {
        let id = id.clone();
        let now =
            kept_up(served, live::changes(Kind::Meetings), move || rooms::meeting(id.clone()));
        move || pill(now.get().map(|it| it.inside))
    };
    view! {
        <Transition fallback=|| view! { <span class="skeleton skeleton--pill"></span> }>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match meeting.await {
                        Ok(served) => show(served).into_any(),
                        Err(error) => view! { <FailureNotice error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// What was just done on the page that led here.
fn just_done(query: &ParamsMap) -> Option<String> {
    if query.get("created").is_some() {
        Some(tr!("room.was_created"))
    } else if query.get("added").is_some() {
        Some(tr!("room.were_added"))
    } else if query.get("not-copied").is_some() {
        Some(tr!("room.not_copied"))
    } else if query.get("handed-over").is_some() {
        Some(tr!("room.was_handed_over"))
    } else {
        query.get("saved").map(|_| tr!("room.was_saved"))
    }
}

/// Edit, copy, end or reopen, and delete.
#[component]
fn Actions(room: RoomSummary, changes: RwSignal<u32>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let asking = RwSignal::new(false);
    let settings = format!("/rooms/{}/settings", room.id);
    let delete = format!("/rooms/{}/delete", room.id);
    let duplicate = format!("/rooms/{}/duplicate", room.id);
    let name = room.name.to_string();
    let listed = room.clone();
    let room = StoredValue::new(room);
    let form = FormState::<RoomField>::new(Problems::default());
    let on_duplicate = {
        let path = duplicate.clone();
        form.on_submit(move || path.clone(), Encoding::UrlEncoded, |_| ())
    };
    Effect::new(move |_| {
        if let Some(error) = form.failure.get() {
            failed(&error, toaster);
        }
    });
    view! {
        <MoreMenu label=tr!("room.more")>
            <a class="menu__item" href=settings>
                <Icon name="pencil" />
                {tr!("room.edit")}
            </a>
            <form method="post" action=duplicate on:submit=on_duplicate>
                <Once />
                <button class="menu__item">
                    <Icon name="copy" />
                    {tr!("room.duplicate")}
                </button>
            </form>
            <hr class="menu__line" />
            <EndOrReopen room=listed changes ask=asking />
            <a class="menu__item menu__item--danger" href=delete>
                <Icon name="trash-2" />
                {tr!("room.delete")}
            </a>
        </MoreMenu>
        <Dialog id="end-room" title=tr!("room.end_title", name = name) open=asking small=true>
            <div class="dialog__body">
                <p>{tr!("room.end_text")}</p>
                <p class="quiet">{tr!("room.end_kept")}</p>
            </div>
            <footer class="dialog__foot">
                <button
                    class="button"
                    type="button"
                    on:click=move |_| asking.set(false)
                >
                    {tr!("dialog.cancel")}
                </button>
                <button
                    class="button button--danger"
                    type="button"
                    on:click=move |_| {
                        asking.set(false);
                        set_ended(room.get_value(), true, changes, toaster);
                    }
                >
                    {tr!("room.end")}
                </button>
            </footer>
        </Dialog>
    }
}
