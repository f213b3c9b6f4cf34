//! `/rooms/…`: one room: its members, whether somebody can enter, ending and reopening it.

mod about;
mod can_enter;
mod many;
mod members;
mod selection;

use domain::{Newest, history::Event, live::Kind, room::RoomSummary};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::{about::About, can_enter::CanEnter, members::Members};
use crate::{
    components::{
        answer::{Answer, Place},
        dialog::Dialog,
        ending::{EndOrReopen, set_ended},
        help::HelpLink,
        history::{self, History},
        icon::Icon,
        list::Asked,
        menu::MoreMenu,
        newest,
        once::Once,
        page::Breadcrumbs,
        room_fields::{StatePill, TypePill},
        toast::Toaster,
    },
    error::AppError,
    functions::{
        history as events,
        rooms::{self, MembersList, RoomSettings},
    },
    i18n::tr,
    latest::kept_up,
    live,
};

/// The page of one room.
#[component]
pub(crate) fn RoomPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|it| it.get("room").unwrap_or_default()));
    let changes = RwSignal::new(0_u32);
    let asked = Asked::of_address(|_| ());
    let room = Resource::new_blocking(move || id.get(), rooms::get);
    let members = members::asked_for(id, asked, changes);
    let older = newest::older_than(history::OLDER);
    let anew = live::changes_or(changes, Kind::Rooms);
    let history = Resource::new(
        move || (id.get(), older.get(), anew.get()),
        |(id, older, _)| events::of_room(id, older),
    );
    let about = Resource::new(move || id.get(), rooms::settings);
    let show = move |room| view! { <Room room members asked history about changes /> }.into_any();
    view! { <Answer of=room show place=Place::Page /> }
}

#[component]
fn Room(
    room: RoomSummary,
    members: Resource<Result<MembersList, AppError>>,
    asked: Asked,
    history: Resource<Result<Newest<Event>, AppError>>,
    about: Resource<Result<RoomSettings, AppError>>,
    /// Counts the changes made on this page, so that what depends on them is asked for again.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let name = room.name.to_string();
    let id = room.id.clone();
    let asked_for = id.to_string();
    let now = kept_up(room.clone(), live::changes_or(changes, Kind::Rooms), move || {
        rooms::get(asked_for.clone())
    });
    let of_room = room.id.to_string();
    view! {
        <Title text=name.clone() />
        <main class="page page--two" id="main" tabindex="-1">
            <Breadcrumbs up="/rooms" up_label=tr!("rooms.title") here=name.clone() />
            <div class="page-head">
                <div class="page-head__text">
                    <h1 class="page-head__title">
                        <bdi>{name}</bdi>
                    </h1>
                    <HelpLink />
                    <div class="page-head__pills">
                        {move || view! { <StatePill state=now.get().state /> }}
                        <TypePill room_type=room.room_type />
                    </div>
                </div>
                <div class="page-head__actions">
                    {move || view! { <Actions room=now.get() changes /> }}
                    <a class="button button--primary" href=format!("/rooms/{id}/add")>
                        <Icon name="user-plus" />
                        {tr!("room.add")}
                    </a>
                </div>
            </div>
            <Saved />
            <div class="stack">
                <Members room=now members asked changes />
                <History
                    events=history
                    ask=move |older| events::of_room(of_room.clone(), older)
                />
            </div>
            <aside class="stack">
                <CanEnter room=id changes />
                <About of=about />
            </aside>
        </main>
    }
}

/// What was just done on the page that led here.
#[component]
fn Saved() -> impl IntoView {
    let query = use_query_map();
    let done = move || {
        query.with(|it| {
            if it.get("created").is_some() {
                Some(tr!("room.was_created"))
            } else if it.get("added").is_some() {
                Some(tr!("room.were_added"))
            } else if it.get("handed-over").is_some() {
                Some(tr!("room.was_handed_over"))
            } else {
                it.get("saved").map(|_| tr!("room.was_saved"))
            }
        })
    };
    move || {
        done().map(|text| {
            view! {
                <div class="notice notice--success" role="status">
                    <Icon name="circle-check" />
                    <div class="notice__text">{text}</div>
                </div>
            }
        })
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
    view! {
        <MoreMenu label=tr!("room.more")>
            <a class="menu__item" href=settings>
                <Icon name="pencil" />
                {tr!("room.edit")}
            </a>
            <form method="post" action=duplicate>
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
