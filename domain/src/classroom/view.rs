//! What a browser makes of what it is told.

use super::{
    Announcement, Chat, Ending, Event, Frame, Hello, MeetingNumber, Newcomer, Numbers,
    ParticipantId, Person, Place, RoomNow, Snapshot, WIRE,
};

/// What an audience is shown of a meeting, but for chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// The room and its meeting.
    pub room: Option<RoomNow>,
    /// The numbers.
    pub numbers: Numbers,
    /// Who stands at the front of the list of people, by number.
    pub people: Vec<Person>,
    /// The announcement.
    pub announcement: Option<Announcement>,
    /// For Hosts: who waits to be let in, the first first.
    pub newcomers: Vec<Newcomer>,
    /// How the meeting ended, if it has.
    pub ended: Option<Ending>,
}

impl Scene {
    /// What somebody is to be told who is shown this, so that they are shown the next.
    #[must_use]
    pub fn events_to(&self, next: &Self) -> Vec<Event> {
        let mut events = Vec::new();
        if self.room != next.room {
            events.extend(next.room.clone().map(Event::Room));
        }
        if self.numbers != next.numbers {
            events.push(Event::Numbers(next.numbers));
        }
        let gone = self.people.iter().map(|it| it.id).filter(|id| next.place_of(*id).is_err());
        events.extend(gone.map(Event::Hidden));
        let shown = next.people.iter().filter(|it| self.person(it.id) != Some(it));
        events.extend(shown.cloned().map(Event::Shown));
        if self.announcement != next.announcement {
            events.push(Event::Announced(next.announcement.clone()));
        }
        let gone = self.newcomers.iter().filter(|it| !next.newcomers.contains(it));
        events.extend(gone.map(|it| Event::NewcomerGone(it.id)));
        let new = next.newcomers.iter().filter(|it| !self.newcomers.contains(it));
        events.extend(new.cloned().map(Event::Newcomer));
        if self.ended != next.ended {
            events.extend(next.ended.map(Event::Ended));
        }
        events
    }

    /// Somebody who stands at the front of the list of people.
    #[must_use]
    pub fn person(&self, who: ParticipantId) -> Option<&Person> {
        self.people.get(self.place_of(who).ok()?)
    }

    /// The people in the order of their list.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Person> {
        let mut people: Vec<&Person> = self.people.iter().collect();
        people.sort_by_cached_key(|it| it.rank());
        people
    }

    /// Where somebody stands in `people`, or would.
    fn place_of(&self, who: ParticipantId) -> Result<usize, usize> {
        self.people.binary_search_by_key(&who, |it| it.id)
    }

    fn show(&mut self, person: &Person) {
        match self.place_of(person.id) {
            Ok(at) => self.people[at].clone_from(person),
            Err(at) => self.people.insert(at, person.clone()),
        }
    }
}

/// What a browser knows of a meeting: whatever it is told, in whatever parts, makes the same of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What is shown, but for chat.
    pub scene: Scene,
    /// Chat.
    pub chat: Chat,
    place: Option<Place>,
    /// Whether something was missed since.
    lost: bool,
    /// The snapshot that is on its way, and how many of its parts have come.
    coming: Option<Box<(Self, u16)>>,
}

/// What came of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is in view.
    Shown,
    /// More of it is to come first.
    Coming,
    /// Something went before it that didn't arrive: the next [`View::hello`] asks for everything anew.
    Gap,
}

impl View {
    /// The first message of a connection: asks for what wasn't told yet.
    pub fn hello(&mut self) -> Hello {
        self.coming = None;
        Hello { wire: WIRE, resume: self.place.filter(|_| !self.lost) }
    }

    /// Which meeting is in view, once anything is.
    #[must_use]
    pub fn meeting(&self) -> Option<MeetingNumber> {
        self.place.map(|it| it.meeting)
    }

    /// Takes an event.
    pub fn apply(&mut self, event: &Event) {
        let scene = &mut self.scene;
        match event {
            Event::Room(room) => scene.room = Some(room.clone()),
            Event::Numbers(numbers) => scene.numbers = *numbers,
            Event::Shown(person) => scene.show(person),
            Event::Hidden(id) => scene.people.retain(|it| it.id != *id),
            Event::Said(line) => self.chat.say(line),
            Event::Announced(announcement) => scene.announcement.clone_from(announcement),
            Event::Newcomer(newcomer) => {
                scene.newcomers.retain(|it| it.id != newcomer.id);
                let at = scene.newcomers.partition_point(|it| it.id < newcomer.id);
                scene.newcomers.insert(at, newcomer.clone());
            }
            Event::NewcomerGone(id) => scene.newcomers.retain(|it| it.id != *id),
            Event::Ended(ending) => scene.ended = Some(*ending),
        }
    }

    /// Takes what has changed.
    pub fn take(&mut self, frame: &Frame) -> Taken {
        let follows = !self.lost && self.coming.is_none();
        let next = |it: &&mut Place| follows && it.seq.checked_add(1) == Some(frame.seq);
        let Some(place) = self.place.as_mut().filter(next) else { return self.lose_place() };
        place.seq = frame.seq;
        frame.events.iter().for_each(|it| self.apply(it));
        Taken::Shown
    }

    /// Takes a part of a snapshot. The last brings it into view, at once.
    pub fn take_snapshot(&mut self, snapshot: &Snapshot) -> Taken {
        let (mut coming, parts) = match self.coming.take() {
            _ if snapshot.part == 0 => (Self { place: Some(snapshot.place), ..Self::default() }, 0),
            Some(coming) => *coming,
            None => return self.lose_place(),
        };
        if coming.place != Some(snapshot.place) || parts != snapshot.part {
            return self.lose_place();
        }
        snapshot.events.iter().for_each(|it| coming.apply(it));
        let parts = parts.saturating_add(1);
        if parts < snapshot.of {
            self.coming = Some(Box::new((coming, parts)));
            return Taken::Coming;
        }
        // Lines that were held before are held still, where none between them is missing.
        if self.place.map(|it| it.meeting) == coming.place.map(|it| it.meeting) {
            let mut held = std::mem::take(&mut self.chat);
            coming.chat.lines().for_each(|it| held.say(it));
            coming.chat = held;
        }
        *self = coming;
        Taken::Shown
    }

    fn lose_place(&mut self) -> Taken {
        self.lost = true;
        self.coming = None;
        Taken::Gap
    }
}
