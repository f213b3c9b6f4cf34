//! What is shown once it is over: why, and what next.

use domain::classroom::Closing;
use leptos::prelude::*;

use super::{state::Classroom, words};
use crate::{
    components::{icon::Icon, school_moment::named_time},
    i18n::tr,
    viewer::{Entrant, Viewer},
};

/// Why it is over.
#[component]
pub(crate) fn Closed(why: Closing) -> impl IntoView {
    let now = expect_context::<Classroom>().now.get_untracked();
    let zone = use_context::<Entrant>().map(|it| it.zone).unwrap_or_default();
    let (title, text) = words::closing(why, |at| named_time(at, now, &zone));
    let icon = match why {
        Closing::Left | Closing::Ended(_) => "door-closed",
        Closing::Removed | Closing::TurnedAway => "log-out",
        Closing::Banned => "ban",
        Closing::OtherVersion => "refresh-cw",
        _ => "circle-alert",
    };
    let to_the_console = use_context::<Viewer>().is_some();
    // Loading the page again leads to the door, or back in.
    let again = match why {
        Closing::OtherVersion => Some(tr!("crash.reload")),
        Closing::Banned | Closing::Refused(_) => None,
        // Their entry has ended: whoever came by a link comes back by it alone.
        Closing::Left | Closing::Removed | Closing::TurnedAway | Closing::EntryOver
            if !to_the_console =>
        {
            None
        }
        _ => Some(tr!("classroom.enter_again")),
    };
    view! {
        <div class="empty empty--page" role="alert">
            <span class="empty__icon">
                <Icon name=icon />
            </span>
            <h1 class="empty__title">{title}</h1>
            <p class="empty__text">{text}</p>
            <div class="empty__actions">
                {again
                    .map(|label| {
                        view! {
                            <a class="button button--primary" href="" rel="external">
                                {label}
                            </a>
                        }
                    })}
                {to_the_console
                    .then(|| {
                        view! {
                            <a class="button" href="/rooms" rel="external">
                                {tr!("classroom.to_rooms")}
                            </a>
                        }
                    })}
            </div>
        </div>
    }
}
