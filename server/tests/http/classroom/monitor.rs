//! The proof that nobody in a room can tell that somebody observes it: the same lesson twice over copies
//! of one data folder, by clocks that stand still between the steps, once with observers and once without.
//! Every byte that anybody else is sent, what the console's stream tells the teacher, and everything that
//! they can ask of the console must be the same.

mod observers;
mod school;

use domain::classroom::{
    Act, ActRefusal, Capability, ClientMessage, ServerMessage, Standing, Whom,
};
use serde_json::Value;
use tokio::time::timeout;

use self::{observers::Observers, school::Prepared};
use super::{
    line::{Lesson, Line, PATIENCE},
    line_of_chat,
};
use crate::live::Stream;

/// All that anybody but the observers could notice.
#[derive(Debug, Default)]
struct Noticed {
    /// The frames of each line, by whose it was.
    lines: Vec<(String, Vec<Vec<u8>>)>,
    /// What the teacher's stream told, and what the console answered them, after each step.
    console: Vec<Console>,
}

/// What the console said to the teacher after a step.
#[derive(Debug)]
struct Console {
    step: String,
    /// By its stream.
    told: Value,
    /// To each question.
    answers: Vec<(String, Value)>,
}

/// A lesson under way.
struct Run<'a> {
    prepared: &'a Prepared,
    lesson: Lesson,
    stream: Stream,
    told: Value,
    teacher: Option<Line>,
    /// Whoever else is in, or waits at the door.
    others: Vec<(String, Line)>,
    observers: Option<Observers>,
    marks: u32,
    noticed: Noticed,
}

impl<'a> Run<'a> {
    async fn begin(prepared: &'a Prepared, observed: bool) -> Self {
        let lesson = prepared.lesson().await;
        let teacher = prepared.teacher.at(lesson.house.router.clone());
        let mut stream = Stream::open(&lesson.house, &teacher).await;
        let told = stream.next().await.unwrap();
        let observers =
            if observed { Some(Observers::come(prepared, &lesson).await) } else { None };
        Self {
            prepared,
            lesson,
            stream,
            told,
            teacher: None,
            others: Vec::new(),
            observers,
            marks: 0,
            noticed: Noticed::default(),
        }
    }

    /// Somebody comes by their link, and is let in or waits.
    async fn comes(&mut self, who: &str) {
        let cookie = self.prepared.entry(&self.lesson, who).await;
        let mut line = self.lesson.call(&cookie).await;
        line.see(|it| it.is_in() || it.waits.is_some()).await;
        match who {
            "T-1" => self.teacher = Some(line),
            _ => self.others.push((who.to_owned(), line)),
        }
    }

    fn teacher(&mut self) -> &mut Line {
        self.teacher.as_mut().expect("the teacher is in")
    }

    fn other(&mut self, who: &str) -> &mut Line {
        let found = self.others.iter_mut().find(|it| it.0 == who);
        &mut found.unwrap_or_else(|| panic!("{who} isn't here")).1
    }

    async fn teacher_does(&mut self, act: Act) {
        self.teacher().ask(act).await.unwrap();
    }

    /// Takes somebody's line away, of which everything was heard.
    fn keep(&mut self, who: &str) {
        let at = self.others.iter().position(|it| it.0 == who).expect("they are here");
        let (who, line) = self.others.remove(at);
        self.noticed.lines.push((who, line.frames()));
    }

    /// Everybody is put out.
    async fn everybody_hears_the_end(&mut self) {
        let mut teacher = self.teacher.take().expect("the teacher is in");
        teacher.end().await;
        self.noticed.lines.push(("T-1".to_owned(), teacher.frames()));
        for (who, mut line) in std::mem::take(&mut self.others) {
            line.end().await;
            self.noticed.lines.push((who, line.frames()));
        }
        if let Some(observers) = &mut self.observers {
            observers.stay(&self.lesson).await;
        }
    }

