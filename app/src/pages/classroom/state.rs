//! What the page knows of the meeting, and what it asks for. In the context of all of its parts.
//!
//! What the server tells is folded into one [`View`]; the parts of the page are memos of it, so that an
//! event redraws what it changes and nothing else.

use std::collections::BTreeSet;

use domain::{
    SearchTerm, Timestamp,
    classroom::{
        Ban, Capability, Closing, MeetingNumber, Numbers, ParticipantId, Person, RoomNow, Scene,
        Standing, View, You,
    },
    entry::Refusal,
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::WebSocket;

use super::{announcer::Announcer, asking::Asking, bans::BansTold, listing::Listing, names};
use crate::components::toast::Toaster;

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing is known yet.
    Connecting,
    /// They wait at the door.
    Waiting {
        /// For what.
        why: Refusal,
        /// Their place in the line for a seat.
        place: Option<u32>,
    },
    /// They are in.
    In,
    /// It is over.
    Closed(Closing),
}

/// Whether the server can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// It can.
    Up,
    /// It can't just now, and why, where that was said.
    Down(Option<Closing>),
}

/// Which part of the side is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The people.
    People,
    /// The chat.
    Chat,
}

/// How it stands with the chat from before the lines that are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// Nobody asks for it.
    #[default]
    Idle,
    /// It is asked for.
    Asked,
    /// It couldn't be had.
    Failed,
}

/// What is known, and what is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Classroom {
    pub(crate) stage: RwSignal<Stage>,
    pub(crate) link: RwSignal<Link>,
    /// Whether the server serves another version by now.
    pub(crate) outdated: RwSignal<bool>,
    /// Which part of the side is shown.
    pub(crate) side: RwSignal<Side>,
    /// Whether the side covers the page, where there is no room for both.
    pub(crate) sheet: RwSignal<bool>,
    /// The time at the server.
    pub(crate) now: RwSignal<Timestamp>,
    pub(crate) view: RwSignal<View>,
    /// Which meeting is in view.
    pub(super) meeting: Memo<Option<MeetingNumber>>,
    pub(super) room: Memo<Option<RoomNow>>,
    pub(super) numbers: Memo<Numbers>,
    /// Who is at the front of the list of people, in its order.
    pub(super) front: Memo<Vec<ParticipantId>>,
    /// Who they themselves are; nobody who observes.
    pub(crate) you: RwSignal<Option<You>>,
    /// The people beyond the front that are looked at.
    pub(super) tiles: RwSignal<Listing>,
    pub(super) people: RwSignal<Listing>,
    /// Who is banned, once that was asked.
    pub(crate) bans: RwSignal<BansTold>,
    /// The first of several parts of that.
    pub(super) coming_bans: StoredValue<Vec<Ban>>,
    /// What was written and not said, to be written again.
    pub(super) returned: RwSignal<Vec<String>>,
    /// Up to which line the chat was read.
    pub(super) read: RwSignal<u32>,
    pub(super) earlier: RwSignal<Earlier>,
    /// Whether whoever is shown the chat sees its end.
    pub(super) at_end: RwSignal<bool>,
    pub(super) asking: RwSignal<Asking>,
    pub(super) announcer: Announcer,
    pub(super) toaster: Toaster,
    /// The version of the site that this page came from.
    pub(super) version: StoredValue<String>,
    /// By how much the clock of the server is ahead of the browser's, in microseconds.
    pub(super) ahead: StoredValue<i64>,
    /// Whether the line is up and what is in view is of the meeting that they are in.
    pub(super) told: RwSignal<bool>,
    pub(super) socket: StoredValue<Option<SendWrapper<WebSocket>>>,
}

