//! The tiles: everybody's picture, as many as fit, page by page.

use domain::classroom::{List, ParticipantId, Person, Standing};
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

use super::{
    order::Grid,
    roster::{Roster, Seat},
    state::Classroom,
};
use crate::{
    browser::size,
    components::{
        avatar::{Face, Size},
        icon::Icon,
        permission::PermissionPill,
    },
    i18n::{number, tr},
};

/// The space for tiles before it was measured, in pixels.
const SPACE: (u32, u32) = (900, 660);

/// The grid of tiles, and the way to more of them.
#[component]
pub(super) fn Tiles() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let space = RwSignal::new(SPACE);
    let held = RwSignal::new(false);
    let element = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let watch = size::watch(&element, move |width, height| {
            space.try_set((width, height));
        });
        let watch = SendWrapper::new(watch);
        on_cleanup(move || drop(watch));
    });
    let roster = Roster::new(&classroom, List::Tiles, RwSignal::new(String::new()), held.into());
    let total = Memo::new(move |_| roster.total().unwrap_or_default());
    let grid = Memo::new(move |_| {
        let (width, height) = space.get();
        Grid::of(total.get(), width, height)
    });
    let asked = RwSignal::new(0_u32);
    // Where people went, the last page may be one that was.
    let page =
        Memo::new(move |_| asked.get().min(total.get().saturating_sub(1) / grid.get().tiles));
    let places = Memo::new(move |_| {
        let first = page.get() * grid.get().tiles;
        first..(first + grid.get().tiles).min(total.get())
    });
    roster.keep_up(places);
    let seats = move || roster.seats(places.get());
    view! {
        <ul
            class=move || format!("tiles tiles--{}", grid.get().columns)
            aria-label=tr!("classroom.tiles")
            node_ref=element
            on:pointerenter=move |_| held.set(true)
            on:pointerleave=move |_| held.set(false)
        >
            <For each=seats key=|it| *it children=move |it| view! { <Tile seat=it /> } />
        </ul>
        <Show when=move || { grid.get().tiles < total.get() }>
            <Pages places total page asked />
        </Show>
        <Show when=move || total.get() == 0>
            <div class="empty tiles__empty">
                <span class="empty__icon">
                    <Icon name="users-round" />
                </span>
                <h2 class="empty__title">{tr!("classroom.nobody")}</h2>
                <p class="empty__text">{tr!("classroom.nobody_text")}</p>
            </div>
        </Show>
    }
}

/// Which tiles these are, and the way to the others.
#[component]
fn Pages(
    places: Memo<std::ops::Range<u32>>,
    total: Memo<u32>,
    page: Memo<u32>,
    asked: RwSignal<u32>,
) -> impl IntoView {
    let announcer = expect_context::<Classroom>().announcer;
    let shown = move || {
        let places = places.get();
        tr!(
            "classroom.tiles_shown",
            first = number(i64::from(places.start) + 1),
            last = number(places.end.into()),
            total = number(total.get().into())
        )
    };
    let button = move |icon: &'static str, label: String, to: fn(u32) -> u32, off: Signal<bool>| {
        view! {
            <button
                class="button button--quiet button--small button--icon"
                type="button"
                aria-label=label
                aria-disabled=move || off.get().then_some("true")
                on:click=move |_| {
                    if !off.get_untracked() {
                        asked.set(to(page.get_untracked()));
                        announcer.say(untrack(shown));
                    }
                }
            >
                <Icon name=icon />
            </button>
        }
    };
    let first = Signal::derive(move || page.get() == 0);
    let last = Signal::derive(move || places.get().end >= total.get());
    view! {
        <nav class="tiles__pages" aria-label=tr!("classroom.tiles")>
            {button("chevron-left", tr!("classroom.tiles_before"), |it| it.saturating_sub(1), first)}
            <p>{shown}</p>
            {button("chevron-right", tr!("classroom.tiles_after"), |it| it.saturating_add(1), last)}
        </nav>
    }
}

#[component]
fn Tile(seat: Seat) -> impl IntoView {
    match seat {
        Seat::Known(who) => view! { <TileOf who /> }.into_any(),
        Seat::Unknown(_) => view! {
            <li class="tile" aria-busy="true">
                <span class="skeleton skeleton--avatar tile__blank"></span>
            </li>
        }
        .into_any(),
    }
}

/// The tile of somebody.
#[component]
fn TileOf(who: ParticipantId) -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let person = Memo::new(move |before: Option<&Option<Person>>| {
        // Whoever goes stays as they were until their tile is gone.
        classroom.person(who).or_else(|| before.cloned().flatten())
    });
    let face = Memo::new(move |_| {
        person.with(|it| it.as_ref().map(|it| (it.nickname.clone(), it.image.clone(), it.colour)))
    });
    let is = move |what: fn(&Person) -> bool| {
        Memo::new(move |_| person.with(|it| it.as_ref().is_some_and(what)))
    };
    let (hand, host, away) =
        (is(|it| it.hand.is_some()), is(|it| it.standing == Standing::Host), is(|it| it.away));
    let name = move || face.with(|it| it.as_ref().map(|it| it.0.clone()));
    let picture = move || {
        face.get().map(|(nickname, image, colour)| {
            view! { <Face nickname image colour size=Size::Tile /> }
        })
    };
    view! {
        <li class="tile" class:tile--away=away>
            {picture}
            {move || {
                hand.get()
                    .then(|| {
                        view! {
                            <span class="tile__hand">
                                <Icon name="hand" />
                                <span class="visually-hidden">{tr!("classroom.hand_raised")}</span>
                            </span>
                        }
                    })
            }}
            <p class="tile__foot">
                <bdi class="tile__name">{name}</bdi>
                {move || host.get().then(|| view! { <PermissionPill permission=Standing::Host.into() /> })}
                {move || {
                    away.get()
                        .then(|| view! { <span class="tile__away">{tr!("classroom.reconnecting")}</span> })
                }}
            </p>
        </li>
    }
}