    /// After each step: a second passes, everybody has heard everything so far, the console is asked, and
    /// the observers do what they do.
    async fn step(&mut self, what: &str) {
        self.pass(1);
        if let Some(teacher) = &mut self.teacher {
            self.marks += 1;
            teacher.ask(line_of_chat(self.marks, what)).await.unwrap();
            teacher.see(|it| it.shows(what)).await;
            for (_, line) in self.others.iter_mut().filter(|it| it.1.is_in()) {
                line.see(|it| it.shows(what)).await;
            }
        }
        let told = self.hear_stream().await;
        let answers = self.prepared.ask(&self.lesson).await;
        self.noticed.console.push(Console { step: what.to_owned(), told, answers });
        if let Some(observers) = &mut self.observers {
            observers.act(self.prepared, &self.lesson).await;
        }
    }

    fn pass(&self, seconds: i64) {
        self.lesson.house.clock.advance(seconds);
        self.lesson.house.backend.classroom.tick();
    }

    /// The last that the stream tells so far.
    async fn hear_stream(&mut self) -> Value {
        let now = serde_json::to_value(self.lesson.house.backend.live.now(false)).unwrap();
        while self.told["changes"] != now {
            let next = timeout(PATIENCE, self.stream.next()).await;
            self.told = next.expect("nothing is told").unwrap();
        }
        self.told.clone()
    }
}

/// A meeting in which newcomers wait, and which ends.
async fn first_meeting(run: &mut Run<'_>) {
    run.comes("T-1").await;
    run.step("the teacher comes").await;
    run.teacher_does(Act::LetNewcomersWait { on: true }).await;
    run.step("newcomers wait").await;
    run.comes("Kim").await;
    run.teacher().see(|it| !it.view.scene.newcomers.is_empty()).await;
    run.step("Kim waits").await;
    let who = run.teacher().view.scene.newcomers[0].id;
    run.teacher_does(Act::Admit { who, yes: true }).await;
    run.other("Kim").see(Line::is_in).await;
    run.step("Kim is let in").await;
    run.comes("S-1").await;
    run.step("a student comes").await;
    run.teacher_does(Act::End).await;
    run.everybody_hears_the_end().await;
    run.step("it ends").await;
}

/// Nobody is in, and somebody comes to a closed door.
async fn between(run: &mut Run<'_>) {
    run.comes("Lee").await;
    run.other("Lee").say(&ClientMessage::Leave).await;
    run.other("Lee").end().await;
    run.keep("Lee");
    run.step("Lee waited").await;
    run.prepared.rename(&run.lesson, "Algebra III").await;
    run.step("the room has another name").await;
    run.comes("Choi").await;
    run.step("Choi waits").await;
}

/// What Hosts and Guests do.
async fn acts(run: &mut Run<'_>) {
    run.comes("T-1").await;
    run.step("the teacher is back").await;
    let who = run.teacher().view.scene.newcomers[0].id;
    run.teacher_does(Act::Admit { who, yes: false }).await;
    run.other("Choi").end().await;
    run.keep("Choi");
    run.step("Choi is turned away").await;
    run.comes("S-1").await;
    run.comes("S-2").await;
    run.step("two students come").await;
    run.other("S-1").ask(line_of_chat(1, "Good morning")).await.unwrap();
    run.step("one writes").await;
    run.other("S-2").ask(Act::RaiseHand).await.unwrap();
    run.step("the other raises a hand").await;
    let who = run.teacher().find("S-2");
    run.teacher_does(Act::SetPermission { who, to: Standing::Host }).await;
    run.step("and is made Host").await;
    let chat = |on| Act::Restrict { whom: Whom::Everybody, what: Capability::Chat, on };
    run.teacher_does(chat(true)).await;
    let refused = run.other("S-1").ask(line_of_chat(2, "Hello?")).await;
    assert_eq!(refused, Err(ActRefusal::Locked));
    run.step("chat is locked").await;
    run.teacher_does(chat(false)).await;
    run.step("and unlocked").await;
    let who = run.teacher().find("S-1");
    run.teacher_does(Act::Rename { who, to: "Minjun".to_owned() }).await;
    run.step("somebody has another name").await;
    run.teacher_does(Act::Announce { text: Some("Page 12".to_owned()) }).await;
    run.step("something is announced").await;
}

/// So much that the history has more than a page of it.
async fn more_acts(run: &mut Run<'_>) {
    let hands = |on| Act::Restrict { whom: Whom::Everybody, what: Capability::RaiseHand, on };
    for number in 0..4 {
        run.teacher_does(hands(true)).await;
        run.teacher_does(hands(false)).await;
        run.teacher_does(Act::Announce { text: Some(format!("Page {number}")) }).await;
        run.pass(1);
    }
    run.teacher_does(Act::Announce { text: None }).await;
    run.step("a lot is done").await;
}

