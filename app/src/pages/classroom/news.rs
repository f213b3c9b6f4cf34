//! Tells readers what happens, and notes what was read.

use domain::classroom::{ParticipantId, Scene};
use leptos::prelude::*;

use super::{
    state::{Classroom, Side, Stage},
    time,
};
use crate::{browser, i18n::tr};

/// What is worth telling of a scene: who has a hand raised, and who waits to be let in, each by a number
/// and a name.
type Seen = Vec<(u32, String)>;

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

fn hands(scene: &Scene, me: Option<ParticipantId>) -> Seen {
    let raised = scene.people.iter().filter(|it| it.hand.is_some() && Some(it.id) != me);
    raised.map(|it| (it.id.0, it.nickname.clone())).collect()
}

fn newcomers(scene: &Scene, _: Option<ParticipantId>) -> Seen {
    scene.newcomers.iter().map(|it| (it.id.0, it.nickname.clone())).collect()
}

/// Tells Hosts of those who are new since they were told last.
fn newly(
    classroom: &Classroom,
    inside: Memo<bool>,
    seen: fn(&Scene, Option<ParticipantId>) -> Seen,
    tell: impl Fn(String) + 'static,
) {
    let classroom = *classroom;
    let now = Memo::new(move |_| {
        let told = inside.get() && classroom.is_host();
        told.then(|| classroom.view.with(|it| seen(&it.scene, classroom.me())))
    });
    Effect::new(move |before: Option<Option<Seen>>| {
        let now = now.get();
        if let (Some(Some(before)), Some(now)) = (before, &now) {
            let is_new = |it: &&(u32, String)| before.iter().all(|old| old.0 != it.0);
            let new = now.iter().filter(is_new).take(AT_ONCE);
            new.for_each(|(_, name)| tell(name.clone()));
        }
        now
    });
}

/// Reads out what is said while the chat is shown, and notes that it was read.
fn tell_chat(classroom: &Classroom, inside: Memo<bool>) {
    let classroom = *classroom;
    let last = Memo::new(move |_| inside.get().then(|| classroom.last_line()));
    Effect::new(move |before: Option<Option<u32>>| {
        let last = last.get();
        let (side, sheet) = (classroom.side.get(), classroom.sheet.get());
        let shown = side == Side::Chat && (sheet || !browser::is_narrow());
        let before = before.flatten();
        match (before, last) {
            // Whoever has just come has missed nothing.
            (None, Some(last)) => classroom.read.set(last),
            (Some(before), Some(last)) if shown => {
                classroom.read.set(last);
                tell_lines(&classroom, before);
            }
            _ => {}
        }
        last
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