impl Classroom {
    /// Nothing is known yet, but from which version of the site the page came.
    pub(crate) fn new(version: String) -> Self {
        let view = RwSignal::new(View::default());
        let of = |scene: &Scene| scene.in_order().iter().map(|it| it.id).collect();
        Self {
            stage: RwSignal::new(Stage::Connecting),
            link: RwSignal::new(Link::Up),
            outdated: RwSignal::new(false),
            side: RwSignal::new(Side::People),
            sheet: RwSignal::new(false),
            now: RwSignal::new(Timestamp::from_micros(0)),
            view,
            meeting: Memo::new(move |_| view.with(View::meeting)),
            room: Memo::new(move |_| view.with(|it| it.scene.room.clone())),
            numbers: Memo::new(move |_| view.with(|it| it.scene.numbers)),
            front: Memo::new(move |_| view.with(|it| of(&it.scene))),
            you: RwSignal::new(None),
            tiles: RwSignal::default(),
            people: RwSignal::default(),
            bans: RwSignal::default(),
            coming_bans: StoredValue::default(),
            returned: RwSignal::default(),
            read: RwSignal::new(0),
            earlier: RwSignal::default(),
            at_end: RwSignal::new(true),
            asking: RwSignal::default(),
            announcer: Announcer::default(),
            toaster: use_context().unwrap_or_default(),
            version: StoredValue::new(version),
            ahead: StoredValue::new(0),
            told: RwSignal::new(false),
            socket: StoredValue::new(None),
        }
    }

    /// Whether they may do that.
    pub(super) fn may(self, what: Capability) -> bool {
        self.you.with(|it| it.as_ref().is_some_and(|it| it.may.has(what)))
    }

    /// Whether they are a Host.
    pub(super) fn is_host(self) -> bool {
        let host = |it: &You| it.person.standing == Standing::Host;
        self.you.with(|it| it.as_ref().is_some_and(host))
    }

    /// Whether they observe.
    pub(super) fn observes(self) -> bool {
        self.stage.with(|it| *it == Stage::In) && self.you.with(Option::is_none)
    }

    /// The participant they are.
    pub(super) fn me(self) -> Option<ParticipantId> {
        self.you.with(|it| it.as_ref().map(|it| it.person.id))
    }

    /// Somebody, as far as they are known.
    pub(super) fn person(self, who: ParticipantId) -> Option<Person> {
        let at_the_front = self.view.with(|it| it.scene.person(who).cloned());
        let listed = |of: RwSignal<Listing>| of.with(|it| it.person(who).cloned());
        at_the_front.or_else(|| listed(self.people)).or_else(|| listed(self.tiles)).or_else(|| {
            self.you.with(|it| Some(it.as_ref()?.person.clone()).filter(|it| it.id == who))
        })
    }

    /// The names that several of those have who are known: who stands in the list, and who wrote.
    pub(super) fn shared_names(self) -> BTreeSet<String> {
        let (listed, shown) = (self.people.read(), self.tiles.read());
        self.view.with(|view| {
            let people = view.scene.people.iter().chain(listed.people()).chain(shown.people());
            let people = people.map(|it| (it.id, it.nickname.as_str()));
            let writers = view.chat.lines().map(|it| (it.by, it.nickname.as_str()));
            names::shared(people.chain(writers))
        })
    }

    /// The participant they are, without following who that is.
    pub(super) fn me_now(self) -> Option<ParticipantId> {
        untrack(|| self.me())
    }

    /// The number of the last line of chat, without following it.
    pub(super) fn last_line_now(self) -> u32 {
        untrack(|| self.last_line())
    }

    /// The number of the last line of chat.
    pub(super) fn last_line(self) -> u32 {
        self.view.with(|it| it.chat.lines().next_back().map_or(0, |it| it.number))
    }

    /// Whether everybody is at the front, so that nobody needs to be asked for.
    pub(super) fn is_small(self) -> bool {
        let shown = self.front.with(Vec::len);
        usize::try_from(self.numbers.get().people).is_ok_and(|it| it <= shown)
    }

    /// Those at the front whom a term finds, all of them without one, of an order.
    pub(super) fn found(self, order: &[ParticipantId], term: &str) -> Vec<ParticipantId> {
        let Some(term) = SearchTerm::parse(term) else { return order.to_vec() };
        self.view.with(|view| {
            let is_found =
                |who: &ParticipantId| view.scene.person(*who).is_some_and(|it| it.is_found(&term));
            order.iter().copied().filter(is_found).collect()
        })
    }
}