/// Who gets in, and who doesn't.
async fn doors(run: &mut Run<'_>) {
    run.teacher_does(Act::LockRoom { on: true }).await;
    run.comes("S-3").await;
    run.step("somebody waits at the locked door").await;
    run.teacher_does(Act::LockRoom { on: false }).await;
    run.other("S-3").see(Line::is_in).await;
    run.step("it is unlocked").await;
    run.teacher_does(Act::LetNewcomersWait { on: false }).await;
    run.comes("Choi").await;
    run.step("the room is full").await;
    let who = run.teacher().find("S-3");
    run.teacher_does(Act::Remove { who }).await;
    run.other("S-3").end().await;
    run.keep("S-3");
    run.other("Choi").see(Line::is_in).await;
    run.step("somebody is removed").await;
    run.comes("S-3").await;
    run.step("and returns").await;
    let (place, view) = (run.other("S-1").place(), run.other("S-1").view.clone());
    run.keep("S-1");
    run.teacher().see(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    run.step("somebody drops out").await;
    let cookie = run.prepared.entry(&run.lesson, "S-1").await;
    let mut back = run.lesson.dial(&cookie).await;
    back.view = view;
    back.hello(place).await;
    back.until(|it| matches!(it, ServerMessage::Frame(_))).await;
    run.others.push(("S-1 again".to_owned(), back));
    run.step("and goes on").await;
    run.other("S-2").say(&ClientMessage::Leave).await;
    run.other("S-2").end().await;
    run.keep("S-2");
    run.other("S-3").see(Line::is_in).await;
    run.step("somebody leaves").await;
    run.keep("S-3");
    run.teacher().see(|it| it.view.scene.people.iter().any(|it| it.away)).await;
    run.pass(60);
    run.teacher().see(|it| it.names().len() == 3).await;
    run.step("a seat is given up").await;
    let who = run.teacher().find("Choi");
    run.teacher_does(Act::Ban { who }).await;
    run.other("Choi").end().await;
    run.keep("Choi");
    run.step("somebody is banned").await;
    run.teacher_does(Act::End).await;
    run.everybody_hears_the_end().await;
    run.step("it ends again").await;
    run.step("nobody is there").await;
}

/// What everybody noticed of the lesson.
async fn play(prepared: &Prepared, observed: bool) -> Noticed {
    let mut run = Run::begin(prepared, observed).await;
    first_meeting(&mut run).await;
    between(&mut run).await;
    acts(&mut run).await;
    more_acts(&mut run).await;
    doors(&mut run).await;
    if let Some(observers) = run.observers {
        observers.were_there(prepared, &run.lesson).await;
    }
    run.noticed
}

fn in_words(frames: &[Vec<u8>]) -> Vec<String> {
    frames.iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect()
}

#[tokio::test]
async fn nobody_can_tell_that_a_monitor_is_there() {
    let prepared = Prepared::new().await;
    let plain = play(&prepared, false).await;
    let observed = play(&prepared, true).await;
    assert_eq!(plain.console.len(), observed.console.len());
    for (plain, observed) in plain.console.iter().zip(&observed.console) {
        assert_eq!(plain.told, observed.told, "the stream after “{}”", plain.step);
        assert!(plain.answers.len() > 10, "the console was asked");
        assert_eq!(plain.answers.len(), observed.answers.len());
        for (plain_answer, answer) in plain.answers.iter().zip(&observed.answers) {
            assert_eq!(plain_answer, answer, "the console after “{}”", plain.step);
        }
    }
    let older =
        |it: &(String, Value)| it.0.contains("older_than=1") || it.0.contains("older_than=2");
    assert!(plain.console.iter().any(|it| it.answers.iter().any(older)), "the history has pages");
    assert_eq!(plain.lines.len(), observed.lines.len());
    assert_eq!(plain.lines.len(), 12, "so many came");
    for (plain, observed) in plain.lines.iter().zip(&observed.lines) {
        assert_eq!(in_words(&plain.1), in_words(&observed.1), "{}", plain.0);
        assert_eq!(plain, observed);
    }
}
