//! The people: a search, and a list of which only what is nearly seen is drawn.

use std::ops::Range;

use domain::classroom::{List, ParticipantId};
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

use super::{
    newcomers::Newcomers,
    order::{drawn, led_to},
    person_menu::{MenuFor, PersonMenu},
    person_row::{BlankRow, PersonRow},
    roster::{Roster, Seat},
    state::Classroom,
};
use crate::{
    browser::{self, size},
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
    let (term, held) = (RwSignal::new(String::new()), RwSignal::new(false));
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
            on:pointerenter=move |_| held.set(true)
            on:pointerleave=move |_| held.set(false)
            on:focusin=move |_| held.set(true)
            on:focusout=move |_| held.set(false)
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

/// How far the list is scrolled, in pixels, and the focus in it. While the row that is to have it is
/// blank, the list itself has it.
#[derive(Clone, Copy)]
struct Scroll {
    element: NodeRef<html::Div>,
    rows: Rows,
    past: RwSignal<u32>,
    seen: RwSignal<u32>,
    row: RwSignal<u32>,
}

impl Scroll {
    /// Goes by a key.
    fn go(self, event: &web_sys::KeyboardEvent) {
        let Some(element) = self.element.get_untracked() else { return };
        let (seen, row) = (self.seen.get_untracked(), self.row.get_untracked());
        let from = focused_place().unwrap_or_else(|| self.rows.stop.get_untracked());
        let total = self.rows.total.get_untracked();
        let Some(to) = led_to(&event.key(), from, total, seen / row.max(1)) else { return };
        event.prevent_default();
        self.rows.chosen.set(to);
        let its_button = format!("[data-place='{to}']");
        let is_drawn = matches!(element.query_selector(&its_button), Ok(Some(_)));
        self.rows.wanted.set(Some(to).filter(|_| !is_drawn));
        if is_drawn {
            browser::focus_within(&element, &its_button);
        } else {
            browser::focus_on(&element);
        }
        reveal(&element, to, row, seen);
        self.past.set(past(&element));
    }

    /// Draws what is seen now. The menu would stand beside somebody else, and so closes.
    fn scrolled(self) {
        let Some(element) = self.element.get_untracked() else { return };
        if let Some(open) = self.rows.menu.get_untracked() {
            let within = |it: web_sys::Element| matches!(it.closest(".person-menu"), Ok(Some(_)));
            if browser::focused().is_some_and(within) {
                browser::focus_within(&element, &format!("#{}", button_id(open.who)));
            }
            self.rows.menu.set(None);
        }
        let [total, seen, row] =
            [self.rows.total.get_untracked(), self.seen.get_untracked(), self.row.get_untracked()];
        let past = past(&element);
        // A row that isn't drawn any more would take the focus along.
        if focused_place().is_some_and(|it| !drawn(total, past, seen, row).contains(&it)) {
            browser::focus_on(&element);
        }
        self.past.set(past);
    }
}

/// The place of the row whose button has the focus.
fn focused_place() -> Option<u32> {
    browser::focused()?.get_attribute("data-place")?.parse().ok()
}

/// How far an element is scrolled, in pixels.
fn past(element: &web_sys::HtmlElement) -> u32 {
    u32::try_from(element.scroll_top()).unwrap_or_default()
}

/// Measures the list and its rows, whenever they change.
fn measure(
    scroller: NodeRef<html::Div>,
    list: NodeRef<html::Div>,
    seen: RwSignal<u32>,
    row: RwSignal<u32>,
) {
    Effect::new(move |_| {
        let Some(element) = scroller.get() else { return };
        let watch = size::watch(&element, move |_, height| {
            seen.try_set(height);
            if let Some(measured) = row_height(list) {
                row.try_set(measured);
            }
        });
        let watch = SendWrapper::new(watch);
        on_cleanup(move || drop(watch));
    });
}

/// Has the rows that aren't drawn take their room all the same.
fn make_room(
    list: NodeRef<html::Div>,
    places: Memo<Range<u32>>,
    total: Memo<u32>,
    row: RwSignal<u32>,
) {
    Effect::new(move |_| {
        let (places, total, row) = (places.get(), total.get(), row.get());
        let Some(list) = list.get() else { return };
        let room = |rows: u32| format!("{}px", u64::from(rows) * u64::from(row));
        for (side, rows) in [
            ("padding-block-start", places.start),
            ("padding-block-end", total.saturating_sub(places.end)),
        ] {
            // Fails for names that are no properties; these are.
            let _ = web_sys::HtmlElement::style(&list).set_property(side, &room(rows));
        }
    });
}

/// How high a row is.
fn row_height(list: NodeRef<html::Div>) -> Option<u32> {
    let row = list.try_get_untracked()??.query_selector(".people__row").ok()??;
    u32::try_from(row.client_height()).ok().filter(|it| *it > 0)
}

/// Scrolls no farther than it takes to see a row.
fn reveal(scroller: &web_sys::HtmlElement, place: u32, row: u32, seen: u32) {
    let top = i32::try_from(place.saturating_mul(row)).unwrap_or(i32::MAX);
    let [row, seen] = [row, seen].map(|it| i32::try_from(it).unwrap_or(i32::MAX));
    let now = scroller.scroll_top();
    if top < now {
        scroller.set_scroll_top(top);
    } else if top.saturating_add(row) > now.saturating_add(seen) {
        scroller.set_scroll_top(top.saturating_add(row).saturating_sub(seen));
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

/// What the id of the button is that opens somebody's menu.
pub(super) fn button_id(who: ParticipantId) -> String {
    format!("more-{}", who.0)
}
