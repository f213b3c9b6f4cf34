//! The line to the room: one WebSocket, opened again and again until the server says that it is over.

use std::time::Duration;

use domain::{
    Timestamp,
    classroom::{Closing, ServerMessage},
};
use gloo_events::EventListener;
use leptos::{
    leptos_dom::helpers::{TimeoutHandle, set_interval_with_handle},
    prelude::*,
};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

use super::{
    state::Classroom,
    taking::{Then, now_here},
};

/// How long to wait before the line is opened again: doubled each time, up to the longest. However long a
/// server was away, everybody is back within ten seconds.
const FIRST_WAIT: Duration = Duration::from_millis(300);
const LONGEST: Duration = Duration::from_secs(8);
/// A line that was up for so many milliseconds was a good one: what failed before counts no more.
const STEADY: f64 = 5_000.0;
/// How many attempts may fail before that is said: a server that starts again takes a moment.
const UNSAID: u32 = 2;

/// A page that is looked at looks at its line so often. One that isn't, browsers wake once a minute.
const LOOKS: Duration = Duration::from_secs(1);
/// A page that wasn't woken for so many seconds slept: nothing says that its line is still there.
const SLEPT: i64 = 90;

/// How long to wait after so many failures in a row. `chance`, from 0 to 1, keeps all pages from coming back
/// at the same moment.
fn wait(failures: u32, chance: f64) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    FIRST_WAIT.saturating_mul(doubled).min(LONGEST).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
}

/// Whether the page slept between two looks.
fn slept(before: Timestamp, now: Timestamp) -> bool {
    before.plus_seconds(SLEPT) < now
}

/// Opens the line when the page comes to life, and closes it when it is left.
pub(super) fn open(room: String, classroom: &Classroom) {
    let classroom = *classroom;
    Effect::new(move |_| {
        let line = Line {
            classroom,
            room: StoredValue::new(room.clone()),
            open: StoredValue::new(None),
            opened: StoredValue::new(None),
            failures: StoredValue::new(0),
            looked: StoredValue::new(now_here()),
            again: StoredValue::new(None),
            over: StoredValue::new(false),
        };
        line.connect();
        let seen = EventListener::new(&document(), "visibilitychange", move |_| {
            if !document().hidden() {
                line.try_now();
            }
        });
        let online = EventListener::new(&window(), "online", move |_| line.try_now());
        let offline = EventListener::new(&window(), "offline", move |_| line.fail());
        let listeners = SendWrapper::new([seen, online, offline]);
        let looks = set_interval_with_handle(move || line.look(), LOOKS);
        on_cleanup(move || {
            drop(listeners);
            if let Ok(looks) = looks {
                looks.clear();
            }
            line.forget();
        });
    });
}

/// Holds the socket.
#[derive(Clone, Copy)]
struct Line {
    classroom: Classroom,
    room: StoredValue<String>,
    open: StoredValue<Option<SendWrapper<Socket>>>,
    /// Since when the socket is open, in milliseconds.
    opened: StoredValue<Option<f64>>,
    /// How many attempts have failed since the line was steady.
    failures: StoredValue<u32>,
    /// When it was looked at last.
    looked: StoredValue<Timestamp>,
    /// The next attempt.
    again: StoredValue<Option<TimeoutHandle>>,
    /// Whether there are no more attempts.
    over: StoredValue<bool>,
}

/// A socket, until it is dropped.
struct Socket {
    socket: WebSocket,
    _heard: [EventListener; 3],
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Fails for one that is closed already.
        let _ = self.socket.close();
    }
}

impl Line {
    fn connect(self) {
        self.forget();
        let address = self.room.try_with_value(|room| address(room)).flatten();
        let Some(socket) = address.and_then(|it| WebSocket::new(&it).ok()) else { return };
        let opened = {
            let socket = socket.clone();
            EventListener::new(&socket.clone(), "open", move |_| {
                self.opened.try_set_value(Some(js_sys::Date::now()));
                self.classroom.connected(socket.clone());
            })
        };
        let heard = EventListener::new(&socket, "message", move |event| self.hear(event));
        let closed = EventListener::new(&socket, "close", move |event| self.end(event));
        let socket = Socket { socket, _heard: [opened, heard, closed] };
        self.open.try_set_value(Some(SendWrapper::new(socket)));
    }

