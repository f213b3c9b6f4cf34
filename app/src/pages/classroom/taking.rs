//! What the server says is taken in.

use std::time::Duration;

use domain::{
    Timestamp,
    classroom::{
        Ban, ClientMessage, Closing, List, Listed, MeetingNumber, ServerMessage, Taken, View,
        Welcome,
    },
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::WebSocket;

use super::{
    asking::Asking,
    bans::BansTold,
    listing::Listing,
    state::{Classroom, Earlier, Link, Stage},
    words,
};

/// What the line is to do after a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Go on.
    GoOn,
    /// Connect anew: something was missed.
    Anew,
    /// End: nothing more will be told.
    End,
}

impl Classroom {
    /// Sends a message, where the line is up.
    pub(super) fn send(self, message: &ClientMessage) {
        let Ok(text) = serde_json::to_string(message) else { return };
        self.socket.try_with_value(|it| {
            if let Some(socket) = it {
                // Fails where the line breaks off just now, of which the socket tells next.
                let _ = socket.send_with_str(&text);
            }
        });
    }

    /// The line is up: who they are, and up to where they were told everything, is said first.
    pub(super) fn connected(self, socket: WebSocket) {
        self.socket.try_set_value(Some(SendWrapper::new(socket)));
        if let Some(hello) = self.view.try_update_untracked(View::hello) {
            self.send(&ClientMessage::Hello(hello));
        }
    }

    /// The line is down.
    pub(super) fn lost(self) {
        self.socket.try_set_value(None);
        self.told.try_set(false);
        if self.earlier.try_get_untracked() == Some(Earlier::Asked) {
            self.earlier.try_set(Earlier::Failed);
        }
        self.coming_bans.try_set_value(Vec::new());
        self.asking.try_update(Asking::lose);
    }

    /// Says that the server can't be reached.
    pub(super) fn say_down(self) {
        self.link.try_maybe_update(|it| {
            let up = *it == Link::Up;
            if up {
                *it = Link::Down(None);
            }
            (up, ())
        });
    }

    /// Takes in what the server says.
    pub(super) fn take(self, message: ServerMessage) -> Then {
        match message {
            ServerMessage::Welcome(welcome) => self.welcome(welcome),
            ServerMessage::Waiting { why, place, now } => {
                self.go_by(now);
                self.link.set(Link::Up);
                self.stage.set(Stage::Waiting { why, place });
            }
            ServerMessage::Snapshot(part) => return self.fold(|it| it.take_snapshot(&part)),
            ServerMessage::Frame(frame) => return self.fold(|it| it.take(&frame)),
            ServerMessage::Listed(listed) => self.list(listed),
            ServerMessage::Earlier { lines } => {
                self.earlier.set(Earlier::Idle);
                self.view.update(|it| it.chat.take_earlier(lines));
            }
            ServerMessage::EarlierUnavailable => self.earlier.set(Earlier::Failed),
            ServerMessage::Bans { bans, more } => self.take_bans(bans, more),
            ServerMessage::Done { id, undo } => self.done(id, undo),
            ServerMessage::Refused { id, why } => self.refused(id, &why),
            ServerMessage::Closed { why } => return self.close(why),
        }
        Then::GoOn
    }

    fn welcome(self, welcome: Welcome) {
        let Welcome { version, you, meeting, now, .. } = welcome;
        self.go_by(now);
        self.outdated.set(self.version.with_value(|it| *it != version));
        let goes_on = self.view.with_untracked(View::meeting) == Some(meeting);
        if goes_on {
            words::tell_of_change(self.toaster, self.you.get_untracked().as_ref(), you.as_ref());
        }
        self.you.set(you);
        self.link.set(Link::Up);
        // Of another meeting everything is told first, before anything is asked for in it.
        if goes_on {
            self.arrive();
        }
    }

    /// Folds what was told into the view.
    fn fold(self, fold: impl FnOnce(&mut View) -> Taken) -> Then {
        let before = self.view.with_untracked(View::meeting);
        let taken = self.view.try_maybe_update(|it| {
            let taken = fold(it);
            (taken == Taken::Shown, taken)
        });
        match taken {
            Some(Taken::Shown) => {
                self.let_go_of(before);
                self.arrive();
            }
            Some(Taken::Coming) => {}
            Some(Taken::Gap) | None => return Then::Anew,
        }
        Then::GoOn
    }

    /// Lets go of what is held of the meeting before beside the view, once another is in it: there its
    /// numbers name others.
    fn let_go_of(self, before: Option<MeetingNumber>) {
        if self.view.with_untracked(View::meeting) != before {
            self.tiles.set(Listing::default());
            self.people.set(Listing::default());
            self.earlier.set(Earlier::Idle);
        }
    }

    /// What is in view is of the meeting that they are in.
    fn arrive(self) {
        if self.stage.with_untracked(|it| *it != Stage::In) {
            self.stage.set(Stage::In);
        }
        if !self.told.get_untracked() {
            self.told.set(true);
            self.send_due();
        }
    }

    fn list(self, listed: Listed) {
        let of = match listed.list {
            List::Tiles => self.tiles,
            List::People => self.people,
        };
        of.update(|it| it.take(listed));
    }

    fn take_bans(self, mut bans: Vec<Ban>, more: bool) {
        self.coming_bans.update_value(|it| it.append(&mut bans));
        if !more {
            let all = self.coming_bans.try_update_value(std::mem::take).unwrap_or_default();
            self.bans.set(BansTold::These(all));
        }
    }

    /// The last message: what it says is shown, unless the line comes back by itself.
    pub(super) fn close(self, why: Closing) -> Then {
        if why.comes_back() {
            self.link.set(Link::Down(Some(why)));
            return Then::GoOn;
        }
        // What is on the screen, and what was typed, stays until the page is loaded anew.
        if why == Closing::OtherVersion && self.stage.with_untracked(|it| *it == Stage::In) {
            self.outdated.set(true);
        } else {
            self.stage.set(Stage::Closed(why));
        }
        Then::End
    }

    /// Goes by the clock of the server, which shows that just now.
    fn go_by(self, now: Timestamp) {
        self.ahead.set_value(now.micros().saturating_sub(now_here().micros()));
        self.tick();
    }

    /// Lets the time at the server pass.
    pub(super) fn tick(self) {
        if let Some(ahead) = self.ahead.try_get_value() {
            self.now.try_set(Timestamp::from_micros(now_here().micros().saturating_add(ahead)));
        }
    }
}

/// The time by the browser's clock.
pub(super) fn now_here() -> Timestamp {
    let seconds = Duration::from_secs_f64((js_sys::Date::now() / 1_000.0).max(0.0));
    Timestamp::from_micros(i64::try_from(seconds.as_micros()).unwrap_or(i64::MAX))
}
