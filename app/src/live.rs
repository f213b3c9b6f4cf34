//! Live: hears from the server what changes elsewhere, as long as the page is seen.
//!
//! One event stream a page, closed while nobody looks at it: browsers allow few to one server. What it
//! says is how often things of each kind have changed, so the first event after a break tells whether
//! anything was missed.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use domain::live::{Changes, Farewell, Kind, News};
use gloo_events::EventListener;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, MessageEvent};

use crate::{error::AppError, functions::session, viewer::Viewer};

/// Where the stream is.
const STREAM: &str = "/live";
/// How long to wait before the stream is opened again: doubled each time, up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_DOUBLING: u32 = 6;
/// How many attempts may fail before that is said: a server that starts again takes a moment.
const UNSAID: u32 = 2;

/// Whether the server can be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Line {
    /// It can, or nothing else is known.
    #[default]
    Up,
    /// It can't just now.
    Down,
    /// It can, but not by whoever looks at this page, and why.
    Gone(Farewell),
}

/// What is known of what changes elsewhere. In the context of all pages of the console.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    /// How often things of each kind have changed, as far as is known.
    changes: StoredValue<Changes>,
    /// The counts of the pages that are open. Each has its own, which goes with it: what listens to a signal
    /// leaves its place in it behind until that changes.
    counts: StoredValue<Vec<(Kind, RwSignal<u64>)>>,
    /// Whether this page is being left by signing out, and so expects to be told nothing more.
    leaving: StoredValue<bool>,
    /// The version of the site that this page came from.
    version: StoredValue<String>,
    /// Whether the server serves another version by now.
    pub(crate) outdated: RwSignal<bool>,
    /// Whether the server can be heard.
    pub(crate) line: RwSignal<Line>,
}

thread_local! {
    /// What the page hears by: it has one line to the server, whoever waits for it.
    static LISTENING: Cell<Option<Live>> = const { Cell::new(None) };
    /// What waits until the server can be heard again.
    static WAITING: RefCell<Vec<js_sys::Function>> = const { RefCell::new(Vec::new()) };
}

/// Carries out an act, and where the server can't be reached, waits until it can be and carries it out
/// then. Only for what changes nothing the second time, since the answer to the first may have been lost.
pub(crate) async fn delivered<T>(
    act: impl AsyncFn() -> Result<T, AppError>,
) -> Result<T, AppError> {
    loop {
        let answer = act().await;
        let lost = matches!(answer, Err(AppError::Connection));
        if !lost || !came_back().await {
            return answer;
        }
    }
}

/// Waits until the server can be reached again. False where it can be all along: then waiting is no use.
async fn came_back() -> bool {
    let Some(live) = LISTENING.get() else { return false };
    if session::check().await != Err(AppError::Connection) {
        return false;
    }
    live.tell(Line::Down);
    let back = js_sys::Promise::new(&mut |resolve, _| {
        WAITING.with_borrow_mut(|it| it.push(resolve));
    });
    JsFuture::from(back).await.is_ok()
}

impl Live {
    /// As things were when the page was rendered.
    pub(crate) fn new(viewer: &Viewer) -> Self {
        Self {
            changes: StoredValue::new(viewer.changes),
            counts: StoredValue::default(),
            leaving: StoredValue::new(false),
            version: StoredValue::new(viewer.version.clone()),
            outdated: RwSignal::new(false),
            line: RwSignal::default(),
        }
    }

    /// Doesn't wonder why the stream ends, since whoever looks at this page signs out.
    pub(crate) fn leave(self) {
        self.leaving.set_value(true);
    }

    /// A count of things of that kind, for as long as whoever asks for it is there.
    fn count(self, kind: Kind) -> RwSignal<u64> {
        let count = RwSignal::new(self.changes.try_get_value().unwrap_or_default().of(kind));
        self.counts.try_update_value(|it| it.push((kind, count)));
        on_cleanup(move || {
            self.counts.try_update_value(|it| it.retain(|(_, other)| *other != count));
        });
        count
    }

    /// Takes in what the server told. False where the page is gone.
    fn take(self, news: &News) -> bool {
        self.changes.try_set_value(news.changes);
        for (kind, count) in self.counts.try_get_value().unwrap_or_default() {
            let now = news.changes.of(kind);
            if count.try_get_untracked().is_some_and(|it| it != now) {
                count.set(now);
            }
        }
        if self.line.try_get_untracked() == Some(Line::Down) {
            self.tell(Line::Up);
        }
        let outdated = self.version.try_with_value(|it| *it != news.version);
        if outdated == Some(true) {
            self.outdated.set(true);
        }
        outdated.is_some()
    }

