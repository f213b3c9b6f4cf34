//! The proof that nobody in a room can tell that somebody observes it: the same lesson twice over copies
//! of one data folder, by clocks that stand still between the steps, once with observers and once without.
//! Every byte that anybody else is sent, what the console's stream tells the teacher, and everything that
//! they can ask of the console must be the same.

mod observers;
mod school;
mod script;

use domain::classroom::Act;
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

/// What everybody noticed of the lesson.
async fn play(prepared: &Prepared, observed: bool) -> Noticed {
    let mut run = Run::begin(prepared, observed).await;
    script::play(&mut run).await;
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
