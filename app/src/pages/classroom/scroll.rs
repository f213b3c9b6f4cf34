//! The list of people as it is scrolled: what of it is seen, and how the focus moves through it.

use std::ops::Range;

use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;

use super::{
    order::{drawn, led_to},
    people::{Rows, button_id},
};
use crate::browser::{self, size};

/// How far the list is scrolled, in pixels, and the focus in it. While the row that is to have it is
/// blank, the list itself has it.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    pub(super) element: NodeRef<html::Div>,
    pub(super) rows: Rows,
    /// How much of it is scrolled past.
    pub(super) past: RwSignal<u32>,
    /// How much of it is seen.
    pub(super) seen: RwSignal<u32>,
    /// How high a row is.
    pub(super) row: RwSignal<u32>,
}

impl Scroll {
    /// Goes by a key.
    pub(super) fn go(self, event: &web_sys::KeyboardEvent) {
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
    pub(super) fn scrolled(self) {
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
pub(super) fn measure(
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
pub(super) fn make_room(
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
