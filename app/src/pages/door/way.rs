//! One way in: as whom one enters, how others will see that, and the button.

use domain::{
    EntryPermission, Problems,
    door::{DoorField, EnterAs},
};
use leptos::prelude::*;

use super::refused::Waiting;
use crate::{
    components::{
        avatar::{self, Blank, Picture, Size},
        field::TextField,
        permission::PermissionPill,
    },
    doorway::{Address, Door, Somebody, Way},
    i18n::tr,
    pages::sign_in::refused,
};

/// A way in. What it has in common with the one before isn't said again.
#[component]
pub(super) fn WayIn(
    way: Way,
    door: Door,
    problems: Problems<DoorField>,
    before: Option<Way>,
    /// Whether different people could be meant.
    several: bool,
) -> impl IntoView {
    let said = |same: fn(&Way, &Way) -> bool| before.as_ref().is_some_and(|it| same(it, &way));
    let first = before.is_none();
    let Door { address, clock, typed, .. } = door;
    let waits = way.waits.filter(|_| !said(|it, other| it.waits == other.waits));
    let waits = waits.map(|refusal| view! { <Waiting refusal clock /> });
    let you = match way.who.clone() {
        Some(who) if !said(|it, other| it.who == other.who) => {
            view! { <You who way=way.clone() address=address.clone() /> }.into_any()
        }
        Some(_) if said(|it, other| it.permission == other.permission) => ().into_any(),
        Some(_) => view! { <AsWhat permission=way.permission /> }.into_any(),
        None => view! {
            <Name typed problems />
            <AsWhat permission=way.permission />
        }
        .into_any(),
    };
    let said_first = view! {
        {waits}
        {you}
        {note(&way).map(|text| view! { <p class="gate__note">{text}</p> })}
    };
    let label = label(&way, several);
    let kind = if first { "button--primary" } else { "" };
    let class = format!("button button--wide {kind}");
    // Whoever enters as Host is asked first, on a page of its own.
    if way.enter_as == EnterAs::Host && matches!(address, Address::Room { asks: false, .. }) {
        let asking = format!("{}?as={}", address.path(), EnterAs::Host.name());
        return view! {
            <div class="door__way">
                {said_first}
                <a class=class href=asking rel="external">
                    {label}
                </a>
            </div>
        }
        .into_any();
    }
    view! {
        <form method="post" action=address.path() class="door__way" novalidate>
            <input type="hidden" name="as" value=way.enter_as.name() />
            {said_first}
            <button class=class type="submit">
                {label}
            </button>
            {cancel(&address)}
        </form>
    }
    .into_any()
}

/// The way back from the question whether to enter as Host.
fn cancel(address: &Address) -> Option<impl IntoView> {
    let Address::Room { room, asks: true } = address else { return None };
    Some(view! {
        <a class="button button--wide" href=format!("/rooms/{room}/enter") rel="external">
            {tr!("dialog.cancel")}
        </a>
    })
}

/// As whom, and as what.
#[component]
fn You(who: Somebody, way: Way, address: Address) -> impl IntoView {
    let Somebody { user_id, nickname, image } = who;
    let (name, id) = (nickname.to_string(), user_id.to_string());
    let of_link = address.picture().filter(|_| way.enter_as == EnterAs::Link);
    let picture = match image {
        Some(image) => {
            let src = of_link.unwrap_or_else(|| avatar::address(&image, Size::Large));
            view! { <Picture src size=Size::Large /> }.into_any()
        }
        None => view! { <Blank user_id nickname size=Size::Large /> }.into_any(),
    };
    view! {
        <div class="door__you">
            <p class="door__as">{heading(way.permission)}</p>
            {picture}
            <p class="door__name">
                <bdi class="person__name">{name}</bdi>
                " "
                <bdi class="person__id">{id}</bdi>
            </p>
            <PermissionPill permission=way.permission />
        </div>
    }
}

/// As what, where it was said as whom.
#[component]
fn AsWhat(permission: EntryPermission) -> impl IntoView {
    view! {
        <p class="door__what">
            <span class="door__as">{heading(permission)}</span>
            " "
            <PermissionPill permission />
        </p>
    }
}

/// What stands before who enters, or as what.
fn heading(permission: EntryPermission) -> String {
    match permission {
        EntryPermission::Monitoring => tr!("door.you_observe"),
        EntryPermission::Host | EntryPermission::Guest => tr!("door.you"),
    }
}

/// Where somebody unknown says their name.
#[component]
fn Name(typed: String, problems: Problems<DoorField>) -> impl IntoView {
    view! {
        <TextField
            id="nickname"
            name="nickname"
            label=tr!("door.name")
            value=RwSignal::new(typed)
            hint=tr!("door.name_hint")
            autocomplete="nickname"
            wrong=refused(problems.of(DoorField::Nickname))
        />
    }
}

/// What the button says.
fn label(way: &Way, several: bool) -> String {
    let observes = way.permission == EntryPermission::Monitoring;
    match &way.who {
        _ if way.enter_as == EnterAs::Host => tr!("door.enter_as_host"),
        Some(who) if several && observes => tr!("door.observe_as", nickname = who.nickname),
        Some(who) if several => tr!("door.enter_as", nickname = who.nickname),
        None if several => tr!("door.enter_named"),
        _ if observes => tr!("door.observe"),
        _ => tr!("door.enter"),
    }
}

/// How others will see them.
fn note(way: &Way) -> Option<String> {
    match (way.enter_as, way.permission) {
        (EnterAs::Host, _) => Some(tr!("door.openly")),
        (_, EntryPermission::Monitoring) => Some(tr!("door.unseen")),
        // What others see of somebody unknown is said beside the name.
        _ => way.who.as_ref().map(|_| tr!("door.seen")),
    }
}
