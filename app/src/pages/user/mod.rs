//! `/users/…`: one user, to see and to edit: rooms, history, and whether they can enter a room.

mod can_enter;
mod meetings;
mod rooms;
pub(crate) mod sign_in;

use domain::{
    ConsoleRole, Edition, Newest, Problems, UserId, UserStatus, UserSummary,
    history::Event,
    live::Kind,
    meeting_record::UserMeeting,
    room::UserRoom,
    user::{UserDetails, UserField, UserForm},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};

use self::{can_enter::CanEnter, meetings::Meetings, rooms::Rooms, sign_in::SignInCard};
use super::users::StatusButton;
use crate::{
    browser::submit::Encoding,
    components::{
        answer::{Answer, Place},
        avatar::{Avatar, Size},
        form::{FormState, SendFailure, SubmitButton, form_data},
        help::HelpLink,
        history::{self, History},
        icon::Icon,
        meanwhile::{Difference, Meanwhile},
        menu::MoreMenu,
        newest,
        notice::DoneNotice,
        once::Once,
        page::{Breadcrumbs, user_path},
        page_title::PageTitle,
        permission::PermissionPill,
        state::Gone,
        user_fields::{NameFields, Preview, ProfileFields, StatusPill, UserFields},
    },
    error::AppError,
    functions::{history as events, meetings as held, users},
    i18n::tr,
    latest::kept_while_there,
    live,
    submission::submitted,
    words,
};

/// The page of one user.
#[component]
pub(crate) fn UserPage() -> impl IntoView {
    let params = use_params_map();
    let user_id = Memo::new(move |_| params.with(|it| it.get("user_id").unwrap_or_default()));
    let version = RwSignal::new(0_u32);
    // Counts what was done here without saving the form, so that the history tells it.
    let acts = RwSignal::new(0_u32);
    let details = Resource::new_blocking(
        move || (user_id.get(), version.get()),
        |(user_id, _)| users::details(user_id),
    );
    let changed = Callback::new(move |()| version.update(|it| *it += 1));
    let older_rooms = newest::older_than(rooms::OLDER);
    let rooms = Resource::new(
        move || (user_id.get(), older_rooms.get()),
        |(user_id, older)| users::rooms(user_id, older),
    );
    let older_meetings = newest::older_than(meetings::OLDER);
    let meetings = Resource::new(
        move || (user_id.get(), older_meetings.get()),
        |(user_id, older)| held::of_user(user_id, older),
    );
    let older_events = newest::older_than(history::OLDER);
    let history = Resource::new(
        move || (user_id.get(), older_events.get(), version.get(), acts.get()),
        |(user_id, older, ..)| events::of_user(user_id, older),
    );
    let refused = StoredValue::new(submitted::<(UserForm, Option<Edition>), UserField>());
    let show = move |details: UserDetails| {
        // Once something was saved, nothing is refused any more.
        let refused = refused.get_value().filter(|_| version.get_untracked() == 0);
        let fields = match &refused {
            Some(((form, _), _)) => UserFields::of(&details).with_typed(form),
            None => UserFields::of(&details),
        };
        let (typed, problems) = refused.unzip();
        let seen = typed.and_then(|it| it.1).unwrap_or_else(|| details.edition.clone());
        let problems = problems.unwrap_or_default();
        view! { <User details fields problems seen changed acts rooms meetings history /> }
            .into_any()
    };
    view! { <Answer of=details show place=Place::Page /> }
}

async fn get(user_id: UserId) -> Result<UserSummary, AppError> {
    users::find(user_id).await?.ok_or(AppError::NotFound)
}

