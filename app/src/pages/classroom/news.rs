//! Tells readers what happens, and notes what was read.

use domain::classroom::{MeetingNumber, ParticipantId, Scene};
use leptos::prelude::*;

use super::{
    state::{Classroom, Side, Stage},
    time,
};
use crate::{browser, i18n::tr};

/// Those of a meeting who are worth telling of, each by a number and a name: who has a hand raised, or who
/// waits to be let in.
#[derive(Clone, PartialEq)]
struct Seen {
    meeting: Option<MeetingNumber>,
    who: Vec<(u32, String)>,
}

impl Seen {
    /// The names of those who are new since then; nothing where that was another meeting.
    fn new_since(&self, before: &Self) -> Option<Vec<String>> {
        let is_new = |it: &&(u32, String)| before.who.iter().all(|old| old.0 != it.0);
        let new = || self.who.iter().filter(is_new).map(|it| it.1.clone()).collect();
        (before.meeting == self.meeting).then(new)
    }
}

/// Of those who come at once, so many are told of.
const AT_ONCE: usize = 3;

/// Goes on telling as long as the page is there.
pub(super) fn tell(classroom: &Classroom) {
    let classroom = *classroom;
    let inside = Memo::new(move |_| classroom.stage.with(|it| *it == Stage::In));
    newly(&classroom, inside, hands, move |name| {
        classroom.announcer.say(tr!("classroom.news.hand", name = name));
    });
    // Whoever waits depends on being seen.
    newly(&classroom, inside, newcomers, move |name| {
        classroom.toaster.show(tr!("classroom.news.newcomer", name = name), None);
    });
    tell_chat(&classroom, inside);
    tell_time(&classroom);
}

fn hands(scene: &Scene, me: Option<ParticipantId>) -> Vec<(u32, String)> {
    let raised = scene.people.iter().filter(|it| it.hand.is_some() && Some(it.id) != me);
    raised.map(|it| (it.id.0, it.nickname.clone())).collect()
}

fn newcomers(scene: &Scene, _: Option<ParticipantId>) -> Vec<(u32, String)> {
    scene.newcomers.iter().map(|it| (it.id.0, it.nickname.clone())).collect()
}

/// Tells Hosts of those who are new since they were told last.
fn newly(
    classroom: &Classroom,
    inside: Memo<bool>,
    seen: fn(&Scene, Option<ParticipantId>) -> Vec<(u32, String)>,
    tell: impl Fn(String) + 'static,
) {
    let classroom = *classroom;
    let now = Memo::new(move |_| {
        let told = inside.get() && classroom.is_host();
        told.then(|| {
            let who = classroom.view.with(|it| seen(&it.scene, classroom.me()));
            Seen { meeting: classroom.meeting.get(), who }
        })
    });
    Effect::new(move |before: Option<Option<Seen>>| {
        let now = now.get();
        if let (Some(Some(before)), Some(now)) = (before, &now) {
            let new = now.new_since(&before).unwrap_or_default();
            new.into_iter().take(AT_ONCE).for_each(&tell);
        }
        now
    });
}

/// Reads out what is said while the chat is shown, and notes that it was read.
fn tell_chat(classroom: &Classroom, inside: Memo<bool>) {
    let classroom = *classroom;
    let end =
        Memo::new(move |_| inside.get().then(|| (classroom.meeting.get(), classroom.last_line())));
    Effect::new(move |before: Option<Option<(Option<MeetingNumber>, u32)>>| {
        let end = end.get();
        let (side, sheet) = (classroom.side.get(), classroom.sheet.get());
        let shown = side == Side::Chat && (sheet || !browser::is_narrow());
        match (before.flatten(), end) {
            (Some((before, line)), Some((meeting, last))) if before == meeting => {
                if shown {
                    classroom.read.set(last);
                    tell_lines(&classroom, line);
                }
            }
            // Whoever has just come has missed nothing.
            (_, Some((_, last))) => classroom.read.set(last),
            (_, None) => {}
        }
        end
    });
}

fn tell_lines(classroom: &Classroom, before: u32) {
    let me = classroom.me_now();
    let lines: Vec<String> = classroom.view.with_untracked(|view| {
        let new = view.chat.lines().rev().take_while(|it| it.number > before);
        let others = new.filter(|it| Some(it.by) != me);
        others.map(|it| format!("{}: {}", it.nickname, it.text)).collect()
    });
    lines.into_iter().rev().for_each(|it| classroom.announcer.say(it));
}

/// Says that the end is near.
fn tell_time(classroom: &Classroom) {
    let classroom = *classroom;
    let left = Memo::new(move |_| {
        let ends = classroom.room.with(|it| it.as_ref()?.ends)?;
        time::warning(classroom.now.get(), ends)
    });
    Effect::new(move |_| {
        if let Some(minutes) = left.get() {
            classroom.announcer.say(time::warned(minutes));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(meeting: u32, ids: &[u32]) -> Seen {
        let who = ids.iter().map(|it| (*it, format!("Kim {it}"))).collect();
        Seen { meeting: Some(MeetingNumber(meeting)), who }
    }

    #[test]
    fn only_those_who_are_new_are_told_of_within_one_meeting() {
        let new = |before: &[u32], now: &[u32]| seen(1, now).new_since(&seen(1, before));
        assert_eq!(new(&[1], &[1, 3]), Some(vec!["Kim 3".to_owned()]));
        assert_eq!(new(&[1, 3], &[3]), Some(vec![]));
        assert_eq!(seen(2, &[1, 3]).new_since(&seen(1, &[1])), None);
    }
}
