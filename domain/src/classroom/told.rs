//! What an audience is told of a meeting, and when.
//!
//! Whatever the room's size, all are told the same bounded part of it: the room, numbers, chat, and who
//! stands at the front of the list of people. Whoever looks further is shown a window.

use super::{
    Audience, ChatLine, Event, Line, Look, Meeting, Numbers, Person, RoomNow, Scene,
    person::{Rank, finds},
};
use crate::{SearchTerm, fold, room::Capacity};

/// A part of the list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many people there are in all, that is: of those searched for.
    pub total: u32,
    /// They, in their order.
    pub rows: Vec<Person>,
}

impl Meeting {
    /// So many people are at the front of the list: these everybody is shown.
    pub const FRONT: usize = 48;
    /// So many of those who wait to be let in are shown; the others are counted.
    pub const NEWCOMERS: usize = 24;

    /// What there is to show to an audience, but for chat.
    #[must_use]
    pub fn scene(&self, audience: Audience) -> Scene {
        let host = audience == Audience::Hosts;
        let mut people: Vec<Person> =
            self.order().iter().take(Self::FRONT).filter_map(|it| self.row(it, audience)).collect();
        people.sort_unstable_by_key(|it| it.id);
        let shown = if host { Self::NEWCOMERS } else { 0 };
        Scene {
            room: Some(self.room_now(audience)),
            numbers: self.numbers(audience),
            people,
            announcement: self.announcement().cloned(),
            newcomers: self.newcomers().values().take(shown).cloned().collect(),
            ended: self.ended(),
        }
    }

    fn room_now(&self, audience: Audience) -> RoomNow {
        let settings = self.settings();
        RoomNow {
            name: settings.name.to_string(),
            capacity: settings.capacity.map(Capacity::get),
            began: self.began(),
            ends: self.ends(),
            locked: self.locked(),
            denied: self.denied(),
            newcomers_wait: (audience == Audience::Hosts && settings.for_anyone)
                .then_some(settings.newcomers_wait),
        }
    }

    fn numbers(&self, audience: Audience) -> Numbers {
        let newcomers = || count(self.newcomers().len());
        Numbers {
            people: self.inside(),
            hands: count(self.hands()),
            newcomers: (audience == Audience::Hosts).then(newcomers),
        }
    }

    fn row(&self, rank: &Rank, audience: Audience) -> Option<Person> {
        Some(self.participant(rank.id)?.person(rank.id, audience))
    }

    /// The people that somebody of that audience looks at: at most [`Self::ROWS`].
    #[must_use]
    pub fn window(&self, look: &Look, audience: Audience) -> Window {
        let term = SearchTerm::parse(&look.term);
        let found = || {
            let matches =
                |it: &&Rank| term.as_ref().is_none_or(|term| self.is_found(it, term, audience));
            self.order().iter().filter(matches)
        };
        let first = usize::try_from(look.first).unwrap_or(usize::MAX);
        let rows = usize::from(look.rows).min(Self::ROWS);
        Window {
            total: count(found().count()),
            rows: found().skip(first).take(rows).filter_map(|it| self.row(it, audience)).collect(),
        }
    }

    /// The most people in a window.
    pub const ROWS: usize = 64;

    /// Whether a term finds somebody, by their nickname or, for Hosts, their User ID.
    fn is_found(&self, rank: &Rank, term: &SearchTerm, audience: Audience) -> bool {
        let user_id = || self.participant(rank.id)?.user_id_for(audience);
        finds(term, &rank.nickname) || user_id().is_some_and(|it| finds(term, &fold(&it)))
    }

    /// The last lines of chat before that one, as far as they are at hand, the oldest first.
    #[must_use]
    pub fn earlier(&self, before: u32, audience: Audience) -> Vec<ChatLine> {
        let earlier = self.lines().iter().filter(|it| it.number < before);
        let mut lines: Vec<ChatLine> =
            earlier.rev().take(Told::LINES).map(|it| self.chat_line(it, audience)).collect();
        lines.reverse();
        lines
    }

    /// A line of chat, as an audience is told it.
    #[must_use]
    pub fn chat_line(&self, line: &Line, audience: Audience) -> ChatLine {
        let by = self.participant(line.by);
        ChatLine {
            number: line.number,
            at: line.at,
            by: line.by,
            nickname: line.nickname.to_string(),
            image: by.and_then(|it| it.profile.image.clone()),
            colour: by.map(|it| it.colour(line.by)).unwrap_or_default(),
            user_id: by.and_then(|it| it.user_id_for(audience)),
            text: line.text.as_str().to_owned(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What an audience has been told of a meeting so far.
#[derive(Clone, Debug)]
pub struct Told {
    audience: Audience,
    scene: Scene,
    /// The last line of chat.
    line: u32,
}

impl Told {
    /// So many lines of chat are in a snapshot, at most.
    pub const LINES: usize = 30;
    /// So many bytes these have, at most, unless the last alone has more.
    const BYTES: usize = 8_000;

    /// Nothing has been told.
    #[must_use]
    pub fn nothing(audience: Audience) -> Self {
        Self { audience, scene: Scene::default(), line: 0 }
    }

    /// What is to be told of the meeting as it is now; then it has been.
    pub fn news(&mut self, meeting: &Meeting) -> Vec<Event> {
        let scene = meeting.scene(self.audience);
        let mut events = self.scene.events_to(&scene);
        let new = meeting.lines().iter().filter(|it| it.number > self.line);
        events.extend(new.map(|it| Event::Said(meeting.chat_line(it, self.audience))));
        self.scene = scene;
        self.line = meeting.last_line();
        events
    }

    /// What brings somebody who knows nothing to where all others are: the meeting as it was told so
    /// far, with the last lines of chat. Where nothing was told yet, that is nothing.
    #[must_use]
    pub fn snapshot(&self, meeting: &Meeting) -> Vec<Event> {
        let told = meeting.lines().iter().filter(|it| it.number <= self.line);
        let mut bytes = 0;
        let mut lines: Vec<Event> = told
            .rev()
            .take(Self::LINES)
            .map(|it| meeting.chat_line(it, self.audience))
            .take_while(|it| {
                let first = bytes == 0;
                bytes += it.nickname.len() + it.text.len() + 100;
                first || bytes <= Self::BYTES
            })
            .map(Event::Said)
            .collect();
        lines.reverse();
        let mut events = Scene::default().events_to(&self.scene);
        events.append(&mut lines);
        events
    }
}
