//! Puts into words what `domain` knows as closed sets: choices, problems, refusals, failures.

use domain::{
    ConsoleRole, EntryPermission, Nickname, Problem, RoomStatus, RoomType, UserStatus,
    entry::{Admission, Ground, Refusal},
    image::{self, ImageProblem},
    room::WindowProblem,
};
use leptos::prelude::*;

use crate::{
    components::page::{group_path, user_path},
    error::AppError,
    i18n::{count, number, tr},
};

/// The name of a permission.
pub(crate) fn permission(permission: EntryPermission) -> String {
    match permission {
        EntryPermission::Host => tr!("permission.host"),
        EntryPermission::Guest => tr!("permission.guest"),
        EntryPermission::Monitoring => tr!("permission.monitoring"),
    }
}

/// What a permission means.
pub(crate) fn permission_meaning(permission: EntryPermission) -> String {
    match permission {
        EntryPermission::Host => tr!("permission.host_means"),
        EntryPermission::Guest => tr!("permission.guest_means"),
        EntryPermission::Monitoring => tr!("permission.monitoring_means"),
    }
}

/// Who usually gets a permission.
pub(crate) fn permission_usual(permission: EntryPermission) -> String {
    match permission {
        EntryPermission::Host => tr!("permission.host_usual"),
        EntryPermission::Guest => tr!("permission.guest_usual"),
        EntryPermission::Monitoring => tr!("permission.monitoring_usual"),
    }
}

/// The name of a console role.
pub(crate) fn role(role: ConsoleRole) -> String {
    match role {
        ConsoleRole::None => tr!("role.none"),
        ConsoleRole::Teacher => tr!("role.teacher"),
        ConsoleRole::Admin => tr!("role.admin"),
    }
}

/// Whether a user may do anything at all.
pub(crate) fn user_status(status: UserStatus) -> String {
    match status {
        UserStatus::Active => tr!("user.active"),
        UserStatus::Deactivated => tr!("user.deactivated"),
    }
}

/// What a room is doing.
pub(crate) fn room_status(status: RoomStatus) -> String {
    match status {
        RoomStatus::InProgress => tr!("room.in_progress"),
        RoomStatus::Waiting => tr!("room.waiting"),
        RoomStatus::Ended => tr!("room.ended"),
    }
}

/// The name of a room type.
pub(crate) fn room_type(room_type: RoomType) -> String {
    match room_type {
        RoomType::Private => tr!("room_type.private"),
        RoomType::Public => tr!("room_type.public"),
        RoomType::Open => tr!("room_type.open"),
    }
}

/// What a room type means.
pub(crate) fn room_type_meaning(room_type: RoomType) -> String {
    match room_type {
        RoomType::Private => tr!("room_type.private_means"),
        RoomType::Public => tr!("room_type.public_means"),
        RoomType::Open => tr!("room_type.open_means"),
    }
}

/// Stands in a text for what [`around`] puts there.
pub(crate) const HERE: &str = "\u{0}";

