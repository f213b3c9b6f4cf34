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
    /// The names of those who are new since then. Where that was another meeting, or nothing was seen, all are
    /// new or none is.
    fn new_since(&self, before: Option<&Self>, all: bool) -> Vec<String> {
        let before = before.filter(|it| it.meeting == self.meeting);
        let is_new = |it: &&(u32, String)| {
            before.map_or(all, |before| before.who.iter().all(|old| old.0 != it.0))
        };
        self.who.iter().filter(is_new).map(|it| it.1.clone()).collect()
    }
}

/// Of those who come at once, so many are told of.
const AT_ONCE: usize = 3;

/// Goes on telling as long as the page is there.
pub(super) fn tell(classroom: &Classroom) {
    let classroom = *classroom;
    let inside = Memo::new(move |_| classroom.stage.with(|it| *it == Stage::In));
    newly(&classroom, inside, (hands, false), move |name| {
        classroom.announcer.say(tr!("classroom.news.hand", name = name));
    });
    // Whoever waits depends on being seen, also by Hosts who come after them.
    newly(&classroom, inside, (newcomers, true), move |name| {
        classroom.toaster.show(tr!("classroom.news.newcomer", name = name), None);
    });
    tell_chat(&classroom, inside);
    tell_time(&classroom, inside);
}

fn hands(scene: &Scene, me: Option<ParticipantId>) -> Vec<(u32, String)> {
    let raised = scene.people.iter().filter(|it| it.hand.is_some() && Some(it.id) != me);
    raised.map(|it| (it.id.0, it.nickname.clone())).collect()
}

fn newcomers(scene: &Scene, _: Option<ParticipantId>) -> Vec<(u32, String)> {
    scene.newcomers.iter().map(|it| (it.id.0, it.nickname.clone())).collect()
}

/// Finds the people in a scene of whom Hosts are told something, by number and nickname.
type Find = fn(&Scene, Option<ParticipantId>) -> Vec<(u32, String)>;

/// Tells Hosts of those who are new since they were told last, and of those who are there when they come
/// where `all` says so.
fn newly(
    classroom: &Classroom,
    inside: Memo<bool>,
    (seen, all): (Find, bool),
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
        if let Some(now) = &now {
            let new = now.new_since(before.flatten().as_ref(), all);
            new.into_iter().take(AT_ONCE).for_each(&tell);
        }
        now
    });
}

/// Reads out what is said while the chat is shown, and notes what was read of it: nothing while its end is out
/// of sight.
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
                if shown && classroom.at_end.get() {
                    classroom.read.set(last);
                }
                if shown {
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

/// Says that the end is near, to whoever is in.
fn tell_time(classroom: &Classroom, inside: Memo<bool>) {
    let classroom = *classroom;
    let left = Memo::new(move |_| {
        let ends = classroom.room.with(|it| it.as_ref()?.ends).filter(|_| inside.get())?;
        time::warning(classroom.now.get(), ends)
    });
    Effect::new(move |_| {
        if let Some(minutes) = left.get() {
            classroom.toaster.show(time::warned(minutes), None);
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
    fn those_who_are_new_are_told_of_and_on_arrival_all_or_none() {
        let (before, now) = (seen(1, &[1]), seen(1, &[1, 3]));
        let [none, one, both] = [&[][..], &["Kim 3"], &["Kim 1", "Kim 3"]];
        let other = seen(2, &[1]);
        for (before, all, told) in [
            (Some(&before), true, one),
            (Some(&before), false, one),
            (Some(&now), true, none),
            (None, true, both),
            (None, false, none),
            (Some(&other), true, both),
            (Some(&other), false, none),
        ] {
            assert_eq!(now.new_since(before, all), told);
        }
    }
}
