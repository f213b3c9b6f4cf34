//! What others may ask of a room that is live, without waiting for its task.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{
    classroom::{Change, Identity, Meeting, ParticipantId, Standing},
    image::ImageName,
    room::LiveMeeting,
};

use crate::entry::Inside;

/// A meeting as it was kept last.
#[derive(Debug, Default)]
pub struct Status(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    locked: bool,
    inside: u32,
    /// The meeting, if one goes on.
    meeting: Option<LiveMeeting>,
    people: HashMap<Identity, Person>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    seated: bool,
    granted: Option<Standing>,
    image: Option<ImageName>,
}

impl Status {
    /// The status of a room in which that meeting goes on, or is yet to begin.
    pub fn of(meeting: &Meeting) -> Self {
        let status = Self::default();
        status.begin(meeting);
        status
    }

    /// That meeting goes on there, or is yet to begin.
    pub fn begin(&self, meeting: &Meeting) {
        let mut state = self.state();
        state.people.clear();
        state.follow(meeting, meeting.participants().map(|(id, _)| id));
    }

    /// The meeting has changed so. Answers whether that changes what the console shows.
    pub fn follow(&self, meeting: &Meeting, changes: &[Change]) -> bool {
        self.state().follow(meeting, changes.iter().filter_map(Change::about))
    }

    /// The meeting, if one goes on.
    pub fn meeting(&self) -> Option<LiveMeeting> {
        self.state().meeting
    }

    /// What the meeting says of itself and of somebody, for the rule of entry.
    pub fn ask(&self, who: Option<&Identity>) -> Inside {
        let state = self.state();
        let person = who.and_then(|it| state.people.get(it));
        Inside {
            locked: state.locked,
            inside: state.inside,
            seated: person.is_some_and(|it| it.seated),
            granted: person.and_then(|it| it.granted),
        }
    }

    /// Whether that is the picture of somebody who took part in the meeting, in which chat shows them too.
    pub fn shows(&self, image: &ImageName) -> bool {
        self.state().people.values().any(|it| it.image.as_ref() == Some(image))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whole after every step, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Answers whether the console shows anything of what has changed, be it whether somebody can enter.
    fn follow(&mut self, meeting: &Meeting, people: impl Iterator<Item = ParticipantId>) -> bool {
        let mut shown = std::mem::replace(&mut self.locked, meeting.locked()) != self.locked;
        shown |= std::mem::replace(&mut self.meeting, now(meeting)) != self.meeting;
        self.inside = meeting.inside();
        for it in people.filter_map(|it| meeting.participant(it)) {
            let image = it.profile.image.clone();
            let person = Person { seated: it.is_inside(), granted: it.granted, image };
            let before = self.people.insert(it.who.clone(), person).unwrap_or_default();
            shown |= (before.seated, before.granted) != (it.is_inside(), it.granted);
        }
        shown
    }
}

/// The meeting as the console shows it, while it goes on.
fn now(meeting: &Meeting) -> Option<LiveMeeting> {
    let began = meeting.began().filter(|_| meeting.ended().is_none())?;
    Some(LiveMeeting { number: meeting.number(), began, inside: meeting.inside() })
}