    /// Says whether the server can be heard, and lets go on what waited for that.
    fn tell(self, line: Line) {
        self.line.try_set(line);
        if line != Line::Down {
            for resolve in WAITING.take() {
                // Fails for nothing that resolves a promise.
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        }
    }
}

/// How often things of that kind have changed elsewhere: a question that asks for it is asked again when
/// they change. To be called where a page is built.
pub(crate) fn changes(kind: Kind) -> Signal<u64> {
    use_context::<Live>().map_or_else(|| Signal::stored(0), |it| it.count(kind).into())
}

/// How often rooms, or the meetings that go on in them, have changed elsewhere.
pub(crate) fn rooms_and_meetings() -> Signal<u64> {
    let (rooms, meetings) = (changes(Kind::Rooms), changes(Kind::Meetings));
    Signal::derive(move || rooms.get().wrapping_add(meetings.get()))
}

/// How often things of that kind have changed elsewhere, or anything was done on this page.
pub(crate) fn changes_or(here: RwSignal<u32>, kind: Kind) -> Signal<u64> {
    let elsewhere = changes(kind);
    Signal::derive(move || elsewhere.get() + u64::from(here.get()))
}

/// Listens from when the page comes to life until the frame of the console is left.
pub(crate) fn listen(live: Live) {
    Effect::new(move |_| {
        LISTENING.set(Some(live));
        let ear = Ear {
            live,
            open: StoredValue::new(None),
            failures: StoredValue::new(0),
            again: StoredValue::new(None),
        };
        ear.look();
        let seen = EventListener::new(&document(), "visibilitychange", move |_| ear.look());
        let online = EventListener::new(&window(), "online", move |_| {
            ear.close();
            ear.look();
        });
        let offline = EventListener::new(&window(), "offline", move |_| ear.fail());
        let listeners = SendWrapper::new([seen, online, offline]);
        on_cleanup(move || drop(listeners));
    });
}

/// Holds the stream.
#[derive(Clone, Copy)]
struct Ear {
    live: Live,
    open: StoredValue<Option<SendWrapper<Stream>>>,
    /// How many attempts have failed since the last event.
    failures: StoredValue<u32>,
    /// The next attempt.
    again: StoredValue<Option<TimeoutHandle>>,
}

/// An open stream, until it is dropped.
struct Stream {
    source: EventSource,
    _heard: [EventListener; 3],
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}

impl Ear {
    /// Opens the stream when the page is seen, and closes it when it isn't, or nothing more will be told.
    fn look(self) {
        if document().hidden() || is_over(self.live.line.try_get_untracked()) {
            self.close();
        } else if self.open.try_with_value(Option::is_none) == Some(true) {
            self.open();
        }
    }

    fn close(self) {
        self.open.try_set_value(None);
        if let Some(Some(again)) = self.again.try_update_value(Option::take) {
            again.clear();
        }
    }

    fn open(self) {
        self.close();
        let Ok(source) = EventSource::new(STREAM) else { return };
        let heard = EventListener::new(&source, "message", move |event| self.hear(event));
        let ended = EventListener::new(&source, Farewell::EVENT, move |event| self.end(event));
        let failed = EventListener::new(&source, "error", move |_| self.fail());
        let stream = Stream { source, _heard: [heard, ended, failed] };
        self.open.try_set_value(Some(SendWrapper::new(stream)));
    }

    fn hear(self, event: &web_sys::Event) {
        // What can't be read comes from another version; its first event said so.
        let news = said::<News>(event);
        self.failures.try_set_value(0);
        if !news.is_some_and(|it| self.live.take(&it)) {
            self.close();
        }
    }

    /// Takes in why nothing more will be told.
    fn end(self, event: &web_sys::Event) {
        set_timeout(move || self.close(), Duration::ZERO);
        if self.live.leaving.try_get_value() == Some(false) {
            self.live.tell(Line::Gone(said(event).unwrap_or(Farewell::SignedOut)));
        }
    }

    /// Finds out why the stream broke off, and tries again.
    fn fail(self) {
        // An event source may not be dropped by what it calls.
        set_timeout(move || self.close(), Duration::ZERO);
        if is_over(self.live.line.try_get_untracked())
            || self.live.leaving.try_get_value() != Some(false)
        {
            return;
        }
        spawn_local(async move {
            let why = session::check().await.err();
            let Some(failures) = self.failures.try_update_value(|it| {
                *it += 1;
                *it
            }) else {
                return;
            };
            match why {
                Some(AppError::SignedOut | AppError::Forbidden) => {
                    self.live.tell(Line::Gone(Farewell::SignedOut));
                    return;
                }
                Some(_) if failures >= UNSAID => self.live.tell(Line::Down),
                _ => {}
            }
            self.try_again(failures);
        });
    }

    fn try_again(self, failures: u32) {
        let longest = FIRST_WAIT * 2_u32.pow(failures.min(LONGEST_DOUBLING));
        // Not all at the same moment, when a server comes back to many pages.
        let wait = longest.mul_f64(0.5 + js_sys::Math::random() / 2.0);
        let again = set_timeout_with_handle(move || self.look(), wait);
        if let Ok(again) = again {
            self.again.try_set_value(Some(again));
        }
    }
}

/// Whether nothing more will be told to the page, or the page is gone.
fn is_over(line: Option<Line>) -> bool {
    matches!(line, None | Some(Line::Gone(_)))
}

/// What an event of the stream says, if it can be read.
fn said<T: DeserializeOwned>(event: &web_sys::Event) -> Option<T> {
    let text = event.dyn_ref::<MessageEvent>()?.data().as_string()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_isnt_the_end_and_a_farewell_is() {
        assert!(![Line::Up, Line::Down].into_iter().any(|it| is_over(Some(it))));
        assert!(is_over(Some(Line::Gone(Farewell::Deactivated))));
        assert!(is_over(None), "the page is gone");
    }
}
