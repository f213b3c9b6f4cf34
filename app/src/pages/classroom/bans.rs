//! Who is banned from the room, and the way back for them.

use domain::classroom::{Act, Ban, BanId};
use leptos::prelude::*;

use super::state::Classroom;
use crate::{
    browser,
    components::{dialog::Dialog, moment::time_of_day, state::SkeletonLine},
    i18n::tr,
};

/// What holds the focus while what it was on is replaced.
const BODY: &str = "#bans .dialog__body";

/// Who is banned, as far as that was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum BansTold {
    /// It is being asked, or was never.
    #[default]
    Awaited,
    /// These are.
    These(Vec<Ban>),
    /// It couldn't be told.
    Refused,
}

impl BansTold {
    /// One of the bans.
    pub(super) fn find(&self, ban: BanId) -> Option<&Ban> {
        match self {
            Self::These(bans) => bans.iter().find(|it| it.id == ban),
            Self::Awaited | Self::Refused => None,
        }
    }

    /// Whether that is the ban of somebody whom Rollcall doesn't know.
    pub(super) fn is_of_stranger(&self, ban: BanId) -> bool {
        self.find(ban).is_some_and(|it| it.user_id.is_none())
    }
}

/// The dialog; who is banned is asked whenever it opens.
#[component]
pub(super) fn BansDialog(open: RwSignal<bool>) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    Effect::new(move |_| {
        if open.get() {
            classroom.ask_bans();
        }
    });
    view! {
        <Dialog id="bans" title=tr!("banned.title") open>
            <Bans />
        </Dialog>
    }
}

/// What was told of them.
#[component]
pub(crate) fn Bans() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let told = move || match classroom.bans.get() {
        BansTold::Awaited => view! {
            <div role="status">
                <SkeletonLine />
            </div>
        }
        .into_any(),
        BansTold::Refused => view! { <Refused /> }.into_any(),
        BansTold::These(bans) if bans.is_empty() => {
            view! { <p class="quiet">{tr!("classroom.bans_none")}</p> }.into_any()
        }
        BansTold::These(bans) => view! { <Lists bans /> }.into_any(),
    };
    view! {
        <div class="dialog__body" tabindex="-1">
            {told}
        </div>
    }
}

#[component]
fn Refused() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let again = move |_| {
        browser::focus(BODY);
        classroom.ask_bans();
    };
    view! {
        <p role="alert">{tr!("classroom.bans_refused")}</p>
        <button class="button button--small" type="button" on:click=again>
            {tr!("failure.again")}
        </button>
    }
}

/// The users among them, and the others, for whom lifting their ban changes nothing.
#[component]
fn Lists(bans: Vec<Ban>) -> impl IntoView {
    let (users, strangers): (Vec<_>, Vec<_>) =
        bans.into_iter().partition(|it| it.user_id.is_some());
    let list = |bans: Vec<Ban>, text: String| {
        (!bans.is_empty()).then(|| {
            let all = bans.into_iter().map(|ban| view! { <Banned ban /> }).collect_view();
            view! {
                <p class="quiet">{text}</p>
                <ul class="banned">{all}</ul>
            }
        })
    };
    view! {
        {list(users, tr!("banned.users"))}
        {list(strangers, tr!("banned.strangers"))}
    }
}

#[component]
fn Banned(ban: Ban) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let Ban { id, nickname, user_id, at, by } = ban;
    let time = time_of_day(at, classroom.now.get_untracked());
    let label = tr!("banned.lift_of", nickname = nickname);
    let lift = move |_| {
        browser::focus(BODY);
        classroom.ask(Act::LiftBan { ban: id });
    };
    view! {
        <li class="banned__one">
            <div class="person__text">
                <bdi class="person__name">{nickname}</bdi>
                <span class="person__id">
                    {user_id.map(|it| view! { <bdi>{it}</bdi> ", " })}
                    {tr!("banned.by", by = by, time = time)}
                </span>
            </div>
            <button class="button button--small" type="button" aria-label=label on:click=lift>
                {tr!("banned.lift")}
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn whose_ban_it_is_is_known_once_that_was_told() {
        let at = Timestamp::from_micros(0);
        let (nickname, by) = ("Kim Jiho".to_owned(), "T-park".to_owned());
        let ban = Ban { id: BanId(3), nickname, user_id: None, at, by };
        let these = BansTold::These(vec![ban.clone()]);
        assert_eq!(these.find(BanId(3)), Some(&ban));
        assert_eq!(these.find(BanId(4)), None);
        assert_eq!(BansTold::default().find(BanId(3)), None);
        assert_eq!(BansTold::Refused.find(BanId(3)), None);
        assert!(these.is_of_stranger(BanId(3)));
        let of_user = BansTold::These(vec![Ban { user_id: Some("S-2041".to_owned()), ..ban }]);
        assert!(!of_user.is_of_stranger(BanId(3)));
        assert!(!these.is_of_stranger(BanId(4)));
    }
}
