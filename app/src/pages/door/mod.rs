//! `/door/…` and `/rooms/…/enter`: the door of a room, for whoever comes by a link or is signed in. The
//! browser sends the form by itself: no script need run here.

pub(super) mod left;
mod refused;
mod way;

use domain::{
    Problems,
    door::{DoorField, EnterAs},
};
use leptos::prelude::*;

use self::{refused::Refused, way::WayIn};
use super::sign_in::Gate;
use crate::{
    browser,
    components::{icon::Icon, page_title::PageTitle},
    doorway::{Door, Doorway},
    i18n::tr,
    submission::submitted,
};

/// The door.
#[component]
pub(crate) fn DoorPage() -> impl IntoView {
    match submitted::<Doorway, DoorField>() {
        Some((Doorway::There(door), problems)) => {
            view! { <Before door=*door problems /> }.into_any()
        }
        Some((Doorway::Closed, _)) => view! { <Closed /> }.into_any(),
        None => {
            // Only where the browser came back here by itself: what a door says, the server knows.
            Effect::new(|_| browser::reload());
            ().into_any()
        }
    }
}

/// What somebody sees who stands before a door.
#[component]
fn Before(door: Door, problems: Problems<DoorField>) -> impl IntoView {
    let name = door.name.to_string();
    let school = door.school.clone();
    let refusal = door.refusal.map(|refusal| {
        let (clock, address) = (door.clock.clone(), door.address.clone());
        view! { <Refused refusal clock address /> }
    });
    let notice = door.notice.clone().unwrap_or_else(|| tr!("settings.notice_usual"));
    view! {
        <PageTitle text=name.clone() />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">
                    <bdi>{name}</bdi>
                </h1>
                {school
                    .map(|name| {
                        view! {
                            <p class="gate__sub">
                                <bdi>{name}</bdi>
                            </p>
                        }
                    })}
            </div>
            {for_whom(&door).map(|text| view! { <p>{text}</p> })}
            {refusal}
            {ways(&door, &problems)}
            <div class="notice">
                <Icon name="eye" />
                <bdi class="notice__text">{notice}</bdi>
            </div>
        </Gate>
    }
}

/// The ways in. As whom and as what one enters, and why one has to wait, is said where it is another than
/// before.
fn ways(door: &Door, problems: &Problems<DoorField>) -> impl IntoView {
    let several = door.ways.windows(2).any(|it| it[0].who != it[1].who);
    let those_before = std::iter::once(None).chain(door.ways.iter().cloned().map(Some));
    let all = door.ways.iter().cloned().zip(those_before).map(|(way, before)| {
        view! { <WayIn way door=door.clone() problems=problems.clone() before several /> }
    });
    all.collect_view()
}

/// Says so where the link is for one person and another one is signed in.
fn for_whom(door: &Door) -> Option<String> {
    let nickname = door.signed_in.as_ref()?;
    let holder = door.ways.iter().find(|it| it.enter_as == EnterAs::Link);
    Some(match holder.and_then(|it| it.who.as_ref()) {
        Some(holder) => {
            tr!("door.for_another", holder = holder.nickname, nickname = nickname)
        }
        None => tr!("door.signed_in", nickname = nickname),
    })
}

/// What is said where nothing proves that a link was opened.
#[component]
fn Closed() -> impl IntoView {
    view! {
        <PageTitle text=tr!("door.closed") />
        <Gate>
            <div class="gate__head">
                <h1 class="gate__title">{tr!("door.closed")}</h1>
            </div>
            <p>{tr!("door.closed_text")}</p>
        </Gate>
    }
}
