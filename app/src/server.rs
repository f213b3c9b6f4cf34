//! What server functions and pages need of the server: who is calling, and the use cases.

mod arguments;
mod design;
mod help;
mod picker;
mod qr;
mod room;
mod sheet;
mod still;
mod texts;

pub use arguments::arguments_of;
pub use design::design_document;
pub use help::{help_document, is_help_topic};
pub use sheet::{Sheet, SheetLinks, dead_links, entry_address, entry_addresses, sheet_document};

use std::sync::Arc;

use backend::{
    Backend, ShownRefusal,
    accounts::{Admin, Context, MakeLinkRefusal, PasswordLink, Session, Staff},
    groups::{GroupRefusal, JoinRefusal},
    links::{LinksRefusal, ShownLink, Whose},
    picker::PickerRefusal,
    rooms::{AccessRefusal, MembersRefusal, RoomOwner, RoomReader, RoomRefusal},
    users::{ManyRefusal, StatusRefusal},
};
use domain::{ConsoleRole, Problem, RoomId, RoomName, UserId, live::Changes, settings::Settings};
use http::{StatusCode, request::Parts};
use leptos::prelude::{Owner, RenderHtml, expect_context, provide_context, use_context};
use leptos_axum::ResponseOptions;

pub(crate) use self::{picker::offer, room::room_settings};
use crate::{
    Assets,
    components::once::PageId,
    error::AppError,
    functions::{links, users},
    i18n::{Locale, Texts, tr},
    shell,
    theme::Theme,
    viewer::Viewer,
};

/// Who is calling, and from where. The server puts one into the extensions of every request.
#[derive(Clone)]
pub struct Caller {
    /// Who is signed in, if anybody.
    pub session: Option<Session>,
    /// Where the request comes from.
    pub context: Context,
    /// The reader's language.
    pub locale: Locale,
    /// How the console looks for them.
    pub theme: Theme,
    /// Whether the console is reached in a way that others could listen to.
    pub insecure: bool,
    /// The address under which people reach the console, as it was configured.
    pub public_url: String,
    /// The version of the site that is served.
    pub version: &'static str,
    /// What had changed when the request came.
    pub changes: Changes,
    /// What holds for the whole school.
    pub settings: Settings,
}

/// Provides what pages find in their context: how they are to be shown, and to whom.
pub fn provide_caller(caller: &Caller) {
    provide_context(caller.locale);
    provide_context(texts_in(caller.locale));
    provide_context(caller.theme);
    provide_context(PageId(caller.context.request_id.clone()));
    if let Some(session) = &caller.session {
        let sees_log = session.role() == ConsoleRole::Admin;
        provide_context(Viewer {
            user: session.user().clone(),
            insecure: caller.insecure,
            version: caller.version.to_owned(),
            changes: if sees_log { caller.changes } else { caller.changes.without_log() },
            school: caller.settings.school.as_ref().map(ToString::to_string),
            zone: caller.settings.time_zone.to_string(),
        });
    }
}

const fn texts_in(locale: Locale) -> Texts {
    Texts { locale, of: texts::embedded }
}

/// What a copy of a room is called in that language, or why the name can't be one.
pub fn name_of_copy(original: &RoomName, locale: Locale) -> Result<RoomName, Problem> {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(locale);
        provide_context(texts_in(locale));
        RoomName::shortened(&tr!("room.copy_of", name = original))
    })
}

/// A whole document that says what went wrong, for failures outside the app's pages.
#[must_use]
pub fn error_document(error: &AppError, caller: &Caller, assets: Assets) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(assets);
        provide_caller(caller);
        shell::error_document(error.clone()).to_html()
    })
}

/// The use cases.
pub(crate) fn backend() -> Arc<Backend> {
    expect_context::<Arc<Backend>>()
}

/// Who is calling.
pub(crate) fn caller() -> Result<Caller, AppError> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Caller>().cloned())
        .ok_or(AppError::Internal { request_id: None })
}

/// Who is signed in.
pub(crate) fn session() -> Result<Session, AppError> {
    caller()?.session.ok_or_else(|| answer(AppError::SignedOut))
}

/// The proof that somebody with a console role is calling.
pub(crate) fn staff() -> Result<Staff, AppError> {
    Ok(session()?.staff())
}

/// The proof that an Admin is calling.
pub(crate) fn admin() -> Result<Admin, AppError> {
    staff()?.admin().map_err(|_| answer(AppError::Forbidden))
}

/// The proof that whoever is calling may see the room of that id.
pub(crate) async fn room_reader(id: Option<RoomId>) -> Result<RoomReader, AppError> {
    let (staff, id) = (staff()?, found(id)?);
    backend().rooms.reader(&staff, &id).await.map_err(access_refused)
}

/// The proof that whoever is calling may change the room of that id.
pub(crate) async fn room_owner(id: Option<RoomId>) -> Result<RoomOwner, AppError> {
    let (staff, id) = (staff()?, found(id)?);
    backend().rooms.owner(&staff, &id).await.map_err(access_refused)
}

