//! The people: a search, and a list of which only what is nearly seen is drawn.

use domain::classroom::{List, ParticipantId};
use leptos::{html, prelude::*};

use super::{
    newcomers::Newcomers,
    order::drawn,
    person_menu::{MenuFor, PersonMenu},
    person_row::{BlankRow, PersonRow},
    roster::{Roster, Seat},
    scroll::{Scroll, make_room, measure},
    state::Classroom,
};
use crate::{
    browser,
    components::icon::Icon,
    i18n::{count, tr},
};

/// The height of a row before it was measured, and of the list, in pixels.
const ROW: u32 = 54;
const SEEN: u32 = 700;

/// What the rows of the list share.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// The places that are drawn, in their order.
    pub(super) seats: Memo<Vec<Seat>>,
    /// How many stand before the first of these.
    pub(super) first: Signal<u32>,
    /// How many there are in all.
    pub(super) total: Memo<u32>,
    /// Whether whoever looks is a Host, who has a button in each row.
    pub(super) host: Memo<bool>,
    /// Whose button had the focus last.
    pub(super) chosen: RwSignal<u32>,
    /// The one row whose button is in the order of the tab key.
    pub(super) stop: Memo<u32>,
    /// The row that takes the focus from the list once its person is told.
    pub(super) wanted: RwSignal<Option<u32>>,
    /// Whose menu is open, and how far from the top.
    pub(super) menu: RwSignal<Option<MenuFor>>,
}

impl Rows {
    /// How many people stand before somebody, counted from 0.
    pub(super) fn place(self, seat: Seat) -> u32 {
        let within = self.seats.with(|it| it.iter().position(|other| *other == seat));
        let within = within.and_then(|it| u32::try_from(it).ok()).unwrap_or_default();
        self.first.get().saturating_add(within)
    }
}

/// The part of the side with the people.
#[component]
pub(super) fn PeoplePanel() -> impl IntoView {
    let classroom = expect_context::<Classroom>();
    let term = RwSignal::new(String::new());
    let (pointed, focused) = (RwSignal::new(false), RwSignal::new(false));
    let held = Signal::derive(move || pointed.get() || focused.get());
    let roster = Roster::new(&classroom, List::People, term, held);
    let total = Memo::new(move |_| roster.total().unwrap_or_default());
    let (past, seen, row) = (RwSignal::new(0_u32), RwSignal::new(SEEN), RwSignal::new(ROW));
    let places = Memo::new(move |_| drawn(total.get(), past.get(), seen.get(), row.get()));
    roster.keep_up(places);
    let seats = Memo::new(move |_| roster.seats(places.get()));
    let first = Signal::derive(move || places.get().start);
    let chosen = RwSignal::new(0_u32);
    let stop = Memo::new(move |_| {
        let places = places.get();
        chosen.get().clamp(places.start, places.end.saturating_sub(1).max(places.start))
    });
    // They are told anew who they are whenever anything about them changes.
    let host = Memo::new(move |_| classroom.is_host());
    let (wanted, menu) = (RwSignal::new(None::<u32>), RwSignal::new(None::<MenuFor>));
    let rows = Rows { seats, first, total, host, chosen, stop, wanted, menu };

    let scroller = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Div>::new();
    measure(scroller, list, seen, row);
    make_room(list, places, total, row);
    let scroll = Scroll { element: scroller, rows, past, seen, row };
    let draw = move |seat: Seat| match seat {
        Seat::Known(who) => view! { <PersonRow who rows /> }.into_any(),
        Seat::Unknown(_) => view! { <BlankRow seat rows /> }.into_any(),
    };
    view! {
        <section
            class="people"
            role="tabpanel"
            aria-label=tr!("classroom.people")
            on:pointerenter=move |_| pointed.set(true)
            on:pointerleave=move |_| pointed.set(false)
            on:focusin=move |_| focused.set(true)
            on:focusout=move |event| focused.set(browser::stays_within(&event))
        >
            <Newcomers />
            <Find term />
            <div
                class="people__scroller"
                node_ref=scroller
                tabindex=move || if host.get() { "-1" } else { "0" }
                on:scroll=move |_| scroll.scrolled()
                on:keydown=move |event| {
                    // Others scroll with the same keys.
                    if host.get_untracked() {
                        scroll.go(&event);
                    }
                }
            >
                <div
                    class="people__list"
                    role="list"
                    aria-label=tr!("classroom.people")
                    node_ref=list
                >
                    <For each=move || seats.get() key=|it| *it children=draw />
                </div>
                <NothingFound term roster />
            </div>
            <Show when=move || host.get()>
                <PersonMenu menu />
            </Show>
        </section>
    }
}

/// Finds somebody by name; Hosts also by User ID.
#[component]
fn Find(term: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="search people__find">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                dir="auto"
                maxlength="64"
                autocomplete="off"
                aria-label=tr!("classroom.find")
                placeholder=tr!("classroom.find")
                prop:value=term
                on:input=move |event| term.set(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && !term.with_untracked(String::is_empty) {
                        event.prevent_default();
                        term.set(String::new());
                    }
                }
            />
        </div>
    }
}

/// What a search came to: said to readers, and shown where nobody is found.
#[component]
fn NothingFound(term: RwSignal<String>, roster: Roster) -> impl IntoView {
    let found = move || {
        let searched = term.with(|it| !it.trim().is_empty());
        roster.total().filter(|_| searched)
    };
    view! {
        <div role="status">
            {move || match found() {
                Some(0) => {
                    view! {
                        <div class="people__none">
                            <p>
                                {tr!("classroom.nobody_found")} " " <bdi>{move || term.get()}</bdi>
                            </p>
                            <button
                                class="button button--small"
                                type="button"
                                on:click=move |_| term.set(String::new())
                            >
                                {tr!("search.clear")}
                            </button>
                        </div>
                    }
                        .into_any()
                }
                Some(found) => {
                    view! { <span class="visually-hidden">{count!("classroom.found", found)}</span> }
                        .into_any()
                }
                None => ().into_any(),
            }}
        </div>
    }
}

/// Moves the focus to the button that opens somebody's menu, if their row is drawn.
pub(super) fn focus_button(who: ParticipantId) {
    browser::focus(&format!("#{}", button_id(who)));
}

/// Moves the focus to the list, for what had it is about to go.
pub(super) fn focus_list() {
    browser::focus(".people__scroller");
}

/// What the id of the button is that opens somebody's menu.
pub(super) fn button_id(who: ParticipantId) -> String {
    format!("more-{}", who.0)
}
