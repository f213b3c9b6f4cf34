//! What somebody asks for is sent, and what came of it is said.

use std::time::Duration;

use domain::{
    Timestamp,
    classroom::{Act, ActRefusal, ClientMessage, MeetingNumber, SentMark, View, Whom},
};
use leptos::prelude::*;

use super::{
    asking::{Asked, Asking, bans_asked, written},
    bans::BansTold,
    names::called,
    state::{Classroom, Earlier},
    taking::now_here,
    words,
};
use crate::i18n::tr;

impl Classroom {
    /// What an act is about, by name, so that nobody else could be meant.
    fn subject(self, act: &Act) -> String {
        let who = match act {
            Act::SetPermission { who, .. }
            | Act::Rename { who, .. }
            | Act::Remove { who }
            | Act::Ban { who }
            | Act::Restrict { whom: Whom::One(who), .. }
            | Act::LowerHands { whom: Whom::One(who) } => *who,
            Act::Admit { who, .. } => {
                return self.view.with_untracked(|it| {
                    let newcomer = it.scene.newcomers.iter().find(|it| it.id == *who);
                    newcomer.map(|it| it.nickname.clone()).unwrap_or_default()
                });
            }
            Act::LiftBan { ban } => {
                return self.bans.with_untracked(|it| {
                    it.find(*ban).map(|it| it.nickname.clone()).unwrap_or_default()
                });
            }
            _ => return String::new(),
        };
        untrack(|| {
            let person = self.person(who)?;
            Some(called(&person.nickname, person.user_id.as_deref(), &self.shared_names()))
        })
        .unwrap_or_default()
    }

    /// Asks for an act: now, or once the server can be reached again.
    pub(super) fn ask(self, act: Act) {
        let subject = self.subject(&act);
        self.ask_about(act, subject, false, self.view.with_untracked(View::meeting));
    }

    /// Asks who is banned, which is awaited from then on.
    pub(super) fn ask_bans(self) {
        self.bans.set(BansTold::Awaited);
        let meeting = self.view.with_untracked(View::meeting);
        if !self.ask_about(Act::Bans, String::new(), false, meeting) {
            self.bans.set(BansTold::Refused);
        }
    }

    /// Writes to everybody. False where too much waits, so that it isn't taken.
    pub(super) fn write(self, text: String, sent: SentMark) -> bool {
        let meeting = self.view.with_untracked(View::meeting);
        self.ask_about(Act::Say { text, sent }, String::new(), false, meeting)
    }

    fn ask_about(
        self,
        act: Act,
        subject: String,
        undoes: bool,
        meeting: Option<MeetingNumber>,
    ) -> bool {
        let taken = self.asking.try_update(|it| it.add(act, subject, undoes, meeting));
        if taken == Some(false) {
            self.toaster.show(tr!("classroom.too_many_wait"), None);
        }
        self.send_due();
        taken == Some(true)
    }

    /// Sends what waits, once all there was to tell has been told.
    pub(super) fn send_due(self) {
        if self.told.try_get_untracked() != Some(true) {
            return;
        }
        self.give_back_outdated();
        let due = self.asking.try_update(|it| it.due(now_here())).unwrap_or_default();
        for it in &due {
            self.send(it);
        }
    }

    /// What waited for a meeting that is over isn't done in another one.
    fn give_back_outdated(self) {
        let meeting = self.view.with_untracked(View::meeting);
        let outdated = self.asking.try_update(|it| it.outdated(meeting)).unwrap_or_default();
        if outdated.is_empty() {
            return;
        }
        self.not_done(&outdated);
        self.toaster.show(tr!("classroom.other_meeting"), None);
    }

    /// What isn't done: what was written is put where it can be written again, and who is banned isn't
    /// awaited any more.
    fn not_done(self, asked: &[Asked]) {
        if bans_asked(asked) {
            self.bans.set(BansTold::Refused);
        }
        if let Some(text) = written(asked) {
            self.returned.update(|it| it.push(text));
        }
    }

    /// Asks for chat from before that line.
    pub(super) fn ask_earlier(self, before: u32) {
        if self.told.get_untracked() {
            self.earlier.set(Earlier::Asked);
            self.send(&ClientMessage::Earlier { before });
        } else {
            self.earlier.set(Earlier::Failed);
        }
    }

    /// Whether an answer doesn't come any more.
    pub(super) fn is_overdue(self, now: Timestamp) -> bool {
        self.asking.try_with_untracked(|it| it.is_overdue(now)) == Some(true)
    }

    /// An act is done.
    pub(super) fn done(self, id: u32, undo: Option<Act>) {
        let Some(asked) = self.asking.try_update(|it| it.answered(id)).flatten() else { return };
        self.send_due();
        if matches!(asked.act, Act::LiftBan { .. }) {
            self.ask(Act::Bans);
        }
        let Some(text) = self.said_of(&asked, undo.is_some()) else { return };
        // What undid something isn't offered to be undone in turn.
        let undo = undo.filter(|_| !asked.undoes).map(|undo| {
            Callback::new(move |()| {
                // Who was put out has no name here any more, but that by which they were.
                let now = Some(self.subject(&undo)).filter(|it| !it.is_empty());
                let subject = now.unwrap_or_else(|| asked.subject.clone());
                self.ask_about(undo.clone(), subject, true, asked.meeting);
            })
        });
        self.toaster.show(text, undo);
    }

    /// What is said of an act that is done.
    fn said_of(self, Asked { act, subject, .. }: &Asked, has_undo: bool) -> Option<String> {
        match act {
            // They can come in all the same.
            Act::LiftBan { ban } if self.bans.with_untracked(|it| it.is_of_stranger(*ban)) => {
                Some(tr!("banned.taken_off", nickname = subject))
            }
            _ => words::done(act, subject, has_undo),
        }
    }

    /// An act is not done.
    pub(super) fn refused(self, id: u32, why: &ActRefusal) {
        if let ActRefusal::TooFast { seconds } = why
            && self.asking.try_update(|it| it.hold(id)) == Some(true)
        {
            let go_on = move || {
                self.asking.try_update(Asking::go_on);
                self.send_due();
            };
            set_timeout(go_on, Duration::from_secs((*seconds).into()));
            return;
        }
        let Some(asked) = self.asking.try_update(|it| it.answered(id)).flatten() else { return };
        self.not_done(&[asked]);
        self.send_due();
        self.toaster.show(words::act_refused(why), None);
    }
}