/// Gives the response the error's status. The one place from which errors leave server functions.
pub(crate) fn answer(error: AppError) -> AppError {
    if let (Some(response), Ok(status)) =
        (use_context::<ResponseOptions>(), StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    error
}

/// Logs what happened inside, once, and says no more than that outside.
pub(crate) fn reject(error: &backend::Internal) -> AppError {
    let request_id = caller().map(|it| it.context.request_id).ok();
    tracing::error!(request_id, error = ?error, "a use case failed");
    answer(match error.kind() {
        backend::InternalKind::Unavailable => AppError::Unavailable,
        backend::InternalKind::DiskFull => AppError::DiskFull,
        backend::InternalKind::Revoked => AppError::Forbidden,
        backend::InternalKind::Repeated | backend::InternalKind::Other => {
            AppError::Internal { request_id }
        }
    })
}

/// What was looked for, or the answer that there is no such thing.
pub(crate) fn found<T>(thing: Option<T>) -> Result<T, AppError> {
    thing.ok_or_else(|| answer(AppError::NotFound))
}

/// The answer to whoever may not do that with a room.
fn access_refused(refusal: AccessRefusal) -> AppError {
    match refusal {
        AccessRefusal::NotFound => answer(AppError::NotFound),
        AccessRefusal::Forbidden => answer(AppError::Forbidden),
        AccessRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to whoever is offered nobody.
pub(crate) fn picker_refused(refusal: PickerRefusal) -> AppError {
    match refusal {
        PickerRefusal::NotFound => answer(AppError::NotFound),
        PickerRefusal::Shown(refusal) => shown_refused(refusal),
    }
}

/// The answer to a Teacher who is told of no more users.
pub(crate) fn shown_refused(refusal: ShownRefusal) -> AppError {
    match refusal {
        ShownRefusal::Wait { seconds } => {
            answer(AppError::Refused(Problem::ShownEnough { seconds }))
        }
        ShownRefusal::Internal(error) => reject(&error),
    }
}

/// A one-time link as its maker hands it over. Begins with the configured address: whoever asked under
/// another name makes no link that leads there.
pub(crate) fn to_hand_over(link: &PasswordLink) -> Result<users::PasswordLink, AppError> {
    let address = format!("{}/password?secret={}", caller()?.public_url, link.secret.reveal());
    let code = qr::code(&address);
    Ok(users::PasswordLink { address, until: link.until, code })
}

/// Whose entry link is asked for: the one that all share, where nobody is named.
pub(crate) fn whose(user_id: Option<UserId>) -> Whose {
    user_id.map_or(Whose::Everybody, Whose::User)
}

/// An entry link as it is handed over. Begins with the configured address, as one-time links do.
pub(crate) fn to_enter(shown: ShownLink) -> Result<links::ShownLink, AppError> {
    let address = entry_address(&caller()?.public_url, &shown.token);
    let code = qr::code(&address);
    Ok(links::ShownLink { link: shown.link, address, code })
}

/// The answer to whoever gets no entry link.
pub(crate) fn links_refused(refusal: LinksRefusal) -> AppError {
    match refusal {
        LinksRefusal::NotFound => answer(AppError::NotFound),
        LinksRefusal::Shown(refusal) => shown_refused(refusal),
    }
}

/// The answer to whoever gets no one-time link.
pub(crate) fn link_refused(refusal: MakeLinkRefusal) -> AppError {
    match refusal {
        MakeLinkRefusal::NotFound => answer(AppError::NotFound),
        MakeLinkRefusal::MayNotSignIn => answer(AppError::Refused(Problem::MayNotSignIn)),
        MakeLinkRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to a refused change of status.
pub(crate) fn status_refused(user_id: &UserId, refusal: StatusRefusal) -> AppError {
    match refusal {
        StatusRefusal::NotFound => answer(AppError::NotFound),
        StatusRefusal::LastAdmin => answer(AppError::Refused(Problem::LastAdmin)),
        StatusRefusal::OwnsRooms => {
            answer(AppError::Refused(Problem::OwnsRooms { user_id: user_id.clone() }))
        }
        StatusRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to a change of too many users at once.
pub(crate) fn many_refused(refusal: ManyRefusal) -> AppError {
    match refusal {
        ManyRefusal::TooMany(problem) => answer(AppError::Refused(problem)),
        ManyRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to a refused change of a group.
pub(crate) fn group_refused(refusal: GroupRefusal) -> AppError {
    match refusal {
        GroupRefusal::NotFound => answer(AppError::NotFound),
        GroupRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to users who were refused for a group.
pub(crate) fn join_refused(refusal: JoinRefusal) -> AppError {
    match refusal {
        JoinRefusal::NotFound => answer(AppError::NotFound),
        JoinRefusal::Users(problem) => answer(AppError::Refused(problem)),
        JoinRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to a refused change of a room.
pub(crate) fn room_refused(refusal: RoomRefusal) -> AppError {
    match refusal {
        RoomRefusal::NotFound => answer(AppError::NotFound),
        RoomRefusal::Internal(error) => reject(&error),
    }
}

/// The answer to refused members.
pub(crate) fn members_refused(refusal: MembersRefusal) -> AppError {
    match refusal {
        MembersRefusal::NotFound => answer(AppError::NotFound),
        MembersRefusal::Members(problem) | MembersRefusal::Limit((_, problem)) => {
            answer(AppError::Refused(problem))
        }
        MembersRefusal::Internal(error) => reject(&error),
    }
}
