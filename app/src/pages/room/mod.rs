//! `/rooms/…`: one room: its members, whether somebody can enter, ending and reopening it.

mod can_enter;
mod members;

use domain::{
    Newest, Page, RoomId, RoomState,
    history::Event,
    live::Kind,
    room::{Member, RoomSummary},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};

use self::{can_enter::CanEnter, members::Members};
use crate::{
    components::{
        answer::{Answer, Place},
        dialog::Dialog,
        help::HelpLink,
        history::{self, History},
        icon::Icon,
        layout::failed,
        list::Asked,
        menu::MoreMenu,
        newest,
        page::Breadcrumbs,
        room_fields::{StatePill, TypePill},
        toast::Toaster,
    },
    error::AppError,
    functions::{history as events, rooms},
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
    let history = Resource::new(
        move || (id.get(), older.get(), changes.get()),
        |(id, older, _)| events::of_room(id, older),
    );
    let show = move |room| view! { <Room room members asked history changes /> }.into_any();
    view! { <Answer of=room show place=Place::Page /> }
}

#[component]
fn Room(
    room: RoomSummary,
    members: Resource<Result<Page<Member>, AppError>>,
    asked: Asked,
    history: Resource<Result<Newest<Event>, AppError>>,
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
                <About room />
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
    let ended = room.state == RoomState::Ended;
    let settings = format!("/rooms/{}/settings", room.id);
    let delete = format!("/rooms/{}/delete", room.id);
    let (navigate, copying) = (use_navigate(), RwSignal::new(false));
    let name = room.name.to_string();
    let end_or_reopen = if ended {
        let room = room.clone();
        view! {
            <button
                class="menu__item only-with-script"
                type="button"
                on:click=move |_| set_ended(room.clone(), false, changes, toaster)
            >
                <Icon name="door-open" />
                {tr!("room.reopen")}
            </button>
        }
        .into_any()
    } else {
        view! {
            <button
                class="menu__item menu__item--danger only-with-script"
                type="button"
                on:click=move |_| asking.set(true)
            >
                <Icon name="door-closed" />
                {tr!("room.end")}
            </button>
        }
        .into_any()
    };
    let room = StoredValue::new(room);
    view! {
        <MoreMenu label=tr!("room.more")>
            <a class="menu__item" href=settings>
                <Icon name="pencil" />
                {tr!("room.edit")}
            </a>
            <button
                class="menu__item only-with-script"
                type="button"
                on:click=move |_| {
                    duplicate(room.with_value(|it| it.id.clone()), copying, navigate.clone(), toaster);
                }
            >
                <Icon name="copy" />
                {tr!("room.duplicate")}
            </button>
            <hr class="menu__line" />
            {end_or_reopen}
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

/// Makes a copy and leads to its settings.
fn duplicate(
    room: RoomId,
    copying: RwSignal<bool>,
    navigate: impl Fn(&str, NavigateOptions) + 'static,
    toaster: Toaster,
) {
    if copying.get_untracked() {
        return;
    }
    copying.set(true);
    spawn_local(async move {
        let copied = rooms::duplicate(room).await;
        copying.try_set(false);
        match copied {
            Ok(copy) => {
                let settings = format!("/rooms/{}/settings?copied", copy.id);
                navigate(&settings, NavigateOptions::default());
            }
            Err(error) => failed(&error, toaster),
        }
    });
}

fn set_ended(room: RoomSummary, ended: bool, changes: RwSignal<u32>, toaster: Toaster) {
    spawn_local(async move {
        match rooms::set_ended(room.id.clone(), ended).await {
            Ok(now) => {
                changes.try_update(|it| *it += 1);
                let text = if ended {
                    tr!("room.was_ended", name = now.name)
                } else {
                    tr!("room.was_reopened", name = now.name)
                };
                let undo =
                    Callback::new(move |()| set_ended(room.clone(), !ended, changes, toaster));
                toaster.show(text, Some(undo));
            }
            Err(error) => failed(&error, toaster),
        }
    });
}

#[component]
fn About(room: RoomSummary) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="about">
            <div class="card__section">
                <h2 class="card__title" id="about">
                    {tr!("room.about")}
                </h2>
                <dl class="facts">
                    <div>
                        <dt>{tr!("room.owner")}</dt>
                        <dd>
                            <bdi>{room.owner.nickname.to_string()}</bdi>
                            " "
                            <bdi class="quiet">{room.owner.user_id.to_string()}</bdi>
                        </dd>
                    </div>
                    <div>
                        <dt>{tr!("room.type")}</dt>
                        <dd>{crate::words::room_type_meaning(room.room_type)}</dd>
                    </div>
                </dl>
            </div>
        </section>
    }
}
