//! Those of whom nobody else may notice anything, and all that they try.

use domain::classroom::{
    ActRefusal, ClientMessage, Closing, List, Look, ParticipantId, ServerMessage,
};

use super::{
    super::{
        line::{Lesson, Line, cookie, enter},
        table::all_acts,
    },
    school::Prepared,
};
use crate::{audit::entries, browser::Browser};

/// Somebody who observes, in all their tabs.
struct Observer {
    cookie: String,
    tabs: Vec<Line>,
}

impl Observer {
    async fn come(lesson: &Lesson, cookie: String) -> Self {
        let mut observer = Self { cookie, tabs: Vec::new() };
        observer.open(lesson).await;
        observer
    }

    async fn open(&mut self, lesson: &Lesson) {
        let mut tab = lesson.call(&self.cookie).await;
        tab.see(Line::is_in).await;
        assert_eq!(tab.welcome.as_ref().unwrap().you, None, "they are nobody there");
        self.tabs.push(tab);
    }

    /// Drops out, and is back at once, having said up to where they had been told everything.
    async fn reload(&mut self, lesson: &Lesson) {
        let place = self.tabs.pop().and_then(|mut it| it.place());
        let mut tab = lesson.dial(&self.cookie).await;
        tab.hello(place).await;
        tab.see(Line::is_in).await;
        self.tabs.push(tab);
    }

    /// Looks, searches, reads what was said before, and tries to do something.
    async fn try_everything(&mut self, step: u32) {
        for tab in &mut self.tabs {
            let term = ["", "s", "T-1"][step as usize % 3].to_owned();
            let look = Look { list: List::People, term, first: step % 2, rows: 40 };
            tab.say(&ClientMessage::Look(look)).await;
            tab.until(|it| matches!(it, ServerMessage::Listed(_))).await;
            tab.say(&ClientMessage::Earlier { before: 100 }).await;
            tab.until(|it| matches!(it, ServerMessage::Earlier { .. })).await;
            let acts = all_acts(ParticipantId(1));
            let act = acts[step as usize % acts.len()].clone();
            assert_eq!(tab.ask(act).await, Err(ActRefusal::NotAllowed));
        }
    }
}

/// An Admin who observes from the console, a member by their link, and later a Teacher from the console.
pub struct Observers {
    admin: Observer,
    member: Observer,
    teacher: Option<Observer>,
    steps: u32,
}

impl Observers {
    /// They come before anybody else does.
    pub async fn come(prepared: &Prepared, lesson: &Lesson) -> Self {
        let observing = from_console(prepared, lesson, &prepared.admin, "observe").await;
        let admin = Observer::come(lesson, observing).await;
        let member = Observer::come(lesson, prepared.entry(lesson, "M-1").await).await;
        Self { admin, member, teacher: None, steps: 0 }
    }

    fn all(&mut self) -> impl Iterator<Item = &mut Observer> {
        [&mut self.admin, &mut self.member].into_iter().chain(&mut self.teacher)
    }

    /// The meeting has ended for them too; they stay.
    pub async fn stay(&mut self, lesson: &Lesson) {
        for observer in self.all() {
            for mut tab in std::mem::take(&mut observer.tabs) {
                assert!(matches!(tab.end().await.0, Some(Closing::Ended(_))));
            }
            observer.open(lesson).await;
        }
    }

    pub async fn act(&mut self, prepared: &Prepared, lesson: &Lesson) {
        self.steps += 1;
        let step = self.steps;
        for observer in self.all() {
            observer.try_everything(step).await;
        }
        match step % 5 {
            0 => self.member.reload(lesson).await,
            1 => self.admin.open(lesson).await,
            2 => drop(self.admin.tabs.pop()),
            3 => self.teacher_comes_and_goes(prepared, lesson).await,
            _ => self.member.open(lesson).await,
        }
        if self.member.tabs.len() > 3 {
            self.member.tabs.clear();
            self.member.open(lesson).await;
        }
        let mut too_late = lesson.house.visitor();
        let refused = enter(&mut too_late, &prepared.links["M-2"], &[("as", "link")]).await;
        assert_eq!(refused.status, 422);
        let page = format!("/classroom/{}", prepared.room);
        let mut browser = lesson.house.visitor();
        browser.cookies.insert("rollcall_entry".to_owned(), self.member.cookie.clone());
        assert_eq!(browser.get(&page).await.status, 200);
    }

    async fn teacher_comes_and_goes(&mut self, prepared: &Prepared, lesson: &Lesson) {
        if let Some(mut gone) = self.teacher.take() {
            for tab in &mut gone.tabs {
                tab.say(&ClientMessage::Leave).await;
                assert_eq!(tab.end().await.0, Some(Closing::Left));
            }
            return;
        }
        let mut teacher = prepared.other_teacher.at(lesson.house.router.clone());
        let door = format!("/rooms/{}/enter", prepared.room);
        for more in ["host", "observe"] {
            let refused = teacher.post(&door, &[("as", more)]).await;
            assert!([303, 422].contains(&refused.status), "{more}: {}", refused.body);
        }
        let cookie = from_console(prepared, lesson, &prepared.other_teacher, "own").await;
        self.teacher = Some(Observer::come(lesson, cookie).await);
    }

    /// All of it stands in the audit log.
    pub async fn were_there(self, prepared: &Prepared, lesson: &Lesson) {
        let admin = prepared.admin.at(lesson.house.router.clone());
        let noted = entries(&admin, "search=&at=&asked[kind]=observations").await;
        for who in ["A-hana", "M-1", "T-2"] {
            let of = |action: &str| {
                noted
                    .iter()
                    .any(|it| it["action"] == action && it["event"]["actor"]["user_id"] == who)
            };
            assert!(of("observe.begin") || of("observe.end"), "{who}");
        }
        assert!(noted.iter().any(|it| it["action"] == "observe.refused"));
        let refused = entries(&admin, "search=&at=&asked[kind]=refused").await;
        assert!(refused.is_empty(), "{refused:?}");
    }
}

/// The cookie of a browser in which somebody entered from the console as that.
async fn from_console(
    prepared: &Prepared,
    lesson: &Lesson,
    browser: &Browser,
    way: &str,
) -> String {
    let mut browser = browser.at(lesson.house.router.clone());
    let door = format!("/rooms/{}/enter", prepared.room);
    let entered = browser.post(&door, &[("as", way)]).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    cookie(&browser)
}