/// A text with something that isn't text where its language has [`HERE`].
pub(crate) fn around(text: &str, what: AnyView) -> AnyView {
    let (before, after) = text.split_once(HERE).unwrap_or((text, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    view! { {before} {what} {after} }.into_any()
}

/// How many people, for people to read.
pub(crate) fn people(count: u32) -> String {
    count!("limits.people", count)
}

/// A number of minutes, as hours and minutes.
pub(crate) fn duration(minutes: u32) -> String {
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let hours = (hours > 0).then(|| count!("limits.hours", hours));
    let minutes = (minutes > 0).then(|| count!("limits.minutes", minutes));
    hours.into_iter().chain(minutes).collect::<Vec<_>>().join(" ")
}

/// What is wrong with a field, and the way out.
pub(crate) fn problem(problem: Problem) -> ViewFn {
    if let Problem::Taken { by, nickname: Some(nickname) } = problem {
        return ViewFn::from(move || {
            view! {
                {tr!("problem.taken_by", nickname = nickname)}
                " "
                <a href=user_path(by.as_str())>{tr!("problem.open_user")}</a>
            }
        });
    }
    if let Problem::GroupTaken { by } = problem {
        return ViewFn::from(move || {
            view! {
                {tr!("problem.group_taken", name = by)}
                " "
                <a href=group_path(&by)>{tr!("problem.open_group")}</a>
            }
        });
    }
    if let Problem::OwnsRooms { user_id } = &problem {
        let path = format!("{}/hand-over", user_path(user_id.as_str()));
        return ViewFn::from(move || {
            view! {
                {tr!("problem.owns_rooms")}
                " "
                <a href=path.clone()>{tr!("hand_over.link")}</a>
            }
        });
    }
    let text = problem_text(&problem);
    ViewFn::from(move || text.clone())
}

/// What is wrong, in words alone.
pub(crate) fn problem_text(problem: &Problem) -> String {
    match problem {
        Problem::Missing => tr!("problem.missing"),
        Problem::TooLong { max } => tr!("problem.too_long", max = number((*max).into())),
        Problem::TooShort { min } => tr!("problem.too_short", min = number((*min).into())),
        Problem::Space => tr!("problem.space"),
        Problem::Character { character } => tr!("problem.character", character = character),
        Problem::Invisible => tr!("problem.invisible"),
        Problem::NoLetter => tr!("problem.no_letter"),
        Problem::Reserved => tr!("problem.reserved"),
        Problem::Taken { by, .. } => tr!("problem.taken", user_id = by),
        Problem::Choice => tr!("problem.choice"),
        Problem::UnknownUsers(ids) => {
            tr!("problem.unknown_users", user_ids = listed(ids, ToString::to_string))
        }
        Problem::DeactivatedUsers(ids) => {
            tr!("problem.deactivated_users", user_ids = listed(ids, ToString::to_string))
        }
        Problem::TooMany { max } => tr!("problem.too_many", max = number((*max).into())),
        Problem::Range { min, max } => {
            tr!("problem.range", min = number((*min).into()), max = number((*max).into()))
        }
        Problem::Window(WindowProblem::NoTime) => tr!("problem.no_time"),
        Problem::Window(WindowProblem::Skipped) => tr!("problem.skipped"),
        Problem::Window(WindowProblem::NotAfter) => tr!("problem.not_after"),
        Problem::Past => tr!("problem.past"),
        Problem::Image(problem) => image_problem(problem),
        Problem::SameAsUserId => tr!("problem.same_as_user_id"),
        Problem::CommonPassword => tr!("problem.common_password"),
        Problem::Differs => tr!("problem.differs"),
        Problem::WrongSignIn => tr!("problem.wrong_sign_in"),
        Problem::Wait { seconds } => count!("problem.wait", *seconds),
        Problem::ShownEnough { seconds } => count!("problem.shown_enough", seconds.div_ceil(60)),
        Problem::DeadLink => tr!("problem.dead_link"),
        Problem::DeadPasswordLink => tr!("problem.dead_password_link"),
        Problem::WrongPassword => tr!("problem.wrong_password"),
        Problem::MayNotSignIn => tr!("problem.may_not_sign_in"),
        Problem::Outdated => tr!("meanwhile.title"),
        Problem::RoomLimit { max } => count!("problem.room_limit", *max),
        Problem::HeirLimit { user_id, max } => {
            tr!("problem.heir_limit", user_id = user_id, max = number((*max).into()))
        }
        Problem::HandOverLimit { max } => count!("problem.hand_over_limit", *max),
        Problem::MemberLimit { max } => count!("problem.member_limit", *max),
        Problem::NotStaff { user_id } => tr!("problem.not_staff", user_id = user_id),
        Problem::LastAdmin => tr!("problem.last_admin"),
        Problem::OwnsRooms { .. } => tr!("problem.owns_rooms"),
        Problem::TypedWrong { expected } => tr!("problem.typed_wrong", expected = expected),
        Problem::NoSuchUser { user_id } => tr!("problem.no_such_user", user_id = user_id),
        Problem::DeactivatedUser { user_id } => tr!("problem.deactivated_user", user_id = user_id),
        Problem::RoomsNeedOwner => tr!("problem.rooms_need_owner"),
        Problem::StillTheSame => tr!("problem.still_the_same"),
        Problem::Oneself => tr!("problem.oneself"),
        Problem::GroupTaken { by } => tr!("problem.group_taken", name = by),
        Problem::UnknownGroup => tr!("problem.unknown_group"),
        Problem::SameGroup => tr!("problem.same_group"),
    }
}

/// The first twenty of a list, and how many more there are.
pub(crate) fn listed<T>(items: &[T], name: impl Fn(&T) -> String) -> String {
    const SHOWN: usize = 20;
    let mut text = items.iter().take(SHOWN).map(name).collect::<Vec<_>>().join(", ");
    if items.len() > SHOWN {
        let more = i64::try_from(items.len() - SHOWN).unwrap_or(i64::MAX);
        text.push_str(&tr!("problem.and_more", count = number(more)));
    }
    text
}

fn image_problem(problem: &ImageProblem) -> String {
    match problem {
        ImageProblem::Format => tr!("problem.image_format"),
        ImageProblem::TooLarge => tr!("problem.image_too_large", max = megabytes(image::MAX_BYTES)),
        ImageProblem::TooManyPixels { width, height } => tr!(
            "problem.image_pixels",
            width = number((*width).into()),
            height = number((*height).into()),
            max = number((image::MAX_PIXELS / 1_000_000).try_into().unwrap_or(i64::MAX)),
            side = number(image::MAX_SIDE.into())
        ),
        ImageProblem::TooMuchMemory { width, height } => tr!(
            "problem.image_memory",
            width = number((*width).into()),
            height = number((*height).into())
        ),
        ImageProblem::Broken => tr!("problem.image_broken"),
    }
}

/// A number of bytes for people to read.
pub(crate) fn megabytes(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = 1024 * KIB;
    if bytes >= MIB {
        let tenths = bytes * 10 / MIB;
        if tenths.is_multiple_of(10) || tenths >= 100 {
            format!("{} MB", tenths / 10)
        } else {
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    } else {
        format!("{} kB", bytes.div_ceil(KIB))
    }
}

/// The answer of the rule of entry where it is yes: as what, and on which ground.
pub(crate) fn admission(admission: Admission, nickname: &str) -> (String, String) {
    let permission = permission(admission.permission);
    let ground = match admission.ground {
        Ground::Owner => tr!("ground.owner", nickname = nickname),
        Ground::Member => tr!("ground.member", nickname = nickname),
        Ground::AllUsers => tr!("ground.all_users", nickname = nickname),
        Ground::AnyoneWithLink => tr!("ground.anyone"),
        Ground::Admin => tr!("ground.admin", nickname = nickname),
    };
    (tr!("entry.yes", permission = permission), ground)
}

/// The answer of the rule of entry where it is no: why. Where a window is the reason, a moment follows.
pub(crate) fn refusal(refusal: Refusal, user_id: &str) -> String {
    match refusal {
        Refusal::Unknown => tr!("refusal.unknown"),
        Refusal::LinkExpired => tr!("refusal.link_expired"),
        Refusal::LinkRevoked => tr!("refusal.link_revoked"),
        Refusal::RoomEnded => tr!("refusal.room_ended"),
        Refusal::Deactivated => tr!("refusal.deactivated", user_id = user_id),
        Refusal::Banned => tr!("refusal.banned", user_id = user_id),
        Refusal::NotSpecified => tr!("refusal.not_specified", user_id = user_id),
        Refusal::UsersOnly => tr!("refusal.users_only"),
        Refusal::NotYet { .. } => tr!("refusal.not_yet"),
        Refusal::Over { .. } => tr!("refusal.over"),
        Refusal::Locked => tr!("refusal.locked"),
        Refusal::Full { capacity } => tr!("refusal.full", capacity = number(capacity.into())),
        Refusal::AwaitingHost => tr!("refusal.awaiting_host"),
    }
}

/// Somebody has that permission in a room from now on.
pub(crate) fn is_now(nickname: &Nickname, permission: EntryPermission) -> String {
    match permission {
        EntryPermission::Host => tr!("room.is_now_host", nickname = nickname),
        EntryPermission::Guest => tr!("room.is_now_guest", nickname = nickname),
        EntryPermission::Monitoring => tr!("room.is_now_monitoring", nickname = nickname),
    }
}

/// A failure: its icon, what happened, and what to do.
pub(crate) fn failure(error: &AppError) -> (&'static str, String, String) {
    match error {
        AppError::SignedOut => {
            ("log-out", tr!("failure.signed_out"), tr!("failure.signed_out_text"))
        }
        AppError::Forbidden => {
            ("key-round", tr!("failure.forbidden"), tr!("failure.forbidden_text"))
        }
        AppError::NotFound => {
            ("circle-help", tr!("failure.not_found"), tr!("failure.not_found_text"))
        }
        AppError::Unreadable => {
            ("refresh-cw", tr!("failure.unreadable"), tr!("failure.unreadable_text"))
        }
        AppError::Refused(problem) => {
            ("circle-alert", tr!("failure.refused"), problem_text(problem))
        }
        AppError::TooMany => {
            ("circle-alert", tr!("failure.too_many"), tr!("failure.too_many_text"))
        }
        AppError::Unavailable => {
            ("refresh-cw", tr!("failure.unavailable"), tr!("failure.unavailable_text"))
        }
        AppError::DiskFull => {
            ("circle-alert", tr!("failure.disk_full"), tr!("failure.disk_full_text"))
        }
        AppError::Connection => {
            ("wifi-off", tr!("failure.connection"), tr!("failure.connection_text"))
        }
        AppError::Internal { .. } => {
            ("circle-alert", tr!("failure.internal"), tr!("failure.internal_text"))
        }
    }
}