#[component]
fn User(
    details: UserDetails,
    fields: UserFields,
    problems: Problems<UserField>,
    /// What the form was filled in from.
    seen: Edition,
    changed: Callback<()>,
    acts: RwSignal<u32>,
    rooms: Resource<Result<Newest<UserRoom>, AppError>>,
    meetings: Resource<Result<Newest<UserMeeting>, AppError>>,
    history: Resource<Result<Newest<Event>, AppError>>,
) -> impl IntoView {
    let (user, sign_in) = (details.summary.clone(), details.sign_in);
    let id = user.user_id.to_string();
    let delete = format!("{}/delete", user_path(&id));
    let (of_user, asked_for) = (id.clone(), user.user_id.clone());
    // What is done here or elsewhere shows in place: what was typed below is not saved yet.
    let anew = live::changes_or(acts, Kind::Users);
    let (now, gone) = kept_while_there(user.clone(), anew, move || get(asked_for.clone()));
    let may_sign_in = Memo::new(move |_| {
        now.with(|it| it.role > ConsoleRole::None && it.status == UserStatus::Active)
    });
    let status_changed = Callback::new(move |_| acts.update(|it| *it += 1));
    let (users, rooms_too) = (live::changes(Kind::Users), live::changes(Kind::Rooms));
    let told_anew = Signal::derive(move || users.get() + rooms_too.get());
    let nickname = Signal::derive(move || now.with(|it| it.nickname.to_string()));
    view! {
        <PageTitle text=nickname />
        <main class="page page--two page--task" id="main" tabindex="-1">
            <Breadcrumbs up="/users" up_label=tr!("users.title") here=nickname />
            <div class="page-head">
                <a class="page-head__back" href="/users" aria-label=tr!("users.back")>
                    <Icon name="chevron-left" />
                </a>
                {move || view! { <Avatar user=now.get() size=Size::Large /> }}
                <div class="page-head__text">
                    <h1 class="page-head__title">
                        <bdi>{nickname}</bdi>
                    </h1>
                    <HelpLink form=true />
                    <p class="page-head__sub">
                        <bdi>{user.user_id.to_string()}</bdi>
                    </p>
                    <div class="page-head__pills">
                        {move || view! { <PermissionPill permission=now.get().permission /> }}
                        {move || view! { <StatusPill status=now.get().status /> }}
                    </div>
                </div>
                <div class="page-head__actions">
                    {move || {
                        view! { <StatusButton user=now.get() class="button" changed=status_changed /> }
                    }}
                    <MoreMenu label=tr!("user.more")>
                        <a class="menu__item menu__item--danger" href=delete>
                            <Icon name="trash-2" />
                            {tr!("user.delete")}
                        </a>
                    </MoreMenu>
                </div>
            </div>
            <Gone gone text=tr!("user.gone") />
            <Form details fields problems seen changed acts history />
            <Preview fields />
            <div class="stack page__below">
                <Rooms rooms user_id=id.clone() />
                <Meetings meetings user_id=id />
                <History
                    events=history
                    changes=told_anew
                    ask=move |older| events::of_user(of_user.clone(), older)
                />
            </div>
            <aside class="stack page__below">
                {move || {
                    may_sign_in.get()
                        .then(|| {
                            let user = now.get_untracked();
                            view! { <SignInCard user served=sign_in changes=anew /> }
                        })
                }}
                <CanEnter user />
            </aside>
        </main>
    }
}

#[component]
fn Form(
    details: UserDetails,
    fields: UserFields,
    problems: Problems<UserField>,
    seen: Edition,
    changed: Callback<()>,
    acts: RwSignal<u32>,
    history: Resource<Result<Newest<Event>, AppError>>,
) -> impl IntoView {
    let query = use_query_map();
    let form = FormState::<UserField>::new(problems);
    let needs_password = details.sign_in.is_some_and(|it| !it.password);
    let now = form.subject(UserField::Edition, acts, details, {
        let id = fields.user_id.get_untracked();
        move || users::details(id.clone())
    });
    let navigate = use_navigate();
    let path = user_path(&fields.user_id.get_untracked());
    let action = path.clone();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (false, Some(data)) = (form.busy(), form_data(&event)) else { return };
        fields.image.amend(&data);
        let navigate = navigate.clone();
        form.send(path.clone(), data, Encoding::Multipart, move |to| {
            navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
            changed.try_run(());
        });
    };
    let differences = Signal::derive(move || differences(fields, &now.get()));
    let meanwhile = move || {
        form.is_wrong(UserField::Edition).then(|| {
            view! { <Meanwhile history since=seen.at() differences /> }
        })
    };
    let done = move || {
        query.with(|it| {
            if it.get("created").is_some() {
                Some(tr!("user.was_created"))
            } else {
                let saved = it.get("saved").map(|_| tr!("user.was_saved"));
                saved.or_else(|| it.get("handed-over").map(|_| tr!("hand_over.done")))
            }
        })
    };
    view! {
        <form
            class="card"
            method="post"
            action=action
            enctype="multipart/form-data"
            novalidate
            on:submit=on_submit
        >
            {move || {
                done()
                    .map(|text| {
                        view! {
                            <div class="card__section">
                                <DoneNotice>
                                    {text} " "
                                    {needs_password
                                        .then(|| {
                                            view! {
                                                <a href="#sign-in-card" rel="external">
                                                    {tr!("password_link.next")}
                                                </a>
                                                " "
                                            }
                                        })}
                                    <a href="/users/new">{tr!("users.next")}</a>
                                    " " <a href="/rooms/new">{tr!("rooms.create")}</a>
                                </DoneNotice>
                            </div>
                        }
                    })
            }}
            {meanwhile}
            <Once />
            <input type="hidden" name=Edition::FIELD value=move || now.get().edition.to_text() />
            <div class="card__section">
                <NameFields fields form existing=true />
            </div>
            <ProfileFields fields form />
            <SendFailure failure=form.failure progress=form.progress />
            <footer class="form-footer">
                <p class="form-footer__summary"></p>
                <a class="button button--quiet form-footer__cancel" href="/users">
                    {tr!("dialog.cancel")}
                </a>
                <SubmitButton label=tr!("form.save") busy=Signal::derive(move || form.busy()) />
            </footer>
        </form>
    }
}

/// Where the form differs from what the user is by now.
fn differences(fields: UserFields, now: &UserDetails) -> Vec<Difference> {
    let theirs = UserFields::of(now);
    [
        Difference::between(tr!("user.nickname"), fields.nickname, theirs.nickname, |it| it),
        Difference::between(
            tr!("user.permission"),
            fields.permission,
            theirs.permission,
            words::permission,
        ),
        Difference::between(tr!("user.groups"), fields.groups, theirs.groups, |it| it.join(", ")),
        Difference::between(tr!("user.role"), fields.role, theirs.role, words::role),
    ]
    .into_iter()
    .flatten()
    .collect()
}
