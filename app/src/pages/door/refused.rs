//! Why somebody can't enter, or has to wait, said to themselves, with what to do.

use domain::entry::Refusal;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    components::icon::Icon,
    doorway::Address,
    i18n::{number, tr},
};

/// What the clocks of the school show at a moment, and their zone.
type Clock = Option<(String, String)>;

/// They can't enter.
#[component]
pub(super) fn Refused(refusal: Refusal, clock: Clock, address: Address) -> impl IntoView {
    let (why, remedy) = refused(refusal, clock);
    // Whoever has a role in the console can say who they are.
    let sign_in = (refusal == Refusal::UsersOnly).then(|| {
        let next = utf8_percent_encode(&address.path(), NON_ALPHANUMERIC).to_string();
        view! {
            " "
            <a href=format!("/sign-in?next={next}") rel="external">
                {tr!("sign_in.action")}
            </a>
        }
    });
    view! {
        <div class="notice notice--error" role="alert">
            <Icon name="circle-x" />
            <div class="notice__text">
                <strong>{why}</strong>
                " "
                {remedy}
                {sign_in}
            </div>
        </div>
    }
}

/// They may enter, and will have to wait.
#[component]
pub(super) fn Waiting(refusal: Refusal, clock: Clock) -> impl IntoView {
    let (why, what) = refused(refusal, clock);
    view! {
        <div class="notice notice--warning" role="status">
            <Icon name="info" />
            <div class="notice__text">
                <strong>{why}</strong>
                " "
                {what}
            </div>
        </div>
    }
}

/// Why, and what to do.
fn refused(refusal: Refusal, clock: Clock) -> (String, String) {
    let (time, zone) = clock.unwrap_or_default();
    match refusal {
        Refusal::Unknown => (tr!("door.unknown"), tr!("door.unknown_do")),
        Refusal::LinkExpired => (tr!("door.link_expired"), tr!("door.link_expired_do")),
        Refusal::LinkRevoked => (tr!("door.link_revoked"), tr!("door.link_revoked_do")),
        Refusal::RoomEnded => (tr!("door.room_ended"), tr!("door.room_ended_do")),
        Refusal::Deactivated => (tr!("door.deactivated"), tr!("door.deactivated_do")),
        Refusal::Banned => (tr!("door.banned"), tr!("door.banned_do")),
        Refusal::NotSpecified => (tr!("door.not_specified"), tr!("door.not_specified_do")),
        Refusal::UsersOnly => (tr!("door.users_only"), tr!("door.users_only_do")),
        Refusal::NotYet { .. } => {
            (tr!("door.not_yet", time = time, zone = zone), tr!("door.not_yet_do"))
        }
        Refusal::Over { .. } => (tr!("door.over", time = time, zone = zone), tr!("door.over_do")),
        Refusal::Locked => (tr!("door.locked"), tr!("door.locked_do")),
        Refusal::Full { capacity } => {
            (tr!("door.full", capacity = number(capacity.into())), tr!("door.full_do"))
        }
        Refusal::AwaitingHost => (tr!("door.awaiting_host"), tr!("door.awaiting_host_do")),
    }
}