    /// Lets go of the socket, and of the next attempt.
    fn forget(self) {
        self.open.try_set_value(None);
        if let Some(Some(again)) = self.again.try_update_value(Option::take) {
            again.clear();
        }
    }

    /// Tries at once, where an attempt is being waited for.
    fn try_now(self) {
        if self.again.try_with_value(Option::is_some) == Some(true) {
            self.connect();
        }
    }

    /// Looks whether the line has died without a word. One that is being waited for isn't up anyway.
    fn look(self) {
        let now = now_here();
        let Some(before) = self.looked.try_update_value(|it| std::mem::replace(it, now)) else {
            return;
        };
        let waits = self.again.try_with_value(Option::is_some) != Some(false);
        if !waits && (slept(before, now) || self.classroom.is_overdue(now)) {
            self.fail();
        }
    }

    fn hear(self, event: &web_sys::Event) {
        let said = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string());
        let message = said.and_then(|it| serde_json::from_str::<ServerMessage>(&it).ok());
        // What can't be read comes from another version, which knows ours as such once it is asked.
        match message.map_or(Then::Anew, |it| self.classroom.take(it)) {
            Then::GoOn => {}
            Then::Anew => self.fail(),
            Then::End => {
                self.over.try_set_value(true);
            }
        }
    }

    /// Takes in that the socket is closed: the code says why, where no message did.
    fn end(self, event: &web_sys::Event) {
        let code = event.dyn_ref::<CloseEvent>().map(CloseEvent::code);
        let said = code.and_then(Closing::from_code);
        if self.over.try_get_value() == Some(false)
            && said.is_some_and(|it| self.classroom.close(it) == Then::End)
        {
            self.over.try_set_value(true);
        }
        self.fail();
    }

    /// The line is down; it is tried again unless it is over.
    fn fail(self) {
        self.classroom.lost();
        // A socket may not be dropped by what it calls.
        set_timeout(move || self.drop_socket(), Duration::ZERO);
        if self.over.try_get_value() != Some(false) {
            return;
        }
        let now = js_sys::Date::now();
        let opened = self.opened.try_update_value(Option::take).flatten();
        if opened.is_some_and(|it| now - it >= STEADY) {
            self.failures.try_set_value(0);
        }
        let failures = self.failures.try_update_value(|it| {
            *it = it.saturating_add(1);
            *it
        });
        let Some(failures) = failures else { return };
        if failures >= UNSAID {
            self.classroom.say_down();
        }
        let again = move || {
            self.again.try_set_value(None);
            self.connect();
        };
        let again = set_timeout_with_handle(again, wait(failures, js_sys::Math::random()));
        if let Some(Some(before)) =
            self.again.try_update_value(|it| std::mem::replace(it, again.ok()))
        {
            before.clear();
        }
    }

    fn drop_socket(self) {
        if self.again.try_with_value(Option::is_some) == Some(true)
            || self.over.try_get_value() == Some(true)
        {
            self.open.try_set_value(None);
        }
    }
}

/// The address of a room's socket.
fn address(room: &str) -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/classroom/{room}/socket", location.host().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_tried_less_and_less_often_yet_every_eight_seconds() {
        for (failures, longest) in [(1, 0.3), (2, 0.6), (4, 2.4), (5, 4.8), (6, 8.0), (400, 8.0)] {
            for (chance, share) in [(0.0, 0.5), (1.0, 1.0), (7.0, 1.0)] {
                let wait = wait(failures, chance).as_secs_f64();
                assert!((wait - longest * share).abs() < 1e-9, "{failures} {chance}");
            }
        }
    }

    #[test]
    fn a_page_that_is_woken_once_a_minute_did_not_sleep() {
        let before = Timestamp::from_micros(5);
        for (seconds, expected) in [(1, false), (61, false), (91, true)] {
            assert_eq!(slept(before, before.plus_seconds(seconds)), expected, "{seconds}");
        }
    }
}
